/*
 * Statistics as numpy has them: a NaN cell makes the result NaN, `ddof` is 0 unless it is said. What has no cells is NaN, of which
 * numpy warns or raises.
 */

export function sum(values: Float64Array): number {
  let total = 0;
  for (let i = 0; i < values.length; i += 1) total += values[i] ?? NaN;
  return total;
}

export function prod(values: Float64Array): number {
  let total = 1;
  for (let i = 0; i < values.length; i += 1) total *= values[i] ?? NaN;
  return total;
}

export function mean(values: Float64Array): number {
  return sum(values) / values.length;
}

export function variance(values: Float64Array, ddof = 0): number {
  const centre = mean(values);
  let squares = 0;
  for (let i = 0; i < values.length; i += 1) {
    const d = (values[i] ?? NaN) - centre;
    squares += d * d;
  }
  const freedom = values.length - ddof;
  return freedom > 0 ? squares / freedom : NaN;
}

export function std(values: Float64Array, ddof = 0): number {
  return Math.sqrt(variance(values, ddof));
}

/** Place of the first smallest cell, or of the first NaN; -1 of no cells. */
export function argmin(values: Float64Array): number {
  let at = values.length === 0 ? -1 : 0;
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] ?? NaN;
    if (Number.isNaN(value)) return i;
    if (value < (values[at] ?? NaN)) at = i;
  }
  return at;
}

/** Place of the first largest cell, or of the first NaN; -1 of no cells. */
export function argmax(values: Float64Array): number {
  let at = values.length === 0 ? -1 : 0;
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] ?? NaN;
    if (Number.isNaN(value)) return i;
    if (value > (values[at] ?? NaN)) at = i;
  }
  return at;
}

export function min(values: Float64Array): number {
  return values[argmin(values)] ?? NaN;
}

export function max(values: Float64Array): number {
  return values[argmax(values)] ?? NaN;
}

export function cumulated(
  values: Float64Array,
  step: (total: number, value: number) => number,
): Float64Array<ArrayBuffer> {
  const out = new Float64Array(values.length);
  let total = values[0] ?? NaN;
  for (let i = 0; i < values.length; i += 1) {
    if (i > 0) total = step(total, values[i] ?? NaN);
    out[i] = total;
  }
  return out;
}

/** NaN stays; where the bounds cross, the upper one counts. */
export function clipped(values: Float64Array, low: number, high: number): Float64Array<ArrayBuffer> {
  const out = new Float64Array(values.length);
  for (let i = 0; i < values.length; i += 1) out[i] = Math.min(Math.max(values[i] ?? NaN, low), high);
  return out;
}

export function dot(a: Float64Array, b: Float64Array): number {
  let total = 0;
  for (let i = 0; i < a.length; i += 1) total += (a[i] ?? NaN) * (b[i] ?? NaN);
  return total;
}

/** Places in ascending order of the cells, NaN last; equal cells keep their order. */
export function argsort(values: Float64Array): number[] {
  return Array.from(values.keys()).sort((a, b) => {
    const [x, y] = [values[a] ?? NaN, values[b] ?? NaN];
    return x === y ? 0 : x < y ? -1 : x > y ? 1 : Number(Number.isNaN(x)) - Number(Number.isNaN(y));
  });
}
