/** What a mixture of Python and TypeScript is made of, told apart without parsing it. */
export interface Masked {
  /** The source with the inside of strings and all comments blanked; lines and columns are the same. */
  readonly text: string;
  /** Where `#` begins a comment, and where `f'…'` and `"""` begin. */
  readonly hashes: readonly number[];
  readonly formats: readonly number[];
  readonly docs: readonly number[];
}

/** Ways in which a part begins that is no code; the first that fits. `##` and `#!` too; not `#private` of a class. */
const PARTS: readonly (readonly ['doc' | 'quote' | 'hash' | 'comment', RegExp])[] = [
  ['comment', /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/uy],
  ['doc', /[a-zA-Z]{0,2}(?:"""[\s\S]*?(?:"""|$)|'''[\s\S]*?(?:'''|$))/uy],
  ['quote', /[a-zA-Z]{0,2}(?:'(?:\\.|[^'\\\n])*'?|"(?:\\.|[^"\\\n])*"?)|`(?:\\[\s\S]|[^`\\])*`?/uy],
  ['hash', /#(?![A-Za-z_$][\w$]*\s*[=;(:])[^\n]*/uy],
];

/** Blanks what is no code. */
export function masked(source: string): Masked {
  const hashes: number[] = [];
  const formats: number[] = [];
  const docs: number[] = [];
  let text = '';
  let at = 0;
  while (at < source.length) {
    const part = isInWord(source, at) ? null : partAt(source, at);
    if (part === null) {
      text += source[at] ?? '';
      at += 1;
      continue;
    }
    const { kind, found } = part;
    if (kind === 'hash') hashes.push(at);
    if (kind === 'doc') docs.push(at);
    if (kind === 'quote' && /^[rb]?f[rb]?['"]/iu.test(found)) formats.push(at);
    text += kind === 'quote' ? quoted(found) : blank(found);
    at += found.length;
  }
  return { text, hashes, formats, docs };
}

/** The letters before a quote belong to it only where a word begins. */
function isInWord(source: string, at: number): boolean {
  return /\w/u.test(source[at] ?? '') && /[\w$.]/u.test(source[at - 1] ?? '');
}

function partAt(
  source: string,
  at: number,
): { readonly kind: (typeof PARTS)[number][0]; readonly found: string } | null {
  for (const [kind, pattern] of PARTS) {
    pattern.lastIndex = at;
    const found = pattern.exec(source)?.[0];
    if (found !== undefined) return { kind, found };
  }
  return null;
}

/** Its quotes stay, so that it is still something. */
function quoted(found: string): string {
  return found.length < 2 ? found : `'${blank(found.slice(1, -1))}'`;
}

function blank(found: string): string {
  return found.replaceAll(/[^\n]/gu, ' ');
}
