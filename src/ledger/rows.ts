import type { FillRow, IntentRow, OrderChangeRow, OrderRow } from '../domain/order/rows.ts';
import type { SubBonus } from '../domain/order/sub-tally.ts';
import type { OrderRequest } from '../domain/order/types.ts';
import { column, flag, number, numberOrNull, rowOf, text, textOrNull, word, type Fields } from './row-reader.ts';
import type { EquityPoint, RiskEntry, RiskStop } from './risk-rows.ts';

export interface TriggerRow {
  readonly key: string;
  readonly task: string;
  readonly due: number;
  readonly outcome: string;
  readonly reason: string | null;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
}

/** A call into the strategy that has begun to order, or is `initialize`, and whose end is not kept. */
export interface CallRow {
  readonly id: string;
  /** In words: `handle_tick`, `check_sell (daily 09:36)`. */
  readonly name: string;
  /** Market time, epoch ms. */
  readonly beganAt: number;
}

/** A holding of the whole account as it was last read. Times are market time, epoch ms. */
export interface HoldingRow {
  readonly security: string;
  readonly amount: number;
  /** When that was. */
  readonly readAt: number;
  /** When it was first seen, or bought. */
  readonly since: number;
  /** Of the last own trade in it. */
  readonly transacted: number | null;
}

/** Own shares that a night has added, or taken (negative). */
export interface Adjustment {
  readonly day: string;
  readonly security: string;
  readonly own: number;
}

/** One attribute of g or context; null = it is not there any more. */
export interface VariableRow {
  readonly part: 'g' | 'context' | 'module';
  readonly name: string;
  readonly text: string | null;
}

export type VariableName = Pick<VariableRow, 'part' | 'name'>;

/** Money from one sub-portfolio to another, CNY; null = what is put aside. */
export interface CashMove {
  /** Unique: asked for twice under one key, it is one move. */
  readonly key: string;
  /** Market time, epoch ms. */
  readonly at: number;
  /** The call into the strategy that asked for it; null = none has. */
  readonly placedIn: string | null;
  readonly from: number | null;
  readonly to: number | null;
  readonly cash: number;
}

/** What of a strategy's own state has changed: attributes, and choices of the instance by their key. */
export interface StateChange {
  readonly variables: readonly VariableRow[];
  readonly settings: ReadonlyMap<string, string>;
  /** Ids of calls whose changes these are: they have ended. */
  readonly endedCalls?: readonly string[];
  readonly moves?: readonly CashMove[];
}

export const CHOICE = column('value', text);
export const TIME = column('time', number);
export const DAY = column('day', text);
export const INSTANT = column('at', numberOrNull);

export const readOrder = rowOf<OrderRow>({
  orderId: ['order_id', text],
  day: ['day', text],
  owner: ['owner', text],
  requestKey: ['request_key', text],
  placedIn: ['placed_in', textOrNull],
  security: ['security', text],
  side: ['side', word],
  request: ['request', (value) => JSON.parse(String(value)) as OrderRequest],
  amount: ['amount', number],
  phase: ['phase', word],
  opensAt: ['opens_at', numberOrNull],
  waitMs: ['wait_ms', number],
  waitUntil: ['wait_until', numberOrNull],
  atEnd: ['at_end', word],
  cancelWhy: ['cancel_why', textOrNull],
  cancelInsists: ['cancel_insists', flag],
  denied: ['denied', textOrNull],
  costBefore: ['cost_before', numberOrNull],
  callPrice: ['call_price', numberOrNull],
  triggeredAt: ['triggered_at', numberOrNull],
  triggerPrice: ['trigger_price', numberOrNull],
  createdAt: ['created_at', number],
});

export const readIntent = rowOf<IntentRow>({
  clientId: ['client_id', text],
  orderId: ['order_id', text],
  day: ['day', text],
  tag: ['tag', text],
  remark: ['remark', text],
  security: ['security', text],
  side: ['side', word],
  amount: ['amount', number],
  price: ['price', number],
  style: ['style', word],
  state: ['state', word],
  reason: ['reason', textOrNull],
  brokerOrderId: ['broker_order_id', textOrNull],
  filled: ['filled', number],
  sentAt: ['sent_at', numberOrNull],
  cancels: ['cancels', number],
  updatedAt: ['updated_at', number],
});

export const readFill = rowOf<FillRow>({
  day: ['day', text],
  brokerOrderId: ['broker_order_id', text],
  tradeId: ['trade_id', text],
  ordinal: ['ordinal', number],
  clientId: ['client_id', text],
  amount: ['amount', number],
  price: ['price', number],
  time: ['time', number],
  commission: ['commission', numberOrNull],
  tax: ['tax', numberOrNull],
});

export const readChange = rowOf<OrderChangeRow>({
  orderId: ['order_id', text],
  clientId: ['client_id', textOrNull],
  at: ['at', number],
  state: ['state', word],
  reason: ['reason', textOrNull],
  by: ['actor', (value) => (value == null ? null : word(value))],
});

export const readTrigger = rowOf<TriggerRow>({
  key: ['key', text],
  task: ['task', text],
  due: ['due', number],
  outcome: ['outcome', text],
  reason: ['reason', textOrNull],
  startedAt: ['started_at', numberOrNull],
  endedAt: ['ended_at', numberOrNull],
});

export const readCall = rowOf<CallRow>({
  id: ['id', text],
  name: ['name', text],
  beganAt: ['began_at', number],
});

export const readHolding = rowOf<HoldingRow>({
  security: ['security', text],
  amount: ['amount', number],
  readAt: ['read_at', number],
  since: ['since', number],
  transacted: ['transacted', numberOrNull],
});

export const readMove = rowOf<CashMove>({
  key: ['key', text],
  at: ['at', number],
  placedIn: ['placed_in', textOrNull],
  from: ['from_pindex', numberOrNull],
  to: ['to_pindex', numberOrNull],
  cash: ['cash', number],
});

export const readBonus = rowOf<SubBonus>({
  day: ['day', text],
  pindex: ['pindex', number],
  security: ['security', text],
  shares: ['shares', number],
});

const VARIABLE_NAME: Fields<VariableName> = { part: ['part', word], name: ['name', text] };

export const readVariable = rowOf<VariableRow>({ ...VARIABLE_NAME, text: ['text', text] });
export const readVariableName = rowOf<VariableName>(VARIABLE_NAME);

/** All of g before all of context, each in the order it was first kept. */
export const SELECT_VARIABLES = 'SELECT * FROM variables ORDER BY part DESC, rowid';

export const EQUITY_VALUE = column('value', numberOrNull);

export const readRiskStop = rowOf<RiskStop>({
  rule: ['rule', word],
  stops: ['stops', word],
  at: ['at', number],
  day: ['day', textOrNull],
  text: ['text', text],
});

export const readRiskEntry = rowOf<RiskEntry>({
  at: ['at', number],
  level: ['level', word],
  rule: ['rule', word],
  orderId: ['order_id', textOrNull],
  text: ['text', text],
});

export const readEquity = rowOf<EquityPoint>({ at: ['at', number], total: ['total', number], cash: ['cash', number] });
