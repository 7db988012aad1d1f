import { badArgument } from '../api/arguments.ts';
import { isIterable } from '../api/readers.ts';
import { ascending } from '../builtins/order.ts';
import { Mask } from '../objects/array/mask.ts';
import { Matrix } from '../objects/array/matrix.ts';
import { NdArray } from '../objects/array/nd-array.ts';
import * as numbers from '../objects/array/numbers.ts';
import { makeSeries } from '../objects/frame/factory.ts';
import { ints } from '../objects/frame/column/column.ts';
import { labelKey } from '../objects/frame/column/keys.ts';
import { List } from '../objects/frame/guarded.ts';
import { isSeries } from '../objects/frame/is-table.ts';
import { array } from './create.ts';
import { eachLine, listed, options, shaped, vector } from './read.ts';
import type { Numeric, Vector } from './read.ts';
import { cellsOf, commonLength, isRow, rowsTogether } from './two-sided.ts';
import type { Side } from './two-sided.ts';

export interface Where {
  (condition: Iterable<unknown>): [NdArray];
  (condition: unknown, yes: unknown, no: unknown): NdArray;
}

/** `where(condition, yes, no)`: of each the one or the other; alone, the places where it holds, in a list of one. */
export const where = Object.defineProperty(
  (condition: unknown, ...sides: readonly unknown[]): unknown => {
    const quick = chosenByMask(condition, sides);
    if (quick !== null) return quick;
    const read = shaped(condition, 'np.where()');
    if (sides.length === 0) {
      if (read instanceof Matrix)
        throw badArgument('np.where()', 'of a matrix alone is not supported: use a loop over its rows.');
      return [placesOf(vector(read, 'np.where()'))];
    }
    if (sides.length !== 2) throw badArgument('np.where()', 'takes a condition, or a condition and both values.');
    const [yes, no] = sides;
    if ([yes, no].some(isThing)) return choice(vector(read, 'np.where()'), yes, no);
    const [a, b] = [shaped(yes, 'np.where() x'), shaped(no, 'np.where() y')];
    return chosen(read, a, b);
  },
  'name',
  { value: 'where' },
) as Where;

/** Of a mask and arrays as long as it, or numbers: one loop, with nothing made but what it gives. Null for anything else. */
function chosenByMask(condition: unknown, sides: readonly unknown[]): NdArray | null {
  if (!(condition instanceof Mask) || sides.length !== 2) return null;
  const [yes, no] = sides;
  const n = condition.length;
  const isOther = (side: unknown): boolean =>
    typeof side !== 'number' && !(side instanceof NdArray && side.length === n);
  if (isOther(yes) || isOther(no)) return null;
  const out = new Float64Array(n);
  fill(condition, yes as number | NdArray, no as number | NdArray, out); // isOther has seen both
  return NdArray.holding(out);
}

function fill(mask: readonly boolean[], yes: number | NdArray, no: number | NdArray, out: Float64Array): void {
  if (typeof yes !== 'number' && typeof no !== 'number') {
    for (let i = 0; i < out.length; i += 1) out[i] = (mask[i] === true ? yes[i] : no[i]) ?? NaN;
  } else {
    const at = (side: number | NdArray, i: number): number => (typeof side === 'number' ? side : (side[i] ?? NaN));
    for (let i = 0; i < out.length; i += 1) out[i] = mask[i] === true ? at(yes, i) : at(no, i);
  }
}

/** Of each place the one or the other; what has one number or one row has it everywhere. BAD_ARGUMENT for lengths that do not fit. */
function chosen(condition: Side, yes: Side, no: Side): Side {
  const sides = [condition, yes, no];
  if (!sides.every(isRow)) {
    const rows = rowsTogether('np.where()', sides);
    return Matrix.ofRows(rows.map(([c = NaN, a = NaN, b = NaN]) => vector(chosen(c, a, b), 'np.where()')));
  }
  const [c, a, b] = [cellsOf(condition as NdArray), cellsOf(yes as NdArray), cellsOf(no as NdArray)]; // no matrix
  const n = lengthOfAll([c, a, b]);
  const out = new Float64Array(n);
  choose([c, a, b], out);
  return typeof condition === 'number' && n === 1 ? (out[0] ?? NaN) : NdArray.holding(out);
}

/** By place; a side of one cell has it everywhere. */
function choose([c, a, b]: readonly [Float64Array, Float64Array, Float64Array], out: Float64Array): void {
  const [sc, sa, sb] = [Number(c.length > 1), Number(a.length > 1), Number(b.length > 1)];
  if (sc * sa * sb === 1) for (let i = 0; i < out.length; i += 1) out[i] = (c[i] === 0 ? b[i] : a[i]) ?? NaN;
  else for (let i = 0; i < out.length; i += 1) out[i] = (c[i * sc] === 0 ? b[i * sb] : a[i * sa]) ?? NaN;
}

function placesOf(values: NdArray): NdArray {
  return NdArray.holding(Float64Array.from(Array.from(values.keys()).filter((i) => values[i] !== 0)));
}

function isThing(value: unknown): boolean {
  if (value instanceof Float64Array) return false;
  return typeof value === 'string' || (isIterable(value) && Array.from(value).some((one) => typeof one === 'string'));
}

function lengthOfAll(sides: readonly { readonly length: number }[]): number {
  const n = commonLength(sides);
  if (n !== null) return n;
  throw badArgument('np.where()', 'the condition and the values have several lengths: make them the same.');
}

/** Of things, as numbers are chosen. */
function choice(holds: NdArray, yes: unknown, no: unknown): List<unknown> {
  const [a, b] = [yes, no].map((side): readonly unknown[] => (isIterable(side) ? Array.from(side) : [side]));
  const sides = [holds, a ?? [], b ?? []] as const;
  const at = (side: ArrayLike<unknown>, i: number): unknown => side[side.length === 1 ? 0 : i];
  const length = lengthOfAll(sides);
  return List.holding(Array.from({ length }, (_, i) => at(at(holds, i) === 0 ? sides[2] : sides[1], i)));
}

/** Places where a number is not 0, in a list of one. */
export function nonzero(x: Vector, ...more: readonly never[]): [NdArray] {
  options('np.nonzero()', [], more);
  return [placesOf(vector(x, 'np.nonzero()'))];
}

export function argwhere(x: Vector, ...more: readonly never[]): NdArray {
  options('np.argwhere()', [], more);
  return placesOf(vector(x, 'np.argwhere()'));
}

/** Ascending, NaN last, as a new array; of a matrix each row, or along another axis. Any `kind` keeps the order of equal ones. */
export function sort(x: Numeric, ...values: readonly unknown[]): NdArray | Matrix {
  const { axis = -1 } = options('np.sort()', ['axis', 'kind'], values);
  if (isThing(x)) return array(Array.from(x as Iterable<string>).sort()) as never; // of texts a list
  return eachLine(x, 'np.sort()', axis, (line) => line.slice().sort());
}

/** Places in ascending order, as for sort(); of a Series with its labels. */
export function argsort(x: Vector, ...values: readonly unknown[]): NdArray;
export function argsort(x: Iterable<Vector>, ...values: readonly unknown[]): Matrix;
export function argsort(x: Numeric, ...values: readonly unknown[]): NdArray | Matrix {
  const { axis = -1 } = options('np.argsort()', ['axis', 'kind'], values);
  const places = eachLine(x, 'np.argsort()', axis, (line) => NdArray.holding(Float64Array.from(numbers.argsort(line))));
  // As numpy, which asks the Series.
  return isSeries(x) && places instanceof NdArray ? (makeSeries(ints(places), x.index, x.name) as never) : places;
}

/** Each once, ascending; texts as a list. With `{ return_counts: true }` how often too: `[values, counts]`. */
export function unique(x: Iterable<unknown>, ...values: readonly unknown[]): NdArray {
  const { return_counts } = options('np.unique()', ['return_counts'], values);
  const list = isThing(x) ? Array.from(x) : [...vector(x, 'np.unique()')];
  const counts = new Map<unknown, { readonly value: unknown; count: number }>();
  for (const value of list) {
    const known = counts.get(labelKey(value));
    if (known === undefined) counts.set(labelKey(value), { value, count: 1 });
    else known.count += 1;
  }
  const gapsLast = (a: unknown, b: unknown): number => {
    const order = ascending(a, b);
    return order === 0 ? Number(Number.isNaN(a)) - Number(Number.isNaN(b)) : order;
  };
  const found = [...counts.values()].sort((a, b) => gapsLast(a.value, b.value));
  const once = array(found.map(({ value }) => value) as Vector);
  return return_counts === true ? ([once, array(found.map(({ count }) => count))] as never) : once; // as numpy's pair
}

/** Where each value would stand in ascending numbers; `{ side: 'right' }` behind equal ones. */
export function searchsorted(x: Vector, value: number, ...more: readonly unknown[]): number;
export function searchsorted(x: Vector, value: Vector, ...more: readonly unknown[]): NdArray;
export function searchsorted(x: Vector, value: number | Vector, ...more: readonly unknown[]): number | NdArray {
  const { side = 'left' } = options('np.searchsorted()', ['side'], more);
  const sorted = vector(x, 'np.searchsorted()');
  const place = (wanted: number): number => {
    const at = sorted.findIndex((one) => (side === 'right' ? one > wanted : one >= wanted));
    return at < 0 ? sorted.length : at;
  };
  return typeof value === 'number' ? place(value) : vector(value, 'np.searchsorted()').map(place);
}

/** Which of x are in `wanted`, or are not with `{ invert: true }`; of anything, also codes. */
export function isin(x: Iterable<unknown>, wanted: Iterable<unknown>, ...values: readonly unknown[]): Mask {
  const { invert = false } = options('np.isin()', ['assume_unique', 'invert'], values);
  const keys = new Set(Array.from(listed(wanted, 'np.isin()'), labelKey));
  return Mask.ofBits(Array.from(x, (one) => keys.has(labelKey(one)) !== (invert === true)));
}

function both(x: Iterable<unknown>, y: Iterable<unknown>, keep: (inX: boolean, inY: boolean) => boolean): NdArray {
  const [a = [], b = []] = [x, y].map((side) => Array.from(listed(side, 'a set of numpy')));
  const [inA, inB] = [new Set(a.map(labelKey)), new Set(b.map(labelKey))];
  return unique([...a, ...b].filter((one) => keep(inA.has(labelKey(one)), inB.has(labelKey(one)))));
}

/** Ascending, each once. */
export function intersect1d(x: Iterable<unknown>, y: Iterable<unknown>, ...more: readonly never[]): NdArray {
  options('np.intersect1d()', [], more);
  return both(x, y, (inX, inY) => inX && inY);
}

export function union1d(x: Iterable<unknown>, y: Iterable<unknown>, ...more: readonly never[]): NdArray {
  options('np.union1d()', [], more);
  return both(x, y, () => true);
}

export function setdiff1d(x: Iterable<unknown>, y: Iterable<unknown>, ...more: readonly never[]): NdArray {
  options('np.setdiff1d()', [], more);
  return both(x, y, (inX, inY) => inX && !inY);
}

/** The bin of each number: how many of the ascending bounds are not above it, or with `{ right: true }` are below it. */
export function digitize(x: Vector, bins: Vector, ...values: readonly unknown[]): NdArray {
  const { right = false } = options('np.digitize()', ['right'], values);
  return searchsorted(bins, vector(x, 'np.digitize()'), right === true ? 'left' : 'right');
}
