import type { SavedRisk } from '../order-risk.ts';
import { readRequest, readRisk } from './rows.ts';
import type { KeptRequest, RecordStore, SentRequest } from './types.ts';

const INSERT = `INSERT INTO requests
  (day, at, scope, fingerprint, account, sub_account, security, side, amount, style, price, remark, peer, operation, state)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'sent') RETURNING seq`;

/** What a request was handed over under. */
export interface Sending {
  readonly day: string;
  readonly at: number;
  readonly scope: string | null;
  readonly fingerprint: string;
}

/**
 * The durable record of every place request that was handed to a gateway outside this process: written before the gateway hears of
 * it, so that whoever dies meanwhile, the key is never sent a second time and the order is looked for.
 */
export class OrderRecord {
  readonly #store: RecordStore;

  constructor(store: RecordStore) {
    this.#store = store;
  }

  /** On the disk when it returns; the request's number. Throws STATE_WRITE_FAILED. */
  sent({ day, at, scope, fingerprint }: Sending, request: SentRequest): number {
    const { accountKey, subAccountId, security, side, amount, style, price, remark, peer, operation = null } = request;
    const whose = [day, at, scope, fingerprint, accountKey, subAccountId];
    let seq = 0;
    this.#store.durably(() => {
      const [row] = this.#store.rows(INSERT, [...whose, security, side, amount, style, price, remark, peer, operation]);
      seq = Number(row?.['seq']);
    });
    return seq;
  }

  placed(seq: number, orderId: string): void {
    this.#change("UPDATE requests SET state = 'placed', order_id = ? WHERE seq = ?", [orderId, seq]);
  }

  /** `fingerprint`: instead of the one it was handed over with. */
  answered(seq: number, answer: string, fingerprint: string | null): void {
    const sql = 'UPDATE requests SET answer = ?, fingerprint = coalesce(?, fingerprint) WHERE seq = ?';
    this.#change(sql, [answer, fingerprint, seq]);
  }

  refused(seq: number, why: string): void {
    this.#change("UPDATE requests SET state = 'refused', why = ? WHERE seq = ? AND order_id IS NULL", [why, seq]);
  }

  failed(seq: number, why: string): void {
    this.#change("UPDATE requests SET state = 'unknown', why = ? WHERE seq = ? AND order_id IS NULL", [why, seq]);
  }

  /** What was last handed over under a key, on whatever day; null = nothing that may be an order. */
  ofKey(scope: string): KeptRequest | null {
    const sql = "SELECT * FROM requests WHERE scope = ? AND state <> 'refused' ORDER BY day DESC, seq DESC LIMIT 1";
    const [row] = this.#store.rows(sql, [scope]);
    return row === undefined ? null : readRequest(row);
  }

  /** All of a day that bear the remark, on one account. */
  ofRemark({ day, accountKey, remark }: Pick<KeptRequest, 'day' | 'accountKey' | 'remark'>): KeptRequest[] {
    const sql = 'SELECT * FROM requests WHERE day = ? AND account = ? AND remark = ? ORDER BY seq';
    return this.#store.rows(sql, [day, accountKey, remark]).map(readRequest);
  }

  /** Those of a day of which nobody knows whether they are orders. */
  open(day: string): KeptRequest[] {
    const sql = "SELECT * FROM requests WHERE day = ? AND state IN ('sent', 'unknown') ORDER BY seq";
    return this.#store.rows(sql, [day]).map(readRequest);
  }

  keepRisk(saved: SavedRisk): void {
    const sql = 'INSERT INTO risk VALUES (?, ?) ON CONFLICT (account) DO UPDATE SET saved = excluded.saved';
    this.#change(sql, [saved.accountKey, JSON.stringify(saved)]);
  }

  risk(): SavedRisk[] {
    return this.#store.rows('SELECT saved FROM risk', []).flatMap(readRisk);
  }

  /** Takes out what was handed over before a day. */
  forget(before: string): void {
    this.#change('DELETE FROM requests WHERE day < ?', [before]);
  }

  close(): void {
    this.#store.close();
  }

  #change(sql: string, values: readonly (string | number | null)[]): void {
    this.#store.soon(() => this.#store.rows(sql, values));
  }
}
