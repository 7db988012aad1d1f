import type { SQLInputValue } from 'node:sqlite';
import type { IntentChange } from '../domain/order/intent.ts';
import { type FillRow, type IntentRow, type OrderRow } from '../domain/order/rows.ts';
import { readFill, readIntent, readOrder, readTrigger, type TriggerRow } from './rows.ts';
import { Store, type LedgerStore } from './store.ts';

/**
 * The durable record of one instance. Only the engine writes it. Every method is synchronous and durable when it returns;
 * a failed commit throws LEDGER_WRITE_FAILED, and then nothing may be sent.
 */
export class Ledger {
  readonly #store: LedgerStore;

  constructor(store: LedgerStore) {
    this.#store = store;
  }

  static open(folder: string): Ledger {
    return new Ledger(new Store(folder));
  }

  /** Writes an order with all its intents (PLANNED) in one commit. */
  addOrder(order: OrderRow, intents: readonly IntentRow[]): void {
    this.#store.commit(() => {
      this.#store.run(
        'INSERT INTO orders (order_id, day, security, side, request, amount, parked, denied, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
        [
          order.orderId,
          order.day,
          order.security,
          order.side,
          JSON.stringify(order.request),
          order.amount,
          order.parked ? 1 : 0,
          order.denied,
          order.createdAt,
        ],
      );
      for (const intent of intents) this.#insertIntent(intent);
    });
  }

  /** Writes the intents of an order that was parked until its sending window opened, with what became of its side and amount. */
  addIntents(
    orderId: string,
    { side, amount }: Pick<OrderRow, 'side' | 'amount'>,
    intents: readonly IntentRow[],
  ): void {
    this.#store.commit(() => {
      this.#store.run('UPDATE orders SET side = ?, amount = ? WHERE order_id = ?', [side, amount, orderId]);
      for (const intent of intents) this.#insertIntent(intent);
    });
  }

  denyOrder(orderId: string, reason: string): void {
    this.#store.commit(() => this.#store.run('UPDATE orders SET denied = ? WHERE order_id = ?', [reason, orderId]));
  }

  changeIntent(clientId: string, change: IntentChange): void {
    this.#store.commit(() => this.#update(clientId, change));
  }

  /** New fills and the change of their intent, in one commit. Fills already written are left as they are. */
  addFills(fills: readonly FillRow[], changes: ReadonlyMap<string, IntentChange>): void {
    this.#store.commit(() => {
      for (const fill of fills) {
        this.#store.run(
          `INSERT INTO fills (day, broker_order_id, trade_id, ordinal, client_id, amount, price, time, commission, tax) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (day, broker_order_id, trade_id, price, amount, ordinal) DO NOTHING`,
          [
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
          ],
        );
      }
      for (const [clientId, change] of changes) this.#update(clientId, change);
    });
  }

  /** An order that follows from the task has a commit of its own, which makes this record durable with it: it waits for no disk. */
  recordTrigger(row: TriggerRow): void {
    this.#store.append(() =>
      this.#store.run(
        `INSERT INTO triggers (key, task, due, outcome, reason, started_at, ended_at) VALUES (?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (key) DO UPDATE SET outcome = excluded.outcome, reason = excluded.reason, started_at = excluded.started_at, ended_at = excluded.ended_at`,
        [row.key, row.task, row.due, row.outcome, row.reason, row.startedAt, row.endedAt],
      ),
    );
  }

  trigger(key: string): TriggerRow | null {
    return this.#store.one('SELECT * FROM triggers WHERE key = ?', key, readTrigger);
  }

  triggersSince(due: number): TriggerRow[] {
    return this.#store.all('SELECT * FROM triggers WHERE due >= ? ORDER BY due, rowid', [due]).map(readTrigger);
  }

  ordersOf(day: string): OrderRow[] {
    return this.#store.all('SELECT * FROM orders WHERE day = ? ORDER BY created_at, rowid', [day]).map(readOrder);
  }

  /** Intents of that day plus those of any day that are not final. */
  intentsOf(day: string): IntentRow[] {
    return this.#store
      .all(
        `SELECT * FROM intents WHERE day = ? OR state IN ('planned', 'sending', 'unknown', 'accepted', 'canceling') ORDER BY rowid`,
        [day],
      )
      .map(readIntent);
  }

  order(orderId: string): OrderRow | null {
    return this.#store.one('SELECT * FROM orders WHERE order_id = ?', orderId, readOrder);
  }

  fillsOf(day: string): FillRow[] {
    return this.#store.all('SELECT * FROM fills WHERE day = ? ORDER BY rowid', [day]).map(readFill);
  }

  /** A choice of the instance, or null when it was never made. */
  setting(key: string): string | null {
    return this.#store.one('SELECT value FROM settings WHERE key = ?', key, (row) => String(row['value']));
  }

  choose(key: string, value: string): void {
    this.#store.commit(() =>
      this.#store.run(
        'INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
        [key, value],
      ),
    );
  }

  /**
   * Shares by security that this instance bought and has not sold, over all its days. Of `today` what is listed as trades
   * counts; of earlier days also what the broker called filled and never listed: its list of trades is gone.
   */
  holdings(today: string): Map<string, number> {
    const listed = 'COALESCE(listed, 0)';
    const shares = `iif(day < ?, MAX(filled, ${listed}), ${listed})`;
    const rows = this.#store.all(
      `SELECT security, SUM(iif(side = 'buy', 1, -1) * ${shares}) AS amount
       FROM intents LEFT JOIN (SELECT client_id, SUM(amount) AS listed FROM fills GROUP BY 1) USING (client_id)
       GROUP BY 1 HAVING amount <> 0`,
      [today],
    );
    return new Map(rows.map((row) => [String(row['security']), Number(row['amount'])]));
  }

  /** Moves the write-ahead log into the file, so that it does not grow for weeks. */
  compact(): void {
    this.#store.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  }

  close(): void {
    this.#store.close();
  }

  #insertIntent(intent: IntentRow): void {
    this.#store.run(
      `INSERT INTO intents (client_id, order_id, day, tag, remark, security, side, amount, price, style, state, reason, broker_order_id, filled, sent_at, updated_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      [
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
        intent.updatedAt,
      ],
    );
  }

  #update(clientId: string, change: IntentChange): void {
    const columns: [string, SQLInputValue][] = [
      ['state', change.state],
      ['updated_at', change.updatedAt],
    ];
    if (change.reason !== undefined) columns.push(['reason', change.reason]);
    if (change.brokerOrderId !== undefined) columns.push(['broker_order_id', change.brokerOrderId]);
    if (change.filled !== undefined) columns.push(['filled', change.filled]);
    if (change.sentAt !== undefined) columns.push(['sent_at', change.sentAt]);
    const sets = columns.map(([name]) => `${name} = ?`).join(', ');
    const result = this.#store.run(`UPDATE intents SET ${sets} WHERE client_id = ?`, [
      ...columns.map(([, value]) => value),
      clientId,
    ]);
    if (result !== 1) throw new Error(`intent ${clientId} is not in the ledger`);
  }
}
