import { errorMessage } from '../../domain/errors.ts';
import type { Timer, TimerSource } from '../../platform/timers.ts';
import type { Events } from '../events.ts';

/** Wall ms before it is tried again; the last one from then on. */
const STEPS_MS = [5_000, 15_000, 30_000, 60_000] as const;
const LAST_STEP_MS = 60_000;

export interface ResubscriptionParts {
  readonly subscribe: (securities: readonly string[]) => Promise<void>;
  readonly timers: Pick<TimerSource, 'after'>;
  readonly events: Pick<Events, 'alarm' | 'emit'>;
}

/** Asks for the ticks that a strategy had when its last run ended until the venue gives them: told once, with an all-clear. */
export class Resubscription {
  readonly #parts: ResubscriptionParts;
  readonly #missing = new Set<string>();
  #timer: Timer | null = null;
  #tries = 0;
  #told = false;

  constructor(parts: ResubscriptionParts) {
    this.#parts = parts;
  }

  isMissing(security: string): boolean {
    return this.#missing.has(security);
  }

  /** Resolves when it has been tried once; never rejects. */
  begin(securities: readonly string[]): Promise<void> {
    for (const security of securities) this.#missing.add(security);
    return this.#try();
  }

  /** They were given, or are not wanted any more. */
  settled(securities: readonly string[]): void {
    for (const security of securities) this.#missing.delete(security);
    if (this.#missing.size > 0) return;
    this.stop();
    if (!this.#told) return;
    this.#told = false;
    const text = 'The ticks that the strategy subscribed to come again.';
    this.#parts.events.emit({ kind: 'all_clear', code: 'TICKS_MISSING', subject: null, text });
  }

  stop(): void {
    this.#timer?.cancel();
    this.#timer = null;
    this.#missing.clear();
  }

  async #try(): Promise<void> {
    const asked = [...this.#missing];
    if (asked.length === 0) return;
    try {
      await this.#parts.subscribe(asked);
      this.settled(asked);
    } catch (error) {
      if (this.#missing.size > 0) this.#failed(asked, error);
    }
  }

  #failed(asked: readonly string[], error: unknown): void {
    const { timers, events } = this.#parts;
    this.#timer = timers.after(STEPS_MS[this.#tries] ?? LAST_STEP_MS, () => void this.#try());
    this.#tries += 1;
    if (this.#told) return;
    this.#told = true;
    const text = `The ticks of ${asked.join(', ')} could not be subscribed again: ${errorMessage(error)}`;
    events.alarm(
      'TICKS_MISSING',
      null,
      `${text} It is tried again until it works; handle_tick is not called for them.`,
    );
  }
}
