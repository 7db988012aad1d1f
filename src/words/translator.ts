import { glue } from './glue.ts';
import { matchInside, matchWhole, type Catalog, type Match, type Template } from './template.ts';
import { byRarestWord, type Entry } from './template-index.ts';
import { ended, isNamed, isProse, lettersOf, rank } from './text-looks.ts';

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
/** Signs around words. */
const EDGES = /^\W+|\W+$/gu;
/** What stands before an amount. */
const SIDE = /^(?:buy|sell) $/u;
/** What is to be typed. */
const COMMAND = /^bt(?: [a-z-]+){1,2}$/u;
/** How an error of ours begins: the program's name is of no language, nor is the colon behind it. */
const PROGRAM = 'bt: ';
/** What joins the last two of a list, where both are in the language. */
const JOINTS = [
  [' and ', '和'],
  [' or ', '或'],
  [' nor ', '或'],
] as const;
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
  readonly #names: ReadonlySet<string>;
  /** Names may be added: what was kept was made with so many. */
  #namesKept = 0;
  /** Templates by the rarest of their words: a text can only be one of those that its words lead to. */
  readonly #byWord: ReadonlyMap<string, readonly Entry[]>;
  readonly #kept = new Map<string, string>();

  /**
   * `words`: texts of a single word, put into the language only where they are a whole text or a whole place; `names`: what is a name where
   * it looks like one of them.
   */
  constructor(catalog: Catalog, words: Catalog, names: ReadonlySet<string> = new Set()) {
    this.#exact = catalog;
    this.#words = words;
    this.#names = names;
    this.#byWord = byRarestWord(catalog);
  }

  /** A text of any number of lines. */
  translate(text: string): string {
    if (!/[A-Za-z]{2}/u.test(text)) return text;
    return text
      .split('\n')
      .map((line) => this.#line(line))
      .join('\n');
  }

  /** A text that is one word of ours, whoever is called so; null = it is none. */
  word(text: string): string | null {
    return this.#words.get(text) ?? null;
  }

  /** A row of a table has been put into it before it was drawn. */
  #line(line: string): string {
    if (TABLE.test(line)) return line;
    if (line.startsWith(PROGRAM)) return `${PROGRAM}${this.#line(line.slice(PROGRAM.length))}`;
    return line
      .split(APART)
      .map((piece) => this.#piece(piece))
      .join('');
  }

  /** One line, or one column of it. */
  #piece(piece: string): string {
    const inner = piece.trim();
    if (inner.length > LONGEST || !/[A-Za-z]{2}/u.test(inner)) return piece;
    if (this.#namesKept !== this.#names.size) this.#kept.clear();
    this.#namesKept = this.#names.size;
    const kept = this.#kept.get(inner);
    const made = kept ?? ended(this.#put(inner, 0).text, inner);
    if (kept === undefined) {
      if (this.#kept.size >= MOST_KEPT) this.#kept.clear();
      this.#kept.set(inner, made);
    }
    return piece.replace(inner, () => made);
  }

  #put(text: string, depth: number): Put {
    if (this.#names.has(text)) return { text, left: 0 };
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
    return number === undefined || word === undefined || this.#names.has(name)
      ? null
      : { text: `${number} ${word}`, left: 0 };
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

  #fitting(text: string): (Entry & { match: Match })[] {
    const found = [];
    for (const word of new Set(text.match(WORD))) {
      for (const entry of this.#byWord.get(word) ?? []) {
        const match = matchWhole(entry.template, text) ?? matchInside(entry.template, text);
        if (match !== null && !this.#holdsName(entry.template, match)) found.push({ ...entry, match });
      }
    }
    return found.toSorted((a, b) => rank(b) - rank(a)).slice(0, MOST_TRIED);
  }

  /** `buy 100 …` is an order, `buy (daily 09:31)` a task that is called so; what a name stands for alone is no text of ours. */
  #holdsName({ literals }: Template, { places: [place = ''] }: Match): boolean {
    if (SIDE.test(literals[0] ?? '')) return !/^\d/u.test(place);
    return literals.some((literal) => this.#names.has(literal.replace(EDGES, '')));
  }

  #filled(target: readonly string[], template: Template, match: Match, depth: number): Put | null {
    const isInside = match.head !== '' || match.tail !== '';
    const places = match.places.map((place, at) => this.#place(template, match, place, at, depth));
    // Two words of ours say little: what another program says is not taken apart for them, but where they announce it.
    const announced = !isInside && template.literals.at(-2)?.endsWith(': ') === true ? places.length - 1 : -1;
    if (
      template.weak &&
      places.some((put, at) => put.left > 0 && (isInside || (isProse(put.text) && at !== announced)))
    )
      return null;
    const [head, tail] = [this.#inner(match.head, depth + 1), this.#inner(match.tail, depth + 1)];
    const own = target.map((part, at) => (at % 2 === 0 ? part : (places[Number(part)]?.text ?? '')));
    const left = [head, tail, ...places].reduce((sum, put) => sum + put.left, 0);
    return { text: [head.text, ...own, tail.text].reduce(glue, ''), left };
  }

  #place(template: Template, { places }: Match, place: string, at: number, depth: number): Put {
    if (isNamed(template, at) || COMMAND.test(place)) return { text: place, left: 0 };
    // Before an amount stands a side, and no name.
    const isSide = SIDE.test(`${place} `) && template.literals[at + 1] === ' ' && /^\d/u.test(places[at + 1] ?? '');
    const side = isSide ? this.word(place) : null;
    return side === null ? this.#inner(place, depth + 1) : { text: side, left: 0 };
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
      // Beside what somebody else wrote a single word is his too.
      if (left > 0 && parts.every((part, at) => puts[at]?.text === part || /^[\s(]*\w+[\s,;:.)]*$/u.test(part)))
        continue;
      const joint = between === '. ' ? ' ' : between;
      return { text: puts.flatMap((put, at) => (at === 0 ? [put.text] : [joint, put.text])).reduce(glue, ''), left };
    }
    return this.#byJoint(text, depth);
  }

  #byJoint(text: string, depth: number): Put | null {
    for (const [between, joint] of JOINTS) {
      const parts = text.split(between);
      const puts = parts.length < 2 ? [] : parts.map((part) => this.#inner(part, depth + 1));
      if (puts.length === 0 || puts.some(({ left }) => left > 0)) continue;
      return {
        text: puts.flatMap((put, at) => (at === 0 ? [put.text] : [` ${joint} `, put.text])).reduce(glue, ''),
        left: 0,
      };
    }
    return null;
  }
}
