import type { Formula } from './formula.ts';
import * as op from './operators.ts';
import { acrossSecurities, cells, windows } from './panel.ts';
import type { Panel } from './panel.ts';

/** What a formula reads. */
export interface AlphaData {
  /** The last `rows` days of a series. */
  readonly series: (name: string, rows: number) => Panel;
  /** The group of each security in a classification of the paper (sector, industry, subindustry). */
  readonly groups: (name: string) => readonly (string | null)[];
}

type Value = number | Panel;

const WINDOWS: Readonly<Record<string, (...values: Float64Array[]) => number>> = {
  ts_min: op.tsMin,
  ts_max: op.tsMax,
  ts_argmin: op.tsArgMin,
  ts_argmax: op.tsArgMax,
  ts_rank: op.tsRank,
  sum: op.sum,
  product: op.product,
  stddev: op.stddev,
  decay_linear: op.decayLinear,
  correlation: op.correlation,
  covariance: op.covariance,
};
const SINGLE: Readonly<Record<string, (value: number) => number>> = {
  abs: Math.abs,
  log: Math.log,
  sign: Math.sign,
};

/** `min(x, 5)` is that of five days, `min(x, y)` the lesser of two. */
function operatorOf({ name, args }: Formula & { readonly kind: 'call' }): string {
  return (name === 'min' || name === 'max') && args[1]?.kind === 'number' ? `ts_${name}` : name;
}

/** Days of a window: a broken number of the paper counts whole days. */
function daysOf(formula: Formula | undefined): number {
  if (formula?.kind === 'number' && formula.value >= 1) return Math.floor(formula.value);
  throw new SyntaxError('a window of a formula needs its days as a number');
}

/** The value of a formula on the last day, for each security. A statement (`a < b`) is 1 or -1 there, as JoinQuant gives it. */
export function lastDayOf(formula: Formula, data: AlphaData): Float64Array {
  const { kind } = formula;
  if (kind === 'binary' && formula.op === '*' && isStatement(formula.left))
    return lastDayOf(formula.left, data).map((value) => value * constant(formula.right));
  const [line = new Float64Array(0)] = panelOf(new Evaluation(data).value(formula, 1));
  return isStatement(formula) ? line.map((value) => 2 * value - 1) : line;
}

function isStatement(formula: Formula): boolean {
  return formula.kind === 'binary' && formula.op === '<';
}

function constant(formula: Formula): number {
  return formula.kind === 'number' ? formula.value : Number.NaN;
}

function panelOf(value: Value): Panel {
  return typeof value === 'number' ? [] : value;
}

/** Every part is calculated for as many days as what it stands in needs of it, and once. */
class Evaluation {
  readonly #data: AlphaData;
  readonly #known = new Map<string, Value>();

  constructor(data: AlphaData) {
    this.#data = data;
  }

  value(formula: Formula, rows: number): Value {
    if (formula.kind === 'number') return formula.value;
    const key = `${rows} ${JSON.stringify(formula)}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const value = this.#calculate(formula, rows);
    this.#known.set(key, value);
    return value;
  }

  #calculate(formula: Exclude<Formula, { kind: 'number' }>, rows: number): Value {
    switch (formula.kind) {
      case 'series':
        return this.#data.series(formula.name, rows);
      case 'binary':
        return this.#plain(formula.op, [formula.left, formula.right], rows);
      case 'choice': {
        const parts = [formula.test, formula.yes, formula.no].map((one) => this.#panel(one, rows));
        return cells(parts, (test = NaN, yes = NaN, no = NaN) => (Number.isNaN(test) ? NaN : test === 1 ? yes : no));
      }
      case 'call':
        return this.#call(formula, rows);
    }
  }

  #call(formula: Formula & { readonly kind: 'call' }, rows: number): Value {
    const name = operatorOf(formula);
    const [first, second] = formula.args;
    if (first === undefined) throw new SyntaxError(`${name}() of a formula needs a value`);
    const single = SINGLE[name];
    if (single !== undefined) return cells([this.#panel(first, rows)], single);
    const window = WINDOWS[name];
    if (window !== undefined) {
      const days = daysOf(formula.args.at(-1));
      const panels = formula.args.slice(0, -1).map((one) => this.#panel(one, rows + days - 1));
      return windows(panels, days, window);
    }
    switch (name) {
      case 'delay':
        return this.#panel(first, rows + daysOf(second)).slice(0, rows);
      case 'delta': {
        const whole = this.#panel(first, rows + daysOf(second));
        return cells([whole.slice(-rows), whole.slice(0, rows)], (now = NaN, then = NaN) => now - then);
      }
      case 'rank':
        return acrossSecurities(this.#panel(first, rows), op.rank);
      case 'scale':
        return acrossSecurities(this.#panel(first, rows), (line) => op.scale(line, 1));
      case 'indneutralize': {
        const groups = this.#data.groups(second?.kind === 'series' ? second.name : '');
        return acrossSecurities(this.#panel(first, rows), (line) => op.indneutralize(line, groups));
      }
      default:
        return this.#plain(name, formula.args, rows);
    }
  }

  #plain(name: string, args: readonly Formula[], rows: number): Value {
    const f = op.PLAIN[name];
    if (f === undefined) throw new SyntaxError(`a formula has no operator ${name}`);
    const [left = NaN, right = NaN] = args.map((one) => this.value(one, rows));
    if (typeof left === 'number') return typeof right === 'number' ? f(left, right) : cells([right], (x) => f(left, x));
    return typeof right === 'number' ? cells([left], (x) => f(x, right)) : cells([left, right], f);
  }

  /** A number stands in each cell: as many of them as the data have. */
  #panel(formula: Formula, rows: number): Panel {
    const value = this.value(formula, rows);
    if (typeof value !== 'number') return value;
    return cells([this.#data.series('close', rows)], () => value);
  }
}

/** Days before the last one that a formula reads. */
export function reachOf(formula: Formula): number {
  const furthest = (...parts: readonly Formula[]): number => Math.max(0, ...parts.map(reachOf));
  switch (formula.kind) {
    case 'number':
    case 'series':
      return 0;
    case 'binary':
      return furthest(formula.left, formula.right);
    case 'choice':
      return furthest(formula.test, formula.yes, formula.no);
    case 'call': {
      const name = operatorOf(formula);
      if (name === 'delay' || name === 'delta') return furthest(...formula.args) + daysOf(formula.args[1]);
      if (WINDOWS[name] === undefined) return furthest(...formula.args);
      return furthest(...formula.args) + daysOf(formula.args.at(-1)) - 1;
    }
  }
}
