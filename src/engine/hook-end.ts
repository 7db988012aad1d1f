import type { Timer, TimerSource } from '../platform/timers.ts';

/** A hook that runs when `--until` comes may finish for so long (wall ms): an order is waited for 16 s. */
const GRACE_MS = 20_000;
/** Told to end now, a run waits for nothing of the gateway longer than this (wall ms). */
const SOON_MS = 3_000;

export interface HookEndParts {
  readonly timers: TimerSource;
  /** Second Ctrl-C. */
  readonly endNow: AbortSignal | undefined;
  readonly strategy: { endNow(reason: string): void };
  /** Ends the run. */
  readonly end: () => void;
}

/** How a hook that does not come to its end is ended when its run has to. */
export class HookEnd {
  readonly #parts: HookEndParts;
  readonly #soon = Promise.withResolvers<void>();
  readonly #timers: Timer[] = [];

  constructor(parts: HookEndParts) {
    this.#parts = parts;
    const { endNow } = parts;
    if (endNow?.aborted === true) this.#now();
    else endNow?.addEventListener('abort', this.#now, { once: true });
  }

  /** Ends the run: what runs has a while to finish. */
  afterGrace(reason: string): void {
    this.#parts.end();
    this.#after(GRACE_MS, () => this.#parts.strategy.endNow(reason));
  }

  /** Waits for what the gateway is asked, or for a moment when the run was told to end now. Never rejects. */
  async orSoon(work: Promise<unknown>): Promise<void> {
    await Promise.race([work.catch(() => undefined), this.#soon.promise]);
  }

  cancel(): void {
    for (const timer of this.#timers.splice(0)) timer.cancel();
    this.#parts.endNow?.removeEventListener('abort', this.#now);
  }

  readonly #now = (): void => {
    this.#parts.strategy.endNow('Ctrl-C was pressed twice');
    this.#parts.end();
    this.#after(SOON_MS, this.#soon.resolve);
  };

  #after(ms: number, fn: () => void): void {
    this.#timers.push(this.#parts.timers.after(ms, fn));
  }
}
