import * as z from 'zod';

import type { BarsRequest } from '../../domain/trading.ts';
import { barsAnswer, mostRows } from '../../protocol/encode/bars-answer.ts';
import { requestFailed } from '../python.ts';
import type { Action } from './action.ts';

/** Values in one answer: a frame has a largest size. */
const MOST_VALUES = 1_000_000;

const shape = z.object({
  securities: z.array(z.string().max(20)).max(10_000),
  frequency: z.enum(['1m', '5m', '15m', '30m', '60m', '1d']),
  count: z.int().min(0).nullable(),
  start: z.number().nullable(),
  end: z.number(),
  fq: z.enum(['pre', 'post', 'none']),
  columns: z.array(z.string().max(40)).min(1).max(40),
});

/** Our own action: the bars of many securities at once. */
export const manyBars: Action = async ({ payload, services: { gateway } }) => {
  const asked = shape.safeParse(payload);
  if (!asked.success) throw requestFailed(`data.bars: ${String(asked.error.issues[0]?.path[0] ?? '参数')} 无效`);
  const { securities, frequency, count, start, end, fq, columns } = asked.data;
  const request: Omit<BarsRequest, 'security'> = { unit: frequency, count, start, end, adjust: fq, columns };
  if (mostRows(request) * securities.length * columns.length > MOST_VALUES)
    throw requestFailed(`请求的K线过多（上限 ${MOST_VALUES} 个值），请缩小 securities、count 或 start/end 的范围`);
  return barsAnswer(
    await Promise.all(securities.map((security) => gateway.data.bars({ ...request, security }))),
    columns,
  );
};
