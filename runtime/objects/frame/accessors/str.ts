import { bools, isMissingValue } from '../column/column.ts';
import { inferColumn } from '../column/dtypes.ts';
import type { Series } from '../types.ts';

/** `s.str`: a method of each text; missing cells stay missing. */
export class TextMethods {
  readonly #series: Series<unknown>;
  readonly #texts: readonly unknown[];

  constructor(series: Series<unknown>, texts: readonly unknown[]) {
    this.#series = series;
    this.#texts = texts;
  }

  /** A regular expression, or a plain text with `regex: false`; `na` stands for missing cells. */
  contains(
    pattern: string,
    options: { readonly regex?: boolean; readonly na?: boolean; readonly case?: boolean } = {},
  ): Series<boolean> {
    const flags = options.case === false ? 'i' : '';
    const test = new RegExp(options.regex === false ? escaped(pattern) : pattern, flags);
    return this.#each((text) => test.test(text), options.na);
  }

  match(pattern: string, options: { readonly na?: boolean } = {}): Series<boolean> {
    const test = new RegExp(`^(?:${pattern})`);
    return this.#each((text) => test.test(text), options.na);
  }

  startswith(prefix: string | readonly string[], options: { readonly na?: boolean } = {}): Series<boolean> {
    const all = typeof prefix === 'string' ? [prefix] : prefix;
    return this.#each((text) => all.some((one) => text.startsWith(one)), options.na);
  }

  endswith(suffix: string | readonly string[], options: { readonly na?: boolean } = {}): Series<boolean> {
    const all = typeof suffix === 'string' ? [suffix] : suffix;
    return this.#each((text) => all.some((one) => text.endsWith(one)), options.na);
  }

  lower(): Series<string> {
    return this.#each((text) => text.toLowerCase());
  }

  upper(): Series<string> {
    return this.#each((text) => text.toUpperCase());
  }

  title(): Series<string> {
    return this.#each((text) =>
      text
        .toLowerCase()
        .replace(/(^|[^\p{L}])(\p{L})/gu, (_all, before: string, first: string) => before + first.toUpperCase()),
    );
  }

  len(): Series {
    return this.#each((text) => Array.from(text).length);
  }

  /** Characters from start to stop (not included), as Python cuts them. */
  slice(start: number | null = null, stop: number | null = null): Series<string> {
    return this.#each((text) =>
      Array.from(text)
        .slice(start ?? 0, stop ?? undefined)
        .join(''),
    );
  }

  /** One character, or one part of a list that split() gave. */
  get(position: number): Series<string> {
    const list = this.#texts.map((value) =>
      Array.isArray(value) || typeof value === 'string' ? (Array.from(value as string).at(position) ?? NaN) : NaN,
    );
    return this.#series.withColumn<string>(inferColumn(list));
  }

  replace(pattern: string | RegExp, by: string, options: { readonly regex?: boolean } = {}): Series<string> {
    const test = options.regex === true && typeof pattern === 'string' ? new RegExp(pattern, 'g') : pattern;
    return this.#each((text) =>
      typeof test === 'string' ? text.replaceAll(test, by) : text.replace(new RegExp(test.source, 'g'), by),
    );
  }

  strip(characters?: string): Series<string> {
    return this.#each((text) => trimmed(trimmed(text, characters, true), characters, false));
  }

  lstrip(characters?: string): Series<string> {
    return this.#each((text) => trimmed(text, characters, true));
  }

  rstrip(characters?: string): Series<string> {
    return this.#each((text) => trimmed(text, characters, false));
  }

  /** Parts of each text as a list; `expand: true` is written .str.split(x).str.get(0). */
  split(separator: string | null = null): Series<string[]> {
    return this.#each((text) => (separator === null ? text.trim().split(/\s+/) : text.split(separator)));
  }

  cat(others: { tolist(): unknown[] } | null = null, options: { readonly sep?: string } = {}): unknown {
    const separator = options.sep ?? '';
    if (others === null) return this.#texts.filter((value) => !isMissingValue(value)).join(separator);
    const right = others.tolist();
    let i = -1;
    return this.#each((text) => {
      i += 1;
      return `${text}${separator}${String(right[i])}`;
    });
  }

  zfill(width: number): Series<string> {
    return this.#each((text) =>
      /^[+-]/.test(text) ? text[0] + text.slice(1).padStart(width - 1, '0') : text.padStart(width, '0'),
    );
  }

  find(part: string): Series {
    return this.#each((text) => text.indexOf(part));
  }

  isdigit(): Series<boolean> {
    return this.#each((text) => /^\d+$/.test(text));
  }

  #each<R>(apply: (text: string) => R, missing?: unknown): Series<R> {
    const results = this.#texts.map((value) => (typeof value === 'string' ? apply(value) : (missing ?? value ?? null)));
    if (results.length > 0 && results.every((value) => typeof value === 'boolean')) {
      return this.#series.withColumn<R>(bools(Uint8Array.from(results, Number)));
    }
    return this.#series.withColumn<R>(inferColumn(results));
  }
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function trimmed(text: string, characters: string | undefined, start: boolean): string {
  if (characters === undefined) return start ? text.trimStart() : text.trimEnd();
  const set = `[${escaped(characters).replaceAll('-', '\\-')}]+`;
  return text.replace(new RegExp(start ? `^${set}` : `${set}$`), '');
}
