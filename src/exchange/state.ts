import * as z from 'zod';
import { BtError } from '../domain/errors.ts';
import type { ExchangeData } from './data.ts';
import type { ExchangeCommand, ExchangeState } from './types.ts';

const whole = z.int();
const count = whole.min(0);
const side = z.enum(['buy', 'sell']);
const instant = whole.nullable();

const order = z.object({
  seq: count,
  serial: count,
  key: count,
  security: z.string(),
  side,
  style: z.enum(['limit', 'market']),
  amount: count,
  price: z.number(),
  limit: count,
  status: z.literal([48, 49, 50, 51, 52, 53, 54, 55, 56, 57]),
  statusText: z.string(),
  remark: z.string(),
  strategyName: z.string(),
  createdAt: whole,
  day: z.string(),
  mode: z.enum(['waiting', 'call', 'taking', 'resting', 'done']),
  queue: count,
  waitAt: instant,
  reportAt: instant,
  joinAt: instant,
  cancelAt: instant,
  filled: count,
  filledMoney: count,
  fills: count,
  commission: count,
  tax: count,
  frozenCash: count,
  frozenAmount: count,
});

const trade = z.object({
  seq: count,
  fill: count,
  security: z.string(),
  side,
  amount: count,
  price: count,
  time: whole,
  commission: count,
  tax: count,
  remark: z.string(),
});

const position = z.object({ security: z.string(), amount: count, frozen: count, locked: count, cost: whole });

const lent = z.object({ security: z.string(), day: z.string(), money: count, rate: count });

const account = z.object({
  key: z.string(),
  accountId: z.string(),
  cash: count,
  frozen: count,
  proceeds: count,
  positions: z.array(position),
  // A book of before repos could be lent has none.
  lent: z.array(lent).default([]),
  orders: z.array(order),
  trades: z.array(trade),
});

const taken = z.object({ tick: count, bids: z.array(count), asks: z.array(count) });

const exchangeData = z.object({
  day: z.string(),
  cursor: whole,
  revision: count,
  serial: count,
  accounts: z.array(account),
  taken: z.record(z.string(), taken),
}) satisfies z.ZodType<ExchangeData>;

const exchangeState = z.object({ version: z.literal(1), seed: z.number(), data: exchangeData });

const request = z.object({
  security: z.string(),
  side,
  amount: z.number(),
  price: z.number().nullable(),
  style: z.enum(['limit', 'market']),
  remark: z.string(),
  strategyName: z.string(),
});
const placed = { at: whole, key: z.string(), request, orderId: z.string(), status: order.shape.status };
const command = z.union([
  z.object({ kind: z.literal('place'), ...placed }),
  z.object({ kind: z.literal('cancel'), at: whole, key: z.string(), orderId: z.string() }),
]) satisfies z.ZodType<ExchangeCommand>;

/** Reads commands that were kept after a state; BtError BAD_EXCHANGE_STATE when one is damaged. */
export function readCommands(commands: readonly unknown[]): ExchangeCommand[] {
  return commands.map((given) => {
    const read = command.safeParse(given);
    if (read.success) return read.data;
    throw badState('The saved paper market is damaged (a command); restore a copy of its file, or remove it.');
  });
}

/** BtError BAD_EXCHANGE_STATE for a command that is judged otherwise than it was. */
export function otherwise(orderId: string): BtError {
  return badState(
    `The saved paper market comes out otherwise than it was (order ${orderId}); start it with the bt that wrote it, or remove its file to start afresh.`,
  );
}

/** A copy of the data as `ExchangeState`. */
export function saveState(seed: number, data: ExchangeData): ExchangeState {
  return { version: 1, seed, data: structuredClone(data) };
}

/** Reads a saved state; BtError BAD_EXCHANGE_STATE when it is damaged or belongs to another seed. */
export function readState(state: ExchangeState, seed: number): ExchangeData {
  const read = exchangeState.safeParse(state);
  if (!read.success) {
    const issue = read.error.issues[0];
    const where = issue === undefined ? 'it' : `${issue.path.join('.')}: ${issue.message}`;
    throw badState(
      `The saved paper market is damaged (${where}); restore a copy of its file, or remove it to start afresh.`,
    );
  }
  if (read.data.seed !== seed) {
    throw badState(
      `The saved paper market has the seed ${read.data.seed}, not ${seed}; start it with that seed, or with another file.`,
    );
  }
  return read.data.data;
}

function badState(message: string): BtError {
  return new BtError('BAD_EXCHANGE_STATE', message, { fault: 'config' });
}
