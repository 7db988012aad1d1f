import { badArgument } from '../api/arguments.ts';
import { isIterable, readInteger } from '../api/readers.ts';
import { Matrix, reshaped } from '../objects/array/matrix.ts';
import { NdArray } from '../objects/array/nd-array.ts';
import { axisOf, columnsOfRows } from '../objects/array/rows.ts';
import type { Axis } from '../objects/array/rows.ts';
import { List } from '../objects/frame/guarded.ts';
import { array } from './create.ts';
import { matrix, options, shaped, vector } from './read.ts';
import type { Numeric, Vector } from './read.ts';

/** Arrays one behind the other; of matrices the rows, with axis 1 the columns. Texts give a list. */
export function concatenate(parts: Iterable<Numeric>, ...values: readonly unknown[]): NdArray | Matrix {
  const { axis } = options('np.concatenate()', ['axis'], values);
  const lists = Array.from(parts);
  if (lists.length > 0 && lists.every((part) => part instanceof NdArray)) return joined(lists);
  const read = lists.map((part) => array(part as Vector) as unknown);
  if (read.some((part) => part instanceof Matrix)) return axisOf(axis as Axis) === 1 ? hstack(lists) : vstack(lists);
  if (
    read.every((part) => part instanceof NdArray || (Array.isArray(part) && part.length === 0) || part instanceof List)
  ) {
    const things = read.flatMap((part) => [...(part as Iterable<unknown>)]);
    if (things.some((one) => typeof one !== 'number')) return array(things as Vector);
  }
  return joined(lists.map((part) => vector(part, 'np.concatenate()')));
}

function joined(parts: readonly Float64Array[]): NdArray {
  const out = NdArray.sized(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** The numbers of x, and behind them those of y: an array in a row; with an axis as concatenate(). */
export function append(x: Numeric, y: Numeric): NdArray;
export function append(x: Numeric, y: Numeric, ...values: readonly unknown[]): NdArray | Matrix;
export function append(x: Numeric, y: Numeric, ...values: readonly unknown[]): NdArray | Matrix {
  const { axis = null } = options('np.append()', ['axis'], values);
  if (axis !== null) return concatenate([x, y], { axis });
  const things = [x, y].flatMap((part): unknown[] => (isIterable(part) ? [...part] : [part]));
  if (things.some((one) => typeof one === 'string')) return array(things as Vector);
  return joined([vector(x, 'np.append()'), vector(y, 'np.append()')]);
}

/** One under the other: each array is a row. */
export function vstack(parts: Iterable<Numeric>, ...more: readonly never[]): Matrix {
  options('np.vstack()', [], more);
  return Matrix.ofRows(
    Array.from(parts).flatMap((part) => [...matrix(part, 'np.vstack()')]),
    'np.vstack()',
  );
}

/** Side by side: arrays one behind the other, matrices with their columns. */
export function hstack(parts: Iterable<Numeric>, ...more: readonly never[]): NdArray | Matrix {
  options('np.hstack()', [], more);
  const read = Array.from(parts, (part) => shaped(part, 'np.hstack()'));
  if (!read.some((part) => part instanceof Matrix)) return joined(read.map((part) => vector(part, 'np.hstack()')));
  return column_stack(read);
}

/** Side by side: each array is a column. */
export function column_stack(parts: Iterable<Numeric>, ...more: readonly never[]): Matrix {
  options('np.column_stack()', [], more);
  const columns = Array.from(parts).flatMap((part) => {
    const read = shaped(part, 'np.column_stack()');
    return read instanceof Matrix ? columnsOfRows(read) : [vector(read, 'np.column_stack()')];
  });
  return Matrix.ofRows(columns, 'np.column_stack()').T;
}

/** The same numbers in another shape, -1 for what is left: `reshape(x, [2, -1])`, `reshape(x, -1)`. */
export function reshape(x: Numeric, ...shape: readonly (number | readonly number[])[]): NdArray | Matrix {
  return reshaped(vector(x, 'np.reshape()'), shape);
}

export function ravel(x: Numeric, ...more: readonly never[]): NdArray {
  options('np.ravel()', [], more);
  return vector(x, 'np.ravel()');
}

export function transpose(x: Numeric, ...more: readonly never[]): NdArray | Matrix {
  options('np.transpose()', [], more);
  const read = shaped(x, 'np.transpose()');
  return read instanceof Matrix ? read.T : vector(read, 'np.transpose()');
}

/** The last first: of a matrix rows and columns, or along one axis. */
export function flip(x: Numeric, ...values: readonly unknown[]): NdArray | Matrix {
  const { axis } = options('np.flip()', ['axis'], values);
  const read = shaped(x, 'np.flip()');
  if (!(read instanceof Matrix)) return vector(read, 'np.flip()').slice().reverse();
  const along = axisOf(axis as Axis);
  const rows = along === 1 ? [...read] : [...read].reverse();
  return Matrix.ofRows(along === 0 ? rows : rows.map((row) => row.toReversed()));
}

/** Moved by `shift` places, what falls out at the end comes in at the front. */
export function roll(x: Vector, shift: number, ...more: readonly never[]): NdArray {
  options('np.roll()', [], more);
  const values = vector(x, 'np.roll()');
  const n = values.length;
  const places = readInteger(shift, 'np.roll() shift');
  return values.map((_, i) => values[(((i - places) % n) + n) % n] ?? NaN);
}

/** Each number `times` times, or each as often as its own number says. */
export function repeat(x: Vector | number, times: number | Vector, ...more: readonly never[]): NdArray {
  const where = 'np.repeat()';
  options(where, [], more);
  const [values, counts] = [vector(x, where), vector(times, `${where} times`)];
  if (counts.length !== 1 && counts.length !== values.length)
    throw badArgument(where, `has ${counts.length} times for ${values.length} numbers: make them as many.`);
  const count = (i: number): number => readInteger(counts[counts.length === 1 ? 0 : i], `${where} times`);
  return joined(Array.from(values, (value, i) => new Float64Array(count(i)).fill(value)));
}

/** The array `times` times behind itself. */
export function tile(x: Vector | number, times: number, ...more: readonly never[]): NdArray {
  options('np.tile()', [], more);
  const length = readInteger(times, 'np.tile() times');
  return joined(Array.from({ length }, () => vector(x, 'np.tile()')));
}

/** Without what is at these places. */
function without(x: Vector, places: number | Iterable<number>, ...more: readonly never[]): NdArray {
  options('np.delete()', [], more);
  const values = vector(x, 'np.delete()');
  const out = new Set(
    Array.from(typeof places === 'number' ? [places] : vector(places, 'np.delete()'), (at) =>
      at < 0 ? values.length + at : at,
    ),
  );
  return values.filter((_, i) => !out.has(i));
}
export { without as delete };

/** With `value` before the place. */
export function insert(x: Vector, place: number, value: number | Vector, ...more: readonly never[]): NdArray {
  options('np.insert()', [], more);
  const values = vector(x, 'np.insert()');
  return joined([values.slice(0, place), vector(value, 'np.insert()'), values.slice(place)]);
}

/** Parts of nearly one length, the longer ones first; of anything, also codes. */
export function array_split<T>(items: Iterable<T>, parts: number, ...more: readonly never[]): T[][] {
  options('np.array_split()', [], more);
  const list = Array.from(items);
  readInteger(parts, 'np.array_split()');
  const [size, longer] = [Math.floor(list.length / parts), list.length % parts];
  const start = (i: number): number => i * size + Math.min(i, longer);
  return Array.from({ length: parts }, (_, i) => list.slice(start(i), start(i + 1)));
}
