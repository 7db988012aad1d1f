import { keyedProxy } from '../keyed.ts';
import { takeColumn } from './column/take.ts';
import type { Positions } from './column/take.ts';
import { adviseOnce } from './errors.ts';
import { makeFrame, makeIndex, makeLevels } from './factory.ts';
import type { Found } from './index/lookup.ts';
import { concatTables } from './joining/concat.ts';
import { rowsByLabel, rowsByPosition } from './selection/select.ts';
import { slice } from './slice.ts';
import { DATA } from './store.ts';
import type { DataFrame, Index } from './types.ts';

const INSTEAD =
  "get_price(list, { panel: false }) 得到长表，再用 df.pivot({ index: 'time', columns: 'code', values: 'close' })";

/** Several fields of several securities, as old pandas: `panel['close']` is the table time × code. */
export class PanelMethods<F extends string> {
  readonly #tables: ReadonlyMap<F, DataFrame>;
  /** The times. */
  readonly major_axis: Index;
  /** The codes. */
  readonly minor_axis: Index<string>;

  constructor(tables: ReadonlyMap<F, DataFrame>, times: Index, codes: readonly string[]) {
    this.#tables = tables;
    this.major_axis = times;
    this.minor_axis = makeIndex(codes) as unknown as Index<string>; // codes are texts
  }

  /** The fields. */
  get items(): Index<F> {
    return makeIndex(this.#tables.keys()) as unknown as Index<F>; // fields are texts
  }

  get axes(): [Index<F>, Index, Index<string>] {
    return [this.items, this.major_axis, this.minor_axis];
  }

  /** Fields, times, codes. */
  get shape(): [number, number, number] {
    return [this.#tables.size, this.major_axis.length, this.minor_axis.length];
  }

  get empty(): boolean {
    return this.shape.includes(0);
  }

  /** By position: `panel.iloc(slice(), 0)` is code × field at the first time, `panel.iloc(slice(), slice(), 0)` time × field. */
  iloc(items: unknown, times: unknown = slice(), codes: unknown = slice()): unknown {
    adviseOnce('Panel.iloc', INSTEAD);
    return this.#part(
      rowsByPosition(this.items, items, 'the fields'),
      rowsByPosition(this.major_axis, times, 'the times'),
      rowsByPosition(this.minor_axis, codes, 'the codes'),
    );
  }

  /** By label: `panel.loc('close')`, `panel.loc(slice(), '2026-07-03')`, `panel.loc(slice(), slice(), code)`. */
  loc(items: unknown, times: unknown = slice(), codes: unknown = slice()): unknown {
    adviseOnce('Panel.loc', INSTEAD);
    return this.#part(
      rowsByLabel(this.items, items),
      rowsByLabel(this.major_axis, times),
      rowsByLabel(this.minor_axis, codes),
    );
  }

  /** Old pandas: by label, else by position. */
  ix(items: unknown, times: unknown = slice(), codes: unknown = slice()): unknown {
    const numbers = [items, times, codes].some((one) => typeof one === 'number');
    return numbers ? this.iloc(items, times, codes) : this.loc(items, times, codes);
  }

  /** code × field at one time. */
  major_xs(time: unknown): DataFrame {
    return this.loc(slice(), time) as DataFrame; // one time leaves two axes
  }

  /** time × field of one code. */
  minor_xs(code: string): DataFrame<F> {
    return this.loc(slice(), slice(), code) as DataFrame<F>; // one code leaves two axes
  }

  /** One long table: rows are (time, code), columns fields. */
  to_frame(): DataFrame<F> {
    const parts = [...this.#tables.values()].map((table) => table.stack({ dropna: false }));
    const table = concatTables(parts, { axis: 1 }) as DataFrame;
    table.columns = this.items;
    table.index = makeLevels(table.index.levels, ['major', 'minor']);
    return table.dropna() as unknown as DataFrame<F>;
  }

  *[Symbol.iterator](): Iterator<F> {
    yield* this.#tables.keys();
  }

  toString(): string {
    const [fields, times, codes] = this.shape;
    return `Panel (${fields} items x ${times} times x ${codes} codes): ${[...this.items].join(', ')}`;
  }

  #part(items: Found, times: Found, codes: Found): unknown {
    const names = this.items.tolist();
    const tables = [...this.#tables.values()];
    if (typeof items === 'number') return tables[items]?.iloc(rows(times) as never, rows(codes) as never);
    const chosen = Array.from(items, (at) => tables[at]).filter((table) => table !== undefined);
    const labels = makeIndex(Array.from(items, (at) => names[at]));
    if (typeof codes === 'number') {
      const index = this.major_axis.take(typeof times === 'number' ? Int32Array.of(times) : times);
      const from = typeof times === 'number' ? Int32Array.of(times) : times;
      const data = chosen.map((table) => takeColumn(table[DATA][codes] ?? { kind: 'object', data: [] }, from));
      const part = makeFrame(labels, data, index);
      return typeof times === 'number' ? part.iloc(0) : part;
    }
    const across = (from: Positions): unknown =>
      chosen.map((table) => table.iloc(typeof times === 'number' ? times : 0, Array.from(from)));
    if (typeof times === 'number') {
      const parts = across(codes) as ReturnType<DataFrame['iloc']>[];
      const table = concatTables(parts, { axis: 1 }) as DataFrame;
      table.columns = labels;
      return table;
    }
    const kept = new Map(
      chosen.map((table, i): [string, DataFrame] => [
        String(labels.labelAt(i)),
        table.iloc(Array.from(times), Array.from(codes)) as DataFrame,
      ]),
    );
    return createPanel(kept, this.major_axis.take(times), this.minor_axis.take(codes).tolist());
  }
}

function rows(found: Found): number | number[] {
  return typeof found === 'number' ? found : Array.from(found);
}

export type Panel<F extends string = string> = PanelMethods<F> & { readonly [K in F]: DataFrame };

/** Makes a panel from one table a field, all with the same times and codes. */
export function createPanel<F extends string>(
  tables: ReadonlyMap<F, DataFrame>,
  times: Index,
  codes: readonly string[],
): Panel<F> {
  const methods = new PanelMethods(tables, times, codes);
  const byName: ReadonlyMap<string, DataFrame> = tables;
  const keyed = {
    read: (key: string) => byName.get(key),
    has: (key: string) => byName.has(key),
    keys: () => methods.items.tolist(),
    strict: true,
  };
  return keyedProxy(methods, keyed, 'the panel') as Panel<F>; // the proxy answers the fields
}
