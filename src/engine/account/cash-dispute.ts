import { tradedMoney } from '../../domain/market/repo.ts';
import { lentIn } from '../../domain/order/projection.ts';
import type { Clock } from '../../platform/clock.ts';
import type { TimerSource } from '../../platform/timers.ts';

/** Wall ms (divided by the clock's speed) for which a counter's cash may lag behind what was traded. */
const LAG_MS = 10_000;
/** A difference that is still the same after so long is the account's. */
const AGAIN_MS = 2_000;
/** What fees may differ from our estimate: CNY an order, and a share of the money. */
const FEES_CNY = 8;
const FEES_SHARE = 0.002;

export interface CashReading {
  /** All cash, CNY, by the last reading and what was traded since. */
  readonly expected: number;
  readonly read: number;
  /** What was traded since. */
  readonly moved: readonly { readonly security: string; readonly amount: number; readonly price: number }[];
}

/**
 * CNY that was read beyond what is expected. A counter may count what is lent into its total, from which cash is reckoned where it
 * does not tell what is frozen.
 */
export function cashDifference({ expected, read, moved }: CashReading): number {
  const [without, within] = [read - expected, read - expected - lentIn(moved)];
  return Math.abs(within) < Math.abs(without) ? within : without;
}

/** Cash that differs from what is expected: a counter that lags, a deposit, a dividend? It is believed when it stays so. */
export class CashDispute {
  readonly #clock: Pick<Clock, 'speed'>;
  readonly #timers: TimerSource;
  #tradedAt = Number.NEGATIVE_INFINITY;
  #open: { readonly difference: number; readonly since: number } | null = null;

  constructor(clock: Pick<Clock, 'speed'>, timers: TimerSource) {
    this.#clock = clock;
    this.#timers = timers;
  }

  /** Something of ours has changed. */
  traded(): void {
    this.#tradedAt = this.#timers.monotonic();
  }

  clear(): void {
    this.#open = null;
  }

  /** True when the cash that was read can be believed. */
  fits({ expected, read, moved }: CashReading): boolean {
    const money = moved.reduce((sum, { security, amount, price }) => sum + tradedMoney(security, amount, price), 0);
    const difference = cashDifference({ expected, read, moved });
    if (Math.abs(difference) <= 1 + FEES_CNY * moved.length + FEES_SHARE * money) return true;
    const now = this.#timers.monotonic();
    const speed = Math.max(1, this.#clock.speed);
    if (this.#open === null || Math.abs(this.#open.difference - difference) > 1)
      this.#open = { difference, since: now };
    return now - this.#tradedAt > LAG_MS / speed && now - this.#open.since >= AGAIN_MS / speed;
  }
}
