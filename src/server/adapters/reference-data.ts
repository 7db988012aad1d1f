import type { DepthQuote } from '../../domain/gateway.ts';
import { chinaInstant } from '../../domain/time.ts';
import type { Bars, BarsRequest, SecurityInfo } from '../../domain/trading.ts';

/** The recorded stub's market: constants, whatever is asked for. */
const PRICE = 10;
const TIME = chinaInstant('2026-04-01', '09:30:00');
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

const TRADE_DAYS: readonly string[] = ['2026-03-26', '2026-03-27', '2026-03-30', '2026-03-31', '2026-04-01'];

const NAMES: Readonly<Record<string, string>> = { '000001.XSHE': '平安银行', '510050.XSHG': '上证50ETF华夏' };
const FUND_PREFIXES: readonly string[] = ['15', '16', '18', '50', '51'];

/** The last `count` of five bars, each labelled with the one time there is. */
export function referenceBars({ security, unit, count }: BarsRequest): Bars {
  const rows = unit === '1m' ? MINUTE : DAILY;
  const shown = count === null ? rows : rows.slice(-count);
  const columns = COLUMNS.map((name, column) => [name, Float64Array.from(shown, (row) => row[column] ?? Number.NaN)]);
  return { security, time: new Float64Array(shown.length).fill(TIME), columns: Object.fromEntries(columns) };
}

export function referenceTradeDays(): readonly string[] {
  return TRADE_DAYS;
}

export function referenceSecurityInfo(security: string): SecurityInfo {
  return {
    security,
    displayName: referenceName(security),
    name: security.split('.')[0] ?? '',
    type: FUND_PREFIXES.some((prefix) => security.startsWith(prefix)) ? 'etf' : 'stock',
    startDate: '2005-04-08',
    endDate: '2035-12-31',
  };
}

export function referenceQuote(security: string): DepthQuote {
  return {
    security,
    time: TIME,
    lastPrice: PRICE,
    preClose: null,
    dayOpen: null,
    highLimit: 11,
    lowLimit: 9,
    bid1: null,
    ask1: null,
    volume: 1000,
    paused: false,
    isSt: null,
    name: null,
    dayHigh: null,
    dayLow: null,
    money: 0,
    bids: [],
    asks: [],
  };
}

export function referenceName(code: string): string {
  return NAMES[code] ?? `Stub ${code}`;
}
