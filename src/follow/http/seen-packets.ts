import { CLOCK_TOLERANCE_MS } from '../formats/reading.ts';

/** Longer than a packet can be of now: its stamp may be ahead by the tolerance, and holds for it. */
const MEMORY_MS = 3 * CLOCK_TOLERANCE_MS;

/** Packets of the older sender that were taken, by their signature: it sends none twice, so that one that comes again is played by somebody else. */
export class SeenPackets {
  readonly #seen = new Map<string, number>();

  has(signature: string): boolean {
    return this.#seen.has(signature);
  }

  /** `now`: by the clock that the stamps are compared with, epoch ms. */
  add(signature: string, now: number): void {
    for (const [old, time] of this.#seen) {
      if (now - time <= MEMORY_MS) break;
      this.#seen.delete(old);
    }
    this.#seen.set(signature, now);
  }
}
