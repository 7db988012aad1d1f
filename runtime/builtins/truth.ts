import { isPlainObject } from '../api/arguments.ts';
import { isFrame, isSeries } from '../objects/frame/is-table.ts';
import { timedelta } from '../objects/datetime/timedelta.ts';
import { valueError } from './errors.ts';

/**
 * Python's `bool(x)`: empty texts, lists, sets and dicts are false, and so is what is not held; NaN is true.
 * VALUE_ERROR for tables and arrays of several values, as pandas and numpy raise it.
 */
export function bool(value?: unknown): boolean {
  if (typeof value !== 'object' || value === null) return typeof value === 'number' ? value !== 0 : Boolean(value);
  if (isFrame(value) || isSeries(value)) {
    const kind = isFrame(value) ? 'DataFrame' : 'Series';
    throw valueError(`the truth of a ${kind} is ambiguous: write x.empty, x.any() or x.all().`);
  }
  if (value instanceof Float64Array) return truthOfArray(value);
  if (value instanceof Set || value instanceof Map) return value.size > 0;
  if (value instanceof timedelta) return value.valueOf() !== 0;
  if (isPlainObject(value)) return Object.keys(value).length > 0;
  const length: unknown = Reflect.get(value, 'length');
  return typeof length === 'number' ? length > 0 : true;
}

function truthOfArray(values: Float64Array): boolean {
  if (values.length > 1) {
    throw valueError(
      'the truth of an array of several values is ambiguous: write x.length > 0, np.any(x) or np.all(x).',
    );
  }
  return values.length === 1 && values[0] !== 0;
}
