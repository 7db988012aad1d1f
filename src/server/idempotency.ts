import type { JsonObject } from '../protocol/json.ts';
import { requestFailed } from './python.ts';

/** An entry as the state file keeps it: the order it stands for. The answer is not kept, the book knows the order. */
export interface SavedIdempotency {
  readonly scope: string;
  readonly fingerprint: string;
  readonly accountKey: string;
  readonly orderId: string;
}

interface Entry {
  fingerprint: string;
  accountKey: string;
  orderId: string | null;
  expiresAt: number | null;
  /** The first request's answer, once there is one; rejects as that request did. */
  readonly answer: () => Promise<JsonObject>;
}

/** The right to place, with the duty to say how it went. */
export interface Reservation {
  /** Call in the same turn in which the order is entered. */
  placed(accountKey: string, orderId: string): void;
  /** `fingerprint` replaces the one it began with, for a market that compares what the server made of the request. */
  done(answer: JsonObject, fingerprint?: string): void;
  /** The request failed. Without an order the key is free again; with one its row becomes the answer. */
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
  recall(accountKey: string, orderId: string): JsonObject;
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

  /** Every entry whose order exists. */
  save(): SavedIdempotency[] {
    this.#sweep();
    const saved: SavedIdempotency[] = [];
    for (const [scope, { fingerprint, accountKey, orderId }] of this.#entries) {
      if (orderId !== null) saved.push({ scope, fingerprint, accountKey, orderId });
    }
    return saved;
  }

  /** Takes saved entries in; they live for a whole span from now on. */
  restore(saved: readonly SavedIdempotency[]): void {
    const expiresAt = this.#options.now() + this.#options.ttlMs;
    for (const { scope, fingerprint, accountKey, orderId } of saved) {
      const answer = (): Promise<JsonObject> => Promise.resolve(this.#options.recall(accountKey, orderId));
      this.#entries.set(scope, { fingerprint, accountKey, orderId, expiresAt, answer });
    }
  }

  #reserve(scope: string, fingerprint: string): Reservation {
    const { promise, resolve, reject } = Promise.withResolvers<JsonObject>();
    // Without a duplicate nobody waits for it, and a failure must not count as unhandled.
    promise.catch(() => {});
    const entry: Entry = { fingerprint, accountKey: '', orderId: null, expiresAt: null, answer: () => promise };
    this.#entries.set(scope, entry);
    return {
      placed: (accountKey, orderId) => {
        entry.accountKey = accountKey;
        entry.orderId = orderId;
        this.#changes += 1;
      },
      done: (answer, replaced) => {
        entry.fingerprint = replaced ?? fingerprint;
        this.#settle(entry);
        resolve(answer);
      },
      failed: (error) => {
        if (entry.orderId === null) {
          this.#entries.delete(scope);
          reject(error);
          return;
        }
        this.#settle(entry);
        resolve(this.#options.recall(entry.accountKey, entry.orderId));
      },
    };
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
