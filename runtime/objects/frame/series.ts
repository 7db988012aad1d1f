import { callable } from '../guard.ts';
import { buildSeries } from './build.ts';
import type { Column } from './column/column.ts';
import { provide } from './factory.ts';
import type { Index, Series as SeriesType } from './types.ts';
import { SeriesExport } from './series/export.ts';
import { SERIES } from './signatures/series.ts';
import { installSignatures } from './signatures/signature.ts';

/** Ready storage on its way into the constructor. */
class SeriesParts {
  readonly column: Column;
  readonly index: Index;
  readonly name: unknown;

  constructor(column: Column, index: Index, name: unknown) {
    this.column = column;
    this.index = index;
    this.name = name;
  }
}

export interface SeriesOptions {
  readonly index?: Iterable<unknown>;
  readonly name?: string | null;
  readonly dtype?: unknown;
}

class LabelledCells<T = number> extends SeriesExport<T> {
  constructor(data?: unknown, index?: Iterable<unknown> | SeriesOptions | null, dtype?: unknown, name?: string) {
    const parts = data instanceof SeriesParts ? data : buildSeries([data, index, dtype, name]);
    super(parts.column, parts.index, parts.name);
  }
}

// The name that errors, loggers and test tools show.
Object.defineProperty(LabelledCells, 'name', { value: 'Series' });

installSignatures(LabelledCells.prototype, SERIES);

// Its methods, for the files that know it by types.ts only.
declare module './types.ts' {
  interface Series<T = number> extends LabelledCells<T> {}
}

/** One column with its row labels. Iterating gives the cells. */
export type Series<T = number> = SeriesType<T>;

provide({
  series: (column, index, name) => new LabelledCells<unknown>(new SeriesParts(column, index, name)),
});

/** `Series(…)` and `new Series(…)`. */
export interface SeriesConstructor {
  new <T = number>(data?: unknown, options?: SeriesOptions): Series<T>;
  new <T = number>(data: unknown, index: Iterable<unknown> | null): Series<T>;
  <T = number>(data?: unknown, options?: SeriesOptions): Series<T>;
  <T = number>(data: unknown, index: Iterable<unknown> | null): Series<T>;
  readonly prototype: Series<unknown>;
}

/** `Series([1, 2], { index: ['a', 'b'], name: 'x' })`, with or without `new`. */
export const Series = callable(LabelledCells) as unknown as SeriesConstructor;
