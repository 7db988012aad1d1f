import { textsOf } from '../../domain/data/table.ts';
import { chinaDay } from '../../domain/time.ts';
import { dividendsAnswer, securitiesTable } from '../../protocol/encode/security-answers.ts';
import { readDay } from '../dialects/native-data.ts';
import { isTruthy, toText } from '../python.ts';
import type { Action } from './action.ts';
import { notImplemented } from './not-implemented.ts';

export const securityInfo: Action = async ({ payload, services: { gateway, dialect } }) =>
  dialect.securityInfo(await gateway.data.securityInfo(dialect.security(payload['security'])));

/** The securities of the wanted types that were listed on a day; without one all there ever were. */
export const allSecurities: Action = async ({ payload, services, method }) => {
  const { data } = services.gateway;
  if (data.securities === undefined) return notImplemented(method);
  const types = readTypes(payload['types']);
  const day = readDay(payload['date'], 'date');
  return securitiesTable(await data.securities(types, day));
};

/** The stocks of an index on a day, today without one. */
export const indexStocks: Action = async ({ payload, services, method }) => {
  const { gateway, clock, dialect } = services;
  const { tables } = gateway.data;
  if (tables?.datasets.has('index_members') !== true) return notImplemented(method);
  const index = dialect.security(payload['index_symbol'] ?? payload['security']);
  const now = clock.now();
  const day = readDay(payload['date'], 'date') ?? chinaDay(now);
  const table = await tables.table({ dataset: 'index_members', params: { index, day } }, now);
  return { values: textsOf(table, 'code') };
};

export const splitDividend: Action = async ({ payload, services, method }) => {
  const { data } = services.gateway;
  if (data.dividends === undefined) return notImplemented(method);
  return dividendsAnswer(await data.dividends(services.dialect.security(payload['security'])));
};

function readTypes(types: unknown): string[] {
  const items: unknown[] = Array.isArray(types) ? types : [types];
  const words = items.filter(isTruthy).map((type) => toText(type).trim().toLowerCase());
  return words.length > 0 ? words : ['stock'];
}
