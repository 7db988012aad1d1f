/** A range of values. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

/** A figure as it changed over time (virtual ms); what is older than `keepMs` is forgotten, except the value then in force. */
export class Series {
  readonly #keepMs: number;
  readonly #points: { readonly at: number; readonly value: number }[] = [];

  constructor(keepMs: number) {
    this.#keepMs = keepMs;
  }

  add(at: number, value: number): void {
    const points = this.#points;
    const last = points.at(-1);
    if (last !== undefined && Math.abs(last.value - value) < 0.0005) return;
    points.push({ at, value });
    while ((points[1]?.at ?? at) < at - this.#keepMs) points.shift();
  }

  /** The least and the greatest value in force at any moment from `from` on. */
  since(from: number): Range | null {
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let index = this.#points.length - 1; index >= 0; index -= 1) {
      const point = this.#points[index];
      if (point === undefined) break;
      low = Math.min(low, point.value);
      high = Math.max(high, point.value);
      if (point.at <= from) break;
    }
    return low > high ? null : { low, high };
  }
}
