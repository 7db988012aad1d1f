import { CLOCK_TOLERANCE_MS } from '../formats/reading.ts';

/** Longer than a packet can be of now: its stamp may be ahead by the tolerance, and holds for it. */
const MEMORY_MS = 3 * CLOCK_TOLERANCE_MS;

/**
 * Packets that were taken: of the older sender by their signature (it sends none twice, so that one that comes again is played by somebody
 * else), of ours by their nonce (one that comes again is a retry, or played: a duplicate, which must use up nothing).
 */
export class SeenPackets {
  readonly #seen = new Map<string, number>();

  has(mark: string): boolean {
    return this.#seen.has(mark);
  }

  /** `now`: by the clock that the stamps are compared with, epoch ms. */
  add(mark: string, now: number): void {
    for (const [old, time] of this.#seen) {
      if (now - time <= MEMORY_MS) break;
      this.#seen.delete(old);
    }
    this.#seen.set(mark, now);
  }
}
