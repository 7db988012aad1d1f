import * as z from 'zod';

import { MOST_QUOTES, quotesAnswer } from '../../protocol/encode/quote-answers.ts';
import { requestFailed } from '../python.ts';
import type { Action } from './action.ts';

const shape = z.object({ securities: z.array(z.string().max(20)).max(MOST_QUOTES) });

/** Our own action: the quotes of many securities at once. One that cannot be read fails them all. */
export const manyQuotes: Action = async ({ payload, services: { gateway, dialect } }) => {
  const asked = shape.safeParse(payload);
  if (!asked.success) throw requestFailed(`data.quotes: securities 应为列表，最多 ${MOST_QUOTES} 个代码`);
  return quotesAnswer(
    await Promise.all(asked.data.securities.map((security) => gateway.data.quote(dialect.security(security)))),
  );
};
