import { badArgument } from '../../../api/arguments.ts';
import { flag, pairsOf, readAxis, textOr } from '../args.ts';
import { missingColumn } from '../column/column.ts';
import type { Column } from '../column/column.ts';
import { columnFrom } from '../column/dtypes.ts';
import { sameLabel } from '../column/keys.ts';
import { concatColumns, takeColumn } from '../column/take.ts';
import { badTable } from '../errors.ts';
import { makeFrame, makeIndex, makeLevels, makeRange, makeSeries } from '../factory.ts';
import { given } from '../signatures/signature.ts';
import { COLUMN, DATA, NAMES } from '../store.ts';
import { listOf } from '../selection/select.ts';
import { isFrame, isSeries } from '../is-table.ts';
import type { DataFrame, Index, Series } from '../types.ts';

type Table = DataFrame | Series<unknown>;

interface ConcatOptions {
  readonly inner: boolean;
  readonly ignore: boolean;
  readonly sort: boolean;
  readonly keys: readonly unknown[] | null;
  readonly names: readonly (string | null)[];
}

/** `pd.concat([a, b], { axis, join, ignore_index, keys })`; a dict gives the keys. Null items are left out. */
export function concatTables(objects: unknown, ...args: readonly unknown[]): Table {
  const a = given(args);
  const pairs = pairsOf(objects);
  const all = pairs === null ? Array.from(objects as Iterable<unknown>) : pairs.map(([, value]) => value);
  const parts = all.filter((part): part is Table => isFrame(part) || isSeries(part));
  const odd = all.find((part) => part !== null && part !== undefined && !isFrame(part) && !isSeries(part));
  if (odd !== undefined) throw badArgument('concat()', 'takes a list of tables and Series only.');
  if (parts.length === 0) throw badArgument('concat()', 'has nothing to put together: the list is empty.');
  const options: ConcatOptions = {
    inner: textOr(a['join'], ['outer', 'inner'], 'outer', 'concat() join') === 'inner',
    ignore: flag(a['ignore_index'], false),
    sort: flag(a['sort'], false),
    keys: pairs === null ? listOf(a['keys']) : pairs.map(([key]) => key),
    names: (a['names'] as readonly (string | null)[] | undefined) ?? [],
  };
  const table = joined(parts, options, readAxis(a['axis']));
  if (!flag(a['verify_integrity'], false)) return table;
  const labels = readAxis(a['axis']) === 1 && isFrame(table) ? table[NAMES] : table.index;
  if (!labels.is_unique)
    throw badTable('the labels of the parts overlap; leave verify_integrity out, or make them unique.');
  return table;
}

function joined(parts: readonly Table[], options: ConcatOptions, axis: 0 | 1): Table {
  if (axis === 1) return sideBySide(parts, options);
  return parts.every(isSeries) ? seriesUnder(parts, options) : under(parts.map(asFrame), options);
}

function asFrame(part: Table): DataFrame {
  return isFrame(part) ? part : part.to_frame(part.name ?? 0);
}

function seriesUnder(parts: readonly Series<unknown>[], options: ConcatOptions): Series<unknown> {
  const column = concatColumns(parts.map((part) => part[COLUMN]));
  const [first] = parts;
  const common = parts.every((part) => sameLabel(part.name, first?.name ?? null)) ? first?.name : null;
  return makeSeries(column, rowsOf(parts, options), common ?? null);
}

function under(parts: readonly DataFrame[], options: ConcatOptions): DataFrame {
  const twice = parts.find((part) => !part[NAMES].is_unique);
  if (twice !== undefined) return underByPlace(parts, twice[NAMES], options);
  const names = union(
    parts.map((part) => part[NAMES]),
    options.inner,
    options.sort,
  );
  const data = Array.from({ length: names.length }, (_, c) => {
    const name = names.labelAt(c);
    return concatColumns(parts.map((part) => part[DATA][part[NAMES].rowOf(name)] ?? gap(part)));
  });
  return makeFrame(names, data, rowsOf(parts, options));
}

/** A column whose name stands twice has its partner by place: so only where all parts have the same columns, or none. */
function underByPlace(parts: readonly DataFrame[], names: Index, options: ConcatOptions): DataFrame {
  const same = parts.every((part) => part[NAMES].equals(names) || (part[NAMES].length === 0 && !options.inner));
  if (!same || (options.sort && !names.is_monotonic_increasing))
    throw badTable('a column name stands twice, so that columns cannot be told apart; make the names unique first.');
  const data = Array.from(names, (_, c) => concatColumns(parts.map((part) => part[DATA][c] ?? gap(part))));
  return makeFrame(names, data, rowsOf(parts, options));
}

function gap(part: DataFrame): Column {
  return missingColumn(part.length);
}

function rowsOf(parts: readonly Table[], { ignore, keys, names }: ConcatOptions): Index {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  if (ignore) return makeRange(length);
  const [first] = parts;
  const inner = parts.slice(1).reduce<Index>((all, part) => all.append(part.index), first?.index ?? makeRange(0));
  return keys === null
    ? inner
    : keyed(
        keys,
        parts.map((part) => part.length),
        inner,
        names,
      );
}

/** A first level that tells which part a row or column came from. */
function keyed(
  keys: readonly unknown[],
  lengths: readonly number[],
  inner: Index,
  names: readonly (string | null)[],
): Index {
  const which = Int32Array.from(lengths.flatMap((length, i) => Array.from({ length }, () => i)));
  const tuples = keys.every((key): key is readonly unknown[] => Array.isArray(key));
  const outer = tuples
    ? (keys[0] as readonly unknown[]).map((_, i) => takeColumn(columnFrom(keys.map((key) => key[i])), which))
    : [takeColumn(columnFrom(keys), which)];
  const labels = [
    ...outer.map((_, i) => names[i] ?? null),
    ...inner.names.map((name, i) => names[outer.length + i] ?? name),
  ];
  return makeLevels([...outer, ...inner.levels], labels);
}

function sideBySide(parts: readonly Table[], options: ConcatOptions): DataFrame {
  const index = rowsOfAll(
    parts.map((part) => part.index),
    options,
  );
  const data: Column[] = [];
  const labels: Index[] = [];
  let unnamed = 0;
  parts.forEach((part, p) => {
    const same = part.index.equals(index);
    const from = same ? null : part.index.rowsOf(index);
    const place = (column: Column): Column => (from === null ? column : takeColumn(column, from));
    if (isFrame(part)) {
      data.push(...part[DATA].map(place));
      labels.push(part[NAMES]);
    } else {
      data.push(place(part[COLUMN]));
      labels.push(makeIndex([options.keys?.[p] ?? part.name ?? unnamed++]));
    }
  });
  const all = labels.slice(1).reduce<Index>((sum, one) => sum.append(one), labels[0] ?? makeIndex([]));
  if (options.ignore) return makeFrame(makeRange(data.length), data, index);
  const tables = parts.some(isFrame);
  const lengths = labels.map((one) => one.length);
  const names = options.keys !== null && tables ? keyed(options.keys, lengths, all, options.names) : all;
  return makeFrame(names, data, index);
}

function rowsOfAll(indexes: readonly Index[], { inner, sort }: ConcatOptions): Index {
  const [first] = indexes;
  const alike = first !== undefined && indexes.every((one) => one.equals(first));
  if (alike && (!sort || first.is_monotonic_increasing)) return first;
  if (indexes.some((one) => !one.is_unique)) {
    throw badTable(
      'tables with repeated row labels cannot stand side by side; use reset_index({ drop: true }) or merge().',
    );
  }
  // pandas keeps the order of appearance, but sorts times.
  return union(indexes, inner, sort || indexes.every((one) => one.dtype === 'datetime64[ns]'));
}

function union(indexes: readonly Index[], inner: boolean, sort: boolean): Index {
  const [first, ...rest] = indexes;
  if (first === undefined) return makeIndex([]);
  const names = indexes.every((one) => one.name === first.name) ? first.names : [null];
  let all = first;
  for (const one of rest) {
    if (one.equals(all)) continue;
    all = inner ? kept(all, one) : all.append(one).unique();
  }
  return (sort ? all.sort_values() : all).rename(names);
}

function kept(all: Index, other: Index): Index {
  const rows = other.rowsOf(all);
  return all.take(Int32Array.from(rows.keys()).filter((row) => (rows[row] ?? -1) >= 0));
}
