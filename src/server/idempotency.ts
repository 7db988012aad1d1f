import { BtError } from '../domain/errors.ts';
import type { JsonObject } from '../protocol/json.ts';
import { requestFailed } from './python.ts';

/** An entry as the state file keeps it: the order it stands for. The answer is not kept, the book knows the order. */
export interface SavedIdempotency {
  readonly scope: string;
  readonly fingerprint: string;
  readonly accountKey: string;
  /** Null: the order was handed over, and its id was not known when this was written. */
  readonly orderId: string | null;
}

interface Entry {
  fingerprint: string;
  accountKey: string;
  orderId: string | null;
  /** It was handed to a gateway outside this process: it may exist, whatever the request came to. */
  sent: boolean;
  expiresAt: number | null;
  /** The first request's answer, once there is one; rejects as that request did. */
  readonly answer: () => Promise<JsonObject>;
}

/** The right to place, with the duty to say how it went. */
export interface Reservation {
  /** Call, and make durable, before the order is handed to a gateway outside this process. */
  sent(accountKey: string): void;
  /** Call in the same turn in which the order is entered. */
  placed(accountKey: string, orderId: string): void;
  /** It was handed over and provably not entered. */
  refused(): void;
  /** `fingerprint` replaces the one it began with, for a market that compares what the server made of the request. */
  done(answer: JsonObject, fingerprint?: string): void;
  /**
   * The request failed. With an order its row becomes the answer; without one the key is free again, unless the order was handed
   * over: then the same key gets the same failure, and never a second order.
   */
  failed(error: unknown): void;
}

export type Claim =
  | { readonly kind: 'first'; readonly reservation: Reservation }
  | { readonly kind: 'duplicate'; readonly answer: Promise<JsonObject> };

export interface IdempotencyOptions {
  /** Wall ms from the end of the first request. */
  readonly ttlMs: number;
  /** Wall time, epoch ms. */
  now(): number;
  /** The row of an order whose answer is not known: it was placed before a restart, or its request failed after placing. */
  recall(accountKey: string, orderId: string): Promise<JsonObject>;
}

/**
 * Remembers the answer of each idempotency key. The entry is made before the order is placed, so a duplicate that arrives while
 * the first waits gets the first one's answer instead of a second order.
 */
export class IdempotencyCache {
  readonly #options: IdempotencyOptions;
  readonly #entries = new Map<string, Entry>();
  #nextSweep = 0;
  #changes = 0;
  readonly #changed = new Set<string>();

  constructor(options: IdempotencyOptions) {
    this.#options = options;
  }

  /** Grows with each change that must survive a crash. */
  changes(): number {
    return this.#changes;
  }

  /** Throws `idempotency_key 冲突` when the key was used with another order. `key` is only for that text. */
  claim(scope: string, fingerprint: string, key: string): Claim {
    this.#sweep();
    const known = this.#entries.get(scope);
    if (known === undefined || this.#expired(known))
      return { kind: 'first', reservation: this.#reserve(scope, fingerprint) };
    if (known.fingerprint !== fingerprint) throw requestFailed(`idempotency_key 冲突: ${key}`);
    return { kind: 'duplicate', answer: known.answer() };
  }

  /** Every entry whose order exists, or may. */
  save(): SavedIdempotency[] {
    this.#sweep();
    const saved: SavedIdempotency[] = [];
    for (const [scope, entry] of this.#entries) {
      const kept = savedEntry(scope, entry);
      if (kept !== null) saved.push(kept);
    }
    return saved;
  }

  /** The entries that came, changed or went since the last call, by scope; null = gone. */
  takeChanged(): [string, SavedIdempotency | null][] {
    const changed = [...this.#changed].map((scope): [string, SavedIdempotency | null] => {
      const entry = this.#entries.get(scope);
      return [scope, entry === undefined ? null : savedEntry(scope, entry)];
    });
    this.#changed.clear();
    return changed;
  }

  /** Takes saved entries in; they live for a whole span from now on. */
  restore(saved: readonly SavedIdempotency[]): void {
    const expiresAt = this.#options.now() + this.#options.ttlMs;
    for (const { scope, fingerprint, accountKey, orderId } of saved) {
      const answer = (): Promise<JsonObject> =>
        orderId === null ? Promise.reject(fateUnknown()) : this.#options.recall(accountKey, orderId);
      this.#entries.set(scope, { fingerprint, accountKey, orderId, sent: orderId === null, expiresAt, answer });
    }
  }

  #reserve(scope: string, fingerprint: string): Reservation {
    const { promise, resolve, reject } = Promise.withResolvers<JsonObject>();
    // Without a duplicate nobody waits for it, and a failure must not count as unhandled.
    promise.catch(() => {});
    const answer = (): Promise<JsonObject> => promise;
    const entry: Entry = { fingerprint, accountKey: '', orderId: null, sent: false, expiresAt: null, answer };
    this.#entries.set(scope, entry);
    return {
      sent: (accountKey) => {
        entry.accountKey = accountKey;
        entry.sent = true;
        this.#change(scope);
      },
      refused: () => {
        entry.sent = false;
        this.#change(scope);
      },
      placed: (accountKey, orderId) => {
        entry.accountKey = accountKey;
        entry.orderId = orderId;
        this.#change(scope);
      },
      done: (answer, replaced) => {
        entry.fingerprint = replaced ?? fingerprint;
        this.#settle(entry);
        resolve(answer);
      },
      failed: (error) => {
        if (entry.orderId !== null) {
          this.#settle(entry);
          resolve(this.#options.recall(entry.accountKey, entry.orderId));
          return;
        }
        if (entry.sent) this.#settle(entry);
        else this.#entries.delete(scope);
        reject(error);
      },
    };
  }

  #change(scope: string): void {
    this.#changes += 1;
    this.#changed.add(scope);
  }

  #settle(entry: Entry): void {
    entry.expiresAt = this.#options.now() + this.#options.ttlMs;
  }

  #expired(entry: Entry): boolean {
    return entry.expiresAt !== null && entry.expiresAt <= this.#options.now();
  }

  #sweep(): void {
    const now = this.#options.now();
    if (now < this.#nextSweep) return;
    this.#nextSweep = now + this.#options.ttlMs / 10;
    for (const [scope, entry] of this.#entries) if (this.#expired(entry)) this.#entries.delete(scope);
  }
}

function savedEntry(scope: string, { fingerprint, accountKey, orderId, sent }: Entry): SavedIdempotency | null {
  return orderId !== null || sent ? { scope, fingerprint, accountKey, orderId } : null;
}

function fateUnknown(): BtError {
  return new BtError(
    'QMT_UNAVAILABLE',
    '该 idempotency_key 的委托在服务器重启前已交出，是否成交未知；请按备注查询委托',
    { fault: 'venue' },
  );
}
