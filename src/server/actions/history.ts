import * as z from 'zod';
import { chinaDay, chinaInstant, chinaText, parseChinaTime } from '../../domain/time.ts';
import { heldFields, holdingFields, totalsFields } from '../../protocol/encode/account-answers.ts';
import type { JsonObject } from '../../protocol/json.ts';
import type { AccountRow, HistoryAnswer, HoldingRow } from '../monitor/types.ts';
import { requestFailed } from '../python.ts';
import type { BrokerAction } from './action.ts';

const MOST_ROWS = 5_000;
const DEFAULT_ROWS = 240;

/** A day, or a day with a time, of China. */
const moment = z.string().max(30).nullish();

const shape = z.object({
  start: moment,
  end: moment,
  every: z.enum(['minute', 'day']).nullish(),
  limit: z.int().min(1).max(MOST_ROWS).nullish(),
});

/** Our own action: an account minute by minute, or at the end of each day; today's minutes when nothing is said. */
export const accountHistory: BrokerAction = async ({ payload, services: { history, clock } }, { account }) => {
  if (history === null) throw requestFailed('券商接口 history 未启用（bt server --history FILE）');
  const asked = shape.safeParse(payload);
  if (!asked.success) throw requestFailed(`broker.history: ${String(asked.error.issues[0]?.path[0] ?? '参数')} 无效`);
  const { start, end, every, limit } = asked.data;
  const today = chinaDay(clock.now());
  return historyAnswer(
    account.key,
    history.read({
      account: account.key,
      from: instant(start ?? (every === 'day' ? '1990-01-01' : today), 'start', '00:00:00'),
      to: instant(end ?? today, 'end', '23:59:59'),
      every: every ?? 'minute',
      limit: limit ?? DEFAULT_ROWS,
    }),
  );
};

function instant(text: string, name: string, ofDay: string): number {
  const read = parseChinaTime(text);
  if (read === null) throw requestFailed(`无法识别的 ${name}: ${text}（格式: 2026-07-06 或 2026-07-06 09:31:00）`);
  return /[ T]/u.test(text.trim()) ? read : chinaInstant(chinaDay(read), ofDay);
}

/** Times of China, money in CNY; what is not known is null. */
export function historyAnswer(account: string, { accounts, holdings, gaps }: HistoryAnswer): JsonObject {
  const at = Map.groupBy(holdings, (row) => row.at);
  return {
    account_key: account,
    rows: accounts.map((row) => ({ ...totalsRow(row), positions: (at.get(row.at) ?? []).map(holdingRow) })),
    gaps: gaps.map((gap) => ({ time: chinaText(gap.at), why: gap.why })),
  };
}

function totalsRow(row: AccountRow): JsonObject {
  return { time: chinaText(row.at), ...totalsFields(row), profit: row.profit };
}

function holdingRow(row: HoldingRow): JsonObject {
  return { ...holdingFields(row), ...heldFields(row, row.held) };
}
