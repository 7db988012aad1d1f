import type { JsonObject } from '../protocol/json.ts';
import { requestFailed } from './python.ts';
import type { Recorded, RecordedKeys } from './record/recorded-keys.ts';
import type { SentRequest } from './record/types.ts';

/** An entry as the state file keeps it: the order it stands for. The answer is not kept, the book knows the order. */
export interface SavedIdempotency {
  readonly scope: string;
  readonly fingerprint: string;
  readonly accountKey: string;
  readonly orderId: string;
}

interface Entry {
  fingerprint: string;
  readonly earlier: null;
  accountKey: string;
  orderId: string | null;
  expiresAt: number | null;
  /** The first request's answer, once there is one; rejects as that request did. */
  readonly answer: () => Promise<JsonObject>;
}

/** The right to place, with the duty to say how it went. */
export interface Reservation {
  /** Call before the order is handed to a gateway outside this process: it is on record when this returns. Throws STATE_WRITE_FAILED. */
  sent(request: SentRequest): void;
  /** Call in the same turn in which the order is entered. */
  placed(accountKey: string, orderId: string): void;
  /** It was handed over and provably not entered. */
  refused(error: unknown): void;
  /** `fingerprint` replaces the one it began with, for a market that compares what the server made of the request. */
  done(answer: JsonObject, fingerprint?: string): void;
  /**
   * The request failed. With an order its row becomes the answer; without one the key is free again, unless the order was handed
   * over: then the same key never gets a second order, and what became of the first is looked for.
   */
  failed(error: unknown): void;
}

export type Claim =
  | { readonly kind: 'first'; readonly reservation: Reservation }
  | { readonly kind: 'duplicate'; readonly answer: Promise<JsonObject> };

export interface IdempotencyOptions {
  /** Wall ms from the end of the first request for which a key is remembered here; a record remembers it for as long as it keeps the request. */
  readonly ttlMs: number;
  /** Wall time, epoch ms. */
  now(): number;
  /** The row of an order whose answer is not known: it was placed before a restart, or its request failed after placing. */
  recall(accountKey: string, orderId: string): Promise<JsonObject>;
  /** Of a gateway outside this process; null where the market's own book keeps the keys. */
  readonly record: RecordedKeys | null;
}

/**
 * Remembers the answer of each idempotency key. The entry is made before the order is placed, so a duplicate that arrives while
 * the first waits gets the first one's answer instead of a second order. What outlives it is the book of a market in this process, or
 * the record of a gateway outside it.
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

  /**
   * Throws `idempotency_key 冲突` when the key was used with another order, and `idempotency_key 已在 … 用过` when it was with this one
   * on another day: a request may be on its way over a day's end, and then it is no new order. `key` is only for these texts.
   */
  claim(scope: string, fingerprint: string, key: string): Claim {
    this.#sweep();
    const entry = this.#entries.get(scope);
    const isHeld = entry !== undefined && !this.#expired(entry);
    const known = isHeld ? entry : (this.#options.record?.recall(scope) ?? null);
    if (known === null) return { kind: 'first', reservation: this.#reserve(scope, fingerprint) };
    if (known.fingerprint !== fingerprint) throw requestFailed(`idempotency_key 冲突: ${key}`);
    if (known.earlier !== null) throw requestFailed(`idempotency_key 已在 ${known.earlier} 用过: ${key}`);
    return { kind: 'duplicate', answer: known.answer() };
  }

  /** For a request without a key: only a record remembers it. */
  unkeyed(): Reservation {
    return this.#recorded(null, '');
  }

  /** Every entry whose order exists. */
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
      const answer = (): Promise<JsonObject> => this.#options.recall(accountKey, orderId);
      this.#entries.set(scope, { fingerprint, earlier: null, accountKey, orderId, expiresAt, answer });
    }
  }

  #reserve(scope: string, fingerprint: string): Reservation {
    const { promise, resolve, reject } = Promise.withResolvers<JsonObject>();
    // Without a duplicate nobody waits for it, and a failure must not count as unhandled.
    promise.catch(() => {});
    const answer = (): Promise<JsonObject> => promise;
    const entry: Entry = { fingerprint, earlier: null, accountKey: '', orderId: null, expiresAt: null, answer };
    this.#entries.set(scope, entry);
    const recorded = this.#recorded(scope, fingerprint);
    return {
      ...recorded,
      placed: (accountKey, orderId) => {
        entry.accountKey = accountKey;
        entry.orderId = orderId;
        recorded.placed(accountKey, orderId);
        this.#change(scope);
      },
      done: (answer, replaced) => {
        entry.fingerprint = replaced ?? fingerprint;
        this.#settle(entry);
        recorded.done(answer, replaced);
        resolve(answer);
      },
      failed: (error) => {
        if (entry.orderId !== null) {
          this.#settle(entry);
          resolve(this.#options.recall(entry.accountKey, entry.orderId));
          return;
        }
        // Whoever asks again finds it in the record, where it was handed over.
        this.#entries.delete(scope);
        recorded.failed(error);
        reject(error);
      },
    };
  }

  /** What of a reservation outlives this process; nothing where the market's own book does. */
  #recorded(scope: string | null, fingerprint: string): Reservation {
    let recorded: Recorded | null = null;
    return {
      sent: (request) => {
        recorded = this.#options.record?.sent(scope, fingerprint, request) ?? null;
      },
      placed: (_accountKey, orderId) => recorded?.placed(orderId),
      refused: (error) => {
        recorded?.refused(error);
        recorded = null;
      },
      done: (answer, replaced) => recorded?.answered(answer, replaced ?? null),
      failed: (error) => recorded?.failed(error),
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

function savedEntry(scope: string, { fingerprint, accountKey, orderId }: Entry): SavedIdempotency | null {
  return orderId === null ? null : { scope, fingerprint, accountKey, orderId };
}
