import { chinaText, chinaTimeOfDay } from '../../../src/domain/time.ts';
import { badArgument } from '../../api/arguments.ts';
import { pyStr } from '../../text/python-text.ts';
import { flag, named } from './args.ts';
import { cell, isMissing, objects } from './column/column.ts';
import type { Column } from './column/column.ts';
import { castColumn, floatText, inferColumn } from './column/dtypes.ts';
import { makeFrame, makeIndex, makeRange } from './factory.ts';
import { listOf } from './selection/select.ts';
import { DATA } from './store.ts';
import type { DataFrame } from './types.ts';

const MISSING = new Set(['', 'NaN', 'nan', 'NA', 'N/A', 'null', 'NULL', 'None', '#N/A', '<NA>']);

/** A table from the text of a CSV file: `pd.read_csv(read_file('codes.csv'))`. */
export function readCsv(text: unknown, options: object = {}): DataFrame {
  const names = ['sep', 'header', 'names', 'index_col', 'parse_dates', 'dtype', 'encoding', 'usecols', 'skiprows'];
  const a = named('read_csv', names, [options]);
  const rows = records(textOf(text), typeof a['sep'] === 'string' ? a['sep'] : ',').slice(
    typeof a['skiprows'] === 'number' ? a['skiprows'] : 0,
  );
  const given = a['names'] === undefined ? null : (listOf(a['names']) ?? []).map(String);
  const headed = a['header'] !== null && (given === null || a['header'] === 0);
  const heads = given ?? (headed ? (rows[0] ?? []) : (rows[0] ?? []).map((_, i) => String(i)));
  const body = headed ? rows.slice(1) : rows;
  const dates = datesOf(a['parse_dates'], heads, a['index_col']);
  const texts = new Set(
    Object.entries((a['dtype'] ?? {}) as Record<string, unknown>).flatMap(([name, kind]) =>
      kind === String || kind === 'str' ? [name] : [],
    ),
  );
  const data = heads.map((name, c) =>
    columnOf(
      body.map((row) => row[c] ?? ''),
      texts.has(name),
      dates.has(name),
    ),
  );
  const labels = heads.map((name, c) => (name === '' ? `Unnamed: ${c}` : headed || given !== null ? name : c));
  const table = makeFrame(makeIndex(labels), data, makeRange(body.length));
  const used =
    a['usecols'] === undefined
      ? table
      : (table.cols(listOf(a['usecols']) as readonly string[]) as unknown as DataFrame);
  const { index_col: key } = a;
  if (key === undefined || key === null || key === false) return used;
  const label = typeof key === 'number' ? labels[key] : key;
  const indexed = used.set_index(label);
  return typeof label === 'string' && label.startsWith('Unnamed: ') ? indexed.rename_axis(null) : indexed;
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
  const given = args.filter((arg) => arg !== null && typeof arg !== 'string');
  const a = named('to_csv', ['path', 'sep', 'na_rep', 'columns', 'header', 'index', 'encoding'], given);
  const chosen =
    a['columns'] === undefined ? table : (table.cols(a['columns'] as readonly string[]) as unknown as DataFrame);
  const sep = typeof a['sep'] === 'string' ? a['sep'] : ',';
  const missing = typeof a['na_rep'] === 'string' ? a['na_rep'] : '';
  const labels = flag(a['index'], true);
  const columns = [...(labels ? table.index.levels : []), ...chosen[DATA]].map((column) =>
    columnTexts(column, missing),
  );
  const names = [...(labels ? table.index.names.map((name) => name ?? '') : []), ...chosen.names.tolist().map(String)];
  const rows = Array.from({ length: table.length }, (_, row) =>
    columns.map((column) => quoted(column[row] ?? '', sep)).join(sep),
  );
  const head = flag(a['header'], true) ? [names.map((name) => quoted(name, sep)).join(sep)] : [];
  return [...head, ...rows, ''].join('\n');
}

function columnTexts(column: Column, missing: string): string[] {
  const days =
    column.kind === 'datetime64[ns]' && column.data.every((ms) => Number.isNaN(ms) || chinaTimeOfDay(ms) === 0);
  return Array.from({ length: column.data.length }, (_, i) => {
    if (isMissing(column, i)) return missing;
    if (column.kind === 'float64') return floatText(column.data[i] ?? NaN);
    if (column.kind === 'datetime64[ns]') return chinaText(column.data[i] ?? NaN).slice(0, days ? 10 : 19);
    return pyStr(cell(column, i));
  });
}

function quoted(text: string, sep: string): string {
  return text.includes(sep) || /["\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
