import { BtError } from '../../../src/domain/errors.ts';
import { chinaDateTime } from '../datetime/china-time.ts';

/** How a column stores its cells: numbers, instants (epoch ms, shown as DateTime), or anything. */
export type ColumnData =
  | { readonly kind: 'number'; readonly data: Float64Array }
  | { readonly kind: 'time'; readonly data: Float64Array }
  | { readonly kind: 'object'; readonly data: readonly unknown[] };

export function numbers(data: Float64Array | readonly number[]): ColumnData {
  return { kind: 'number', data: data instanceof Float64Array ? data : Float64Array.from(data) };
}

export function times(data: Float64Array): ColumnData {
  return { kind: 'time', data };
}

export function objects(data: readonly unknown[]): ColumnData {
  return { kind: 'object', data };
}

export function sliceColumn(column: ColumnData, start: number, end: number): ColumnData {
  switch (column.kind) {
    case 'object':
      return objects(column.data.slice(start, end));
    case 'time':
      return times(column.data.slice(start, end));
    case 'number':
      return numbers(column.data.slice(start, end));
  }
}

/** The cell at a position inside the column: a number, a DateTime, or what an object column holds. */
export function cell(column: ColumnData, position: number): unknown {
  if (column.kind === 'object') return column.data[position];
  const value = column.data[position] ?? Number.NaN;
  return column.kind === 'time' ? chinaDateTime(value) : value;
}

/** A position from the front, or from the end when negative; INDEX_OUT_OF_RANGE instead of undefined (it would become NaN money). */
export function positionIn(length: number, position: number, what: string): number {
  const index = position < 0 ? length + position : position;
  if (Number.isInteger(index) && index >= 0 && index < length) return index;
  throw new BtError(
    'INDEX_OUT_OF_RANGE',
    `position ${position} is outside of ${what} with ${length} elements; check .length first.`,
    { fault: 'strategy' },
  );
}
