import { badArgument } from '../api/arguments.ts';
import { Matrix } from '../objects/array/matrix.ts';
import { Mask } from '../objects/array/mask.ts';
import { NdArray } from '../objects/array/nd-array.ts';
import { bools, floats } from '../objects/frame/column/column.ts';
import { pythonMod } from '../objects/frame/column/operators.ts';
import { makeSeries } from '../objects/frame/factory.ts';
import { isSeries } from '../objects/frame/is-table.ts';
import type { Series } from '../objects/frame/types.ts';
import { refuseOptions, shaped } from './read.ts';
import type { Numeric, Same } from './read.ts';

export type Side = NdArray | Matrix | number;
type Run = (a: number, b: number) => number;
/** What two sides make: the labels of a Series win, then a matrix, then an array. */
type Both<A, B> =
  A extends Series<unknown>
    ? Series
    : B extends Series<unknown>
      ? Series
      : A extends number | boolean
        ? Same<B>
        : Same<A>;
type Binary = <A extends Numeric, B extends Numeric>(a: A, b: B) => Both<A, B>;

function binary(name: string, run: Run): Binary {
  const where = `np.${name}()`;
  const call = (a: unknown, b: unknown, ...more: readonly unknown[]): unknown => {
    refuseOptions(where, more);
    const made = combined(where, shaped(a, where), shaped(b, where), run);
    const labels = [a, b].find(isSeries);
    return labels === undefined || !(made instanceof NdArray)
      ? made
      : makeSeries(floats(made), labels.index, labels.name);
  };
  return Object.defineProperty(call, 'name', { value: name }) as Binary;
}

/** Cell by cell, a single number for each of the other's. BAD_ARGUMENT for lengths and shapes that do not fit. */
export function combined(where: string, x: Side, y: Side, run: Run): Side {
  if (typeof x === 'number' && typeof y === 'number') return run(x, y);
  if (!isRow(x) || !isRow(y)) return ofMatrices(where, x, y, run);
  const [a, b] = [cellsOf(x), cellsOf(y)];
  const n = commonLength([a, b]);
  if (n === null) throw badArgument(where, `the arrays have ${a.length} and ${b.length} values; make them the same.`);
  const out = new Float64Array(n);
  eachPair(a, b, out, run);
  return NdArray.holding(out);
}

/** Asked of an array by its own class first: what is none passes the door of arrays, which costs more than a short loop. */
export function isRow(side: Side): side is NdArray | number {
  return typeof side === 'number' || side instanceof NdArray;
}

export function cellsOf(side: NdArray | number): Float64Array {
  return typeof side === 'number' ? Float64Array.of(side) : side;
}

/** A side of one cell has it for each of the other's. */
function eachPair(a: Float64Array, b: Float64Array, out: Float64Array, run: Run): void {
  const [sa, sb] = [Number(a.length > 1), Number(b.length > 1)];
  for (let i = 0; i < out.length; i += 1) out[i] = run(a[i * sa] ?? NaN, b[i * sb] ?? NaN);
}

function ofMatrices(where: string, x: Side, y: Side, run: Run): Matrix {
  const made = rowsTogether(where, [x, y]).map(([a = NaN, b = NaN]) => combined(where, a, b, run));
  return Matrix.ofRows(made as NdArray[], where); // of a row at least one side is an array
}

/** The sides row by row; one that has a single row has it each time. BAD_ARGUMENT for numbers of rows that do not fit. */
export function rowsTogether(where: string, sides: readonly Side[]): (NdArray | number)[][] {
  const rows = sides.map((side): readonly (NdArray | number)[] => (side instanceof Matrix ? side : [side]));
  const height = commonLength(rows);
  if (height !== null)
    return Array.from({ length: height }, (_, i) => rows.map((own) => own[own.length === 1 ? 0 : i] ?? NaN));
  throw badArgument(
    where,
    `the matrices have ${rows.map(({ length }) => length).join(' and ')} rows; make them the same.`,
  );
}

/** The length that several things have, but for those of one cell, which have it for each of the others'. Null = they do not fit. */
export function commonLength(sides: readonly { readonly length: number }[]): number | null {
  const length = sides.find((side) => side.length !== 1)?.length ?? 1;
  return sides.every((side) => side.length === 1 || side.length === length) ? length : null;
}

export const power = binary('power', (a, b) => a ** b);
export const maximum = binary('maximum', Math.max);
export const minimum = binary('minimum', Math.min);
export const fmax = binary('fmax', (a, b) => (Number.isNaN(a) ? b : Number.isNaN(b) ? a : Math.max(a, b)));
export const fmin = binary('fmin', (a, b) => (Number.isNaN(a) ? b : Number.isNaN(b) ? a : Math.min(a, b)));
export const add = binary('add', (a, b) => a + b);
export const subtract = binary('subtract', (a, b) => a - b);
export const multiply = binary('multiply', (a, b) => a * b);
export const divide = binary('divide', (a, b) => a / b);
export const mod = binary('mod', pythonMod);
export const arctan2 = binary('arctan2', Math.atan2);
export const hypot = binary('hypot', Math.hypot);

type Logical = <A extends Numeric, B extends Numeric>(a: A, b: B) => Both<A, B> extends NdArray ? Mask : Both<A, B>;

function logical(name: string, holds: (a: boolean, b: boolean) => boolean): Logical {
  const where = `np.${name}()`;
  const bit = (a: number, b: number): number => Number(holds(a !== 0, b !== 0));
  const call = (a: unknown, b: unknown, ...more: readonly unknown[]): unknown => {
    refuseOptions(where, more);
    const made = combined(where, shaped(a, where), shaped(b, where), bit);
    if (typeof made === 'number') return made === 1;
    const labels = [a, b].find(isSeries);
    if (made instanceof Matrix) return made;
    return labels === undefined ? Mask.ofBits(made) : makeSeries(bools(Uint8Array.from(made)), labels.index);
  };
  return Object.defineProperty(call, 'name', { value: name }) as Logical;
}

export const logical_and = logical('logical_and', (a, b) => a && b);
export const logical_or = logical('logical_or', (a, b) => a || b);
