import type { Readings } from '../border/readings.ts';

/** Longest list of one dispatch; what is read beyond it is neither kept nor given again. */
const MOST_RUNS = 100_000;

/** The end of one dispatch's readings of one kind: kept as they come, or given again as they were. */
class Series {
  #kept: number[] = [];
  #given: readonly number[] | null = null;
  /** Where in `given` the next one is, and how often it still comes. */
  #at = 0;
  #left = 0;

  begin(given: readonly number[] | null): void {
    this.#kept = [];
    this.#given = given;
    this.#at = 0;
    this.#left = given?.[1] ?? 0;
  }

  /** `beyond`: what is read when a replay reads more often than the recorded dispatch did. */
  read(now: () => number, beyond: (last: number) => number): number {
    const value = this.#given === null ? now() : this.#again(this.#given, beyond);
    const kept = this.#kept;
    if (kept.length > 0 && kept.at(-2) === value) kept[kept.length - 1] = (kept.at(-1) ?? 0) + 1;
    else if (kept.length < 2 * MOST_RUNS) kept.push(value, 1);
    return value;
  }

  kept(): readonly number[] {
    return this.#kept;
  }

  #again(given: readonly number[], beyond: (last: number) => number): number {
    if (this.#left === 0 && this.#at + 2 < given.length) {
      this.#at += 2;
      this.#left = given[this.#at + 1] ?? 0;
    }
    if (this.#left === 0) return beyond(this.#kept.at(-2) ?? given[this.#at] ?? 0);
    this.#left -= 1;
    return given[this.#at] ?? 0;
  }
}

/**
 * What the strategy's process reads of the outside without a call. Passed through as it is; kept for a recording; or given again
 * as it was recorded. A dispatch that reads the clock more often than the recorded one finds it a millisecond later each time, so that
 * its loops end.
 */
export class Outside {
  readonly #keeps: boolean;
  readonly #clock = new Series();
  readonly #versions = new Series();

  constructor(keeps: boolean) {
    this.#keeps = keeps;
  }

  begin(given: Readings | null): void {
    this.#clock.begin(given?.clock ?? null);
    this.#versions.begin(given?.versions ?? null);
  }

  readonly clock = (now: () => number): number => (this.#keeps ? this.#clock.read(now, (last) => last + 1) : now());

  readonly version = (now: () => number): number => (this.#keeps ? this.#versions.read(now, (last) => last) : now());

  /** What was read since `begin`; null when nothing is kept. */
  readings(): Readings | null {
    return this.#keeps ? { clock: this.#clock.kept(), versions: this.#versions.kept() } : null;
  }
}
