/** Share of a wait that jitter may take away, so that the sessions of many clients do not come back in step. */
const JITTER = 0.25;

/** Waits between attempts: `firstMs`, doubled each time up to `maxMs`, each shortened by up to a quarter at random. */
export class Backoff {
  readonly #firstMs: number;
  readonly #maxMs: number;
  readonly #random: () => number;
  #nextMs: number;
  #isUrgent = false;

  constructor(firstMs: number, maxMs: number, random: () => number) {
    this.#firstMs = firstMs;
    this.#maxMs = maxMs;
    this.#random = random;
    this.#nextMs = firstMs;
  }

  /** The wait before the next attempt, ms. */
  next(): number {
    if (this.#isUrgent) this.reset();
    const base = this.#nextMs;
    this.#nextMs = Math.min(this.#maxMs, base * 2);
    return Math.round(base * (1 - JITTER * this.#random()));
  }

  /** While urgent, every wait is as short as the first. True when that begins now. */
  setUrgent(urgent: boolean): boolean {
    const begins = urgent && !this.#isUrgent;
    this.#isUrgent = urgent;
    return begins;
  }

  /** The last attempt succeeded: the next wait is the first one again. */
  reset(): void {
    this.#nextMs = this.#firstMs;
  }
}
