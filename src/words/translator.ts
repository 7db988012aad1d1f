import { glue } from './glue.ts';
import { matchInside, matchWhole, templateOf, type Match, type Template } from './template.ts';

/** English template → the same in another language, with the same places. */
export type Catalog = ReadonlyMap<string, string>;

/** A text put into the other language, and how many of its letters are still English. */
interface Put {
  readonly text: string;
  readonly left: number;
}

/** A text of its own inside of texts, as deep as sentences are put together. */
const DEEPEST = 6;
/** Of several templates that fit, so many are tried: those that say most. */
const MOST_TRIED = 4;
/** Longer texts are somebody else's. */
const LONGEST = 8_000;
/** Texts come again: so many are kept. */
const MOST_KEPT = 2_000;
const WORD = /\w+/gu;
/** Between columns and colours. */
// oxlint-disable-next-line no-control-regex
const APART = /(\t| {2,}|\u001b\[[\d;]*m)/u;
/** How a line of a table begins. */
const TABLE = /^\s*[\u2500-\u257f]/u;
/** Between parts of a list. */
const BETWEEN = [' (', ' — ', '; ', ': ', ', ', ' · ', ' / ', ' - ', '. '] as const;

/** Puts texts of bt into another language: what is in no catalog stays as it is. */
export class Translator {
  readonly #exact: Catalog;
  readonly #words: Catalog;
  /** Templates by the rarest of their words: a text can only be one of those that its words lead to. */
  readonly #byWord = new Map<string, { template: Template; target: readonly string[] }[]>();
  readonly #kept = new Map<string, string>();

  /** `words`: texts of a single word, put into the language only where they are a whole text or a whole place. */
  constructor(catalog: Catalog, words: Catalog) {
    this.#exact = catalog;
    this.#words = words;
    this.#index();
  }

  /** A text of any number of lines. */
  translate(text: string): string {
    if (!/[A-Za-z]{2}/u.test(text)) return text;
    return text
      .split('\n')
      .map((line) => this.#line(line))
      .join('\n');
  }

  /** A row of a table has been put into it before it was drawn. */
  #line(line: string): string {
    if (TABLE.test(line)) return line;
    return line
      .split(APART)
      .map((piece) => this.#piece(piece))
      .join('');
  }

  /** One line, or one column of it. */
  #piece(piece: string): string {
    const inner = piece.trim();
    if (inner.length > LONGEST || !/[A-Za-z]{2}/u.test(inner)) return piece;
    const kept = this.#kept.get(inner);
    const made = kept ?? ended(this.#put(inner, 0).text, inner);
    if (kept === undefined) {
      if (this.#kept.size >= MOST_KEPT) this.#kept.clear();
      this.#kept.set(inner, made);
    }
    return piece.replace(inner, () => made);
  }

  #put(text: string, depth: number): Put {
    const whole = this.#words.get(text) ?? this.#exact.get(text);
    if (whole !== undefined) return { text: whole, left: 0 };
    const nothing = { text, left: lettersOf(text) };
    if (depth > DEEPEST || !/[A-Za-z]{2}/u.test(text)) return nothing;
    return this.#counted(text) ?? this.#byTemplate(text, depth) ?? this.#byParts(text, depth) ?? nothing;
  }

  /** A number of what has a word: `5 orders`, `01-02 Fri`. */
  #counted(text: string): Put | null {
    const [, number, name = ''] = /^([\d.,:-]+) ([A-Za-z]+)$/u.exec(text) ?? [];
    const word = this.#words.get(name);
    return number === undefined || word === undefined ? null : { text: `${number} ${word}`, left: 0 };
  }

  /** The template that leaves least in English; of equals the one that says most. */
  #byTemplate(text: string, depth: number): Put | null {
    let best: Put | null = null;
    for (const { template, target, match } of this.#fitting(text)) {
      const put = this.#filled(target, template, match, depth);
      if (put !== null && (best === null || put.left < best.left)) best = put;
      if (best?.left === 0) break;
    }
    return best !== null && best.left <= lettersOf(text) ? best : null;
  }

  #fitting(text: string): { template: Template; target: readonly string[]; match: Match }[] {
    const found = [];
    for (const word of new Set(text.match(WORD))) {
      for (const entry of this.#byWord.get(word) ?? []) {
        const match = matchWhole(entry.template, text) ?? matchInside(entry.template, text);
        if (match !== null) found.push({ ...entry, match });
      }
    }
    return found.toSorted((a, b) => rank(b) - rank(a)).slice(0, MOST_TRIED);
  }

  #filled(target: readonly string[], template: Template, match: Match, depth: number): Put | null {
    const isInside = match.head !== '' || match.tail !== '';
    const places = match.places.map((place, at) =>
      isNamed(template, at) ? { text: place, left: 0 } : this.#inner(place, depth + 1),
    );
    // Two words of ours say little: what another program says is not taken apart for them.
    if (template.weak && places.some((put) => put.left > 0 && (isInside || isProse(put.text)))) return null;
    const [head, tail] = [this.#inner(match.head, depth + 1), this.#inner(match.tail, depth + 1)];
    const own = target.map((part, at) => (at % 2 === 0 ? part : (places[Number(part)]?.text ?? '')));
    const left = [head, tail, ...places].reduce((sum, put) => sum + put.left, 0);
    return { text: [head.text, ...own, tail.text].reduce(glue, ''), left };
  }

  /** What stands in a place, with the spaces and signs around it. */
  #inner(text: string, depth: number): Put {
    const [, before = '', inner = '', behind = ''] = /^([\s(]*)(.*?)([\s,;:.)]*)$/su.exec(text) ?? [];
    if (inner === '') return { text, left: 0 };
    const whole = this.#put(text.trim(), depth);
    const lead = /^\s*/u.exec(text)?.[0] ?? '';
    const rest = /\s*$/u.exec(text)?.[0] ?? '';
    if (whole.left === 0) return { text: lead + whole.text + rest, left: 0 };
    const put = this.#put(inner, depth);
    if (put.left >= whole.left) return { text: lead + whole.text + rest, left: whole.left };
    return { text: [before, put.text, behind].reduce(glue, ''), left: put.left };
  }

  /** A list, or sentences one after the other: each part by itself. */
  #byParts(text: string, depth: number): Put | null {
    for (const between of BETWEEN) {
      const parts = text.split(between);
      if (parts.length < 2) continue;
      const puts = parts.map((part, at) =>
        this.#inner(between === '. ' && at < parts.length - 1 ? `${part}.` : part, depth + 1),
      );
      const left = puts.reduce((sum, put) => sum + put.left, 0);
      if (left >= lettersOf(text)) continue;
      const joint = between === '. ' ? ' ' : between;
      return { text: puts.flatMap((put, at) => (at === 0 ? [put.text] : [joint, put.text])).reduce(glue, ''), left };
    }
    return null;
  }

  #index(): void {
    const entries = [...this.#exact].map(([key, value]) => ({
      template: templateOf(key),
      target: value.split(/\{(\d+)\}/u),
    }));
    const often = new Map<string, number>();
    const words = entries.map(({ template }) => wordsOf(template));
    for (const word of words.flat()) often.set(word, (often.get(word) ?? 0) + 1);
    for (const [at, entry] of entries.entries()) {
      const rarest = words[at]?.toSorted((a, b) => (often.get(a) ?? 0) - (often.get(b) ?? 0))[0];
      if (rarest === undefined) continue;
      const list = this.#byWord.get(rarest);
      if (list === undefined) this.#byWord.set(rarest, [entry]);
      else list.push(entry);
    }
  }
}

/** A template that is the whole text comes before one that is a part of it, and one that says more before one that says less. */
function rank({ template, match }: { template: Template; match: Match }): number {
  return template.letters - (match.head === '' && match.tail === '' ? 0 : 4) + template.length / 1_000;
}

/** Words of a template that are whole in every text made of it. */
function wordsOf({ literals }: Template): string[] {
  return literals.flatMap((literal, at) => {
    const open = at > 0 ? literal.replace(/^\w+/u, '') : literal;
    return (at < literals.length - 1 ? open.replace(/\w+$/u, '') : open).match(WORD) ?? [];
  });
}

/** A place in quotes, or behind a command or an option, holds what somebody has typed or will type. */
function isNamed({ literals }: Template, at: number): boolean {
  const [before = '', behind = ''] = [literals[at], literals[at + 1]];
  return (/["'`]$/u.test(before) && /^["'`]/u.test(behind)) || /(?:\bbt|--[\w-]+[ =]?)\s*$/u.test(before);
}

/** A sentence in Chinese ends with a Chinese full stop, whatever stands before it. */
function ended(made: string, text: string): string {
  const isSentence = made !== text && /[^.]\.$/u.test(made) && /[\u3400-\u9fff]/u.test(made);
  return isSentence ? `${made.slice(0, -1)}。` : made;
}

function isProse(text: string): boolean {
  return /[a-z]{2,} [a-z]{2,}/u.test(text);
}

/** English letters that make words; codes, paths and numbers are of no language. */
function lettersOf(text: string): number {
  return (text.match(/(?<![\w./\\-])[A-Za-z]?[a-z]{2,}(?![\w/\\-]|\.\w)/gu) ?? []).reduce(
    (sum, word) => sum + word.length,
    0,
  );
}
