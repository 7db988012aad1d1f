import { clockCells, dateCells, midnights, monthEdge, timePart, timeTexts } from '../accessors/dt.ts';
import type { TimePart } from '../accessors/dt.ts';
import { cells, numbersOf } from '../column/column.ts';
import type { Column } from '../column/column.ts';
import { calculate, compare } from '../column/operators.ts';
import type { Arithmetic, Comparison } from '../column/operators.ts';
import { labelOrder } from '../column/sorting.ts';
import { asFloats } from '../column/take.ts';
import { badOperator } from '../errors.ts';
import { makeLevels } from '../factory.ts';
import type { Index } from '../types.ts';
import { Mask } from '../../array/mask.ts';
import { IndexBase } from './base.ts';
import { timeOf } from '../column/dtypes.ts';
import { IndexSets } from './sets.ts';

/** Index as a list that is calculated with: arithmetic, comparisons, and parts of its dates. */
export abstract class IndexMath<L> extends IndexSets<L> {
  add(other: unknown): Index {
    return this.calculated('add', other);
  }

  sub(other: unknown): Index {
    return this.calculated('sub', other);
  }

  mul(other: unknown): Index {
    return this.calculated('mul', other);
  }

  div(other: unknown): Index {
    return this.calculated('div', other);
  }

  gt(other: unknown): Mask {
    return this.compared('gt', other);
  }

  ge(other: unknown): Mask {
    return this.compared('ge', other);
  }

  lt(other: unknown): Mask {
    return this.compared('lt', other);
  }

  le(other: unknown): Mask {
    return this.compared('le', other);
  }

  eq(other: unknown): Mask {
    return this.compared('eq', other);
  }

  ne(other: unknown): Mask {
    return this.compared('ne', other);
  }

  protected calculated(op: Arithmetic, other: unknown): Index {
    const [level] = this.levels;
    const own = level === undefined ? null : level.kind === 'datetime64[ns]' ? level.data : numbersOf(level);
    const right = operand(other);
    if (own === null || right === null) {
      if (op === 'add' && level?.kind === 'object') return this.map((label) => `${String(label)}${String(other)}`);
      throw badOperator(`${op}() of an Index needs numbers, or times with a timedelta; use .map(label => …).`);
    }
    const data = calculate(op, own, right, own.length);
    const exact = level?.kind === 'int64' && op !== 'div' && data.every(Number.isInteger);
    const kind = level?.kind === 'datetime64[ns]' ? level.kind : exact ? 'int64' : 'float64';
    return makeLevels([{ kind, data }], [this.name]);
  }

  protected compared(op: Comparison, other: unknown): Mask {
    const [level] = this.levels;
    if (level?.kind === 'datetime64[ns]') {
      const at = timeOf(other);
      const right = at === null ? operand(other) : Float64Array.of(at);
      if (right !== null) return Mask.ofBits(compare(op, level.data, right, level.data.length));
    }
    return Mask.ofBits(this.tolist().map((label) => holds(op, labelOrder(label, other))));
  }

  get year(): Index<number> {
    return this.#part('year');
  }

  get month(): Index<number> {
    return this.#part('month');
  }

  get day(): Index<number> {
    return this.#part('day');
  }

  get hour(): Index<number> {
    return this.#part('hour');
  }

  get minute(): Index<number> {
    return this.#part('minute');
  }

  get second(): Index<number> {
    return this.#part('second');
  }

  get quarter(): Index<number> {
    return this.#part('quarter');
  }

  /** Monday is 0, as in pandas. */
  get dayofweek(): Index<number> {
    return this.#part('dayofweek');
  }

  get weekday(): Index<number> {
    return this.#part('dayofweek');
  }

  get dayofyear(): Index<number> {
    return this.#part('dayofyear');
  }

  get is_month_start(): Mask {
    return Mask.ofBits(monthEdge(this.#times('is_month_start'), false).data as Uint8Array);
  }

  get is_month_end(): Mask {
    return Mask.ofBits(monthEdge(this.#times('is_month_end'), true).data as Uint8Array);
  }

  /** The days as `date` objects. */
  get date(): unknown[] {
    return cells(dateCells(this.#times('date')));
  }

  /** The times of day. */
  get time(): unknown[] {
    return cells(clockCells(this.#times('time')));
  }

  strftime(format: string): Index<string> {
    return makeLevels([timeTexts(this.#times('strftime'), format)], [this.name]) as unknown as Index<string>; // texts
  }

  normalize(): Index {
    return makeLevels([midnights(this.#times('normalize'))], [this.name]);
  }

  #part(part: TimePart): Index<number> {
    return makeLevels([timePart(this.#times(part), part)], [this.name]) as unknown as Index<number>; // numbers
  }

  #times(what: string): Column {
    const [level] = this.levels;
    if (this.nlevels === 1 && level?.kind === 'datetime64[ns]') return level;
    throw badOperator(`${what} needs an index of times; make one with pd.to_datetime(index).`);
  }
}

function holds(op: Comparison, order: number): boolean {
  switch (op) {
    case 'gt':
      return order > 0;
    case 'ge':
      return order >= 0;
    case 'lt':
      return order < 0;
    case 'le':
      return order <= 0;
    case 'eq':
      return order === 0;
    case 'ne':
      return order !== 0;
  }
}

function operand(other: unknown): Float64Array | null {
  if (typeof other === 'number') return Float64Array.of(other);
  if (other instanceof IndexBase) return asFloats(other.levels[0] as Column);
  if (Array.isArray(other)) return Float64Array.from(other, Number);
  return typeof other === 'object' && other !== null && 'total_seconds' in other
    ? Float64Array.of(Number(other))
    : null;
}
