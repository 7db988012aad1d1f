import { SPELLED } from './spelled.ts';

/*
 * The language in which WorldQuant's paper and Guotai Junan's report write their formulas: arithmetic, comparisons, `||` and `&&`,
 * `test ? yes : no`, and functions. What has a name of its own (`returns`, `adv20`, `tr` …) is spelled out here.
 */

export type Formula =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'series'; readonly name: string }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Formula[] }
  | { readonly kind: 'binary'; readonly op: string; readonly left: Formula; readonly right: Formula }
  | { readonly kind: 'choice'; readonly test: Formula; readonly yes: Formula; readonly no: Formula };

/** From what binds least to what binds most; `?:` is below all of them. */
const LEVELS: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['<', '<=', '>', '>=', '=='],
  ['+', '-'],
  ['*', '/'],
  ['^'],
];
const TOKENS = /\d+\.?\d*|\.\d+|[a-z_]\w*|\|\||&&|[<>=]=|[-+*/^<>?:(),]/gu;

/** Throws for what is no formula: those of the table are checked by their test. */
export function parseFormula(text: string): Formula {
  const tokens = text.match(TOKENS) ?? [];
  if (tokens.join('') !== text.replaceAll(/\s/gu, '')) throw new SyntaxError(`not a formula: ${text}`);
  const parser = new Parser(tokens);
  const formula = parser.choice();
  if (!parser.atEnd) throw new SyntaxError(`a formula that goes on behind its end: ${text}`);
  return formula;
}

class Parser {
  readonly #tokens: readonly string[];
  #place = 0;

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens;
  }

  get atEnd(): boolean {
    return this.#place === this.#tokens.length;
  }

  choice(): Formula {
    const test = this.#binary(0);
    if (!this.#takes('?')) return test;
    const yes = this.choice();
    this.#needs(':');
    return { kind: 'choice', test, yes, no: this.choice() };
  }

  #binary(level: number): Formula {
    const ops = LEVELS[level];
    if (ops === undefined) return this.#single();
    let left = this.#binary(level + 1);
    for (let op = this.#oneOf(ops); op !== null; op = this.#oneOf(ops))
      left = { kind: 'binary', op, left, right: this.#binary(level + 1) };
    return left;
  }

  #single(): Formula {
    if (this.#takes('-')) return { kind: 'number', value: -this.#number() };
    if (this.#takes('(')) {
      const inner = this.choice();
      this.#needs(')');
      return inner;
    }
    const token = this.#tokens[this.#place] ?? '';
    if (!/^[a-z]/u.test(token)) return { kind: 'number', value: this.#number() };
    this.#place += 1;
    if (!this.#takes('(')) return named(token);
    const args = [this.choice()];
    while (this.#takes(',')) args.push(this.choice());
    this.#needs(')');
    return { kind: 'call', name: token, args };
  }

  #number(): number {
    const value = Number(this.#tokens[this.#place] ?? Number.NaN);
    if (Number.isNaN(value)) throw new SyntaxError(`a number is missing at ${this.#tokens[this.#place] ?? 'the end'}`);
    this.#place += 1;
    return value;
  }

  #oneOf(ops: readonly string[]): string | null {
    const token = this.#tokens[this.#place];
    if (token === undefined || !ops.includes(token)) return null;
    this.#place += 1;
    return token;
  }

  #takes(token: string): boolean {
    return this.#oneOf([token]) !== null;
  }

  #needs(token: string): void {
    if (!this.#takes(token))
      throw new SyntaxError(`'${token}' is missing at ${this.#tokens[this.#place] ?? 'the end'}`);
  }
}

function named(name: string): Formula {
  const days = /^adv(?<days>\d+)$/u.exec(name)?.groups?.['days'];
  if (days !== undefined) return parseFormula(`sum(volume, ${days}) / ${days}`);
  const text = Object.hasOwn(SPELLED, name) ? SPELLED[name] : undefined;
  return text === undefined ? { kind: 'series', name } : parseFormula(text);
}
