import { findDataset } from '../../domain/data/datasets.ts';
import type { DatasetName } from '../../domain/data/datasets.ts';
import type { DataColumn, DataKind, DataTable } from '../../domain/data/table.ts';
import { chinaMidnight } from '../../domain/time.ts';
import { isJsonObject } from '../json.ts';
import { answerObject, badAnswer } from './fields.ts';

const KINDS: ReadonlySet<unknown> = new Set<DataKind>(['float', 'int', 'flag', 'day', 'time', 'text']);

/** What rows are about: never missing, but in a query, whose rows and names are the asker's. */
const KEYS: ReadonlySet<string> = new Set(['code', 'sec_code', 'day', 'date']);

/** What has a date of four figures, about: 0001 to 9999, ms. */
const [EARLIEST, LATEST] = [-6.2e13, 2.534e14];

/**
 * `data.table`. Throws BAD_ANSWER for anything but the columns of that data set, each with as many values as there are rows, and for
 * values that their kind cannot have: the strategy would calculate with them.
 */
export function decodeDataTable(payload: unknown, dataset: DatasetName): DataTable {
  const what = `data.table ${dataset}`;
  const { rows, columns: written } = answerObject(payload, what);
  if (typeof rows !== 'number' || !Number.isSafeInteger(rows) || rows < 0) throw badAnswer(what, 'rows is no count');
  if (!Array.isArray(written)) throw badAnswer(what, 'columns is missing or not a list');
  const columns = new Map<string, DataColumn>();
  for (const column of written as unknown[]) {
    if (!isJsonObject(column) || typeof column['name'] !== 'string') throw badAnswer(what, 'a column has no name');
    if (columns.has(column['name'])) throw badAnswer(what, `the column ${column['name']} is there twice`);
    columns.set(column['name'], decodeColumn(column, rows, `${what} ${column['name']}`));
  }
  if (rows > 0 && columns.size === 0) throw badAnswer(what, `there are ${rows} rows and no column`);
  checkColumns(columns, dataset, what);
  if (dataset !== 'query') checkKeys(columns, what);
  return { rows, columns };
}

type NumberKind = Exclude<DataKind, 'text'>;

/** What a value that is there can be. */
const FITS: Readonly<Record<NumberKind, (value: number) => boolean>> = {
  float: Number.isFinite,
  int: Number.isInteger,
  flag: (value) => value === 0 || value === 1,
  day: (value) => hasDate(value) && chinaMidnight(value) === value,
  time: (value) => hasDate(value) && Number.isInteger(value),
};

function hasDate(value: number): boolean {
  return value >= EARLIEST && value < LATEST;
}

function decodeColumn({ kind, values }: Readonly<Record<string, unknown>>, rows: number, what: string): DataColumn {
  if (!KINDS.has(kind)) throw badAnswer(what, 'its kind is not known');
  if (!Array.isArray(values) || values.length !== rows) throw badAnswer(what, `it does not have ${rows} values`);
  const items: readonly unknown[] = values;
  if (kind === 'text') return { kind, values: items.map((value) => textOf(value, what)) };
  const known = kind as NumberKind; // one of KINDS
  const fits = FITS[known];
  const decoded = new Float64Array(rows);
  for (let row = 0; row < rows; row += 1) {
    const number = numberOf(items[row], what);
    if (!Number.isNaN(number) && !fits(number)) throw badAnswer(what, `${String(items[row])} is no ${known}`);
    decoded[row] = number;
  }
  return { kind: known, values: decoded };
}

function checkColumns(columns: ReadonlyMap<string, DataColumn>, dataset: DatasetName, what: string): void {
  const wanted = findDataset(dataset)?.columns ?? null;
  if (wanted === null) return;
  for (const [name, kind] of Object.entries(wanted))
    if (columns.get(name)?.kind !== kind) throw badAnswer(what, `it has no column ${name} of the kind ${kind}`);
}

function checkKeys(columns: ReadonlyMap<string, DataColumn>, what: string): void {
  for (const [name, column] of columns)
    if (KEYS.has(name) && isMissingIn(column)) throw badAnswer(what, `a row has no ${name}`);
}

function isMissingIn(column: DataColumn): boolean {
  return column.kind === 'text'
    ? column.values.some((value) => value === null || value === '')
    : column.values.some(Number.isNaN);
}

function textOf(value: unknown, what: string): string | null {
  if (value === null || typeof value === 'string') return value;
  throw badAnswer(what, 'one of its values is no text');
}

function numberOf(value: unknown, what: string): number {
  if (value === null) return Number.NaN;
  if (typeof value === 'number') return value;
  // A whole number beyond 2^53 is left as its digits by the reader of frames.
  if (typeof value === 'string' && /^-?\d{1,310}$/.test(value)) return Number(value);
  throw badAnswer(what, 'one of its values is no number');
}
