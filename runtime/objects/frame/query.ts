import { NAMES } from './store.ts';
import { badArgument } from '../../api/arguments.ts';
import { unknownColumn } from './errors.ts';
import { listOf } from './selection/select.ts';
import { isSeries } from './is-table.ts';
import type { DataFrame, Series } from './types.ts';

const COMPARE: Readonly<Record<string, 'gt' | 'ge' | 'lt' | 'le' | 'eq' | 'ne'>> = {
  '>': 'gt',
  '>=': 'ge',
  '<': 'lt',
  '<=': 'le',
  '==': 'eq',
  '!=': 'ne',
};
const TURNED = { gt: 'lt', ge: 'le', lt: 'gt', le: 'ge', eq: 'eq', ne: 'ne' } as const;
type Arithmetic = 'add' | 'sub' | 'mul' | 'div' | 'floordiv' | 'mod' | 'pow';
const ARITHMETIC: Readonly<Record<string, Arithmetic>> = {
  '+': 'add',
  '-': 'sub',
  '*': 'mul',
  '/': 'div',
  '//': 'floordiv',
  '%': 'mod',
  '**': 'pow',
};

/** The condition that a query text means for the rows of a table. */
export function queryRows(table: DataFrame, text: string, vars: Readonly<Record<string, unknown>>): unknown {
  return new Reader(table, tokensOf(text), vars).whole(text);
}

/** Reads the text from left to right and calculates as it goes. */
class Reader {
  readonly #table: DataFrame;
  readonly #tokens: readonly Token[];
  readonly #vars: Readonly<Record<string, unknown>>;
  #at = 0;

  constructor(table: DataFrame, tokens: readonly Token[], vars: Readonly<Record<string, unknown>>) {
    this.#table = table;
    this.#tokens = tokens;
    this.#vars = vars;
  }

  whole(text: string): unknown {
    const value = this.#or();
    const rest = this.#tokens[this.#at];
    if (rest !== undefined) throw badArgument('query()', `cannot read '${rest.text}' in '${text}'.`);
    return value;
  }

  #or(): unknown {
    let left = this.#and();
    while (this.#take('or') || this.#take('|')) left = condition(left).or(this.#and());
    return left;
  }

  #and(): unknown {
    let left = this.#not();
    while (this.#take('and') || this.#take('&')) left = condition(left).and(this.#not());
    return left;
  }

  #not(): unknown {
    return this.#take('not') || this.#take('~') ? condition(this.#not()).not() : this.#comparison();
  }

  /** `a < b < c` means both. */
  #comparison(): unknown {
    let left = this.#sum();
    let all: Series<boolean> | null = null;
    for (;;) {
      const one = this.#oneComparison(left);
      if (one === null) return all ?? left;
      all = all === null ? one.value : all.and(one.value);
      left = one.right;
    }
  }

  #oneComparison(left: unknown): { readonly value: Series<boolean>; readonly right: unknown } | null {
    const { text = '' } = this.#tokens[this.#at] ?? {};
    const negated = text === 'not' && this.#tokens[this.#at + 1]?.text === 'in';
    if (text === 'in' || negated) {
      this.#at += negated ? 2 : 1;
      const right = this.#sum();
      const inside = column(left).isin(listOf(right) ?? [right]);
      return { value: negated ? inside.not() : inside, right };
    }
    const op = this.#tokens[this.#at]?.kind === 'mark' ? COMPARE[text] : undefined;
    if (op === undefined) return null;
    this.#at += 1;
    const right = this.#sum();
    if (Array.isArray(right))
      return { value: op === 'ne' ? column(left).isin(right).not() : column(left).isin(right), right };
    return { value: isSeries(left) ? left[op](right) : column(right)[TURNED[op]](left), right };
  }

  #sum(): unknown {
    let left = this.#product();
    for (let op = this.#one('+', '-'); op !== null; op = this.#one('+', '-'))
      left = calculated(left, op, this.#product());
    return left;
  }

  #product(): unknown {
    let left = this.#power();
    for (let op = this.#one('*', '/', '//', '%'); op !== null; op = this.#one('*', '/', '//', '%'))
      left = calculated(left, op, this.#power());
    return left;
  }

  #power(): unknown {
    const base = this.#value();
    return this.#take('**') ? calculated(base, '**', this.#power()) : base;
  }

  #value(): unknown {
    const token = this.#tokens[this.#at];
    this.#at += 1;
    if (token === undefined) throw badArgument('query()', 'ends too early.');
    if (token.kind === 'number') return Number(token.text);
    if (token.kind === 'text') return token.text;
    if (token.kind === 'variable') return this.#variable(token.text);
    if (token.kind === 'name') return this.#name(token.text);
    if (token.text === '-') return calculated(0, '-', this.#value());
    if (token.text === '(') return this.#closed(this.#or(), ')');
    if (token.text === '[') return this.#list();
    throw badArgument('query()', `cannot begin a value with '${token.text}'.`);
  }

  #list(): unknown[] {
    const items: unknown[] = [];
    while (!this.#take(']')) {
      items.push(this.#sum());
      if (!this.#take(',')) return this.#closed(items, ']');
    }
    return items;
  }

  #closed<T>(value: T, mark: string): T {
    if (this.#take(mark)) return value;
    throw badArgument('query()', `misses a '${mark}'.`);
  }

  #variable(name: string): unknown {
    if (Object.hasOwn(this.#vars, name)) return this.#vars[name];
    throw badArgument('query()', `@${name} is not given: query(text, { vars: { ${name} } }).`);
  }

  #name(name: string): unknown {
    if (name === 'True' || name === 'False') return name === 'True';
    if (this.#table[NAMES].includes(name)) return this.#table.col(name);
    if (name === 'index' || this.#table.index.name === name) return this.#table.index.to_series();
    throw unknownColumn(name, this.#table[NAMES]);
  }

  #take(mark: string): boolean {
    const token = this.#tokens[this.#at];
    if (token?.kind !== 'mark' || token.text !== mark) return false;
    this.#at += 1;
    return true;
  }

  #one(...marks: readonly string[]): string | null {
    return marks.find((mark) => this.#take(mark)) ?? null;
  }
}

function calculated(left: unknown, mark: string, right: unknown): unknown {
  const op = ARITHMETIC[mark] ?? 'add';
  if (isSeries(left)) return left[op](right);
  if (isSeries(right))
    return op === 'add'
      ? right.radd(left)
      : op === 'sub'
        ? right.rsub(left)
        : op === 'mul'
          ? right.rmul(left)
          : op === 'div'
            ? right.rdiv(left)
            : op === 'pow'
              ? right.rpow(left)
              : op === 'mod'
                ? right.rmod(left)
                : right.rfloordiv(left);
  const [a, b] = [Number(left), Number(right)];
  return {
    add: a + b,
    sub: a - b,
    mul: a * b,
    div: a / b,
    floordiv: Math.floor(a / b),
    mod: a - Math.floor(a / b) * b,
    pow: a ** b,
  }[op];
}

function column(value: unknown): Series<unknown> {
  if (isSeries(value)) return value;
  throw badArgument('query()', `needs a column on one side of a comparison, found ${String(value)}.`);
}

function condition(value: unknown): Series<boolean> {
  return column(value) as unknown as Series<boolean>; // and(), or() and not() refuse what is no condition
}

interface Token {
  readonly kind: 'number' | 'text' | 'name' | 'variable' | 'mark';
  readonly text: string;
}

const PATTERN =
  /\s*(?:(?<number>\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+)|'(?<single>[^']*)'|"(?<double>[^"]*)"|`(?<quoted>[^`]+)`|@(?<variable>[\p{L}_][\p{L}\p{N}_]*)|(?<name>[\p{L}_][\p{L}\p{N}_]*)|(?<mark>\*\*|\/\/|==|!=|<=|>=|[-+*/%<>&|~()[\],]))/uy;

/** The words of a query text. */
function tokensOf(text: string): Token[] {
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
