/** Figures of a window of a series: the `n` values that end with number `at`. NaN when one of them is missing. */
export type Series = Readonly<Float64Array>;

/** The value of a number, NaN outside. */
export const value = (series: Series, at: number): number => series[at] ?? Number.NaN;

/** Σ over the window of what `of` makes of each number. */
export function total(at: number, n: number, of: (i: number) => number): number {
  let result = 0;
  for (let i = at - n + 1; i <= at; i += 1) result += of(i);
  return result;
}

export function sum(series: Series, at: number, n: number): number {
  let total = 0;
  for (let i = at - n + 1; i <= at; i += 1) total += series[i] ?? Number.NaN;
  return total;
}

export function mean(series: Series, at: number, n: number): number {
  return sum(series, at, n) / n;
}

/** Of a sample: over n − 1. */
export function variance(series: Series, at: number, n: number): number {
  return moment(series, at, n, 2) / (n - 1);
}

export function deviation(series: Series, at: number, n: number): number {
  return Math.sqrt(variance(series, at, n));
}

/** Σ (x − mean)^power. */
function moment(series: Series, at: number, n: number, power: number): number {
  const middle = mean(series, at, n);
  let total = 0;
  for (let i = at - n + 1; i <= at; i += 1) total += ((series[i] ?? Number.NaN) - middle) ** power;
  return total;
}

/** As pandas' skew(): of a sample, without bias. */
export function skewness(series: Series, at: number, n: number): number {
  const [second, third] = [moment(series, at, n, 2) / n, moment(series, at, n, 3) / n];
  return ((third / second ** 1.5) * Math.sqrt(n * (n - 1))) / (n - 2);
}

/** As pandas' kurt(): of a sample, without bias, 0 for a normal distribution. */
export function kurtosis(series: Series, at: number, n: number): number {
  const [second, fourth] = [moment(series, at, n, 2) / n, moment(series, at, n, 4) / n];
  return ((n - 1) / ((n - 2) * (n - 3))) * ((n + 1) * (fourth / second ** 2) - 3 * (n - 1));
}

/** How many steps ago the extreme was; the latest of equals. */
export function stepsSince(series: Series, at: number, n: number, isBeyond: (a: number, b: number) => boolean): number {
  let best = at;
  for (let i = at - 1; i > at - n; i -= 1) if (isBeyond(series[i] ?? Number.NaN, series[best] ?? Number.NaN)) best = i;
  return Number.isNaN(series[at - n + 1] ?? Number.NaN) ? Number.NaN : at - best;
}

/** Slope of the line through the values, over 1 … n. */
export function slope(series: Series, at: number, n: number): number {
  const middle = mean(series, at, n);
  let total = 0;
  for (let k = 0; k < n; k += 1) total += (k - (n - 1) / 2) * ((series[at - n + 1 + k] ?? Number.NaN) - middle);
  return total / ((n * (n * n - 1)) / 12);
}

/** Mean distance from the mean. */
export function meanDistance(series: Series, at: number, n: number): number {
  const middle = mean(series, at, n);
  let total = 0;
  for (let i = at - n + 1; i <= at; i += 1) total += Math.abs((series[i] ?? Number.NaN) - middle);
  return total / n;
}

/** An exponential average looks back so many times its period: what is older weighs less than 0.04 %. */
export const EMA_REACH = 4;

/**
 * Exponential averages of a stretch of a series, from `first` to `at`; it begins with its first value, so that a figure of a day
 * does not depend on what else is asked for. NaN until `n` values are there.
 */
export function emas(series: Series, first: number, at: number, n: number): Float64Array {
  const averages = new Float64Array(Math.max(0, at - first + 1)).fill(Number.NaN);
  const weight = 2 / (n + 1);
  let [average, count] = [Number.NaN, 0];
  for (let i = first; i <= at; i += 1) {
    const value = series[i] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    average = Number.isNaN(average) ? value : average + weight * (value - average);
    count += 1;
    if (count >= n) averages[i - first] = average;
  }
  return averages;
}

export function ema(series: Series, at: number, n: number): number {
  return emas(series, at - EMA_REACH * n + 1, at, n).at(-1) ?? Number.NaN;
}
