/** Statistics as pandas has them: NaN cells are left out; of no cells at all everything but sum and product is NaN. */

export function count(values: Float64Array): number {
  let n = 0;
  for (let i = 0; i < values.length; i += 1) if (!Number.isNaN(values[i])) n += 1;
  return n;
}

export function sum(values: Float64Array): number {
  let total = 0;
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] ?? NaN;
    if (!Number.isNaN(value)) total += value;
  }
  return total;
}

export function prod(values: Float64Array): number {
  let total = 1;
  for (const value of values) if (!Number.isNaN(value)) total *= value;
  return total;
}

export function mean(values: Float64Array): number {
  let total = 0;
  let n = 0;
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] ?? NaN;
    if (!Number.isNaN(value)) {
      total += value;
      n += 1;
    }
  }
  return total / n;
}

/** Sum of powers of the distance from the mean, with the number of cells and the mean. */
function moments(values: Float64Array): { n: number; m2: number; m3: number; m4: number } {
  const n = count(values);
  const centre = mean(values);
  let m2 = 0;
  let m3 = 0;
  let m4 = 0;
  for (let i = 0; i < values.length; i += 1) {
    const d = (values[i] ?? NaN) - centre;
    if (Number.isNaN(d)) continue;
    const square = d * d;
    m2 += square;
    m3 += square * d;
    m4 += square * square;
  }
  return { n, m2, m3, m4 };
}

/** `ddof` 1 is the sample's (pandas), 0 the population's (numpy). */
export function variance(values: Float64Array, ddof = 1): number {
  const n = count(values);
  if (n <= ddof) return NaN;
  const centre = mean(values);
  let squares = 0;
  for (let i = 0; i < values.length; i += 1) {
    const d = (values[i] ?? NaN) - centre;
    if (!Number.isNaN(d)) squares += d * d;
  }
  return squares / (n - ddof);
}

export function std(values: Float64Array, ddof = 1): number {
  return Math.sqrt(variance(values, ddof));
}

/** Standard error of the mean. */
export function sem(values: Float64Array, ddof = 1): number {
  return Math.sqrt(variance(values, ddof) / count(values));
}

/** Unbiased skewness; 0 when all cells are equal, NaN with fewer than three. */
export function skew(values: Float64Array): number {
  const { n, m2, m3 } = moments(values);
  if (n < 3) return NaN;
  if (m2 < 1e-14) return 0;
  return (n * Math.sqrt(n - 1) * m3) / ((n - 2) * m2 ** 1.5);
}

/** Unbiased excess kurtosis; 0 when all cells are equal, NaN with fewer than four. */
export function kurt(values: Float64Array): number {
  const { n, m2, m4 } = moments(values);
  if (n < 4) return NaN;
  if (m2 < 1e-14) return 0;
  const adjust = (3 * (n - 1) ** 2) / ((n - 2) * (n - 3));
  return (n * (n + 1) * (n - 1) * m4) / ((n - 2) * (n - 3) * m2 ** 2) - adjust;
}

export function min(values: Float64Array): number {
  let least = NaN;
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] ?? NaN;
    if (!(value >= least) && !Number.isNaN(value)) least = value;
  }
  return least;
}

export function max(values: Float64Array): number {
  let most = NaN;
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] ?? NaN;
    if (!(value <= most) && !Number.isNaN(value)) most = value;
  }
  return most;
}

/** Position of the first smallest cell; -1 when all are missing. */
export function argmin(values: Float64Array): number {
  const least = min(values);
  return values.indexOf(least);
}

/** Position of the first largest cell; -1 when all are missing. */
export function argmax(values: Float64Array): number {
  return values.indexOf(max(values));
}

/** Cells that are not missing, ascending. */
export function sorted(values: Float64Array): Float64Array {
  return values.filter((value) => !Number.isNaN(value)).sort();
}

export type Interpolation = 'linear' | 'lower' | 'higher' | 'nearest' | 'midpoint';

/** The quantile of ascending cells; between two neighbours by the rule. */
export function quantileOf(ascending: Float64Array, q: number, rule: Interpolation = 'linear'): number {
  if (ascending.length === 0) return NaN;
  const place = (ascending.length - 1) * q;
  const low = Math.floor(place);
  const from = ascending[low] ?? NaN;
  const to = ascending[Math.min(low + 1, ascending.length - 1)] ?? NaN;
  const part = place - low;
  if (part === 0 || rule === 'lower') return from;
  if (rule === 'higher') return to;
  if (rule === 'midpoint') return (from + to) / 2;
  if (rule === 'nearest') return part < 0.5 || (part === 0.5 && low % 2 === 0) ? from : to;
  return from + (to - from) * part;
}

export function quantile(values: Float64Array, q = 0.5, rule: Interpolation = 'linear'): number {
  return quantileOf(sorted(values), q, rule);
}

export function median(values: Float64Array): number {
  return quantile(values, 0.5);
}

/** Mean distance from the mean. */
export function mad(values: Float64Array): number {
  const centre = mean(values);
  return mean(values.map((value) => Math.abs(value - centre)));
}

/** Covariance and Pearson correlation over the rows where both have a value. */
export function covariance(a: Float64Array, b: Float64Array, minPeriods = 1, ddof = 1): number {
  const pair = both(a, b);
  return pair.n < Math.max(minPeriods, ddof + 1) ? NaN : pair.xy / (pair.n - ddof);
}

export function correlation(a: Float64Array, b: Float64Array, minPeriods = 1): number {
  const { n, xx, yy, xy } = both(a, b);
  if (n < Math.max(minPeriods, 2)) return NaN;
  const scale = Math.sqrt(xx * yy);
  return scale === 0 ? NaN : Math.max(-1, Math.min(1, xy / scale));
}

function both(a: Float64Array, b: Float64Array): { n: number; xx: number; yy: number; xy: number } {
  let n = 0;
  let meanA = 0;
  let meanB = 0;
  let xx = 0;
  let yy = 0;
  let xy = 0;
  for (let i = 0; i < a.length; i += 1) {
    const x = a[i] ?? NaN;
    const y = b[i] ?? NaN;
    if (Number.isNaN(x) || Number.isNaN(y)) continue;
    n += 1;
    const dx = x - meanA;
    const dy = y - meanB;
    meanA += dx / n;
    meanB += dy / n;
    xx += dx * (x - meanA);
    yy += dy * (y - meanB);
    xy += dx * (y - meanB);
  }
  return { n, xx, yy, xy };
}

/** Kendall's tau-b over the rows where both have a value: pairs in the same order against pairs in the other. */
export function kendall(a: Float64Array, b: Float64Array, minPeriods = 1): number {
  const rows = Array.from(a.keys()).filter((i) => !Number.isNaN(a[i]) && !Number.isNaN(b[i]));
  if (rows.length < Math.max(minPeriods, 2)) return NaN;
  let [same, tiesA, tiesB, pairs] = [0, 0, 0, 0];
  rows.forEach((i, k) => {
    for (const j of rows.slice(k + 1)) {
      const [x, y] = [Math.sign((a[i] ?? 0) - (a[j] ?? 0)), Math.sign((b[i] ?? 0) - (b[j] ?? 0))];
      pairs += 1;
      same += x * y;
      tiesA += Number(x === 0);
      tiesB += Number(y === 0);
    }
  });
  const scale = Math.sqrt((pairs - tiesA) * (pairs - tiesB));
  return scale === 0 ? NaN : same / scale;
}
