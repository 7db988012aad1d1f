import type { TimedPrice } from '../../domain/order/projection.ts';
import type { BrokerPosition } from '../../domain/trading.ts';

/** Prices of holdings that were read after the base: they are shown at once, whatever becomes of the rest of their reading. */
export class HoldingPrices {
  readonly #known = new Map<string, TimedPrice>();

  all(): ReadonlyMap<string, TimedPrice> {
    return this.#known;
  }

  /** True when one of them is new. `at`: market time, epoch ms. */
  take(positions: readonly BrokerPosition[], at: number): boolean {
    let isNew = false;
    for (const { security, lastPrice } of positions) {
      if (lastPrice === null || this.#known.get(security)?.price === lastPrice) continue;
      this.#known.set(security, { price: lastPrice, at });
      isNew = true;
    }
    return isNew;
  }

  clear(): void {
    this.#known.clear();
  }
}
