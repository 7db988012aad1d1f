import * as z from 'zod';
import { INTENT_STATES } from '../domain/order/types.ts';
import type { EngineAnswer } from '../domain/status/engine-status.ts';
import type { RiskRule } from '../domain/order/risk/rule.ts';

export const time = z.number();
export const money = z.number();
export const text = z.string();
export const orNull = <T extends z.ZodType>(inner: T): z.ZodNullable<T> => z.nullable(inner);
export const state = z.enum(INTENT_STATES);
export const side = z.enum(['buy', 'sell']);
export const rule = text as unknown as z.ZodType<RiskRule>;

const link = z.strictObject({ session: text, up: z.boolean(), reason: orNull(text), since: orNull(time) });

export const engine = z.strictObject({
  pid: z.number(),
  version: text,
  startedAt: time,
  ready: z.boolean(),
  gate: orNull(text),
  links: z.array(link),
  stub: orNull(z.boolean()),
  quotes: z.strictObject({ alive: orNull(z.boolean()), lastAt: orNull(time) }),
  strategy: orNull(
    z.strictObject({
      state: z.enum(['starting', 'idle', 'running', 'halted', 'lost']),
      inTask: orNull(text),
      since: time,
    }),
  ),
  paused: orNull(text),
  memoryMb: z.number(),
  ledgerBytes: z.number(),
});

export const limit = z.strictObject({
  rule,
  variable: text,
  unit: z.enum(['CNY', 'shares', 'orders', 'cancels', 'actions', 'names', '%', 's', 'days', 'codes']),
  limit: orNull(z.number()),
  used: orNull(z.number()),
});

export const foreign = z.strictObject({
  brokerOrderId: text,
  security: text,
  side: orNull(side),
  amount: z.number(),
  filled: orNull(z.number()),
  price: orNull(z.number()),
  remark: text,
});

export const seenPosition = {
  pindex: z.number(),
  security: text,
  name: orNull(text),
  amount: z.number(),
  closeableAmount: z.number(),
  todayAmount: z.number(),
  avgCost: orNull(z.number()),
  price: orNull(z.number()),
  value: orNull(money),
};

const account = z.strictObject({
  asOf: time,
  totalValue: money,
  availableCash: money,
  lockedCash: money,
  startingCash: money,
  positions: z.array(z.strictObject(seenPosition)),
});

/** What a running engine answers to `status`. */
export const ENGINE_ANSWER: z.ZodType<EngineAnswer> = z.strictObject({
  version: z.literal(1),
  now: time,
  engine,
  account: orNull(account),
  limits: z.array(limit),
  foreign: z.array(foreign),
});
