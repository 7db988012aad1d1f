import type { DayPrices } from '../../domain/order/plausible-fill.ts';
import { chinaDay } from '../../domain/time.ts';
import type { Quote } from '../../domain/trading.ts';
import type { Clock } from '../../platform/clock.ts';

const UNKNOWN: DayPrices = { high: null, low: null };

/** Today's price limits of what has been ordered, as the quotes told that were planned on. */
export class KnownDayPrices {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #known = new Map<string, DayPrices>();
  #day = '';

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
  }

  note({ security, time, highLimit: high, lowLimit: low }: Quote): void {
    this.#roll();
    // Those of another day say nothing of today's.
    if (time !== null && chinaDay(time) !== this.#day) return;
    this.#known.set(security, { high, low });
  }

  of(security: string): DayPrices {
    this.#roll();
    return this.#known.get(security) ?? UNKNOWN;
  }

  #roll(): void {
    const today = chinaDay(this.#clock.now());
    if (today !== this.#day) this.#known.clear();
    this.#day = today;
  }
}
