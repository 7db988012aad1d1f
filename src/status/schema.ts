import * as z from 'zod';
import { engine, foreign, limit, money, orNull, rule, seenPosition, side, state, text, time } from './engine-schema.ts';
import type { InstanceStatus, InstanceSummary } from './types.ts';

/** The documents' schema: docs/operator.md describes it member by member, and a test holds the two together. */
const portfolio = z.strictObject({
  asOf: time,
  source: z.enum(['engine', 'ledger']),
  totalValue: money,
  availableCash: money,
  lockedCash: money,
  startingCash: money,
  dayProfit: orNull(money),
  dayProfitPercent: orNull(z.number()),
  totalProfit: orNull(money),
  totalProfitPercent: orNull(z.number()),
});

const position = z.strictObject({
  ...seenPosition,
  profit: orNull(money),
  profitPercent: orNull(z.number()),
  weight: orNull(z.number()),
});

const stop = z.strictObject({ mode: z.enum(['stop_loss', 'take_profit']), price: z.number() });
const style = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('limit'), limitPrice: z.number(), stop: stop.optional() }),
  z.strictObject({ kind: z.literal('market'), limitPrice: orNull(z.number()), stop: stop.optional() }),
]);

const part = z.strictObject({
  id: text,
  clientId: text,
  remark: text,
  brokerOrderId: orNull(text),
  state,
  reason: orNull(text),
  amount: z.number(),
  filled: z.number(),
  price: z.number(),
  sentAt: orNull(time),
  updatedAt: time,
  cancels: z.number(),
});

const change = z.strictObject({
  at: time,
  state,
  reason: orNull(text),
  by: orNull(z.enum(['strategy', 'bt', 'counter', 'somebody', 'operator'])),
  part: orNull(text),
});

const order = z.strictObject({
  orderId: text,
  day: text,
  at: time,
  security: text,
  side,
  amount: z.number(),
  filled: z.number(),
  price: orNull(z.number()),
  commission: orNull(money),
  callPrice: orNull(z.number()),
  triggerPrice: orNull(z.number()),
  costBefore: orNull(z.number()),
  style,
  state,
  phase: z.enum(['new', 'parked', 'working', 'done']),
  reason: orNull(text),
  unknown: z.boolean(),
  task: orNull(text),
  owner: text,
  pindex: z.number(),
  parts: z.array(part),
  history: z.array(change),
});

const trade = z.strictObject({
  tradeId: text,
  orderId: text,
  day: text,
  time,
  security: text,
  side,
  amount: z.number(),
  price: z.number(),
  value: money,
  commission: orNull(money),
  tax: orNull(money),
});

const trigger = z.strictObject({
  task: text,
  due: time,
  outcome: text,
  reason: orNull(text),
  startedAt: orNull(time),
  endedAt: orNull(time),
});

const signal = z.strictObject({
  key: text,
  strategy: text,
  id: text,
  at: time,
  sentAt: time,
  origin: z.enum(['source', 'correction']),
  security: text,
  side,
  amount: z.number(),
  price: orNull(z.number()),
  asked: orNull(z.number()),
  wanted: orNull(z.number()),
  filled: z.number(),
  phase: z.enum(['waiting', 'ordered', 'done']),
  waitsFor: orNull(text),
  attempts: z.number(),
  end: orNull(z.enum(['filled', 'partly_filled', 'refused', 'nothing'])),
  code: orNull(text),
  reason: orNull(text),
  endedAt: orNull(time),
});

const deviation = z.strictObject({
  strategy: text,
  security: text,
  at: time,
  pictureAt: orNull(time),
  wanted: orNull(z.number()),
  held: z.number(),
  correction: orNull(z.number()),
  why: orNull(text),
});

const unknown = z.strictObject({
  id: text,
  orderId: text,
  remark: text,
  day: text,
  security: text,
  side,
  amount: z.number(),
  filled: z.number(),
  price: z.number(),
  brokerOrderId: orNull(text),
  reason: orNull(text),
  since: time,
  settledBy: z.array(z.enum(['as', 'notPlaced', 'filled'])),
});

const risk = z.strictObject({
  limits: z.array(limit),
  stops: z.array(z.strictObject({ rule, stops: z.enum(['buying', 'all']), at: time, day: orNull(text), text })),
  log: z.array(
    z.strictObject({
      at: time,
      level: z.enum(['told', 'denied', 'stopped', 'resumed']),
      rule,
      orderId: orNull(text),
      text,
    }),
  ),
  killFile: z.boolean(),
  kill: orNull(z.strictObject({ cancel: z.boolean(), flatten: z.boolean(), done: z.boolean() })),
});

const point = z.strictObject({ at: time, total: money, cash: money, shift: money.optional() });

/** An instance's document, as `--json` writes it. */
export const INSTANCE_STATUS: z.ZodType<InstanceStatus> = z.strictObject({
  version: z.literal(1),
  instance: text,
  name: text,
  broker: text,
  endpoint: text,
  account: orNull(text),
  clock: text,
  running: z.boolean(),
  pid: orNull(z.number()),
  now: time,
  day: text,
  problem: orNull(text),
  engine: orNull(engine),
  portfolio: orNull(portfolio),
  positions: z.array(position),
  orders: z.array(order),
  trades: z.array(trade),
  triggers: z.array(trigger),
  follows: z.boolean(),
  signals: z.array(signal),
  deviations: z.array(deviation),
  unknowns: z.array(unknown),
  foreign: z.array(foreign),
  risk,
  equity: z.array(point),
  equityDays: z.array(point),
});

export const INSTANCE_SUMMARY: z.ZodType<InstanceSummary> = z.strictObject({
  instance: text,
  name: text,
  broker: text,
  endpoint: text,
  clock: text,
  running: z.boolean(),
  problem: orNull(text),
});
