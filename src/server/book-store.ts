import type { SavedIdempotency } from './idempotency.ts';
import type { ServerState, StateDelta } from './state-file.ts';

/** Where a book survives the server that keeps it. */
export interface BookStore {
  /** For messages. */
  readonly name: string;
  /** What was written last; null = nothing yet. Throws when it cannot be read: a book must never begin anew by mistake. */
  read(): ServerState | null;
  /** Resolves when the state is durable: a crash before that may lose it, a crash after it may not. */
  write(state: ServerState): Promise<void>;
  /** Whether `append` may be called now; absent = each write is a whole one. */
  readonly appends?: boolean;
  /** Adds to what this process wrote last; durable as after `write`. */
  append?(change: StateDelta): Promise<void>;
  /** The server that used it is gone. */
  release(): void;
}

/** A book that survives servers, but not the process: for simulations, and for restarts on purpose. */
export class MemoryBook implements BookStore {
  readonly name = 'memory';
  #state: ServerState | null;

  constructor(state: ServerState | null = null) {
    this.#state = state;
  }

  read(): ServerState | null {
    return this.#state;
  }

  /** Durable before it returns. Each state is a picture of its own and never changes. */
  write(state: ServerState): Promise<void> {
    this.#state = state;
    return Promise.resolve();
  }

  release(): void {}

  /** What is durable now, for another server; later writes of this one do not reach it. */
  copy(): MemoryBook {
    return new MemoryBook(this.#state);
  }
}

/** What a restart leaves of a book: everything, all but the idempotency keys, or nothing. */
export type Memory = 'all' | 'book' | 'none';

/** The state a server begins with. */
export function remembered(store: BookStore, memory: Memory): ServerState | null {
  if (memory === 'none') return null;
  const state = store.read();
  const none: readonly SavedIdempotency[] = [];
  return state === null || memory === 'all' ? state : { ...state, idempotency: none };
}
