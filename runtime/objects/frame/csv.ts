import { chinaText, chinaTimeOfDay } from '../../../src/domain/time.ts';
import { badArgument } from '../../api/arguments.ts';
import { percentFormat } from '../../text/percent-format.ts';
import { pyStr } from '../../text/python-text.ts';
import { strftime } from '../datetime/strftime.ts';
import { flag, pairsOf, wholeNumber } from './args.ts';
import type { Named } from './args.ts';
import { cell, isMissing, objects } from './column/column.ts';
import type { Column, Dtype } from './column/column.ts';
import { castColumn, floatText, inferColumn, readDtype } from './column/dtypes.ts';
import { unknownColumn } from './errors.ts';
import { makeFrame, makeIndex, makeRange } from './factory.ts';
import { listOf } from './selection/select.ts';
import { given } from './signatures/signature.ts';
import { COLUMNS_AT, DATA, NAMES } from './store.ts';
import type { DataFrame } from './types.ts';

const MISSING = new Set(['', 'NaN', 'nan', 'NA', 'N/A', 'null', 'NULL', 'None', '#N/A', '<NA>']);

/** A table from the text of a CSV file: `pd.read_csv(read_file('codes.csv'))`. */
export function readCsv(text: unknown, a: Named = {}): DataFrame {
  const sep = a['sep'] ?? a['delimiter'] ?? ',';
  if (typeof sep !== 'string' || sep.length !== 1)
    throw badArgument('read_csv()', "sep is one character, as ',' or '\\t'.");
  const header = a['header'] ?? undefined;
  if (header !== undefined && header !== 0 && header !== 'infer')
    throw badArgument('read_csv()', 'header is 0 or null; skip the lines before it with skiprows.');
  const rows = records(textOf(text), sep).slice(wholeNumber(a['skiprows'], 0, 'read_csv() skiprows'));
  const named = a['names'] === undefined ? null : (listOf(a['names']) ?? []).map(String);
  const headed = a['header'] !== null && (named === null || a['header'] === 0);
  const heads = named ?? (headed ? (rows[0] ?? []) : (rows[0] ?? []).map((_, i) => String(i)));
  const lines = headed ? rows.slice(1) : rows;
  const body = lines.slice(0, a['nrows'] === undefined ? undefined : wholeNumber(a['nrows'], 0, 'read_csv() nrows'));
  const dates = datesOf(a['parse_dates'], heads, a['index_col']);
  const kinds = pairsOf(a['dtype']);
  const kindOf = (name: string): Dtype | 'str' | null => {
    const kind = kinds === null ? a['dtype'] : kinds.find(([key]) => key === name)?.[1];
    return kind === undefined || kind === null ? null : readDtype(kind);
  };
  const missing = new Set([
    ...MISSING,
    ...(listOf(a['na_values']) ?? (a['na_values'] === undefined ? [] : [a['na_values']])).map(String),
  ]);
  const data = heads.map((name, c) => {
    const cells = body.map((row) => row[c] ?? '').map((cell) => (missing.has(cell) ? '' : cell));
    const kind = kindOf(name);
    const column = columnOf(cells, kind === 'str' || kind === 'object', dates.has(name));
    return kind === null || kind === 'str' ? column : castColumn(column, kind);
  });
  const labels = heads.map((name, c) => (name === '' ? `Unnamed: ${c}` : headed || named !== null ? name : c));
  const table = makeFrame(makeIndex(labels), data, makeRange(body.length));
  const used = a['usecols'] === undefined ? table : chosenColumns(table, listOf(a['usecols']) ?? [a['usecols']]);
  const { index_col: key } = a;
  if (key === undefined || key === null || key === false) return used;
  const label = typeof key === 'number' ? labels[key] : key;
  const indexed = used.set_index(label);
  return typeof label === 'string' && label.startsWith('Unnamed: ') ? indexed.rename_axis(null) : indexed;
}

/** Columns by name or place, in the order of the file. */
function chosenColumns(table: DataFrame, wanted: readonly unknown[]): DataFrame {
  const at = wanted.map((one) => (typeof one === 'number' ? one : table[NAMES].rowOf(one)));
  const odd = at.findIndex((place) => place < 0 || place >= table[NAMES].length);
  if (odd >= 0) throw unknownColumn(wanted[odd], table[NAMES]);
  return table[COLUMNS_AT](Int32Array.from(at).sort(), false);
}

function textOf(text: unknown): string {
  if (typeof text === 'string') return text;
  if (text instanceof Uint8Array) return new TextDecoder().decode(text);
  throw badArgument('read_csv()', "takes the text of a file: pd.read_csv(read_file('name.csv')).");
}

function datesOf(value: unknown, heads: readonly string[], key: unknown): ReadonlySet<string> {
  if (value === true)
    return new Set([typeof key === 'number' ? (heads[key] ?? '') : typeof key === 'string' ? key : (heads[0] ?? '')]);
  return new Set((listOf(value) ?? []).map((name) => (typeof name === 'number' ? (heads[name] ?? '') : String(name))));
}

function columnOf(texts: readonly string[], keep: boolean, dates: boolean): Column {
  const values = texts.map((text) => (MISSING.has(text) ? NaN : text));
  if (dates) return castColumn(objects(values), 'datetime64[ns]');
  if (keep) return objects(values);
  const full = values.filter((value) => typeof value === 'string');
  if (
    full.length > 0 &&
    full.every((value) => value === 'True' || value === 'False') &&
    full.length === values.length
  ) {
    return inferColumn(values.map((value) => value === 'True'));
  }
  if (full.every((value) => value.trim() !== '' && !Number.isNaN(Number(value)))) {
    const numbers = values.map(Number);
    const fraction = full.some((value) => /[.eE]/.test(value));
    return fraction ? { kind: 'float64', data: Float64Array.from(numbers) } : inferColumn(numbers);
  }
  return objects(values);
}

/** Lines and cells; quoted cells may hold the separator, quotes and line ends. */
function records(text: string, sep: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  const source = text.replace(/^\ufeff/, '');
  for (let i = 0; i < source.length; i += 1) {
    const c = source[i] ?? '';
    if (quoted) {
      if (c !== '"') cell += c;
      else if (source[i + 1] === '"') {
        cell += '"';
        i += 1;
      } else quoted = false;
    } else if (c === '"') quoted = true;
    else if (c === sep) {
      row.push(cell);
      cell = '';
    } else if (c === '\n') {
      rows.push([...row, cell.replace(/\r$/, '')]);
      row = [];
      cell = '';
    } else cell += c;
  }
  if (cell !== '' || row.length > 0) rows.push([...row, cell]);
  return rows.filter((one) => one.length > 1 || one[0] !== '');
}

/** The text of a CSV file as pandas writes it. */
export function csvText(table: DataFrame, args: readonly unknown[]): string {
  const a = given(args);
  const chosen =
    a['columns'] === undefined ? table : (table.cols(a['columns'] as readonly string[]) as unknown as DataFrame);
  const sep = typeof a['sep'] === 'string' ? a['sep'] : ',';
  const missing = typeof a['na_rep'] === 'string' ? a['na_rep'] : '';
  const labels = flag(a['index'], true);
  const columns = [...(labels ? table.index.levels : []), ...chosen[DATA]].map((column) =>
    columnTexts(column, missing, a),
  );
  const own =
    listOf(a['index_label']) ??
    (a['index_label'] === undefined || a['index_label'] === null ? null : [a['index_label']]);
  const heads = listOf(a['header']) ?? chosen[NAMES].tolist();
  if (heads.length !== chosen[NAMES].length)
    throw badArgument('to_csv()', `${heads.length} names in header do not fit ${chosen[NAMES].length} columns.`);
  const names = [
    ...(labels ? table.index.names.map((name, i) => pyStr(own?.[i] ?? name ?? '')) : []),
    ...heads.map(String),
  ];
  const rows = Array.from({ length: table.length }, (_, row) =>
    columns.length === 1 && columns[0]?.[row] === ''
      ? '""' // an empty line would be none
      : columns.map((column) => quoted(column[row] ?? '', sep)).join(sep),
  );
  const head =
    listOf(a['header']) !== null || flag(a['header'], true) ? [names.map((name) => quoted(name, sep)).join(sep)] : [];
  return [...head, ...rows, ''].join('\n');
}

function columnTexts(column: Column, missing: string, { float_format: floats, date_format: dates }: Named): string[] {
  const days =
    column.kind === 'datetime64[ns]' && column.data.every((ms) => Number.isNaN(ms) || chinaTimeOfDay(ms) === 0);
  return Array.from({ length: column.data.length }, (_, i) => {
    if (isMissing(column, i)) return missing;
    if (column.kind === 'float64') {
      const value = column.data[i] ?? NaN;
      return typeof floats === 'string' ? (percentFormat(floats, [value]) ?? floatText(value)) : floatText(value);
    }
    if (column.kind === 'datetime64[ns]' && typeof dates === 'string') return strftime(column.data[i] ?? NaN, dates);
    if (column.kind === 'datetime64[ns]') return chinaText(column.data[i] ?? NaN).slice(0, days ? 10 : 19);
    return pyStr(cell(column, i));
  });
}

function quoted(text: string, sep: string): string {
  return text.includes(sep) || /["\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
