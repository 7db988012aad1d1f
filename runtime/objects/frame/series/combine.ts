import { adviseOnce } from '../advise.ts';
import { named, textOr } from '../args.ts';
import { maskPositions } from '../column/take.ts';
import { concatTables } from '../concat.ts';
import { makeLevels, makeSeries } from '../factory.ts';
import { sameColumn } from '../labels/same.ts';
import { csvText } from '../print/csv.ts';
import { seriesText } from '../print/series-text.ts';
import { cutRows, levelRows, updated } from '../relabel.ts';
import { rowsByLabel } from '../select.ts';
import { slice } from '../slice.ts';
import { COLUMN, isSeries } from '../store.ts';
import type { Series } from '../types.ts';
import { SeriesShape } from './shape.ts';

/** Some of the rows, and other forms of a Series. */
export abstract class SeriesCombine<T> extends SeriesShape<T> {
  /** The cell of a Series of one, else the Series. */
  squeeze(): T | Series<T> {
    return this.length === 1 ? this.at(0) : (this as unknown as Series<T>);
  }

  truncate(...args: readonly unknown[]): Series<T> {
    const a = named('truncate', ['before', 'after'], args);
    return this.loc(slice(a['before'] ?? null, a['after'] ?? null));
  }

  equals(other: unknown): boolean {
    if (!isSeries(other)) return false;
    const [a, b] = [this[COLUMN], other[COLUMN]];
    return a.kind === b.kind && this.index.equals(other.index) && sameColumn(a, b);
  }

  /** Rows of a time of day, both ends included: `between_time('9:30', '11:30')`. */
  between_time(start: string, end: string): Series<T> {
    return this.rows(maskPositions(cutRows(this.index, start, end)));
  }

  /** Rows of one time of day: `at_time('14:50')`. */
  at_time(time: string): Series<T> {
    return this.between_time(time, time);
  }

  droplevel(level: number | string): Series<T> {
    return makeSeries<T>(this[COLUMN], this.index.droplevel(level), this.name);
  }

  swaplevel(): Series<T> {
    const { levels, names } = this.index;
    return makeSeries<T>(this[COLUMN], makeLevels([...levels].toReversed(), [...names].toReversed()), this.name);
  }

  /** Rows of one label of a level, without that level. */
  xs(label: unknown, options: { readonly level?: number | string } = {}): Series<T> {
    const { at, rows } = levelRows(this.index, label, options.level ?? 0);
    const part = this.rows(rows);
    part.index = part.index.droplevel(at);
    return part;
  }

  /** Writes the cells of the other Series that are not missing into this one. */
  update(other: Series<unknown>): void {
    this.become(this.withColumn(updated(this[COLUMN], this.index, other)));
  }

  filter(options: { readonly items?: readonly unknown[]; readonly like?: string; readonly regex?: string }): Series<T> {
    const list = this.index.tolist().map(String);
    const { items, like, regex } = options;
    if (items !== undefined) return this.loc(items.filter((item) => this.index.includes(item)));
    const test = regex === undefined ? null : new RegExp(regex);
    return this.rows(
      maskPositions(Uint8Array.from(list, (label) => Number(test?.test(label) ?? label.includes(like ?? '')))),
    );
  }

  /** Old pandas: by label, else by position. */
  ix(key: unknown): unknown {
    adviseOnce('Series.ix', 's.loc(label)、s.iloc(i)');
    const numeric = this.index.dtype === 'int64';
    if (typeof key === 'number' && !numeric) return this.at(key);
    return this.picked(rowsByLabel(this.index, key));
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

  /** Old pandas: this Series with another one under it. */
  append(
    other: Series<unknown> | readonly Series<unknown>[],
    options: { readonly ignore_index?: boolean } = {},
  ): Series<T> {
    adviseOnce('Series.append()', 'pd.concat([a, b])');
    const all = [this as unknown as Series<unknown>, ...(isSeries(other) ? [other] : other)];
    return concatTables(all, options) as unknown as Series<T>; // Series in, Series out
  }
}

function keyText(label: Label): string {
  return String(label);
}
