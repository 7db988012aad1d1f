import type { Column } from './column/column.ts';
import type { DataFrame, Index, Series } from './types.ts';

/** How the layers below Series, DataFrame and Index make one of those; the classes put themselves here when they load. */
interface Makers {
  series(column: Column, index: Index, name: unknown): Series<unknown>;
  frame(columns: Index, data: readonly Column[], index: Index): DataFrame;
  index(labels: Iterable<unknown>): Index;
  range(length: number): Index;
  levels(levels: readonly Column[], names: readonly (string | null)[]): Index;
}

const makers: Partial<Makers> = {};

export function provide(some: Partial<Makers>): void {
  Object.assign(makers, some);
}

function maker<K extends keyof Makers>(name: K): Makers[K] {
  const found = makers[name];
  if (found === undefined) throw new Error(`the tables were loaded without their ${name}: import frame/data-frame.ts`);
  return found;
}

/** A Series over ready storage. */
export function makeSeries<T>(column: Column, index: Index, name: unknown = null): Series<T> {
  return maker('series')(column, index, name) as unknown as Series<T>; // the caller knows what the column holds
}

/** A DataFrame over ready storage: names of the columns, their cells, labels of the rows. */
export function makeFrame<C extends string = string>(
  columns: Index,
  data: readonly Column[],
  index: Index,
): DataFrame<C> {
  return maker('frame')(columns, data, index) as unknown as DataFrame<C>; // the caller knows the columns
}

export function makeIndex(labels: Iterable<unknown>): Index {
  return maker('index')(labels);
}

/** 0, 1, 2, … */
export function makeRange(length: number): Index {
  return maker('range')(length);
}

/** An Index over ready columns, one a level. */
export function makeLevels(levels: readonly Column[], names: readonly (string | null)[]): Index {
  return maker('levels')(levels, names);
}
