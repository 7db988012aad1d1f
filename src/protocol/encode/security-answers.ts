import type { Dividend } from '../../domain/gateway.ts';
import { toQmtCode } from '../../domain/market/symbol.ts';
import type { SecurityInfo } from '../../domain/trading.ts';
import type { JsonObject } from '../json.ts';
import { dictAnswer, tableAnswer } from './answers.ts';

/** `data.security_info`; `qmtCode` where QMT's spelling does not follow from the code. */
export function securityInfoAnswer(info: SecurityInfo, qmtCode = toQmtCode(info.security)): JsonObject {
  return dictAnswer({
    code: info.security,
    display_name: info.displayName,
    name: info.name,
    type: info.type,
    subtype: subtypeOf(info.type),
    qmt_code: qmtCode,
    start_date: info.startDate,
    end_date: info.endDate,
    parent: info.security.split('.')[1] ?? '',
  });
}

const COLUMNS: readonly string[] = ['code', 'display_name', 'name', 'start_date', 'end_date', 'type', 'qmt_code'];

/** `data.get_all_securities`. The code is a column of its own, so that pandas can read it. */
export function securitiesTable(infos: readonly SecurityInfo[]): JsonObject {
  const records = infos.map((info) => [
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

/** `data.get_split_dividend`. */
export function dividendsAnswer(dividends: readonly Dividend[]): JsonObject {
  return {
    events: dividends.map(({ security, day, type, scale, cash, per }) => ({
      security,
      date: day,
      security_type: type,
      scale_factor: scale,
      bonus_pre_tax: cash,
      per_base: per,
    })),
  };
}

function subtypeOf(type: string): string | null {
  if (type === 'stock') return 'equity';
  return type === 'etf' || type === 'lof' ? 'fund' : null;
}
