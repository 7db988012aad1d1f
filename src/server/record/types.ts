import type { Side } from '../../domain/trading.ts';

/** A place request as it is handed to a gateway outside this process. */
export interface SentRequest {
  readonly accountKey: string;
  readonly subAccountId: string | null;
  readonly security: string;
  readonly side: Side;
  /** What only a credit account does, by name; absent = a plain buy or sell. */
  readonly operation?: string;
  readonly amount: number;
  readonly style: string;
  readonly price: number | null;
  readonly remark: string;
  /** Address and port of who sent it. */
  readonly peer: string;
}

/** `sent`: handed over, and nothing is known since; `placed`: an order; `refused`: provably none; `unknown`: it failed without proof. */
export type RequestState = 'sent' | 'placed' | 'refused' | 'unknown';

/** A place request in the record. */
export interface KeptRequest extends SentRequest {
  readonly seq: number;
  /** `YYYY-MM-DD` and market time, epoch ms, at which it was handed over. */
  readonly day: string;
  readonly at: number;
  readonly fingerprint: string;
  readonly state: RequestState;
  readonly orderId: string | null;
  /** The answer that its client got, as JSON; null when it got none. */
  readonly answer: string | null;
}

/** Where the record of a gateway outside this process is kept: SQL on one database. */
export interface RecordStore {
  /** In one commit that is on the disk when it returns. Throws STATE_WRITE_FAILED, and then nothing of it was done. */
  durably(work: () => void): void;
  /** In one commit that outlives this process at once, and a loss of power from the next durable one on. Throws as `durably`. */
  soon(work: () => void): void;
  rows(sql: string, values: readonly (string | number | null)[]): Record<string, unknown>[];
  close(): void;
}
