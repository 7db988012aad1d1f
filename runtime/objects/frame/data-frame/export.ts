import { badArgument } from '../../../api/arguments.ts';
import { pyRepr, pyStr } from '../../../text/python-text.ts';
import { isFunction, textOr } from '../args.ts';
import { cell, cells, isMissing, numbersOf } from '../column/column.ts';
import type { Column } from '../column/column.ts';
import { floatText } from '../column/dtypes.ts';
import { csvText } from '../csv.ts';
import { badOperator } from '../errors.ts';
import { asListOf, List } from '../guarded.ts';
import { frameText, infoText } from '../print/frame.ts';
import { rowLists, rowOf } from '../selection/select.ts';
import { given } from '../signatures/signature.ts';
import { COLUMN_AT, DATA, NAMES } from '../store.ts';
import type { DataFrame, Label, Row, Series } from '../types.ts';
import { FrameWindows } from './groups-and-windows.ts';

/** The rows of a table: a list of lists. */
class Rows extends List<unknown[]> {
  static holdingRows(rows: readonly (readonly unknown[])[]): Rows {
    return asListOf(
      Rows,
      rows.map((row) => List.holding(row)),
    );
  }

  override tolist(): unknown[][] {
    return Array.from(this, (row) => [...row]);
  }
}

type IndexArgs = readonly [index?: boolean | { readonly index?: boolean }];

const ORIENTS = ['dict', 'list', 'records', 'index', 'split', 'series', 'columns', 'values'] as const;

/** The table in other forms: loops, dicts, text, other libraries. */
export abstract class FrameExport<C extends string> extends FrameWindows<C> {
  /** Rows as lists; a copy. */
  get values(): unknown[][] & { tolist(): unknown[][] } {
    return Rows.holdingRows(rowLists(this as unknown as DataFrame));
  }

  to_numpy(): unknown[][] {
    return this.values;
  }

  keys(): DataFrame<C>['columns'] {
    return this.columns as DataFrame<C>['columns'];
  }

  /** The column, else the fallback. */
  get(name: unknown, fallback: unknown = null): Series {
    return (this[NAMES].includes(name) ? this.col(name as C) : fallback) as Series; // the fallback stands for a column
  }

  /** Name and column of each column. */
  items(): [C, Series][] {
    return this[NAMES].tolist().map((name, i) => [name as C, this[COLUMN_AT](i) as unknown as Series]);
  }

  iteritems(): [C, Series][] {
    return this.items();
  }

  /** Label and row of each row. */
  iterrows(): [Label, Row<C>][] {
    const self = this as unknown as DataFrame;
    return Array.from({ length: this.length }, (_, i) => [
      this.index.labelAt(i) as Label,
      rowOf(self, i, null) as unknown as Row<C>,
    ]);
  }

  /** Each row as a plain object, its label under Index. */
  itertuples(...args: IndexArgs): (Record<string, unknown> & { readonly Index?: Label })[] {
    const names = this[NAMES].tolist().map(String);
    const labels = given(args)['index'] !== false;
    return this.values.map((row, i) => ({
      ...(!labels ? {} : { Index: this.index.labelAt(i) as Label }),
      ...Object.fromEntries(row.map((value, c) => [names[c] ?? '', value])),
    }));
  }

  /** Each row as a plain object, its label under index. */
  to_records(...args: IndexArgs): Record<string, unknown>[] {
    const names = this[NAMES].tolist().map(String);
    const labels = given(args)['index'] !== false;
    return this.values.map((row, i) => ({
      ...(labels ? { index: this.index.labelAt(i) } : {}),
      ...Object.fromEntries(row.map((value, c) => [names[c] ?? '', value])),
    }));
  }

  /** `dict` { column: { label: cell } }, `list`, `records`, `index`, `split`, `series`. */
  to_dict(orient: 'records'): Record<string, unknown>[];
  to_dict(orient: 'list'): Record<string, unknown[]>;
  to_dict(orient: 'series'): Record<string, Series>;
  to_dict(
    orient?: 'dict' | 'index' | 'split' | 'columns' | { readonly orient: string },
  ): Record<string, Record<string, unknown>>;
  to_dict(orient?: unknown): unknown {
    const a = given([orient]);
    return this.#dict(textOr(a['orient'], ORIENTS, 'dict', 'to_dict() orient'));
  }

  toJSON(): unknown {
    return this.#dict('split');
  }

  to_json(options: { readonly orient?: string } = {}): string {
    const orient = textOr(options.orient, ORIENTS, 'columns', 'to_json() orient');
    return jsonText(this as unknown as DataFrame, orient);
  }

  /** The text of a CSV file; to write it, pass it to write_file. */
  to_csv(...args: readonly unknown[]): string {
    return csvText(this as unknown as DataFrame, args);
  }

  override toString(): string {
    return frameText(this as unknown as DataFrame);
  }

  /** All rows and columns, whatever their number. */
  to_string(options: { readonly index?: boolean } = {}): string {
    return frameText(this as unknown as DataFrame, { all: true, ...options });
  }

  /** Dtypes and cells that are not missing, a line a column. */
  info(): string {
    return infoText(this as unknown as DataFrame);
  }

  /** A danfojs DataFrame, where the strategy has danfojs: `df.to_danfo(await import('danfojs-node'))`. */
  to_danfo(danfo: unknown): unknown {
    const make: unknown = typeof danfo === 'object' && danfo !== null ? Reflect.get(danfo, 'DataFrame') : danfo;
    if (!isFunction(make)) {
      throw badArgument(
        'to_danfo()',
        "needs the library: df.to_danfo(await import('danfojs-node')); npm install it first.",
      );
    }
    const data = this[DATA].map((column) => {
      const numbers = column.kind === 'datetime64[ns]' || column.kind === 'bool' ? null : numbersOf(column);
      return numbers === null ? cells(column).map((value) => danfoCell(value)) : Array.from(numbers);
    });
    const byName = Object.fromEntries(this[NAMES].tolist().map((name, i) => [String(name), data[i]]));
    const index = this.index.tolist().map((label) => (typeof label === 'number' ? label : String(label)));
    return Reflect.construct(make, [byName, { index }]);
  }

  /** Names of the columns, as in pandas. */
  *[Symbol.iterator](): Iterator<C> {
    for (const name of this[NAMES]) yield name as C;
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString();
  }

  [Symbol.toPrimitive](hint: string): string {
    if (hint === 'string') return this.toString();
    throw badOperator('a DataFrame does not work with operators: write .add() .sub() .mul() .div() .gt() .eq() …');
  }

  #dict(orient: (typeof ORIENTS)[number]): unknown {
    const names = this[NAMES].tolist().map(keyText);
    const labels = this.index.tolist();
    const data = this[DATA];
    const column = (c: number): unknown[] => (data[c] === undefined ? [] : cells(data[c]));
    switch (orient) {
      case 'list':
        return Object.fromEntries(names.map((name, c) => [name, column(c)]));
      case 'series':
        return Object.fromEntries(names.map((name, c) => [name, this[COLUMN_AT](c)]));
      case 'records':
        return labels.map((_, row) => record(names, data, row));
      case 'index':
        return Object.fromEntries(labels.map((label, row) => [keyText(label), record(names, data, row)]));
      case 'split':
        return { index: labels, columns: this[NAMES].tolist(), data: this.values };
      case 'values':
        return this.values;
      case 'dict':
      case 'columns':
        return Object.fromEntries(
          names.map((name, c) => [
            name,
            Object.fromEntries(column(c).map((value, row) => [keyText(labels[row]), value])),
          ]),
        );
    }
  }
}

function record(names: readonly string[], data: DataFrame[typeof DATA], row: number): Record<string, unknown> {
  return Object.fromEntries(names.map((name, c) => [name, data[c] === undefined ? null : cell(data[c], row)]));
}

function keyText(label: unknown): string {
  return typeof label === 'string' ? label : Array.isArray(label) ? pyRepr(label) : String(label);
}

function danfoCell(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? pyStr(value) : value;
}

/** JSON as pandas writes it: floats keep their point, missing cells are null, times are epoch ms. */
function jsonText(table: DataFrame, orient: string): string {
  const names = table[NAMES].tolist().map((name) => JSON.stringify(String(name)));
  const labels = table.index
    .tolist()
    .map((label) => JSON.stringify(String(typeof label === 'object' ? Number(label) : label)));
  const data = table[DATA].map((column) => columnJson(column));
  const row = (r: number): string =>
    object(
      names,
      data.map((column) => column[r] ?? 'null'),
    );
  const rows = labels.map((_, r) => row(r));
  if (orient === 'records') return `[${rows.join(',')}]`;
  if (orient === 'index') return object(labels, rows);
  if (orient === 'values')
    return `[${labels.map((_, r) => `[${data.map((column) => column[r]).join(',')}]`).join(',')}]`;
  if (orient !== 'split')
    return object(
      names,
      data.map((column) => object(labels, column)),
    );
  const lines = labels.map((_, r) => `[${data.map((column) => column[r]).join(',')}]`);
  const keys = table.index.tolist().map((label) => JSON.stringify(typeof label === 'object' ? Number(label) : label));
  return `{"columns":[${names.join(',')}],"index":[${keys.join(',')}],"data":[${lines.join(',')}]}`;
}

function object(keys: readonly string[], values: readonly string[]): string {
  return `{${keys.map((key, i) => `${key}:${values[i] ?? 'null'}`).join(',')}}`;
}

function columnJson(column: Column): string[] {
  return Array.from({ length: column.data.length }, (_, i) => {
    if (isMissing(column, i)) return 'null';
    if (column.kind === 'float64') return Number.isFinite(column.data[i]) ? floatText(column.data[i] ?? 0) : 'null';
    if (column.kind === 'datetime64[ns]') return String(column.data[i]);
    return JSON.stringify(cell(column, i));
  });
}
