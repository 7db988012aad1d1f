import { chinaText } from '../../domain/time.ts';
import type { Timer, TimerSource } from '../../platform/timers.ts';
import type { Events } from '../events.ts';

/** Wall ms for which readings may come that cannot be believed, before somebody is called. */
const STALE_MS = 30_000;

export interface StaleWatchOptions {
  readonly timers: TimerSource;
  readonly events: Events;
  /** Market time of what is shown, epoch ms; null = nothing is. */
  readonly asOf: () => number | null;
  /** Why trading waits for the moment, or null: while it does, that is told and nothing is done by what is shown. */
  readonly waits: () => string | null;
}

/** What is shown of an account has an age, and the age has a bound. */
export class StaleWatch {
  readonly #options: StaleWatchOptions;
  #timer: Timer | null = null;
  #alarmed = false;

  constructor(options: StaleWatchOptions) {
    this.#options = options;
  }

  /** A reading has been believed. */
  taken(): void {
    this.#timer?.cancel();
    this.#timer = null;
    if (!this.#alarmed) return;
    this.#alarmed = false;
    const text = 'Cash and positions are up to date again.';
    this.#options.events.emit({ kind: 'all_clear', code: 'ACCOUNT_STALE', subject: null, text });
  }

  /** A reading begins: it, or one soon after, must be believed. */
  reads(): void {
    if (this.#alarmed) return;
    const { timers, events, asOf, waits } = this.#options;
    this.#timer ??= timers.after(STALE_MS, () => {
      this.#timer = null;
      if (waits() !== null) return;
      this.#alarmed = true;
      const since = asOf();
      const of = since === null ? 'not known' : `as of ${chinaText(since)}`;
      const text = `Cash and positions that are shown are ${of}: no reading since can be explained by what was traded. Compare them in the terminal.`;
      events.alarm('ACCOUNT_STALE', null, text);
    });
  }

  stop(): void {
    this.#timer?.cancel();
    this.#timer = null;
  }
}
