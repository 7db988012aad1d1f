import { textOr } from '../args.ts';
import { cell } from '../column/column.ts';
import { csvText } from '../csv.ts';
import { makeFrame, makeIndex } from '../factory.ts';
import { seriesText } from '../print/series-and-index.ts';
import { unstackSeries } from '../reshape/stack.ts';
import { given } from '../signatures/signature.ts';
import { COLUMN } from '../store.ts';
import type { DataFrame, Index, Label, Series } from '../types.ts';
import { SeriesWindows } from './groups-and-windows.ts';

/** The Series in other forms: lists, dicts, text, a table. */
export abstract class SeriesExport<T> extends SeriesWindows<T> {
  keys(): Index {
    return this.index;
  }

  items(): [Label, T][] {
    return Array.from({ length: this.length }, (_, i) => [this.index.labelAt(i) as Label, cell(this[COLUMN], i) as T]);
  }

  iteritems(): [Label, T][] {
    return this.items();
  }

  to_list(): T[] {
    return this.tolist();
  }

  to_numpy(): T extends number ? Float64Array : T[] {
    return this.values;
  }

  to_frame(name?: unknown): DataFrame {
    return makeFrame(makeIndex([name ?? this.name ?? 0]), [this[COLUMN]], this.index);
  }

  to_dict(): Record<string, T> {
    return Object.fromEntries(this.items().map(([label, value]) => [keyText(label), value]));
  }

  toJSON(): Record<string, T> {
    return this.to_dict();
  }

  to_json(options: { readonly orient?: 'index' | 'records' | 'split' } = {}): string {
    const orient = textOr(options.orient, ['index', 'records', 'split'], 'index', 'to_json() orient');
    const data = this.tolist();
    if (orient === 'records') return JSON.stringify(data);
    if (orient === 'index') return JSON.stringify(this.to_dict());
    return JSON.stringify({ name: this.name, index: this.index.tolist(), data });
  }

  to_csv(...args: readonly unknown[]): string {
    return csvText(this.to_frame(), args);
  }

  /** All rows, whatever their number. */
  to_string(): string {
    return seriesText(this[COLUMN], this.index, this.name, true);
  }

  unstack(...args: readonly unknown[]): DataFrame {
    const a = given(args);
    return unstackSeries(this as unknown as Series<unknown>, (a['level'] ?? -1) as number, a['fill_value']);
  }

  get T(): Series<T> {
    return this;
  }
}

function keyText(label: Label): string {
  return String(label);
}
