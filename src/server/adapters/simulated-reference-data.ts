import { boardOf } from '../../domain/market/board.ts';
import { exchangeCalendar } from '../../domain/market/calendar.ts';
import { toQmtCode } from '../../domain/market/symbol.ts';
import { chinaDay, parseChinaTime } from '../../domain/time.ts';
import type { SecurityInfo } from '../../domain/trading.ts';
import type { PaperExchange } from '../../exchange/types.ts';
import type { JsonObject } from '../../protocol/json.ts';
import { firstTruthy, isTruthy, requestFailed, toIntOrNull, toText } from '../python.ts';
import { dictAnswer, listAnswer, tableAnswer } from '../wire-answers.ts';

/** `data.trade_days`: from `start` to `end` (today when left out), or the last `count` of them. */
export function simulatedTradeDays(exchange: PaperExchange, payload: JsonObject, now: number): JsonObject {
  const end = readDay(firstTruthy(payload['end'], payload['end_date']), 'end') ?? chinaDay(now);
  const start = readDay(firstTruthy(payload['start'], payload['start_date']), 'start') ?? exchangeCalendar().from;
  const days = start > end ? [] : exchange.tradeDays(start, end);
  const count = toIntOrNull(payload['count']);
  return listAnswer(count !== null && count > 0 ? days.slice(-count) : days);
}

export function simulatedSecurityInfo(info: SecurityInfo): JsonObject {
  return dictAnswer({
    code: info.security,
    display_name: info.displayName,
    name: info.name,
    type: info.type,
    subtype: subtypeOf(info.type),
    qmt_code: toQmtCode(info.security),
    start_date: info.startDate,
    end_date: info.endDate,
    parent: info.security.split('.')[1] ?? '',
  });
}

const COLUMNS: readonly string[] = ['code', 'display_name', 'name', 'start_date', 'end_date', 'type', 'qmt_code'];

/** `data.get_all_securities`: the usual codes of the wanted types. The code is a column of its own, so that pandas can read it. */
export function simulatedAllSecurities(
  exchange: PaperExchange,
  codes: readonly string[],
  payload: JsonObject,
): JsonObject {
  const types = readTypes(payload['types']);
  const day = readDay(payload['date'], 'date');
  const records = codes
    .map((code) => exchange.securityInfo(code))
    .filter((info) => types.some((type) => isOfType(info, type)))
    .filter((info) => day === null || info.startDate === null || info.startDate <= day)
    .map((info) => [
      info.security,
      info.displayName,
      info.name,
      info.startDate,
      info.endDate,
      info.type,
      toQmtCode(info.security),
    ]);
  return tableAnswer(COLUMNS, records);
}

/** JoinQuant's `fund` covers what is traded as a fund. */
function isOfType(info: SecurityInfo, type: string): boolean {
  if (type !== 'fund') return info.type === type;
  const board = boardOf(info.security);
  return board === 'etf' || board === 'lof';
}

function readTypes(types: unknown): string[] {
  const items: unknown[] = Array.isArray(types) ? types : [types];
  const words = items.filter(isTruthy).map((type) => toText(type).trim().toLowerCase());
  return words.length > 0 ? words : ['stock'];
}

function subtypeOf(type: string): string | null {
  if (type === 'stock') return 'equity';
  return type === 'etf' || type === 'lof' ? 'fund' : null;
}

function readDay(value: unknown, name: string): string | null {
  if (!isTruthy(value)) return null;
  const instant = parseChinaTime(toText(value));
  if (instant === null) throw requestFailed(`无法识别的 ${name}: ${toText(value)}（格式: 2026-07-06）`);
  return chinaDay(instant);
}
