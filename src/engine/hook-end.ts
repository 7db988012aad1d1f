import { inTime, whenAborted, type Timer, type TimerSource } from '../platform/timers.ts';

/** A hook that runs when `--until` comes may finish for so long (wall ms): an order is waited for 16 s. */
const GRACE_MS = 20_000;
/** Told to end now, a run waits for nothing of the gateway longer than this (wall ms). */
const SOON_MS = 3_000;
/** At the end of a run the account is read once more for so long, and what runs is let go for so long (wall ms). */
const LAST_READ_MS = 10_000;
const CLOSING_MS = 2_000;

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
  readonly #unhear: () => void;
  #isCounting = false;

  constructor(parts: HookEndParts) {
    this.#parts = parts;
    this.#unhear = whenAborted(parts.endNow, () => this.#now());
  }

  /** Ends the run: what runs has a while to finish. */
  afterGrace(reason: string): void {
    this.#parts.end();
    this.grace(reason);
  }

  /** What runs, or begins now, has a while to finish, counted from the first call. */
  grace(reason: string): void {
    if (this.#isCounting) return;
    this.#isCounting = true;
    this.#after(GRACE_MS, () => this.#parts.strategy.endNow(reason));
  }

  /** Waits for the last readings of a run, for 10 s at most, and 3 s when it was told to end now. Never rejects. */
  async orSoon(work: Promise<unknown>): Promise<void> {
    await Promise.race([this.#within(LAST_READ_MS, work), this.#soon.promise]);
  }

  /**
   * Waits for the end of what asks the gateway. When that does not come within 2 s its requests are ended by `cutOff`, and 2 s later
   * nobody waits any more: what was under way is as after a kill. Never rejects.
   */
  async closing(work: Promise<unknown>, cutOff: () => Promise<void>): Promise<void> {
    if (await this.#within(CLOSING_MS, work)) return;
    await this.#within(CLOSING_MS, Promise.all([cutOff(), work]));
  }

  cancel(): void {
    for (const timer of this.#timers.splice(0)) timer.cancel();
    this.#unhear();
  }

  #now(): void {
    this.#parts.strategy.endNow('Ctrl-C was pressed twice');
    this.#parts.end();
    this.#after(SOON_MS, this.#soon.resolve);
  }

  /** False when the work has not ended by then. */
  #within(ms: number, work: Promise<unknown>): Promise<boolean> {
    const ended = work.then(
      () => true,
      () => true,
    );
    return inTime(this.#parts.timers, ms, ended, () => false);
  }

  #after(ms: number, fn: () => void): void {
    this.#timers.push(this.#parts.timers.after(ms, fn));
  }
}
