import type { JsonObject } from '../protocol/json.ts';
import { MAX_QUEUED_BYTES, MAX_QUEUED_REQUESTS } from './limits.ts';

interface Queued {
  readonly message: JsonObject;
  readonly bytes: number;
}

/** Requests of one session that wait for the one before them, with the bound on what may wait. */
export class RequestQueue {
  readonly #items: Queued[] = [];
  #bytes = 0;
  #runningBytes = 0;

  get overfull(): boolean {
    return this.#items.length >= MAX_QUEUED_REQUESTS || this.#bytes > MAX_QUEUED_BYTES;
  }

  /** True when nothing waits behind the one that is being answered. */
  get isEmpty(): boolean {
    return this.#items.length === 0;
  }

  /** `bytes`: its share of what was received. */
  push(message: JsonObject, bytes: number): void {
    this.#items.push({ message, bytes });
    this.#bytes += bytes;
  }

  /** Takes the next one, which counts as waiting until `answered`; null when there is none. */
  take(): JsonObject | null {
    const next = this.#items.shift();
    this.#runningBytes = next?.bytes ?? 0;
    return next?.message ?? null;
  }

  answered(): void {
    this.#bytes -= this.#runningBytes;
    this.#runningBytes = 0;
  }

  /** Forgets what waits. */
  clear(): void {
    for (const { bytes } of this.#items) this.#bytes -= bytes;
    this.#items.length = 0;
  }
}
