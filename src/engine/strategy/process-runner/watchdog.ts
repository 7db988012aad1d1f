import type { Timer, TimerSource } from '../../../platform/timers.ts';

/** A hook that has been running for so long is told, and again each `TOLD_EACH_MS`. */
const TOLD_AFTER_MS = 30_000;
const TOLD_EACH_MS = 60_000;

export interface WatchdogOptions {
  readonly timers: TimerSource;
  readonly hookTimeoutMs: number;
  /** A hook is still running. */
  readonly slow: (name: string, seconds: number) => void;
  /** Called once, with what is wrong in words. */
  readonly alarm: (reason: string) => void;
}

/** Watches the time that one hook takes. */
export class Watchdog {
  readonly #options: WatchdogOptions;
  #timers: readonly Timer[] = [];

  constructor(options: WatchdogOptions) {
    this.#options = options;
  }

  /** A hook begins: it must end (`hookEnded`) before its time-out. */
  hookBegan(name: string, hookTimeoutMs: number = this.#options.hookTimeoutMs): void {
    const { timers, slow, alarm } = this.#options;
    const began = timers.monotonic();
    const tell = (): void => slow(name, Math.round((timers.monotonic() - began) / 1000));
    const first = timers.after(TOLD_AFTER_MS, () => {
      tell();
      this.#timers = [...this.#timers, timers.every(TOLD_EACH_MS, tell)];
    });
    const last = timers.after(hookTimeoutMs, () => {
      this.hookEnded();
      alarm(`${name} ran longer than ${hookTimeoutMs / 1000} s (HOOK_TIME_OUT)`);
    });
    this.#timers = [first, last];
  }

  hookEnded(): void {
    for (const timer of this.#timers) timer.cancel();
    this.#timers = [];
  }
}
