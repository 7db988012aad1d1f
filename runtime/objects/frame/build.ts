import { badArgument, isPlainObject } from '../../api/arguments.ts';
import { named, pairsOf } from './args.ts';
import { cell, missingColumn } from './column/column.ts';
import type { Column } from './column/column.ts';
import { castColumn, columnFrom, constantColumn, inferColumn, readDtype } from './column/dtypes.ts';
import { floatColumn } from './column/take.ts';
import { badTable } from './errors.ts';
import { makeFrame, makeIndex, makeRange } from './factory.ts';
import { listOf } from './selection/select.ts';
import { columnForRows } from './selection/write.ts';
import { COLUMN, DATA, NAMES } from './store.ts';
import { isFrame, isIndex, isSeries } from './is-table.ts';
import type { DataFrame, Index, Series } from './types.ts';

interface Parts {
  readonly columns: Index;
  readonly data: readonly Column[];
  readonly index: Index;
}

/** What `DataFrame(data, { index, columns, dtype })` makes of its arguments. */
export function buildFrame(args: readonly unknown[]): Parts {
  const a = named('DataFrame', ['data', 'index', 'columns', 'dtype', 'copy'], args, true);
  const { data } = a;
  const index = a['index'] === undefined || a['index'] === null ? null : makeIndex(a['index'] as Iterable<unknown>);
  const columns =
    a['columns'] === undefined || a['columns'] === null ? null : makeIndex(a['columns'] as Iterable<unknown>);
  const parts = fromData(data, index, columns);
  if (a['dtype'] === undefined || a['dtype'] === null) return parts;
  const dtype = readDtype(a['dtype']);
  return { ...parts, data: parts.data.map((column) => castColumn(column, dtype)) };
}

function fromData(data: unknown, index: Index | null, columns: Index | null): Parts {
  if (data === null || data === undefined) return empty(index, columns);
  if (isFrame(data)) {
    const table =
      columns === null && index === null
        ? data
        : data.reindex({ ...(index === null ? {} : { index }), ...(columns === null ? {} : { columns }) });
    return { columns: table[NAMES], data: table[DATA], index: table.index };
  }
  if (isSeries(data)) {
    const series = index === null ? data : data.reindex(index);
    return { columns: columns ?? makeIndex([data.name ?? 0]), data: [series[COLUMN]], index: series.index };
  }
  const pairs = pairsOf(data) ?? dictPairs(data);
  if (pairs !== null) return fromDict(pairs, index, columns);
  const rows = isIndex(data) ? data.tolist() : (listOf(data) ?? iterableOf(data));
  if (rows === null) throw badArgument('DataFrame()', 'takes a dict of columns, a list of rows, a Series or a table.');
  return fromRows(rows, index, columns, ArrayBuffer.isView(data) ? columnFrom(data as Float64Array) : null);
}

function iterableOf(data: unknown): readonly unknown[] | null {
  return typeof data === 'object' && data !== null && Symbol.iterator in data
    ? Array.from(data as Iterable<unknown>)
    : null;
}

/** The runtime's own Dict, as get_price of several dicts gives it. */
function dictPairs(data: unknown): [unknown, unknown][] | null {
  if (typeof data !== 'object' || data === null || Array.isArray(data) || ArrayBuffer.isView(data)) return null;
  const items: unknown = isSeries(data) || isFrame(data) || isIndex(data) || !('items' in data) ? null : data.items;
  return typeof items === 'function' ? (Reflect.apply(items, data, []) as [unknown, unknown][]) : null;
}

function empty(index: Index | null, columns: Index | null): Parts {
  const rows = index ?? makeIndex([]);
  const names = columns ?? makeIndex([]);
  const kind = columns === null ? 'float64' : 'object';
  const data = Array.from({ length: names.length }, () => missingColumn(rows.length, kind));
  return { columns: names, data, index: rows };
}

/** Columns by name; Series go by label, one value repeats. */
function fromDict(pairs: readonly [unknown, unknown][], index: Index | null, columns: Index | null): Parts {
  if (pairs.length === 0) return empty(index, columns);
  const wanted =
    columns === null
      ? pairs
      : columns.tolist().map((name): [unknown, unknown] => [name, pairs.find(([key]) => sameName(key, name))?.[1]]);
  const rows = index ?? rowsOfDict(wanted.map(([, value]) => value));
  const data = wanted.map(([, value]) => {
    if (value === undefined) return missingColumn(rows.length, 'object');
    if (isPlainObject(value)) return columnFrom(rows.tolist().map((label) => value[String(label)] ?? NaN));
    return columnForRows(value, rows);
  });
  return { columns: columns ?? makeIndex(pairs.map(([name]) => name)), data, index: rows };
}

function sameName(key: unknown, name: unknown): boolean {
  return key === name || String(key) === String(name);
}

function rowsOfDict(values: readonly unknown[]): Index {
  const labels = values.filter(isSeries).map((series) => series.index);
  const [first] = labels;
  if (first !== undefined) {
    const rest = labels.slice(1).filter((one) => !one.equals(first));
    return rest.reduce((all, one) => all.union(one), first);
  }
  const nested = values.filter(isPlainObject);
  if (nested.length > 0) return makeIndex([...new Set(nested.flatMap((one) => Object.keys(one)))]);
  const lengths = values.flatMap((value) => {
    const list = ArrayBuffer.isView(value) && !(value instanceof DataView) ? (value as Float64Array) : listOf(value);
    return list === null ? [] : [list.length];
  });
  const [length] = lengths;
  if (length === undefined && values.some((value) => value !== undefined)) {
    throw badTable('a table of single values needs an index: DataFrame({ a: 1 }, { index: [0] }).');
  }
  if (lengths.some((one) => one !== length))
    throw badTable(`the columns have ${lengths.join(', ')} cells; make them the same.`);
  return makeRange(length ?? 0);
}

function fromRows(rows: readonly unknown[], index: Index | null, columns: Index | null, numbers: Column | null): Parts {
  const [first] = rows;
  if (rows.length === 0) return empty(index, columns);
  if (isPlainObject(first)) return fromRecords(rows as readonly Readonly<Record<string, unknown>>[], index, columns);
  if (isSeries(first)) return fromSeries(rows, index, columns);
  const lines = rows.map((row) => listOf(row));
  if (lines.every((line) => line === null)) {
    const column = numbers ?? columnFrom(rows);
    const data = index !== null && rows.length === 1 ? constantColumn(rows[0], index.length) : column;
    return { columns: columns ?? makeRange(1), data: [data], index: index ?? makeRange(rows.length) };
  }
  const width = columns?.length ?? Math.max(...lines.map((line) => line?.length ?? 1));
  if (lines.some((line) => (line?.length ?? 1) > width)) {
    throw badTable(
      `rows have up to ${Math.max(...lines.map((line) => line?.length ?? 1))} cells for ${width} columns.`,
    );
  }
  const data = Array.from({ length: width }, (_, c) =>
    columnFrom(lines.map((line) => (line === null ? NaN : line[c]))),
  );
  return { columns: columns ?? makeRange(width), data, index: index ?? makeRange(rows.length) };
}

function fromRecords(
  rows: readonly Readonly<Record<string, unknown>>[],
  index: Index | null,
  columns: Index | null,
): Parts {
  const names = columns ?? makeIndex([...new Set(rows.flatMap((row) => Object.keys(row)))]);
  const data = names
    .tolist()
    .map((name) => columnFrom(rows.map((row) => row[String(name)] ?? (Object.hasOwn(row, String(name)) ? null : NaN))));
  return { columns: names, data, index: index ?? makeRange(rows.length) };
}

function fromSeries(rows: readonly unknown[], index: Index | null, columns: Index | null): Parts {
  const series = rows.filter(isSeries);
  const names =
    columns ??
    series.reduce<Index | null>(
      (all, one) => (all === null || all.equals(one.index) ? (all ?? one.index) : all.append(one.index).unique()),
      null,
    ) ??
    makeIndex([]);
  const data = names.tolist().map((name) => columnFrom(series.map((one) => one.get(name, NaN))));
  const labels = series.map((one, i) => one.name ?? i);
  return { columns: names, data, index: index ?? makeIndex(labels) };
}

/** Cells and labels of `Series(data, { index, name, dtype })`. */
export function buildSeries(args: readonly unknown[]): {
  readonly column: Column;
  readonly index: Index;
  readonly name: unknown;
} {
  const a = named('Series', ['data', 'index', 'dtype', 'name', 'copy'], args, true);
  const { data } = a;
  const index = a['index'] === undefined || a['index'] === null ? null : makeIndex(a['index'] as Iterable<unknown>);
  const parts = seriesParts(data, index);
  const name = a['name'] ?? parts.name;
  if (a['dtype'] === undefined || a['dtype'] === null) return { ...parts, name };
  return { ...parts, name, column: castColumn(parts.column, readDtype(a['dtype'])) };
}

function seriesParts(
  data: unknown,
  index: Index | null,
): { readonly column: Column; readonly index: Index; readonly name: unknown } {
  if (data === undefined || data === null) {
    const rows = index ?? makeRange(0);
    return { column: missingColumn(rows.length), index: rows, name: null };
  }
  if (isSeries(data)) {
    const series = index === null ? data : data.reindex(index);
    return { column: series[COLUMN], index: series.index, name: data.name };
  }
  const pairs = pairsOf(data) ?? dictPairs(data);
  if (pairs !== null) {
    const own = makeIndex(pairs.map(([label]) => label));
    const column = columnFrom(pairs.map(([, value]) => value));
    return index === null
      ? { column, index: own, name: null }
      : {
          column: columnFrom(index.tolist().map((label) => pairs.find(([key]) => sameName(key, label))?.[1] ?? NaN)),
          index,
          name: null,
        };
  }
  const list = ArrayBuffer.isView(data) ? (data as Float64Array) : (listOf(data) ?? iterableOf(data));
  if (list === null)
    return { column: constantColumn(data, index?.length ?? 1), index: index ?? makeRange(1), name: null };
  const rows = index ?? makeRange(list.length);
  if (rows.length !== list.length) throw badTable(`${list.length} cells do not fit an index of ${rows.length} labels.`);
  return { column: columnFrom(list), index: rows, name: isIndex(data) ? data.name : null };
}

/** A table whose rows are these Series, under the labels of the first and whatever the others have beside them. */
export function seriesRows(rows: readonly Series<unknown>[], index: Index): DataFrame {
  const columns = rows.reduce<Index | null>((all, row) => {
    if (all === null || all.equals(row.index)) return all ?? row.index;
    return all.append(row.index).unique();
  }, null);
  if (columns === null) return makeFrame(index.slice(0, 0), [], index);
  const at = rows.map((row) => row.index.rowsOf(columns));
  const stores = rows.map((row) => row[COLUMN]);
  const floats = stores.every((store) => store.kind === 'float64');
  const data = Array.from({ length: columns.length }, (_, c) => {
    const column = inferColumn(
      stores.map((store, r) => {
        const from = at[r]?.[c] ?? -1;
        return from < 0 ? NaN : cell(store, from);
      }),
    );
    return floats ? floatColumn(column) : column;
  });
  return makeFrame(columns, data, index);
}
