import { quantileOf } from '../column/statistics.ts';
import type { Interpolation } from '../column/statistics.ts';

/** Rows of each window: from starts[i] up to, not including, ends[i]; both never go back. */
export interface Windows {
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

/** Windows that are made only when a statistic needs them; `size` when they are plain: the last rows, all of them given. */
export interface WindowPlan {
  readonly size: number | null;
  windows(): Windows;
}

/** Which ends belong to a window. */
export type Closed = 'right' | 'left' | 'both' | 'neither';

/** The last `size` rows; centred windows reach half of that beyond. */
export function rollingWindows(n: number, size: number, center: boolean, closed: Closed): Windows {
  const starts = new Int32Array(n);
  const ends = new Int32Array(n);
  const beyond = center ? Math.floor((size - 1) / 2) : 0;
  for (let i = 0; i < n; i += 1) {
    const end = i + 1 + beyond;
    const first = end - size - (closed === 'left' || closed === 'both' ? 1 : 0);
    starts[i] = Math.max(0, Math.min(n, first));
    ends[i] = Math.max(0, Math.min(n, end - (closed === 'left' || closed === 'neither' ? 1 : 0)));
  }
  return { starts, ends };
}

/** One pass with Neumaier compensation, so that a window long after a huge value is still right. */
export function rollingSum(values: Float64Array, w: Windows, minPeriods: number, mean: boolean): Float64Array {
  const out = new Float64Array(values.length);
  let sum = 0;
  let lost = 0;
  let n = 0;
  let same = 0;
  let previous = NaN;
  let from = 0;
  let to = 0;
  for (let i = 0; i < out.length; i += 1) {
    const start = w.starts[i] ?? 0;
    const end = w.ends[i] ?? 0;
    for (; to < end; to += 1) {
      const value = values[to] ?? NaN;
      if (Number.isNaN(value)) continue;
      n += 1;
      same = value === previous ? same + 1 : 1;
      previous = value;
      const next = sum + value;
      lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
      sum = next;
    }
    for (; from < start; from += 1) {
      const value = values[from] ?? NaN;
      if (Number.isNaN(value)) continue;
      n -= 1;
      const next = sum - value;
      lost += Math.abs(sum) >= Math.abs(value) ? sum - next - value : -value - next + sum;
      sum = next;
    }
    if (n === 0) sum = lost = 0;
    const total = n > 0 && same >= n ? previous * n : sum + lost;
    out[i] = n < minPeriods || (mean && n === 0) ? NaN : mean ? total / n : total;
  }
  return out;
}

export function rollingCount(values: Float64Array, w: Windows, minPeriods: number): Float64Array {
  const out = new Float64Array(values.length);
  let n = 0;
  let from = 0;
  let to = 0;
  for (let i = 0; i < out.length; i += 1) {
    for (; to < (w.ends[i] ?? 0); to += 1) if (!Number.isNaN(values[to])) n += 1;
    for (; from < (w.starts[i] ?? 0); from += 1) if (!Number.isNaN(values[from])) n -= 1;
    out[i] = (w.ends[i] ?? 0) - (w.starts[i] ?? 0) < minPeriods ? NaN : n;
  }
  return out;
}

/** Welford's update for cells that come and go; a window of equal cells has exactly no variance. */
export function rollingVariance(values: Float64Array, w: Windows, minPeriods: number, ddof: number): Float64Array {
  const out = new Float64Array(values.length);
  let n = 0;
  let mean = 0;
  let squares = 0;
  let same = 0;
  let previous = NaN;
  let from = 0;
  let to = 0;
  for (let i = 0; i < out.length; i += 1) {
    const end = w.ends[i] ?? 0;
    const start = w.starts[i] ?? 0;
    for (; to < end; to += 1) {
      const value = values[to] ?? NaN;
      if (Number.isNaN(value)) continue;
      same = value === previous ? same + 1 : 1;
      previous = value;
      n += 1;
      const d = value - mean;
      mean += d / n;
      squares += d * (value - mean);
    }
    for (; from < start; from += 1) {
      const value = values[from] ?? NaN;
      if (Number.isNaN(value)) continue;
      n -= 1;
      if (n === 0) mean = squares = 0;
      else {
        const d = value - mean;
        mean -= d / n;
        squares -= d * (value - mean);
      }
    }
    if (n < minPeriods || n <= ddof) out[i] = NaN;
    else out[i] = same >= n ? 0 : Math.max(0, squares) / (n - ddof);
  }
  return out;
}

/** Smallest or largest of each window, with a queue of candidates: every row enters and leaves once. */
export function rollingExtreme(values: Float64Array, w: Windows, minPeriods: number, largest: boolean): Float64Array {
  const out = new Float64Array(values.length);
  const queue = new Int32Array(values.length);
  let head = 0;
  let tail = 0;
  let n = 0;
  let from = 0;
  let to = 0;
  for (let i = 0; i < out.length; i += 1) {
    for (; to < (w.ends[i] ?? 0); to += 1) {
      const value = values[to] ?? NaN;
      if (Number.isNaN(value)) continue;
      n += 1;
      while (tail > head) {
        const last = values[queue[tail - 1] ?? 0] ?? NaN;
        if (largest ? last > value : last < value) break;
        tail -= 1;
      }
      queue[tail++] = to;
    }
    const start = w.starts[i] ?? 0;
    for (; from < start; from += 1) if (!Number.isNaN(values[from])) n -= 1;
    while (head < tail && (queue[head] ?? 0) < start) head += 1;
    out[i] = n < minPeriods || head === tail ? NaN : (values[queue[head] ?? 0] ?? NaN);
  }
  return out;
}

/** Quantiles over a sorted copy of each window, kept sorted as rows come and go. */
export function rollingQuantile(
  values: Float64Array,
  w: Windows,
  minPeriods: number,
  q: number,
  rule: Interpolation = 'linear',
): Float64Array {
  const out = new Float64Array(values.length);
  const sorted = new Float64Array(values.length);
  let n = 0;
  let from = 0;
  let to = 0;
  for (let i = 0; i < out.length; i += 1) {
    for (; to < (w.ends[i] ?? 0); to += 1) {
      const value = values[to] ?? NaN;
      if (Number.isNaN(value)) continue;
      const at = lowerBound(sorted, n, value);
      sorted.copyWithin(at + 1, at, n);
      sorted[at] = value;
      n += 1;
    }
    for (; from < (w.starts[i] ?? 0); from += 1) {
      const value = values[from] ?? NaN;
      if (Number.isNaN(value)) continue;
      sorted.copyWithin(lowerBound(sorted, n, value), lowerBound(sorted, n, value) + 1, n);
      n -= 1;
    }
    out[i] = n < Math.max(1, minPeriods) ? NaN : quantileOf(sorted.subarray(0, n), q, rule);
  }
  return out;
}

function lowerBound(sorted: Float64Array, n: number, value: number): number {
  let low = 0;
  let high = n;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? NaN) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Any function of the cells of each window; windows with too few values give NaN. */
export function rollingApply(
  values: Float64Array,
  w: Windows,
  minPeriods: number,
  apply: (window: Float64Array, start: number) => number,
): Float64Array {
  const counts = rollingCount(values, w, 0);
  const out = new Float64Array(values.length);
  for (let i = 0; i < out.length; i += 1) {
    const start = w.starts[i] ?? 0;
    const enough = (counts[i] ?? 0) >= minPeriods && (counts[i] ?? 0) > 0;
    out[i] = enough ? apply(values.subarray(start, w.ends[i] ?? 0), start) : NaN;
  }
  return out;
}

/**
 * Sums (or means) of the last `size` rows of numbers without gaps; NaN for the first rows. Additions only: each window is the
 * end of one block plus the start of the next, so that nothing is ever taken off and no error builds up. Null when a cell is
 * missing or infinite.
 */
export function fullWindowSums(values: Float64Array, size: number, mean: boolean): Float64Array | null {
  const n = values.length;
  const out = new Float64Array(n);
  const ends = new Float64Array(size + 1);
  const scale = mean ? size : 1;
  for (let start = 0; start < n; start += size) {
    const stop = Math.min(start + size, n);
    let sum = 0;
    for (let i = start; i < stop; i += 1) {
      sum += values[i] ?? NaN;
      out[i] = ((ends[i - start + 1] ?? 0) + sum) / scale;
    }
    if (!Number.isFinite(sum)) return null;
    let end = 0;
    for (let i = stop - 1; i >= start; i -= 1) {
      end += values[i] ?? NaN;
      ends[i - start] = end;
    }
    ends[stop - start] = 0;
  }
  out.fill(NaN, 0, Math.min(size - 1, n));
  return out;
}
