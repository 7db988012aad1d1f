/** Lines of one source that pass in a second, or in one call into the strategy. */
export const LINES_A_SECOND = 1_000;
const WINDOW_MS = 1_000;

/** Lets so many lines of a source pass in each second; the rest is counted and told in one line. It never waits. */
export class LineRation<T> {
  readonly #pass: (line: T) => void;
  readonly #told: (dropped: number) => T;
  readonly #now: () => number;
  #left = LINES_A_SECOND;
  #dropped = 0;
  #ends: number;

  /** `told` makes the line that says how many were dropped; `now` is wall time that only grows, ms. */
  constructor(pass: (line: T) => void, told: (dropped: number) => T, now: () => number) {
    this.#pass = pass;
    this.#told = told;
    this.#now = now;
    this.#ends = now() + WINDOW_MS;
  }

  write(line: T): void {
    if (this.#now() >= this.#ends) this.renew();
    if (this.#left === 0) {
      this.#dropped += 1;
      return;
    }
    this.#left -= 1;
    this.#pass(line);
  }

  /** Begins a new ration, and says what the last one left out. */
  renew(): void {
    this.#left = LINES_A_SECOND;
    this.#ends = this.#now() + WINDOW_MS;
    if (this.#dropped === 0) return;
    const dropped = this.#dropped;
    this.#dropped = 0;
    this.#pass(this.#told(dropped));
  }
}

/** What is said of lines that were left out, wherever. */
export function notShown(count: number): string {
  return `… ${count.toLocaleString('en-US')} lines were not shown`;
}
