import type { FillRow, IntentRow, OrderChangeRow, OrderRow } from '../domain/order/rows.ts';
import type { OwnShares } from './own-shares.ts';
import type { LedgerStore } from './store.ts';
import {
  changeValues,
  fillValues,
  INSERT_CHANGE,
  INSERT_FILL,
  intentValues,
  orderValues,
  UPSERT_INTENT,
  UPSERT_ORDER,
} from './writes.ts';

const DROP = 'DELETE FROM intents WHERE client_id = ? AND sent_at IS NULL';

/** What becomes durable together. */
export interface Recording {
  readonly orders?: readonly OrderRow[];
  readonly intents?: readonly IntentRow[];
  /** Client ids of intents that were never sent and that another plan replaces. */
  readonly dropped?: readonly string[];
  readonly fills?: readonly FillRow[];
  /** The states that came with it. */
  readonly changes?: readonly OrderChangeRow[];
}

/** Within a transaction that is open. */
export function writeRecording(store: Pick<LedgerStore, 'run'>, shares: OwnShares, recording: Recording): void {
  const { orders = [], intents = [], dropped = [], fills = [], changes = [] } = recording;
  shares.changes(intents, fills);
  for (const order of orders) store.run(UPSERT_ORDER, orderValues(order));
  for (const clientId of dropped) store.run(DROP, [clientId]);
  for (const intent of intents) store.run(UPSERT_INTENT, intentValues(intent));
  for (const fill of fills) store.run(INSERT_FILL, fillValues(fill));
  for (const change of changes) store.run(INSERT_CHANGE, changeValues(change));
}
