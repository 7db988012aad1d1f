import { BtError } from '../../domain/errors.ts';
import { canonicalSecurity } from '../../domain/market/symbol.ts';
import type { Bars } from '../../domain/trading.ts';
import { wireTime } from '../wire-time.ts';
import { decodeTable } from './table.ts';
import type { WireColumn, WireTable } from './table.ts';

/** Columns every Bars has; one the server did not send is NaN throughout. */
const STANDARD_COLUMNS = ['open', 'close', 'high', 'low', 'volume', 'money'] as const;
const TIME_COLUMNS = ['time', 'datetime', 'date'];

/** Vendor names that differ from ours (one is misspelt by the vendor). */
const OUR_NAMES: ReadonlyMap<string, string> = new Map([
  ['preClose', 'pre_close'],
  ['suspendFlag', 'paused'],
  ['openInterest', 'open_interest'],
  ['settelementPrice', 'settlement_price'],
  ['settlementPrice', 'settlement_price'],
  ['highLimit', 'high_limit'],
  ['lowLimit', 'low_limit'],
]);

/** A 0 in these means that there was no price. */
const PRICE_COLUMNS: ReadonlySet<string> = new Set(
  'open close high low avg price pre_close high_limit low_limit settlement_price'.split(' '),
);

interface Bar {
  readonly row: number;
  readonly time: number;
}

/**
 * `data.history` of one security, oldest first, rows without a time dropped, the last of rows with equal times kept.
 * Throws BAD_ANSWER, and NO_TIME_COLUMN when the table has rows but nothing that says when they were.
 */
export function decodeHistory(payload: unknown, security: string): Bars {
  const table = decodeTable(payload, 'data.history');
  const canonical = canonicalSecurity(security);
  const columns = table.columns.filter((column) => column.code === null || sameSecurity(column.code, canonical));
  const bars = inOrder(barsOf(table, columns, canonical));
  const decoded = new Map<string, Float64Array>();
  for (const name of STANDARD_COLUMNS) decoded.set(name, new Float64Array(bars.length).fill(Number.NaN));
  for (const column of columns) {
    const name = OUR_NAMES.get(column.field) ?? column.field;
    if (!TIME_COLUMNS.includes(name) && isNumeric(column)) decoded.set(name, numbers(column, name, bars));
  }
  return {
    security: canonical,
    time: Float64Array.from(bars, (bar) => bar.time),
    columns: Object.fromEntries(decoded),
  };
}

/** The rows of this security that have a time. */
function barsOf(table: WireTable, columns: readonly WireColumn[], security: string): Bar[] {
  if (table.rows === 0) return [];
  const times = timesOf(table, columns);
  const codes = columns.find((column) => column.field === 'code')?.values ?? null;
  return times.flatMap((time, row) => {
    const isOurs = codes === null || sameSecurity(String(codes[row]), security);
    return time !== null && isOurs ? [{ row, time }] : [];
  });
}

/** An index of times is preferred: the time column of a filled suspended day is 0. */
function timesOf(table: WireTable, columns: readonly WireColumn[]): (number | null)[] {
  const column = columns.find(({ field }) => TIME_COLUMNS.includes(field));
  for (const source of [table.index, column?.values]) {
    const times = source?.map(wireTime) ?? [];
    if (times.some((time) => time !== null)) return times;
  }
  throw new BtError(
    'NO_TIME_COLUMN',
    'The history has rows but nothing that says when they were, although no columns were named: they cannot be placed. Update the gateway, or take another source of bars.',
    { fault: 'venue' },
  );
}

function inOrder(bars: readonly Bar[]): Bar[] {
  const byTime = new Map(bars.map((bar) => [bar.time, bar]));
  return [...byTime.values()].sort((a, b) => a.time - b.time);
}

function isNumeric(column: WireColumn): boolean {
  return column.values.every((value) => value === null || typeof value === 'number' || typeof value === 'boolean');
}

function numbers(column: WireColumn, name: string, bars: readonly Bar[]): Float64Array {
  const isPrice = PRICE_COLUMNS.has(name);
  return Float64Array.from(bars, ({ row }) => {
    const value = column.values[row];
    if (value === null || value === undefined || (isPrice && value === 0)) return Number.NaN;
    // The vendor's flag has a third value, -1, for the day trading resumes.
    return name === 'paused' ? Number(value === 1 || value === true) : Number(value);
  });
}

function sameSecurity(code: string, canonical: string): boolean {
  try {
    return canonicalSecurity(code) === canonical;
  } catch {
    return false;
  }
}
