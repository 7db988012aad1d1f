import { badArgument } from '../api/arguments.ts';
import { isIterable, readInteger } from '../api/readers.ts';
import { Mask } from '../objects/array/mask.ts';
import { Matrix } from '../objects/array/matrix.ts';
import { isWhole, NdArray } from '../objects/array/nd-array.ts';
import { List } from '../objects/frame/guarded.ts';
import { isFrame } from '../objects/frame/is-table.ts';
import type { DataFrame } from '../objects/frame/types.ts';
import { pyRepr } from '../text/python-text.ts';
import { needed, numberOption, options, shaped } from './read.ts';
import type { Numeric, Vector } from './read.ts';

type Shape = number | readonly number[];

export interface MakeArray {
  (rows: readonly Vector[] | Matrix | DataFrame, options?: { readonly dtype?: unknown }): Matrix;
  (conditions: readonly boolean[]): Mask;
  <T extends string | object>(items: Iterable<T>): List<T>;
  (numbers: Vector, options?: { readonly dtype?: unknown }): NdArray;
}

/** Is it a row of things that are no numbers, such as codes? */
function isOfThings(list: readonly unknown[]): boolean {
  return list.some((one) => typeof one === 'string' || (typeof one === 'object' && one !== null && !isIterable(one)));
}

/** Numbers as an array that calculates, rows as a matrix, conditions as a mask; texts and other things as a list. A copy. */
export const array = Object.defineProperty(
  (value: unknown, ...values: readonly unknown[]): unknown => {
    const { dtype } = options('np.array()', ['dtype', 'copy'], values);
    if (isFrame(value)) return copied(shaped(value, 'np.array()') as Matrix, dtype); // a table is rows
    if (!isIterable(value)) throw badArgument('np.array()', `takes a list, was ${pyRepr(value)}; write np.array([x]).`);
    const list = Array.from(value);
    if (isOfThings(list)) return dtype === undefined ? List.holding(list) : asNumbers(list, dtype);
    const isMask = list.length > 0 && dtype === undefined && list.every((one) => typeof one === 'boolean');
    if (isMask) return Mask.ofBits(list);
    return copied(shaped(list, 'np.array()') as NdArray | Matrix, dtype); // of a list
  },
  'name',
  { value: 'array' },
) as MakeArray;

export const asarray = array;

/** Whole numbers where `dtype` asks for them. */
function copied(made: NdArray | Matrix, dtype: unknown): NdArray | Matrix {
  if (dtype === undefined || dtype === null || !isWhole(dtype, 'np.array() dtype')) return made.copy();
  return made instanceof Matrix ? made.each(Math.trunc) : made.map(Math.trunc);
}

function asNumbers(list: readonly unknown[], dtype: unknown): unknown {
  const read = typeof dtype === 'function' ? (dtype as (value: unknown) => unknown) : Number;
  const made = list.map((one) => read(one));
  return made.every((one) => typeof one === 'number') ? NdArray.holding(Float64Array.from(made)) : List.holding(made);
}

/** `arange(stop)`, `arange(start, stop, step)`: the numbers before stop. */
export function arange(start: number, stop?: number, step = 1, ...more: readonly never[]): NdArray {
  options('np.arange()', [], more);
  for (const one of [start, stop ?? 0, step]) needed(one, 'np.arange()');
  const [from, to] = stop === undefined ? [0, start] : [start, stop];
  if (step === 0 || Number.isNaN(to - from))
    throw badArgument('np.arange()', 'needs numbers and a step that is not 0.');
  const length = Math.max(0, Math.ceil((to - from) / step));
  return NdArray.holding(Float64Array.from({ length }, (_, i) => from + i * step));
}

/** `num` numbers from start to stop, both of them with it. */
export function linspace(start: number, stop: number, ...values: readonly unknown[]): NdArray {
  const where = 'np.linspace()';
  const given = options(where, ['num', 'endpoint'], values);
  for (const one of [start, stop]) needed(one, where);
  const num = readInteger(numberOption(`${where} num`, given['num'], 50), `${where} num`);
  const steps = given['endpoint'] === false ? num : num - 1;
  const step = steps > 0 ? (stop - start) / steps : 0;
  const isLast = (i: number): boolean => steps === num - 1 && i === num - 1 && num > 1;
  return NdArray.holding(Float64Array.from({ length: num }, (_, i) => (isLast(i) ? stop : start + i * step)));
}

export interface MakeFull<More extends readonly unknown[]> {
  (shape: readonly [number, number], ...more: [...More, options?: { readonly dtype?: unknown }]): Matrix;
  (shape: number | readonly [number], ...more: [...More, options?: { readonly dtype?: unknown }]): NdArray;
}

/** `value` in a row of `shape` numbers, or in rows and columns `[2, 3]`. */
export const full = ((shape: Shape, value: number, ...more: readonly unknown[]) =>
  filled('full', shape, value, more)) as MakeFull<[value: number]>;

export const zeros = ((shape: Shape, ...more: readonly unknown[]) => filled('zeros', shape, 0, more)) as MakeFull<[]>;
export const ones = ((shape: Shape, ...more: readonly unknown[]) => filled('ones', shape, 1, more)) as MakeFull<[]>;
/** Of zeros: numpy's holds what was there. */
export const empty = ((shape: Shape, ...more: readonly unknown[]) => filled('empty', shape, 0, more)) as MakeFull<[]>;

function filled(name: string, shape: Shape, value: number, more: readonly unknown[]): NdArray | Matrix {
  const where = `np.${name}()`;
  const { dtype } = options(where, ['dtype'], more);
  const each = dtype !== undefined && isWhole(dtype, where) ? Math.trunc(needed(value, where)) : needed(value, where);
  const [height = 0, width, ...others] = typeof shape === 'number' ? [shape] : shape;
  if (others.length > 0) throw badArgument('shape', 'has one or two numbers here: use several matrices.');
  if (width === undefined) return NdArray.sized(readInteger(height, 'shape')).fill(each);
  return Matrix.over(new Float64Array(height * width).fill(each), height, width);
}

function alike(x: Numeric, value: number): NdArray | Matrix {
  const read = shaped(x, 'shape');
  if (read instanceof Matrix) return read.each(() => value);
  return NdArray.sized(typeof read === 'number' ? 1 : read.length).fill(value);
}

export function zeros_like(x: Numeric, ...more: readonly never[]): NdArray | Matrix {
  options('np.zeros_like()', [], more);
  return alike(x, 0);
}

export function ones_like(x: Numeric, ...more: readonly never[]): NdArray | Matrix {
  options('np.ones_like()', [], more);
  return alike(x, 1);
}

export function full_like(x: Numeric, value: number, ...more: readonly never[]): NdArray | Matrix {
  options('np.full_like()', [], more);
  return alike(x, needed(value, 'np.full_like()'));
}

/** Ones from the upper left to the lower right. */
export function eye(rows: number, columns = rows, ...more: readonly never[]): Matrix {
  options('np.eye()', [], more);
  numberOption('np.eye() M', columns, rows);
  const made = full([rows, columns], 0);
  made.forEach((row, i) => {
    if (i < columns) row[i] = 1;
  });
  return made;
}

/** A matrix with these numbers from the upper left to the lower right; of a matrix, those numbers. */
export function diag(x: Iterable<number> | Matrix, ...more: readonly never[]): NdArray | Matrix {
  options('np.diag()', [], more);
  const read = shaped(x, 'np.diag()');
  if (read instanceof Matrix) return NdArray.holding(Float64Array.from(read, (row, i) => row[i] ?? NaN));
  const list = typeof read === 'number' ? [read] : [...read];
  const made = full([list.length, list.length], 0);
  list.forEach((value, i) => {
    made.at(i)[i] = value;
  });
  return made;
}

/** Writes into the numbers from the upper left to the lower right. */
export function fill_diagonal(x: Matrix, value: number, ...more: readonly never[]): void {
  options('np.fill_diagonal()', [], more);
  needed(value, 'np.fill_diagonal()');
  x.forEach((row, i) => {
    if (i < row.length) row[i] = value;
  });
}
