import { badArgument } from '../../../api/arguments.ts';

export interface Token {
  readonly kind: 'number' | 'text' | 'name' | 'variable' | 'mark';
  readonly text: string;
}

const PATTERN =
  /\s*(?:(?<number>\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+)|'(?<single>[^']*)'|"(?<double>[^"]*)"|`(?<quoted>[^`]+)`|@(?<variable>[\p{L}_][\p{L}\p{N}_]*)|(?<name>[\p{L}_][\p{L}\p{N}_]*)|(?<mark>\*\*|\/\/|==|!=|<=|>=|[-+*/%<>&|~()[\],]))/uy;

/** The words of a query text. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  PATTERN.lastIndex = 0;
  while (PATTERN.lastIndex < text.trimEnd().length) {
    const at = PATTERN.lastIndex;
    const groups = PATTERN.exec(text)?.groups;
    if (groups === undefined) throw badArgument('query()', `cannot read '${text.slice(at)}'.`);
    tokens.push(tokenOf(groups));
  }
  return tokens;
}

function tokenOf(groups: Readonly<Record<string, string | undefined>>): Token {
  const { number, single, double, quoted, variable, name, mark } = groups;
  if (number !== undefined) return { kind: 'number', text: number };
  const text = single ?? double;
  if (text !== undefined) return { kind: 'text', text };
  if (variable !== undefined) return { kind: 'variable', text: variable };
  if (mark !== undefined) return { kind: 'mark', text: mark };
  // Words that are operators; a column of that name is written between backticks.
  const word = quoted ?? name ?? '';
  return { kind: quoted === undefined && ['and', 'or', 'not', 'in'].includes(word) ? 'mark' : 'name', text: word };
}
