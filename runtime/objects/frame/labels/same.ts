import type { Column } from '../column/column.ts';
import { isMissingValue, numbersOf } from '../column/column.ts';
import { labelKey } from '../kernel/keys.ts';

/** Equal cells one by one; missing equals missing. Whole and other numbers compare by value. */
export function sameColumn(a: Column, b: Column): boolean {
  if (a === b || a.data === b.data) return true;
  if (a.data.length !== b.data.length) return false;
  const x = a.kind === 'datetime64[ns]' ? a.data : numbersOf(a);
  const y = b.kind === 'datetime64[ns]' ? b.data : numbersOf(b);
  if (x !== null && y !== null) {
    if ((a.kind === 'datetime64[ns]') !== (b.kind === 'datetime64[ns]')) return false;
    return sameNumbers(x, y);
  }
  if (a.kind !== 'object' || b.kind !== 'object') return false;
  return a.data.every((value, i) => {
    const other = b.data[i];
    return value === other || (isMissingValue(value) ? isMissingValue(other) : labelKey(value) === labelKey(other));
  });
}

function sameNumbers(x: Float64Array, y: Float64Array): boolean {
  for (let i = 0; i < x.length; i += 1) {
    if (x[i] !== y[i] && !(Number.isNaN(x[i]) && Number.isNaN(y[i]))) return false;
  }
  return true;
}
