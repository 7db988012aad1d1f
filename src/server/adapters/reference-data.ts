import type { JsonObject } from '../../protocol/json.ts';
import { isTruthy, toIntOrNull, toText } from '../python.ts';
import { dictAnswer, listAnswer, tableAnswer } from '../wire-answers.ts';

/** The recorded stub's market: constants, whatever is asked for. */
export const REFERENCE_PRICE = 10;
const TIME = '2026-04-01 09:30:00';
const COLUMNS: readonly string[] = ['open', 'close', 'high', 'low', 'volume', 'money'];

const DAILY: readonly (readonly number[])[] = [
  [10.91, 10.94, 11.05, 10.9, 827664, 909199430],
  [10.91, 11.02, 11.05, 10.83, 884129, 972821270],
  [10.98, 10.99, 11.05, 10.94, 632522, 696208267],
  [11, 11.08, 11.18, 10.99, 1164565, 1294675716],
  [11.09, 11.2, 11.23, 11.08, 532556, 594385527],
];

/** The recordings show the last two; the ones before them follow their pattern. */
const MINUTE: readonly (readonly number[])[] = [
  [11.2, 11.19, 11.2, 11.18, 1204, 1347276],
  [11.19, 11.2, 11.2, 11.19, 873, 977760],
  [11.2, 11.19, 11.21, 11.19, 1042, 1166519],
  [11.19, 11.19, 11.2, 11.19, 586, 655831],
  [11.19, 11.2, 11.2, 11.19, 1893, 2118342],
];
const MINUTE_WORDS: ReadonlySet<string> = new Set(['1m', '1min', 'minute', 'min']);

const TRADE_DAYS: readonly string[] = ['2026-03-26', '2026-03-27', '2026-03-30', '2026-03-31', '2026-04-01'];

const NAMES: Readonly<Record<string, string>> = { '000001.XSHE': '平安银行', '510050.XSHG': '上证50ETF华夏' };
const FUND_PREFIXES: readonly string[] = ['15', '16', '18', '50', '51'];
const QMT_SUFFIX: Readonly<Record<string, string>> = { XSHE: 'SZ', XSHG: 'SH' };

export function referenceHistory(payload: JsonObject): JsonObject {
  const frequency = [payload['frequency'], payload['period']].find(isTruthy) ?? '1d';
  const rows = MINUTE_WORDS.has(toText(frequency)) ? MINUTE : DAILY;
  const columns = fieldNames(payload['fields']);
  const records = lastOf(rows, payload['count']).map((row) =>
    columns.map((column) => row[COLUMNS.indexOf(column)] ?? null),
  );
  return tableAnswer(columns, records);
}

export function referenceSnapshot(security: unknown): JsonObject {
  return { sid: codeOf(security), last_price: REFERENCE_PRICE, dt: TIME };
}

export function referenceLiveCurrent(): JsonObject {
  return { last_price: REFERENCE_PRICE, high_limit: 11, low_limit: 9, paused: false };
}

export function referenceTradeDays(payload: JsonObject): JsonObject {
  return listAnswer(lastOf(TRADE_DAYS, payload['count']));
}

export function referenceSecurityInfo(security: unknown): JsonObject {
  const code = codeOf(security);
  const [number = '', suffix = ''] = code.split('.');
  const isFund = FUND_PREFIXES.some((prefix) => code.startsWith(prefix));
  return dictAnswer({
    code,
    display_name: referenceName(code),
    name: number,
    type: isFund ? 'etf' : 'stock',
    subtype: isFund ? 'fund' : 'equity',
    qmt_code: suffix === '' ? code : `${number}.${QMT_SUFFIX[suffix] ?? suffix}`,
    start_date: '2005-04-08',
    end_date: '2035-12-31',
    parent: suffix,
  });
}

export function referenceTick(symbol: string): JsonObject {
  return {
    symbol,
    sid: symbol,
    last_price: REFERENCE_PRICE,
    dt: TIME,
    time: TIME,
    volume: 1000,
    provider: 'stub',
  };
}

export function referenceName(code: string): string {
  return NAMES[code] ?? `Stub ${code}`;
}

function codeOf(security: unknown): string {
  return isTruthy(security) ? toText(security).trim().toUpperCase() : '';
}

/** A text is its characters, as Python's `list()` makes of it. */
function fieldNames(fields: unknown): readonly string[] {
  if (!isTruthy(fields)) return COLUMNS;
  const items: unknown[] = typeof fields === 'string' ? Array.from(fields) : Array.isArray(fields) ? fields : [fields];
  return items.map(toText);
}

/** The last `count` items; all of them when the count is not a number above 0. */
function lastOf<T>(items: readonly T[], count: unknown): readonly T[] {
  const wanted = toIntOrNull(count);
  return wanted !== null && wanted > 0 ? items.slice(-wanted) : items;
}
