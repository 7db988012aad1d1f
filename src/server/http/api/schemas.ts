import * as z from 'zod';

/** What is named in the description of the interface. */
export const NAMED = z.registry<{ id: string }>();

function named<S extends z.ZodType>(id: string, schema: S): S {
  NAMED.add(schema, { id });
  return schema;
}

const price = z.number().nullable();
const time = z.string().nullable().meta({ description: 'Shanghai time, 2026-07-06T09:34:30+08:00; null = not told' });
const code = z.string().meta({ description: "JoinQuant's spelling: 600000.XSHG, 000001.XSHE, 830799.BJ" });
const side = z.enum(['buy', 'sell']);

const STATUSES = [
  'pending',
  'open',
  'partly_filled',
  'canceling',
  'partly_canceling',
  'filled',
  'canceled',
  'partly_canceled',
  'rejected',
  'unknown',
] as const;

export const AccountRow = named(
  'Account',
  z.object({
    account: z.string().meta({ description: 'The alias it is asked for by' }),
    account_id: z.string().nullable(),
    account_type: z.string(),
    simulated: z.boolean().meta({ description: 'A paper market: no money is traded' }),
    available_cash: z.number(),
    frozen_cash: z.number().nullable(),
    transferable_cash: z.number().nullable(),
    market_value: z.number().nullable(),
    total_value: z.number(),
  }),
);

export const PositionRow = named(
  'Position',
  z.object({
    security: code,
    name: z.string().nullable(),
    amount: z.number().nullable().meta({ description: 'Null: the row cannot be read' }),
    closeable_amount: z.number().nullable(),
    avg_cost: price,
    last_price: price,
    market_value: z.number().nullable(),
    profit: z.number().nullable().meta({ description: 'On paper, CNY; null where price or cost is not known' }),
    profit_rate: z
      .number()
      .nullable()
      .meta({ description: 'Of the cost, 0.05 = 5 %; null where the cost is not above 0' }),
  }),
);

export const OrderRow = named(
  'Order',
  z.object({
    order_id: z.string(),
    system_id: z.string().meta({ description: "The exchange's number; empty until it was reported" }),
    security: code,
    side: side.nullable(),
    operation: z
      .string()
      .nullable()
      .meta({ description: 'What only a credit account does (margin_buy, …); null = a plain buy or sell' }),
    type: z.string(),
    amount: z.number(),
    filled: z.number(),
    limit_price: price,
    avg_price: price.meta({ description: 'Of the fills; null until there is one' }),
    status: z.enum(STATUSES),
    raw_status: z.number().nullable().meta({ description: "QMT's code, 48 to 57, 255" }),
    status_text: z.string().meta({ description: "The counter's words" }),
    remark: z.string(),
    strategy: z.string(),
    created_at: time,
  }),
);

export const TradeRow = named(
  'Trade',
  z.object({
    trade_id: z.string(),
    order_id: z.string(),
    security: code,
    side: side.nullable(),
    amount: z.number(),
    price,
    time,
    commission: z.number().nullable(),
    tax: z.number().nullable(),
  }),
);

const level = z.object({ price: z.number(), volume: z.number() });

export const QuoteRow = named(
  'Quote',
  z.object({
    security: code,
    time,
    last_price: price,
    pre_close: price,
    open: price,
    high: price,
    low: price,
    high_limit: price,
    low_limit: price,
    volume: z.number().nullable(),
    money: z.number().nullable(),
    paused: z.boolean().nullable(),
    bids: z.array(level),
    asks: z.array(level),
  }),
);

const figure = z.number().nullable();

export const BarsTable = named(
  'Bars',
  z.object({
    security: code,
    frequency: z.string(),
    adjust: z.string(),
    bars: z
      .array(
        z.object({
          time: z.string().meta({ description: 'End of a minute bar; midnight of a daily one' }),
          open: figure,
          high: figure,
          low: figure,
          close: figure,
          volume: figure,
          money: figure,
        }),
      )
      .meta({ description: 'Oldest first' }),
  }),
);

export const InstrumentRow = named(
  'Instrument',
  z.object({
    security: code,
    display_name: z.string(),
    name: z.string(),
    type: z.string(),
    start_date: z.string().nullable(),
    end_date: z.string().nullable(),
  }),
);

export const HealthRow = named(
  'Health',
  z.object({
    ready: z.boolean(),
    detail: z.string(),
    simulated: z.boolean(),
    market_time: time,
    accounts: z.array(z.object({ account: z.string(), account_type: z.string() })),
  }),
);

export const ProblemRow = named(
  'Problem',
  z.looseObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string().meta({ description: 'Stable: branch on it' }),
    errors: z
      .array(z.object({ path: z.string(), message: z.string() }))
      .optional()
      .meta({ description: 'Which parameters are wrong' }),
    outcome: z
      .enum(['rejected', 'unknown', 'not_placed'])
      .optional()
      .meta({ description: 'Of an order. unknown: it may exist; never send it anew without its key' }),
  }),
);

export const CancelRow = named(
  'Cancel',
  z.object({ order_id: z.string(), accepted: z.literal(true), order: OrderRow.nullable() }),
);

export const BatchRow = named(
  'BatchResult',
  z.object({
    index: z.int(),
    outcome: z.enum(['accepted', 'rejected', 'unknown', 'not_placed']),
    order: OrderRow.nullable(),
    problem: ProblemRow.nullable(),
  }),
);

/** A list of rows, so that more can stand beside it one day. */
export function listOf<S extends z.ZodType>(name: string, row: S) {
  return z.object({ [name]: z.array(row) });
}

const instantText = z.string().meta({ description: 'Shanghai time, 2026-07-06T09:34:00+08:00' });

export const HistoryTable = named(
  'History',
  z.object({
    account: z.string(),
    every: z.enum(['minute', 'day']),
    rows: z.array(
      z.object({
        time: instantText,
        available_cash: z.number(),
        frozen_cash: figure,
        market_value: figure,
        total_value: z.number(),
        profit: figure,
        positions: z.array(
          PositionRow.extend({
            days_held: z.int().meta({ description: 'Trading days; 0 = since today' }),
            days_held_at_least: z.boolean().meta({ description: 'It may be held for longer' }),
          }),
        ),
      }),
    ),
    gaps: z
      .array(z.object({ time: instantText, why: z.string() }))
      .meta({ description: 'Minutes that the gateway did not tell' }),
  }),
);
