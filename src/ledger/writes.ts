import type { SQLInputValue } from 'node:sqlite';
import type { FillRow, IntentRow, OrderChangeRow, OrderRow } from '../domain/order/rows.ts';
import type { SubBonus } from '../domain/order/sub-tally.ts';
import type { CashMove, HoldingRow, TriggerRow } from './rows.ts';

const ORDER_COLUMNS = [
  'order_id',
  'day',
  'owner',
  'request_key',
  'placed_in',
  'security',
  'side',
  'request',
  'amount',
  'phase',
  'opens_at',
  'wait_ms',
  'wait_until',
  'at_end',
  'cancel_why',
  'cancel_insists',
  'denied',
  'cost_before',
  'call_price',
  'triggered_at',
  'trigger_price',
  'created_at',
] as const;

export const UPSERT_ORDER = upsert('orders', 'order_id', ORDER_COLUMNS);

export function orderValues(order: OrderRow): SQLInputValue[] {
  return [
    order.orderId,
    order.day,
    order.owner,
    order.requestKey,
    order.placedIn,
    order.security,
    order.side,
    JSON.stringify(order.request),
    order.amount,
    order.phase,
    order.opensAt,
    order.waitMs,
    order.waitUntil,
    order.atEnd,
    order.cancelWhy,
    order.cancelInsists ? 1 : 0,
    order.denied,
    order.costBefore,
    order.callPrice,
    order.triggeredAt,
    order.triggerPrice,
    order.createdAt,
  ];
}

const INTENT_COLUMNS = [
  'client_id',
  'order_id',
  'day',
  'tag',
  'remark',
  'security',
  'side',
  'amount',
  'price',
  'style',
  'state',
  'reason',
  'broker_order_id',
  'filled',
  'sent_at',
  'cancels',
  'updated_at',
] as const;

export const UPSERT_INTENT = upsert('intents', 'client_id', INTENT_COLUMNS);

export function intentValues(intent: IntentRow): SQLInputValue[] {
  return [
    intent.clientId,
    intent.orderId,
    intent.day,
    intent.tag,
    intent.remark,
    intent.security,
    intent.side,
    intent.amount,
    intent.price,
    intent.style,
    intent.state,
    intent.reason,
    intent.brokerOrderId,
    intent.filled,
    intent.sentAt,
    intent.cancels,
    intent.updatedAt,
  ];
}

const FILL_COLUMNS = [
  'day',
  'broker_order_id',
  'trade_id',
  'ordinal',
  'client_id',
  'amount',
  'price',
  'time',
  'commission',
  'tax',
] as const;

export const INSERT_FILL = `${insert('fills', FILL_COLUMNS)}
  ON CONFLICT (day, client_id, trade_id, price, amount, ordinal) DO NOTHING`;

export function fillValues(fill: FillRow): SQLInputValue[] {
  return [
    fill.day,
    fill.brokerOrderId,
    fill.tradeId,
    fill.ordinal,
    fill.clientId,
    fill.amount,
    fill.price,
    fill.time,
    fill.commission,
    fill.tax,
  ];
}

export const INSERT_CHANGE = insert('order_changes', ['order_id', 'client_id', 'at', 'state', 'reason', 'actor']);

export function changeValues({ orderId, clientId, at, state, reason, by }: OrderChangeRow): SQLInputValue[] {
  return [orderId, clientId, at, state, reason, by];
}

const HOLDING_COLUMNS = ['security', 'amount', 'read_at', 'since', 'transacted'] as const;

export const UPSERT_HOLDING = upsert('holdings', 'security', HOLDING_COLUMNS);

export function holdingValues({ security, amount, readAt, since, transacted }: HoldingRow): SQLInputValue[] {
  return [security, amount, readAt, since, transacted];
}

export const INSERT_ADJUSTMENT = `${insert('adjustments', ['day', 'security', 'amount'])}
  ON CONFLICT (day, security) DO UPDATE SET amount = amount + excluded.amount`;

export const INSERT_BONUS = `${insert('sub_bonuses', ['day', 'pindex', 'security', 'shares'])}
  ON CONFLICT (day, pindex, security) DO UPDATE SET shares = shares + excluded.shares`;

export function bonusValues({ day, pindex, security, shares }: SubBonus): SQLInputValue[] {
  return [day, pindex, security, shares];
}

export const INSERT_MOVE = `${insert('cash_moves', ['key', 'at', 'placed_in', 'from_pindex', 'to_pindex', 'cash'])}
  ON CONFLICT (key) DO NOTHING`;

export function moveValues({ key, at, placedIn, from, to, cash }: CashMove): SQLInputValue[] {
  return [key, at, placedIn, from, to, cash];
}

export const UPSERT_TRIGGER = upsert('triggers', 'key', [
  'key',
  'task',
  'due',
  'outcome',
  'reason',
  'started_at',
  'ended_at',
]);

export function triggerValues(row: TriggerRow): SQLInputValue[] {
  return [row.key, row.task, row.due, row.outcome, row.reason, row.startedAt, row.endedAt];
}

export const UPSERT_CALL = upsert('calls', 'id', ['id', 'name', 'began_at']);

export const UPSERT_SETTING = upsert('settings', 'key', ['key', 'value']);
export const UPSERT_VARIABLE = `${insert('variables', ['part', 'name', 'text'])}
  ON CONFLICT (part, name) DO UPDATE SET text = excluded.text`;

function insert(table: string, columns: readonly string[]): string {
  return `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`;
}

export function upsert(table: string, key: string, columns: readonly string[]): string {
  const changes = columns.filter((name) => name !== key).map((name) => `${name} = excluded.${name}`);
  return `${insert(table, columns)} ON CONFLICT (${key}) DO UPDATE SET ${changes.join(', ')}`;
}
