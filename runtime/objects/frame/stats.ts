/** Statistics as pandas has them: NaN cells are left out; of no cells at all everything but the sum is NaN. */

export function sum(values: Float64Array): number {
  let total = 0;
  for (const value of values) if (!Number.isNaN(value)) total += value;
  return total;
}

export function count(values: Float64Array): number {
  let n = 0;
  for (const value of values) if (!Number.isNaN(value)) n += 1;
  return n;
}

export function mean(values: Float64Array): number {
  return sum(values) / count(values);
}

/** Standard deviation; `ddof` 1 is the sample's (pandas), 0 the population's (numpy). */
export function std(values: Float64Array, ddof: number): number {
  const n = count(values);
  if (n <= ddof) return Number.NaN;
  const centre = mean(values);
  let squares = 0;
  for (const value of values) if (!Number.isNaN(value)) squares += (value - centre) ** 2;
  return Math.sqrt(squares / (n - ddof));
}

export function min(values: Float64Array): number {
  let least = Number.NaN;
  for (const value of values) if (!(value >= least)) least = Number.isNaN(value) ? least : value;
  return least;
}

export function max(values: Float64Array): number {
  let most = Number.NaN;
  for (const value of values) if (!(value <= most)) most = Number.isNaN(value) ? most : value;
  return most;
}

/** The middle value, or the mean of the two in the middle. */
export function median(values: Float64Array): number {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const half = sorted.length / 2;
  const upper = sorted[Math.floor(half)] ?? Number.NaN;
  return Number.isInteger(half) ? ((sorted[half - 1] ?? Number.NaN) + upper) / 2 : upper;
}
