import { badArgument } from '../../api/arguments.ts';
import { isIterable } from '../../api/readers.ts';
import { pyRepr } from '../../text/python-text.ts';

/** Numbers of anything in a row; true is 1, a gap NaN. BAD_ARGUMENT for other things and texts. */
export function readNumbers(value: unknown, where: string): Float64Array {
  if (typeof value === 'number') return Float64Array.of(value);
  if (value instanceof Float64Array) return value;
  if (typeof value === 'boolean') return Float64Array.of(Number(value));
  if (!isIterable(value)) throw badArgument(where, `takes numbers, was ${pyRepr(value)}.`);
  return Float64Array.from(value, (one) => {
    if (typeof one === 'number') return one;
    if (typeof one === 'boolean') return Number(one);
    if (one === null || one === undefined) return NaN;
    throw badArgument(where, `takes numbers in a row, found ${pyRepr(one)}.`);
  });
}
