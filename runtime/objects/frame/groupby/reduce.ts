import { bools, floats, numbersOf } from '../column/column.ts';
import type { Column } from '../column/column.ts';
import { columnFrom } from '../column/dtypes.ts';
import { reduce } from '../column/reduce.ts';
import type { ReduceOptions, Reducer } from '../column/reduce.ts';
import { asFloats, takeColumn } from '../column/take.ts';
import type { Positions } from '../column/take.ts';
import { groupPositions } from './grouping.ts';

/** Columns of these dtypes are left out of the statistic, as pandas 1.5 does by default. */
const NUMBERS_ONLY: ReadonlySet<Reducer> = new Set([
  'sum',
  'mean',
  'median',
  'std',
  'var',
  'sem',
  'prod',
  'skew',
  'mad',
  'kurt',
]);

export function wantsNumbers(reducer: Reducer): boolean {
  return NUMBERS_ONLY.has(reducer);
}

/** One statistic of every group; in one pass over the column where that is possible. */
export function reduceGroups(
  column: Column,
  codes: Positions,
  groups: number,
  reducer: Reducer,
  options: ReduceOptions = {},
): Column {
  const numbers = numbersOf(column);
  if (numbers !== null && Object.keys(options).length === 0) {
    const fast = onePass(numbers, codes, groups, reducer);
    if (fast !== null) {
      const whole = column.kind !== 'float64' && reducer !== 'mean' && fast.every(Number.isInteger);
      if (column.kind === 'bool' && (reducer === 'min' || reducer === 'max')) return conditions(fast);
      return reducer === 'count' || whole ? { kind: 'int64', data: fast } : floats(fast);
    }
  }
  const values = groupPositions(codes, groups).map((rows) => reduce(takeColumn(column, rows), reducer, options));
  const result = columnFrom(values);
  if (column.kind === 'bool' && result.kind === 'object') return conditions(asFloats(result));
  const fraction = column.kind === 'float64' || !['first', 'last', 'min', 'max', 'sum', 'prod'].includes(reducer);
  const whole = reducer === 'nunique' || reducer === 'size' || reducer === 'count';
  if (result.kind === 'int64' && fraction && !whole) return floats(result.data);
  return result;
}

/** Conditions of groups; as floats where a group has none, as in pandas. */
function conditions(values: Float64Array): Column {
  return values.some(Number.isNaN) ? floats(values) : bools(Uint8Array.from(values));
}

function onePass(values: Float64Array, codes: Positions, groups: number, reducer: Reducer): Float64Array | null {
  if (reducer === 'sum') return sums(values, codes, groups);
  if (reducer === 'count') return counts(values, codes, groups);
  if (reducer === 'min' || reducer === 'max') return extremes(values, codes, groups, reducer === 'max');
  if (reducer !== 'mean') return null;
  const n = counts(values, codes, groups);
  return sums(values, codes, groups).map((total, g) => total / (n[g] ?? 0));
}

function sums(values: Float64Array, codes: Positions, groups: number): Float64Array {
  const out = new Float64Array(groups);
  for (let i = 0; i < values.length; i += 1) {
    const code = codes[i] ?? -1;
    const value = values[i] ?? NaN;
    if (code >= 0 && !Number.isNaN(value)) out[code] = (out[code] ?? 0) + value;
  }
  return out;
}

function counts(values: Float64Array, codes: Positions, groups: number): Float64Array {
  const out = new Float64Array(groups);
  for (let i = 0; i < values.length; i += 1) {
    const code = codes[i] ?? -1;
    if (code >= 0 && !Number.isNaN(values[i])) out[code] = (out[code] ?? 0) + 1;
  }
  return out;
}

function extremes(values: Float64Array, codes: Positions, groups: number, largest: boolean): Float64Array {
  const out = new Float64Array(groups).fill(NaN);
  for (let i = 0; i < values.length; i += 1) {
    const code = codes[i] ?? -1;
    const value = values[i] ?? NaN;
    if (code < 0 || Number.isNaN(value)) continue;
    const best = out[code] ?? NaN;
    if (Number.isNaN(best) || (largest ? value > best : value < best)) out[code] = value;
  }
  return out;
}
