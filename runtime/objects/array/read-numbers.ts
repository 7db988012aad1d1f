import { badArgument } from '../../api/arguments.ts';
import { isIterable } from '../../api/readers.ts';
import { pyRepr } from '../../text/python-text.ts';
import { Mask, maskNumbers } from './mask.ts';

/** Numbers of anything in a row; true is 1, a gap NaN. BAD_ARGUMENT for other things and texts. */
export function readNumbers(value: unknown, where: string): Float64Array {
  if (typeof value === 'number') return Float64Array.of(value);
  if (value instanceof Float64Array) return value;
  if (value instanceof Mask) return maskNumbers(value);
  if (typeof value === 'boolean') return Float64Array.of(Number(value));
  if (!isIterable(value)) throw badArgument(where, `takes numbers, was ${pyRepr(value)}.`);
  const list: ArrayLike<unknown> = Array.isArray(value) ? value : Array.from(value);
  const numbers = new Float64Array(list.length);
  for (let i = 0; i < numbers.length; i += 1) numbers[i] = readNumber(list[i], where);
  return numbers;
}

function readNumber(one: unknown, where: string): number {
  if (typeof one === 'number') return one;
  if (typeof one === 'boolean') return one ? 1 : 0;
  if (one === null || one === undefined) return NaN;
  throw badArgument(where, `takes numbers in a row, found ${pyRepr(one)}.`);
}
