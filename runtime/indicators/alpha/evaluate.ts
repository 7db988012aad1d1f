import type { Formula } from './formula.ts';
import * as op from './operators.ts';
import { acrossSecurities, alongDays, cells, lastRows, windows } from './panel.ts';
import type { Panel } from './panel.ts';

/** What a formula reads. */
export interface AlphaData {
  /** The last `rows` days of a series. */
  readonly series: (name: string, rows: number) => Panel;
  /** The group of each security in a classification of the paper (sector, industry, subindustry). */
  readonly groups: (name: string) => readonly (string | null)[];
}

/** Days that a recursive mean (`sma`) begins with: as many as JoinQuant's alpha191 reads. */
const HISTORY = 350;

type Value = number | Panel;
type Call = Formula & { readonly kind: 'call' };

/** Their last argument is the number of days. */
const WINDOWS: Readonly<Record<string, (...values: Float64Array[]) => number>> = {
  ts_min: op.tsMin,
  ts_max: op.tsMax,
  ts_argmin: op.tsArgMin,
  ts_argmax: op.tsArgMax,
  ts_rank: op.tsRank,
  lowday: op.lowDay,
  highday: op.highDay,
  sum: op.sum,
  /** Of a statement, which is 1 or 0. */
  count: op.sum,
  mean: op.mean,
  product: op.product,
  stddev: op.stddev,
  decay_linear: op.decayLinear,
  decaylinear: op.decayLinear191,
  wma: op.wma,
  correlation: op.correlation,
  covariance: op.covariance,
  regbeta: op.regBeta,
  regbeta_where: op.regBetaWhere,
};
const SINGLE: Readonly<Record<string, (value: number) => number>> = {
  abs: Math.abs,
  log: Math.log,
  sign: Math.sign,
};

/** `min(x, 5)` is that of five days, `min(x, y)` the lesser of two. */
function operatorOf({ name, args }: Call): string {
  return (name === 'min' || name === 'max') && args[1]?.kind === 'number' ? `ts_${name}` : name;
}

/** Days of a window: a broken number of the paper counts whole days. */
function daysOf(formula: Formula | undefined): number {
  if (formula?.kind === 'number' && formula.value >= 1) return Math.floor(formula.value);
  throw new SyntaxError('a window of a formula needs its days as a number');
}

/** The value of a formula on the last day, for each security; of a statement 1 or 0. */
export function lastDayOf(formula: Formula, data: AlphaData): Float64Array {
  return new Evaluation(data, reachOf(formula) + 1).panel(formula, 1)[0] ?? new Float64Array(0);
}

/** The same with 1 or -1 for a formula that is a statement (`a < b`), as JoinQuant's alpha101 gives it. */
export function lastSignOf(formula: Formula, data: AlphaData): Float64Array {
  if (formula.kind === 'binary' && formula.op === '*' && isStatement(formula.left))
    return lastSignOf(formula.left, data).map((value) => value * constant(formula.right));
  const line = lastDayOf(formula, data);
  return isStatement(formula) ? line.map((value) => 2 * value - 1) : line;
}

function isStatement(formula: Formula): boolean {
  return formula.kind === 'binary' && formula.op === '<';
}

function constant(formula: Formula): number {
  return formula.kind === 'number' ? formula.value : Number.NaN;
}

/** Every part is calculated for as many days as what it stands in needs of it, and once. */
class Evaluation {
  readonly #data: AlphaData;
  /** How many there are: a recursive mean begins there, whatever its parts would need before. */
  readonly #days: number;
  readonly #known = new Map<string, Value>();

  constructor(data: AlphaData, days: number) {
    this.#data = data;
    this.#days = days;
  }

  /** A number stands in each cell: as many of them as the data have. */
  panel(formula: Formula, rows: number): Panel {
    const value = this.#value(formula, rows);
    return typeof value === 'number' ? this.#filled(rows, () => value) : value;
  }

  #value(formula: Formula, rows: number): Value {
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
        return this.#series(formula.name, rows);
      case 'binary':
        return this.#plain(formula.op, [formula.left, formula.right], rows);
      case 'choice': {
        const parts = [formula.test, formula.yes, formula.no].map((one) => this.panel(one, rows));
        return cells(parts, (test = NaN, yes = NaN, no = NaN) => (Number.isNaN(test) ? NaN : test === 1 ? yes : no));
      }
      case 'call':
        return this.#call(formula, rows);
    }
  }

  #call(formula: Call, rows: number): Value {
    const name = operatorOf(formula);
    const [first, second] = formula.args;
    if (first === undefined) throw new SyntaxError(`${name}() of a formula needs a value`);
    const single = SINGLE[name];
    if (single !== undefined) return cells([this.panel(first, rows)], single);
    const window = WINDOWS[name];
    if (window !== undefined) {
      const days = daysOf(formula.args.at(-1));
      const panels = formula.args.slice(0, -1).map((one) => this.panel(one, rows + days - 1));
      return windows(panels, days, window);
    }
    switch (name) {
      case 'rank':
        return acrossSecurities(this.panel(first, rows), op.rank);
      case 'scale':
        return acrossSecurities(this.panel(first, rows), (line) => op.scale(line, 1));
      case 'indneutralize': {
        const groups = this.#data.groups(second?.kind === 'series' ? second.name : '');
        return acrossSecurities(this.panel(first, rows), (line) => op.indneutralize(line, groups));
      }
      default:
        return this.#overDays(name, formula.args, first, rows) ?? this.#plain(name, formula.args, rows);
    }
  }

  #overDays(name: string, args: readonly Formula[], first: Formula, rows: number): Panel | null {
    const [, second, third] = args;
    switch (name) {
      case 'delay':
        return this.panel(first, rows + daysOf(second)).slice(0, rows);
      case 'delta': {
        const whole = this.panel(first, rows + daysOf(second));
        return cells([whole.slice(-rows), whole.slice(0, rows)], (now = NaN, then = NaN) => now - then);
      }
      case 'sma': {
        const [n, m] = [daysOf(second), daysOf(third)];
        const panel = alongDays(this.panel(first, this.#days), (values) => op.sma(values, n, m));
        return lastRows(panel, rows, panel[0]?.length ?? 0);
      }
      case 'sequence':
        return this.#filled(rows, (row) => row + 1);
      default:
        return null;
    }
  }

  #plain(name: string, args: readonly Formula[], rows: number): Value {
    const f = op.PLAIN[name];
    if (f === undefined) throw new SyntaxError(`a formula has no operator ${name}`);
    const [left = NaN, right = NaN] = args.map((one) => this.#value(one, rows));
    if (typeof left === 'number') return typeof right === 'number' ? f(left, right) : cells([right], (x) => f(left, x));
    return typeof right === 'number' ? cells([left], (x) => f(x, right)) : cells([left, right], f);
  }

  #filled(rows: number, value: (row: number) => number): Panel {
    return this.#series('close', rows).map((line, row) => line.map(() => value(row)));
  }

  #series(name: string, rows: number): Panel {
    const panel = this.#data.series(name, Math.min(rows, this.#days));
    return lastRows(panel, rows, panel[0]?.length ?? 0);
  }
}

/** Days before the last one that a formula reads. */
export function reachOf(formula: Formula): number {
  return Math.max(0, ...[...daysRead(formula).values()].map((days) => days - 1));
}

/** How many days of each series and group a formula reads. */
export function daysRead(formula: Formula): ReadonlyMap<string, number> {
  const days = new Map<string, number>();
  addReads(formula, 1, days);
  if (hasSma(formula)) for (const name of days.keys()) days.set(name, HISTORY);
  return days;
}

function addReads(formula: Formula, rows: number, days: Map<string, number>): void {
  if (formula.kind === 'series') days.set(formula.name, Math.max(rows, days.get(formula.name) ?? 0));
  const before = formula.kind === 'call' ? daysBefore(formula) : 0;
  for (const part of partsOf(formula)) addReads(part, rows + before, days);
}

/** Days that a function reads of its values before those it gives. */
function daysBefore(formula: Call): number {
  const name = operatorOf(formula);
  if (name === 'delay' || name === 'delta') return daysOf(formula.args[1]);
  return WINDOWS[name] === undefined ? 0 : daysOf(formula.args.at(-1)) - 1;
}

function hasSma(formula: Formula): boolean {
  return (formula.kind === 'call' && formula.name === 'sma') || partsOf(formula).some(hasSma);
}

function partsOf(formula: Formula): readonly Formula[] {
  switch (formula.kind) {
    case 'number':
    case 'series':
      return [];
    case 'binary':
      return [formula.left, formula.right];
    case 'choice':
      return [formula.test, formula.yes, formula.no];
    case 'call':
      return formula.args;
  }
}
