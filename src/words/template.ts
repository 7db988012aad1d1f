/** English template → the same in another language, with the same places. */
export type Catalog = ReadonlyMap<string, string>;

/** A text with places: what stands between them, in order; one more than there are places. */
export interface Template {
  readonly key: string;
  readonly literals: readonly string[];
  /** Letters of its own: how much it says. */
  readonly letters: number;
  /** Characters of its own. */
  readonly length: number;
  /** Too short to be found inside of another text. */
  readonly weak: boolean;
}

/** Where a template stands in a text, and what its places hold. */
export interface Match {
  readonly head: string;
  readonly places: readonly string[];
  readonly tail: string;
}

const WEAK_LETTERS = 8;
/** What may stand before a text inside of another one, and behind it. */
const BEFORE = /[\s"'([{—:;,.=>|/·（：；，。“]$/u;
const BEHIND = /^[\s"')\]}—:;,.?!…|/·）：；，。”]/u;

export function templateOf(key: string): Template {
  const literals = key.split(/\{\d+\}/u);
  const words = literals.join('§').match(/[A-Za-z]{2,}/gu) ?? [];
  const letters = words.reduce((sum, word) => sum + word.length, 0);
  const { length } = literals.join('');
  return { key, literals, letters, length, weak: letters < WEAK_LETTERS || words.length < 2 };
}

/** The template as the whole text; null when it is not. A place takes as little as it can. */
export function matchWhole(template: Template, text: string): Match | null {
  const { literals } = template;
  const [first = ''] = literals;
  if (literals.length === 1) return text === first ? { head: '', places: [], tail: '' } : null;
  const last = literals.at(-1) ?? '';
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return null;
  const places = between(literals, text.slice(first.length, text.length - last.length));
  // A sentence ends at its own full stop: what comes behind it is the next one.
  if (last.startsWith('.') && /[^.]\. +[A-Z]/u.test(places?.at(-1) ?? '')) return null;
  return places === null ? null : { head: '', places, tail: '' };
}

/** The template inside of a text, at borders of words; null when it is not there, or is too short for that. */
export function matchInside(template: Template, text: string): Match | null {
  const { literals } = template;
  const [first = ''] = literals;
  // What begins with a sign goes on with a sentence.
  if (template.weak && !/^[,;(] ?./u.test(first)) return null;
  const from = first === '' ? 0 : startOf(text, first);
  if (from === -1) return null;
  const last = literals.at(-1) ?? '';
  const rest = text.slice(from + first.length);
  if (literals.length === 1)
    return BEHIND.test(rest) || rest === '' ? { head: text.slice(0, from), places: [], tail: rest } : null;
  const end = last === '' ? rest.length : endOf(literals, rest);
  if (end === -1) return null;
  const places = between(literals, rest.slice(0, end));
  return places === null ? null : { head: text.slice(0, from), places, tail: rest.slice(end + last.length) };
}

/** What stands between the literals, without the first and the last one. */
function between(literals: readonly string[], text: string): string[] | null {
  const places: string[] = [];
  let at = 0;
  for (const literal of literals.slice(1, -1)) {
    const next = literal === '' ? at : text.indexOf(literal, at);
    if (next === -1) return null;
    places.push(text.slice(at, next));
    at = next + literal.length;
  }
  return [...places, text.slice(at)];
}

/** Where a text begins inside of another one, at a border of words. */
function startOf(text: string, first: string): number {
  for (let at = text.indexOf(first); at !== -1; at = text.indexOf(first, at + 1)) {
    if (at === 0 || BEFORE.test(text.slice(at - 1, at)) || /^\W/u.test(first)) return at;
  }
  return -1;
}

/** Where its last literal stands: the first time behind the others that a word ends there. */
function endOf(literals: readonly string[], text: string): number {
  let at = 0;
  for (const literal of literals.slice(1, -1)) {
    const next = text.indexOf(literal, at);
    if (next === -1) return -1;
    at = next + literal.length;
  }
  const last = literals.at(-1) ?? '';
  for (let end = text.indexOf(last, at); end !== -1; end = text.indexOf(last, end + 1)) {
    const behind = text.slice(end + last.length);
    // A full stop within a figure, 1.5, ends no sentence.
    if (behind === '' || BEHIND.test(behind) || (/\W$/u.test(last) && !/^\w/u.test(behind))) return end;
  }
  return -1;
}
