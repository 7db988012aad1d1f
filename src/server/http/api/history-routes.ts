import * as z from 'zod';
import { chinaText, parseChinaTime } from '../../../domain/time.ts';
import { accountOf, failedRead } from '../asking.ts';
import { wholeText } from '../params.ts';
import { HttpProblem } from '../../../net/http/problem.ts';
import { accountName } from './order-schemas.ts';
import { route } from './route.ts';
import { isoTime } from './rows.ts';
import { HistoryTable } from './schemas.ts';

const MOST_ROWS = 5_000;

const instant = z
  .string()
  .refine((text) => parseChinaTime(text) !== null, 'a time like 2026-07-06 or 2026-07-06T09:31:00')
  .meta({ description: 'Shanghai time: 2026-07-06 or 2026-07-06T09:31:00' });

const iso = z.string().transform((text, context) => {
  const time = parseChinaTime(text);
  if (time !== null) return isoTime(time);
  context.addIssue({ code: 'custom', message: 'no time' });
  return z.NEVER;
});

/** `broker.history` as it answers: as the table, its times in its own spelling. */
const told = z.object({
  rows: z.array(z.looseObject({ time: iso })),
  gaps: z.array(z.looseObject({ time: iso })),
});

const history = route({
  method: 'GET',
  path: '/history',
  id: 'getHistory',
  summary: 'An account minute by minute, or at the end of each day, with its holdings; today where nothing is said.',
  query: z.strictObject({
    account: accountName,
    start: instant.optional(),
    end: instant.optional(),
    every: z.enum(['minute', 'day']).default('minute'),
    limit: wholeText(1, MOST_ROWS).default(240).meta({ type: 'integer', description: 'Rows at most, the latest' }),
  }),
  status: 200,
  answer: HistoryTable,
  handle: async ({ context, behind, caller, query }) => {
    const { key } = accountOf(behind, query.account ?? null);
    const { start, end, every, limit } = query;
    const asked = { account_key: key, start: spelled(start), end: spelled(end), every, limit };
    const outcome = await behind.ask('broker.history', asked, caller);
    if (outcome.kind === 'error' && outcome.message.includes('history 未启用')) throw notKept();
    if (outcome.kind !== 'ok') throw failedRead(outcome);
    return context.json(HistoryTable.parse({ account: key, every, ...told.parse(outcome.payload) }));
  },
});

/** A day stays a day: as an end it means all of it. */
function spelled(text: string | undefined): string | null {
  if (text === undefined) return null;
  const time = /\d[ T]\d/u.test(text) ? parseChinaTime(text) : null;
  return time === null ? text : chinaText(time);
}

function notKept(): HttpProblem {
  return new HttpProblem(404, 'NO_HISTORY', 'This server keeps no history: start it with --history FILE.');
}

export const HISTORY_ROUTES = [history] as const;
