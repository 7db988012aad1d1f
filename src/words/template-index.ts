import { templateOf, type Catalog, type Template } from './template.ts';

/** A template, and what stands for it in the other language: texts and, at odd places, numbers of places. */
export interface Entry {
  readonly template: Template;
  readonly target: readonly string[];
}

const WORD = /\w+/gu;

/** Templates by the rarest of their words: a text can only be one of those that its words lead to. */
export function byRarestWord(catalog: Catalog): Map<string, Entry[]> {
  const entries = [...catalog].map(([key, value]) => ({
    template: templateOf(withoutProgram(key)),
    target: withoutProgram(value).split(/\{(\d+)\}/u),
  }));
  const often = new Map<string, number>();
  const words = entries.map(({ template }) => wordsOf(template));
  for (const word of words.flat()) often.set(word, (often.get(word) ?? 0) + 1);
  const index = new Map<string, Entry[]>();
  for (const [at, entry] of entries.entries()) {
    const rarest = words[at]?.toSorted((a, b) => (often.get(a) ?? 0) - (often.get(b) ?? 0))[0];
    if (rarest === undefined) continue;
    const list = index.get(rarest);
    if (list === undefined) index.set(rarest, [entry]);
    else list.push(entry);
  }
  return index;
}

/** The program's name before an error is put there by itself. */
function withoutProgram(text: string): string {
  return text.replace(/^bt[:：] ?/u, '');
}

/** Words of a template that are whole in every text made of it. */
function wordsOf({ literals }: Template): string[] {
  return literals.flatMap((literal, at) => {
    const open = at > 0 ? literal.replace(/^\w+/u, '') : literal;
    return (at < literals.length - 1 ? open.replace(/\w+$/u, '') : open).match(WORD) ?? [];
  });
}
