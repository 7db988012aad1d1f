import type { TimerSource } from '../../platform/timers.ts';

/** Wall ms between two attempts at a cancel that was refused or not confirmed; each further one takes longer. */
const AGAIN_MS = [5_000, 15_000, 30_000, 60_000];

/** Cancels that failed: how often, and when the next may be tried. */
export class CancelTries {
  readonly #timers: TimerSource;
  readonly #failed = new Map<string, { readonly times: number; readonly notBefore: number }>();

  constructor(timers: TimerSource) {
    this.#timers = timers;
  }

  /** False while the last refusal is too young to ask again. */
  mayTry(clientId: string): boolean {
    const failed = this.#failed.get(clientId);
    return failed === undefined || this.#timers.monotonic() >= failed.notBefore;
  }

  /** Wall ms to wait before the next attempt. */
  failed(clientId: string): number {
    const times = this.#failed.get(clientId)?.times ?? 0;
    const wait = AGAIN_MS[Math.min(times, AGAIN_MS.length - 1)] ?? 60_000;
    this.#failed.set(clientId, { times: times + 1, notBefore: this.#timers.monotonic() + wait });
    return wait;
  }

  /** The next attempt may be made at once. */
  forget(clientId: string): void {
    this.#failed.delete(clientId);
  }
}
