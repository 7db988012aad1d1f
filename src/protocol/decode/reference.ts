import { chinaDay, isDay } from '../../domain/time.ts';
import type { SecurityInfo } from '../../domain/trading.ts';
import { wireTime } from '../wire-time.ts';
import {
  answerDict,
  answerObject,
  badAnswer,
  field,
  nullableText,
  optionalText,
  required,
  rowReader,
  securityCode,
} from './fields.ts';

const readInfo = rowReader({
  security: field(securityCode, 'code'),
  displayName: field(nullableText, 'display_name'),
  name: field(nullableText, 'name'),
  type: field(optionalText, 'type'),
  startDate: field(nullableText, 'start_date'),
  endDate: field(nullableText, 'end_date'),
});

/** `data.trade_days` as `YYYY-MM-DD`, ascending, each day once. Throws BAD_ANSWER when any item is no day. */
export function decodeTradeDays(payload: unknown): string[] {
  const what = 'data.trade_days';
  const answer = Array.isArray(payload) ? { values: payload } : answerObject(payload, what);
  const values = answer['values'] ?? answer['value'];
  if (!Array.isArray(values)) throw badAnswer(what, 'values is missing or not a list');
  const days = values.map((value) => {
    const day = wireDay(value);
    if (day === null) throw badAnswer(what, `${JSON.stringify(value)} is not a day`);
    return day;
  });
  return [...new Set(days)].sort();
}

/** `data.security_info`; null when the gateway has nothing about the security. */
export function decodeSecurityInfo(payload: unknown, security: string): SecurityInfo | null {
  const what = 'data.security_info';
  const answer = answerDict(payload, what);
  const says = Object.keys(answer).filter((key) => key !== 'dtype' && key !== 'value');
  if (says.length === 0) return null;
  const info = required(readInfo({ ...answer, code: answer['code'] ?? security }), what);
  return {
    ...info,
    displayName: info.displayName ?? info.name ?? info.security,
    name: info.name ?? info.security,
    startDate: wireDay(info.startDate),
    endDate: wireDay(info.endDate),
  };
}

/** `YYYY-MM-DD` of a day in any spelling; null for anything else. */
function wireDay(value: unknown): string | null {
  if (typeof value === 'string' && isDay(value)) return value;
  const time = wireTime(value);
  return time === null ? null : chinaDay(time);
}
