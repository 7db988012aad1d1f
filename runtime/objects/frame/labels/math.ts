import { numbersOf } from '../column/column.ts';
import type { Column } from '../column/column.ts';
import { asFloats } from '../column/take.ts';
import { badOperator } from '../errors.ts';
import { makeLevels } from '../factory.ts';
import { calculate, compare } from '../kernel/calculate.ts';
import type { Arithmetic, Comparison } from '../kernel/calculate.ts';
import { labelOrder } from '../kernel/order.ts';
import type { Index } from '../types.ts';
import { IndexBase } from './base.ts';
import { timeOf } from './lookup.ts';
import { Mask } from './mask.ts';
import { LabelSets } from './sets.ts';

/** Calculating with labels and comparing them. */
export abstract class LabelMath<L> extends LabelSets<L> {
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
