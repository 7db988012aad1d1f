import { exchangeCalendar } from '../../domain/market/calendar.ts';
import { chinaDay, chinaInstant, DAY, parseChinaTime } from '../../domain/time.ts';
import type { AdjustMode, Bars, BarsRequest, BarUnit } from '../../domain/trading.ts';
import { tableAnswer } from '../../protocol/encode/answers.ts';
import { barTable, barTables, TIME_COLUMN } from '../../protocol/encode/bar-tables.ts';
import type { JsonObject } from '../../protocol/json.ts';
import { firstTruthy, isTruthy, requestFailed, toIntOrNull, toText } from '../python.ts';
import type { DaysQuery, HistoryQuery } from './dialect.ts';

/** Rows of a request that says neither how many nor from when. */
const DEFAULT_COUNT = 240;
const MAX_ROWS = 200_000;

const UNITS: ReadonlyMap<string, BarUnit> = new Map<string, BarUnit>([
  ...(['1d', 'd', 'day', 'daily', '1day'] as const).map((word) => [word, '1d'] as const),
  ...(['1m', 'm', 'min', 'minute', '1min', '1minute'] as const).map((word) => [word, '1m'] as const),
  ...(['5m', '5min', '5minute'] as const).map((word) => [word, '5m'] as const),
  ...(['15m', '15min', '15minute'] as const).map((word) => [word, '15m'] as const),
  ...(['30m', '30min', '30minute'] as const).map((word) => [word, '30m'] as const),
  ...(['60m', '60min', '60minute', '1h', 'h', 'hour'] as const).map((word) => [word, '60m'] as const),
]);
const BARS_A_DAY: Readonly<Record<BarUnit, number>> = { '1d': 1, '1m': 240, '5m': 48, '15m': 16, '30m': 8, '60m': 4 };
const ADJUST: ReadonlyMap<string, AdjustMode> = new Map<string, AdjustMode>([
  ['pre', 'pre'],
  ['front', 'pre'],
  ['post', 'post'],
  ['back', 'post'],
  ['none', 'none'],
]);

/** `data.history`: one security, or several in one table. */
export function readHistory(payload: JsonObject, now: number): HistoryQuery {
  const window = readWindow(payload, now);
  const { security, fields } = payload;
  if (Array.isArray(security)) return severalSecurities(security.map(toText), window, fields);
  if (!isTruthy(security)) throw requestFailed('缺少 security');
  return {
    requests: [{ ...window, security: toText(security) }],
    answer: ([bars]) => (bars === undefined ? {} : barTable(bars, fieldNames(fields, bars))),
  };
}

function severalSecurities(securities: readonly string[], window: Window, fields: unknown): HistoryQuery {
  return {
    requests: securities.map((security) => ({ ...window, security })),
    answer: (tables) => {
      const first = tables[0];
      return first === undefined ? tableAnswer([], []) : barTables(tables, securities, fieldNames(fields, first));
    },
  };
}

/** `data.trade_days`: from `start` to `end` (today when left out), or the last `count` of them. */
export function readDays(payload: JsonObject, now: number): DaysQuery {
  const end = readDay(firstTruthy(payload['end'], payload['end_date']), 'end') ?? chinaDay(now);
  const start = readDay(firstTruthy(payload['start'], payload['start_date']), 'start') ?? exchangeCalendar().from;
  const count = toIntOrNull(payload['count']);
  return { start, end, count: count !== null && count > 0 ? count : null };
}

/** A day in any spelling; null = none was given. `name`: of the field, for the refusal. */
export function readDay(value: unknown, name: string): string | null {
  if (!isTruthy(value)) return null;
  const instant = parseChinaTime(toText(value));
  if (instant === null) throw requestFailed(`无法识别的 ${name}: ${toText(value)}（格式: 2026-07-06）`);
  return chinaDay(instant);
}

type Window = Omit<BarsRequest, 'security'>;

function readWindow(payload: JsonObject, now: number): Window {
  const unit = readUnit(firstTruthy(payload['frequency'], payload['period'], '1d'));
  const end = readTime(firstTruthy(payload['end'], payload['end_date']), 'end', true) ?? now;
  const start = readTime(firstTruthy(payload['start'], payload['start_date']), 'start', false);
  const wanted = toIntOrNull(payload['count']);
  const count = wanted !== null && wanted > 0 ? wanted : start === null ? DEFAULT_COUNT : null;
  const days = start === null ? 0 : Math.max(0, end - start) / DAY;
  if ((count ?? Math.ceil(days * BARS_A_DAY[unit])) > MAX_ROWS) {
    throw requestFailed(`请求的K线过多（上限 ${MAX_ROWS} 行），请缩小 count 或 start/end 的范围`);
  }
  return { unit, count, start, end, adjust: readAdjust(payload['fq']) };
}

function readUnit(frequency: unknown): BarUnit {
  const unit = UNITS.get(toText(frequency).trim().toLowerCase());
  if (unit !== undefined) return unit;
  const valid = [...new Set(UNITS.values())].join(', ');
  throw requestFailed(`不支持的 frequency: ${toText(frequency)}（可用: ${valid}）`);
}

function readAdjust(fq: unknown): AdjustMode {
  if (!isTruthy(fq)) return 'none';
  const mode = ADJUST.get(toText(fq).trim().toLowerCase());
  if (mode === undefined) throw requestFailed(`不支持的 fq: ${toText(fq)}（可用: pre, post, none）`);
  return mode;
}

/** A text or a number (epoch ms); a day without a time ends at its end. */
function readTime(value: unknown, name: string, isEnd: boolean): number | null {
  if (!isTruthy(value)) return null;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  const text = toText(value).trim();
  const instant = parseChinaTime(text);
  if (instant === null) throw requestFailed(`无法识别的 ${name}: ${text}（格式: 2026-07-06 或 2026-07-06 09:31:00）`);
  const isDayOnly = /^\d{4}-?\d{2}-?\d{2}$/.test(text);
  return isEnd && isDayOnly ? chinaInstant(chinaDay(instant), '23:59:59') : instant;
}

/** The times come where nothing is named, or where they are: who names his columns gets those. */
function fieldNames(fields: unknown, bars: Bars): string[] {
  if (!isTruthy(fields)) return [TIME_COLUMN, ...Object.keys(bars.columns)];
  const items: unknown[] = Array.isArray(fields) ? fields : toText(fields).split(',');
  return items.map((field) => toText(field).trim()).filter((field) => field !== '');
}
