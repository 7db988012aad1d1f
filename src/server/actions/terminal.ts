import * as z from 'zod';
import { canonicalSecurity } from '../../domain/market/symbol.ts';
import { chinaDay, parseChinaTime } from '../../domain/time.ts';
import {
  detailsAnswer,
  downloadAnswer,
  financialsAnswer,
  vendorTable,
  weightsAnswer,
} from '../../protocol/encode/terminal-answers.ts';
import { listAnswer } from '../../protocol/encode/answers.ts';
import { DOWNLOAD_KINDS, FINANCIAL_TABLES } from '../adapters/terminal-data.ts';
import type { TERMINAL_ACTION_NAMES, TerminalData } from '../adapters/terminal-data.ts';
import { requestFailed } from '../python.ts';
import type { Action, ActionCall } from './action.ts';
import { notImplemented } from './not-implemented.ts';

const MOST_SECURITIES = 2_000;
const MOST_FINANCIALS = 500;
/** Seconds for which an answer may wait for a download: well inside the limit of a request. */
const MOST_WAIT = 30;

const day = z
  .string()
  .max(30)
  .nullish()
  .transform((text, context) => {
    if (text === null || text === undefined || text === '') return null;
    const time = parseChinaTime(text);
    if (time !== null) return chinaDay(time);
    context.addIssue('不是日期（格式: 2026-07-06）');
    return z.NEVER;
  });

const securities = (most: number) =>
  z
    .union([z.string(), z.array(z.string()).min(1).max(most)])
    .transform((given) => [
      ...new Set((typeof given === 'string' ? [given] : given).map((code) => canonicalSecurity(code))),
    ]);

const table = z.string().transform((name, context) => {
  const known = FINANCIAL_TABLES.find((one) => one.toLowerCase() === name.toLowerCase());
  if (known !== undefined) return known;
  context.addIssue(`不是财务表（可用: ${FINANCIAL_TABLES.join(', ')}）`);
  return z.NEVER;
});
const tables = z
  .array(table)
  .min(1)
  .default([...FINANCIAL_TABLES]);
const name = z.string().trim().min(1).max(64);

/** An action of a terminal, with its parameters: one that is not known, or no good, is refused by name. */
function terminalAction<T extends z.ZodType>(
  shape: T,
  run: (terminal: TerminalData, asked: z.output<T>, call: ActionCall) => Promise<unknown>,
): Action {
  return async (call) => {
    const { terminal } = call.services.gateway.data;
    if (terminal === undefined) return notImplemented(call.method);
    const { success, data, error } = shape.safeParse(call.payload);
    if (success) return run(terminal, data, call);
    const [issue] = error.issues;
    const at = issue?.code === 'unrecognized_keys' ? issue.keys.join(', ') : (issue?.path.join('.') ?? '');
    throw requestFailed(`data.${call.method} 的参数 ${at} 无效: ${issue?.message ?? ''}`);
  };
}

const download = terminalAction(
  z
    .strictObject({
      kind: z.enum(DOWNLOAD_KINDS),
      securities: securities(10_000).optional(),
      frequency: z.enum(['1m', '5m', '1d']).default('1d'),
      tables,
      start: day,
      end: day,
      wait: z.number().min(0).max(MOST_WAIT).default(0),
    })
    .refine(({ kind, securities: codes }) => (kind === 'bars' || kind === 'financials') === (codes !== undefined), {
      path: ['securities'],
      error: 'bars 与 financials 必须给出，其他不能给出',
    }),
  async ({ downloads }, { wait, securities: codes = [], ...question }) => {
    const { id } = downloads.start({ ...question, securities: codes });
    return downloadAnswer(await downloads.settled(id, wait * 1000), id);
  },
);

const downloadState = terminalAction(
  z.strictObject({ id: name, wait: z.number().min(0).max(MOST_WAIT).default(0) }),
  async ({ downloads }, { id, wait }) => downloadAnswer(await downloads.settled(id, wait * 1000), id),
);

/** What only a terminal answers; each is named in the handshake's features as `data.…`. */
export const TERMINAL_ACTIONS: Readonly<Record<(typeof TERMINAL_ACTION_NAMES)[number], Action>> = {
  financials: terminalAction(
    z.strictObject({
      securities: securities(MOST_FINANCIALS),
      tables,
      start: day,
      end: day,
      by: z.enum(['announced', 'reported']).default('announced'),
    }),
    async (terminal, asked) => financialsAnswer(await terminal.financials(asked)),
  ),
  dividend_factors: terminalAction(
    z.strictObject({ security: securities(1), start: day, end: day }),
    async (terminal, asked) =>
      vendorTable(await terminal.dividendFactors(asked.security[0] ?? '', asked.start, asked.end)),
  ),
  sectors: terminalAction(z.strictObject({}), async (terminal) => listAnswer(await terminal.sectors())),
  sector_members: terminalAction(z.strictObject({ name }), async (terminal, asked) =>
    listAnswer(await terminal.sectorMembers(asked.name)),
  ),
  index_weights: terminalAction(z.strictObject({ index: securities(1) }), async (terminal, asked) =>
    weightsAnswer(await terminal.indexWeights(asked.index[0] ?? '')),
  ),
  instruments: terminalAction(z.strictObject({ securities: securities(MOST_SECURITIES) }), async (terminal, asked) =>
    detailsAnswer(await terminal.details(asked.securities)),
  ),
  download,
  download_state: downloadState,
};
