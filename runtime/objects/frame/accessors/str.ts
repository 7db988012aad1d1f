import { strictMembers } from '../../attributes.ts';
import { WITH_COLUMN } from '../store.ts';
import { badArgument } from '../../../api/arguments.ts';
import { pyStr } from '../../../text/python-text.ts';
import { numberOr } from '../args.ts';
import type { Named } from '../args.ts';
import { bools, cell, isMissingValue, objects } from '../column/column.ts';
import { inferColumn } from '../column/dtypes.ts';
import { makeSeries } from '../factory.ts';
import { pairWith } from '../labels/align.ts';
import { TEXTS } from '../signatures/others.ts';
import { given, installSignatures } from '../signatures/signature.ts';
import { sliceBounds, slicePositions } from '../slice.ts';
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
  contains(pattern: string, ...args: TestArgs): Series<boolean> {
    const options = given(args);
    const test = new RegExp(options['regex'] === false ? escaped(pattern) : pattern, foldedCase(options));
    return this.#each((text) => test.test(text), options['na']);
  }

  match(pattern: string, ...args: TestArgs): Series<boolean> {
    const options = given(args);
    const test = new RegExp(`^(?:${pattern})`, foldedCase(options));
    return this.#each((text) => test.test(text), options['na']);
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
  slice(start: number | null = null, stop: number | null = null, step: number | null = null): Series<string> {
    return this.#each((text) => {
      const all = Array.from(text);
      return Array.from(slicePositions(all.length, start, stop, step), (at) => all[at] ?? '').join('');
    });
  }

  /** One character, or one part of a list that split() gave. */
  get(position: number): Series<string> {
    const list = this.#texts.map((value) =>
      Array.isArray(value) || typeof value === 'string' ? (Array.from(value as string).at(position) ?? NaN) : value,
    );
    return this.#series[WITH_COLUMN]<string>(inferColumn(list));
  }

  /** A plain text, or a pattern with `regex: true`; at most `n` times a cell when `n` is not negative. */
  replace(
    pattern: string | RegExp,
    by: string | ((match: RegExpExecArray) => string),
    ...args: readonly [n?: number | ReplaceOptions, options?: ReplaceOptions]
  ): Series<string> {
    const { n = -1, case: cased, regex } = given(args);
    if (typeof by !== 'string' && typeof by !== 'function')
      throw badArgument('str.replace()', "needs what to put in: str.replace('old', 'new').");
    // A pattern of one character is a plain text for pandas 1.5 unless regex says otherwise.
    const patterned =
      pattern instanceof RegExp ||
      regex === true ||
      typeof by === 'function' ||
      (regex === undefined && pattern.length > 1);
    const source = pattern instanceof RegExp ? pattern.source : patterned ? pattern : escaped(pattern);
    const test = new RegExp(source, `g${cased === false ? 'i' : ''}`);
    const most = numberOr(n, -1, 'str.replace() n');
    return this.#each((text) => replaced(text, test, by, most));
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
  split(
    separator: string | null = null,
    ...args: readonly [n?: number | SplitOptions, options?: SplitOptions]
  ): Series<string[]> {
    const a = given(args);
    const most = numberOr(a['n'], -1, 'str.split() n');
    if (a['expand'] === true)
      throw badArgument(
        'str.split()',
        'expand gives a table in pandas; write s.str.split(x).str.get(0) for each part.',
      );
    const pattern = a['regex'] === true || (a['regex'] === undefined && (separator?.length ?? 0) > 1);
    return this.#each((text) => splitText(text, separator, most, pattern));
  }

  /** All texts joined, or each with the one of another Series (by label) or list; a gap makes a gap unless `na_rep`. */
  cat(others: unknown = null, options: { readonly sep?: string; readonly na_rep?: string } = {}): unknown {
    const { sep = '', na_rep: stand = null } = options;
    const text = (value: unknown): string | null => (isMissingValue(value) ? stand : pyStr(value));
    if (others === null || others === undefined) {
      const all = this.#texts.map(text);
      return all.filter((value) => value !== null).join(sep);
    }
    const { left, right, index } = pairWith(objects(this.#texts), this.#series.index, others);
    const list = Array.from({ length: index.length }, (_, i) => {
      const [a, b] = [text(cell(left, i)), text(cell(right, i))];
      return a === null || b === null ? NaN : `${a}${sep}${b}`;
    });
    return makeSeries(objects(list), index, this.#series.name);
  }

  zfill(width: number): Series<string> {
    return this.#each((text) =>
      /^[+-]/.test(text) ? text[0] + text.slice(1).padStart(width - 1, '0') : text.padStart(width, '0'),
    );
  }

  find(part: string, start: number | null = 0, end: number | null = null): Series {
    return this.#each((text) => {
      const [from, to] = sliceBounds(text.length, start, end);
      const at = text.slice(from, Math.max(from, to)).indexOf(part);
      return at < 0 ? -1 : at + from;
    });
  }

  isdigit(): Series<boolean> {
    return this.#each((text) => /^\d+$/.test(text));
  }

  #each<R>(apply: (text: string) => R, missing?: unknown): Series<R> {
    const results = this.#texts.map((value) => {
      if (typeof value === 'string') return apply(value);
      return isMissingValue(value) ? (missing ?? value ?? null) : NaN; // what is no text has no part
    });
    if (results.length > 0 && results.every((value) => typeof value === 'boolean')) {
      return this.#series[WITH_COLUMN]<R>(bools(Uint8Array.from(results, Number)));
    }
    return this.#series[WITH_COLUMN]<R>(inferColumn(results));
  }
}

interface TestOptions {
  readonly case?: boolean;
  readonly na?: unknown;
  readonly regex?: boolean;
}
type TestArgs = readonly [case_?: boolean | TestOptions, options?: TestOptions];
interface ReplaceOptions {
  readonly n?: number;
  readonly case?: boolean;
  readonly regex?: boolean;
}
interface SplitOptions {
  readonly n?: number;
  readonly expand?: boolean;
  readonly regex?: boolean;
}

installSignatures(TextMethods.prototype, TEXTS);
strictMembers(TextMethods, '.str');

function foldedCase(options: Named): string {
  return options['case'] === false ? 'i' : '';
}

function replaced(text: string, test: RegExp, by: string | ((match: RegExpExecArray) => string), most: number): string {
  let left = most < 0 ? Infinity : most;
  return text.replace(test, (...match: readonly unknown[]) => {
    const whole = String(match[0]);
    if (left <= 0) return whole;
    left -= 1;
    if (typeof by === 'function') return by(match as unknown as RegExpExecArray);
    // Python writes groups as \1.
    return by.replaceAll(/\\(\d)/g, (_all, group: string) => pyStr(match[Number(group)] ?? ''));
  });
}

function splitText(text: string, separator: string | null, most: number, pattern: boolean): string[] {
  const limit = most > 0 ? most : Infinity;
  const source = separator === null ? '\\s+' : pattern ? separator : escaped(separator);
  const test = new RegExp(source, 'g');
  const out: string[] = [];
  let rest = separator === null ? text.trim() : text;
  if (separator === null && rest === '') return [];
  for (let found = test.exec(rest); found !== null && found[0] !== '' && out.length < limit; found = test.exec(rest)) {
    out.push(rest.slice(0, found.index));
    rest = rest.slice(found.index + found[0].length);
    test.lastIndex = 0;
  }
  return [...out, rest];
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function trimmed(text: string, characters: string | undefined, start: boolean): string {
  if (characters === undefined) return start ? text.trimStart() : text.trimEnd();
  const set = `[${escaped(characters).replaceAll('-', '\\-')}]+`;
  return text.replace(new RegExp(start ? `^${set}` : `${set}$`), '');
}
