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
