import type { SQLOutputValue } from 'node:sqlite';
import type { FillRow, IntentRow, OrderRow } from '../domain/order/rows.ts';
import type { IntentState, OrderRequest } from '../domain/order/types.ts';
import type { Side } from '../domain/trading.ts';

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
  readonly part: 'g' | 'context';
  readonly name: string;
  readonly text: string | null;
}

export type VariableName = Pick<VariableRow, 'part' | 'name'>;

/** What of a strategy's own state has changed: attributes, and choices of the instance by their key. */
export interface StateChange {
  readonly variables: readonly VariableRow[];
  readonly settings: ReadonlyMap<string, string>;
  /** Ids of calls whose changes these are: they have ended. */
  readonly endedCalls?: readonly string[];
}

/** A row as SQLite gives it. */
export type Row = Record<string, SQLOutputValue>;

const text = (row: Row, name: string): string => String(row[name]);
const textOrNull = (row: Row, name: string): string | null => (row[name] == null ? null : String(row[name]));
const number = (row: Row, name: string): number => Number(row[name]);
const numberOrNull = (row: Row, name: string): number | null => (row[name] == null ? null : Number(row[name]));

export function readOrder(row: Row): OrderRow {
  return {
    orderId: text(row, 'order_id'),
    day: text(row, 'day'),
    owner: text(row, 'owner'),
    requestKey: text(row, 'request_key'),
    placedIn: textOrNull(row, 'placed_in'),
    security: text(row, 'security'),
    side: text(row, 'side') as Side,
    request: JSON.parse(text(row, 'request')) as OrderRequest,
    amount: number(row, 'amount'),
    phase: text(row, 'phase') as OrderRow['phase'],
    opensAt: numberOrNull(row, 'opens_at'),
    waitMs: number(row, 'wait_ms'),
    waitUntil: numberOrNull(row, 'wait_until'),
    atEnd: text(row, 'at_end') as OrderRow['atEnd'],
    cancelWhy: textOrNull(row, 'cancel_why'),
    cancelInsists: number(row, 'cancel_insists') === 1,
    denied: textOrNull(row, 'denied'),
    costBefore: numberOrNull(row, 'cost_before'),
    createdAt: number(row, 'created_at'),
  };
}

export function readIntent(row: Row): IntentRow {
  return {
    clientId: text(row, 'client_id'),
    orderId: text(row, 'order_id'),
    day: text(row, 'day'),
    tag: text(row, 'tag'),
    remark: text(row, 'remark'),
    security: text(row, 'security'),
    side: text(row, 'side') as Side,
    amount: number(row, 'amount'),
    price: number(row, 'price'),
    style: text(row, 'style') as IntentRow['style'],
    state: text(row, 'state') as IntentState,
    reason: textOrNull(row, 'reason'),
    brokerOrderId: textOrNull(row, 'broker_order_id'),
    filled: number(row, 'filled'),
    sentAt: numberOrNull(row, 'sent_at'),
    updatedAt: number(row, 'updated_at'),
  };
}

export function readFill(row: Row): FillRow {
  return {
    day: text(row, 'day'),
    brokerOrderId: text(row, 'broker_order_id'),
    tradeId: text(row, 'trade_id'),
    ordinal: number(row, 'ordinal'),
    clientId: text(row, 'client_id'),
    amount: number(row, 'amount'),
    price: number(row, 'price'),
    time: number(row, 'time'),
    commission: numberOrNull(row, 'commission'),
    tax: numberOrNull(row, 'tax'),
  };
}

export function readTrigger(row: Row): TriggerRow {
  return {
    key: text(row, 'key'),
    task: text(row, 'task'),
    due: number(row, 'due'),
    outcome: text(row, 'outcome'),
    reason: textOrNull(row, 'reason'),
    startedAt: numberOrNull(row, 'started_at'),
    endedAt: numberOrNull(row, 'ended_at'),
  };
}

export function readCall(row: Row): CallRow {
  return { id: text(row, 'id'), name: text(row, 'name'), beganAt: number(row, 'began_at') };
}

export function readHolding(row: Row): HoldingRow {
  return {
    security: text(row, 'security'),
    amount: number(row, 'amount'),
    readAt: number(row, 'read_at'),
    since: number(row, 'since'),
    transacted: numberOrNull(row, 'transacted'),
  };
}

/** All of g before all of context, each in the order it was first kept. */
export const SELECT_VARIABLES = 'SELECT * FROM variables ORDER BY part DESC, rowid';

export function readVariable(row: Row): VariableRow {
  return { ...readVariableName(row), text: text(row, 'text') };
}

export function readVariableName(row: Row): VariableName {
  return { part: text(row, 'part') as VariableName['part'], name: text(row, 'name') };
}
