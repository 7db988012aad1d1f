import { checkRequest } from '../../domain/data/request.ts';
import { dataTableAnswer } from '../../protocol/encode/data-table.ts';
import { requestFailed } from '../python.ts';
import type { Action } from './action.ts';
import { notImplemented } from './not-implemented.ts';

/** Our own action: a question about securities, companies or markets, answered with a table. Never from later than market time. */
export const dataTable: Action = async ({ payload, services: { gateway, clock }, method }) => {
  const { data } = gateway;
  if (data.tables === undefined) return notImplemented(method);
  const request = checkRequest({ dataset: payload['dataset'], params: payload['params'] });
  if (!data.tables.datasets.has(request.dataset)) throw requestFailed(`数据集 ${request.dataset} 未实现`);
  const asked = payload['as_of'];
  const now = clock.now();
  const asOf = typeof asked === 'number' && Number.isFinite(asked) ? Math.min(asked, now) : now;
  return dataTableAnswer(await data.tables.table(request, asOf));
};
