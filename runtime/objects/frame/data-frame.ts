import { callable } from '../guard.ts';
import { buildFrame } from './build.ts';
import { objects } from './column/column.ts';
import type { Column } from './column/column.ts';
import { FrameExport } from './data-frame/export.ts';
import { provide } from './factory.ts';
import { Index } from './index/index.ts';
// A table cannot give a column without it.
import './series.ts';
import { FRAME } from './signatures/frame.ts';
import { installSignatures } from './signatures/signature.ts';
import { WRITE } from './store.ts';
import type { DataFrame as FrameType } from './types.ts';

/** Ready storage on its way into the constructor. */
class FrameParts {
  readonly columns: Index;
  readonly data: readonly Column[];
  readonly index: Index;

  constructor(columns: Index, data: readonly Column[], index: Index) {
    this.columns = columns;
    this.data = data;
    this.index = index;
  }
}

export interface FrameOptions {
  readonly index?: Iterable<unknown>;
  readonly columns?: Iterable<unknown>;
  readonly dtype?: unknown;
}

/** The methods of a table; `DataFrame` adds its columns. */
export class Frame<C extends string = string> extends FrameExport<C> {
  constructor(
    data?: unknown,
    index?: Iterable<unknown> | FrameOptions | null,
    columns?: Iterable<unknown>,
    dtype?: unknown,
  ) {
    const parts = data instanceof FrameParts ? data : buildFrame([data, index, columns, dtype]);
    super(parts.columns, parts.data, parts.index);
  }
}

/** A table: `df['close']` or `df.close` is a column (a method of that name wins; then `df.col('rank')`). */
export type DataFrame<C extends string = string> = FrameType<C>;

// Its methods, for the files that know it by types.ts only.
type TableMethods<C extends string> = Frame<C>;
declare module './types.ts' {
  interface Frame<C extends string = string> extends TableMethods<C> {}
}

// The name that errors, loggers and test tools show.
Object.defineProperty(Frame, 'name', { value: 'DataFrame' });

installSignatures(Frame.prototype, FRAME);

// A column may have the name of a method: `df['rank'] = …` must make the column and leave the method.
for (let layer: object = Frame.prototype; layer !== null && Object.hasOwn(layer, 'constructor');) {
  for (const [name, property] of Object.entries(Object.getOwnPropertyDescriptors(layer))) {
    const method: unknown = property.value;
    if (name === 'constructor' || typeof method !== 'function') continue;
    Object.defineProperty(layer, name, {
      configurable: true,
      get: () => method,
      set(this: Frame, value: unknown) {
        this[WRITE](name, value);
      },
    });
  }
  layer = Object.getPrototypeOf(layer) as object;
}

provide({
  frame: (columns, data, index) => new Frame(new FrameParts(columns, data, index)) as DataFrame,
  index: (labels) => (labels instanceof Index ? labels : indexOf(labels)),
  range: (length) => Index.range(length),
  levels: (levels, names) => Index.of(levels, names),
});

/** Labels that are lists make an index of several levels. */
function indexOf(labels: Iterable<unknown>): Index {
  if (Array.isArray(labels) && labels.length === 0) return Index.of([objects([])]);
  const list = Array.isArray(labels) ? (labels as readonly unknown[]) : Array.from(labels);
  const tuples =
    list.length > 0 && list.every((label): label is readonly unknown[] => Array.isArray(label) && label.length > 1);
  return tuples ? Index.fromTuples(list) : new Index(ArrayBuffer.isView(labels) ? labels : list);
}

/** `DataFrame(…)` and `new DataFrame(…)`. */
export interface FrameConstructor {
  new <C extends string = string>(data?: unknown, options?: FrameOptions): DataFrame<C>;
  new <C extends string = string>(
    data: unknown,
    index: Iterable<unknown> | null,
    columns?: Iterable<unknown>,
  ): DataFrame<C>;
  <C extends string = string>(data?: unknown, options?: FrameOptions): DataFrame<C>;
  <C extends string = string>(
    data: unknown,
    index: Iterable<unknown> | null,
    columns?: Iterable<unknown>,
  ): DataFrame<C>;
  readonly prototype: DataFrame;
  /** `orient: 'index'` makes a row of each entry. */
  from_dict(
    data: unknown,
    options?: { readonly orient?: 'columns' | 'index'; readonly columns?: Iterable<unknown> },
  ): DataFrame;
  from_records(rows: readonly unknown[], options?: FrameOptions): DataFrame;
}

const statics = {
  from_dict(
    data: unknown,
    options: { readonly orient?: 'columns' | 'index'; readonly columns?: Iterable<unknown> } = {},
  ): DataFrame {
    const { orient = 'columns', columns } = options;
    if (orient === 'columns') return new Frame(data) as DataFrame;
    const entries = data instanceof Map ? [...data] : Object.entries(data as object);
    const rows = entries.map(([, row]: readonly [unknown, unknown]) => row);
    const index = entries.map(([label]: readonly [unknown, unknown]) => label);
    return new Frame(rows, columns === undefined ? { index } : { index, columns }) as DataFrame;
  },
  from_records(rows: readonly unknown[], options: FrameOptions = {}): DataFrame {
    return new Frame(rows, options) as DataFrame;
  },
};

/** `DataFrame({ close: [10, 11] }, { index: ['a', 'b'] })`, with or without `new`. */
export const DataFrame = Object.assign(callable(Frame), statics) as unknown as FrameConstructor;
