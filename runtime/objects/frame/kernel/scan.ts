/** Running results down a column. A missing cell stays missing and is not counted. */
export type Scan = 'cumsum' | 'cumprod' | 'cummax' | 'cummin';

const STEP: Readonly<Record<Scan, (so: number, value: number) => number>> = {
  cumsum: (so, value) => so + value,
  cumprod: (so, value) => so * value,
  cummax: (so, value) => (Number.isNaN(so) ? so : Math.max(value, so)),
  cummin: (so, value) => (Number.isNaN(so) ? so : Math.min(value, so)),
};
const START: Readonly<Record<Scan, number>> = { cumsum: 0, cumprod: 1, cummax: -Infinity, cummin: Infinity };

export function scan(kind: Scan, values: Float64Array, skipna = true): Float64Array {
  const out = new Float64Array(values.length);
  const step = STEP[kind];
  let so = START[kind];
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] ?? NaN;
    if (Number.isNaN(value)) {
      out[i] = NaN;
      if (!skipna) so = NaN;
    } else {
      so = step(so, value);
      out[i] = so;
    }
  }
  return out;
}

/** Each cell minus the one n rows before. */
export function difference(values: Float64Array, n: number): Float64Array {
  const out = new Float64Array(values.length);
  for (let i = 0; i < out.length; i += 1) out[i] = (values[i] ?? NaN) - (values[i - n] ?? NaN);
  return out;
}

/** Row numbers that bring the cell n rows before (after, when negative); -1 where there is none. */
export function shiftPositions(length: number, n: number): Int32Array<ArrayBuffer> {
  const out = new Int32Array(length);
  for (let i = 0; i < length; i += 1) {
    const from = i - n;
    out[i] = from >= 0 && from < length ? from : -1;
  }
  return out;
}

/** Row numbers of the last (or next, `backward`) cell that is not missing, at most `limit` rows away. */
export function fillPositions(missing: Uint8Array, backward: boolean, limit: number): Int32Array<ArrayBuffer> {
  const n = missing.length;
  const out = new Int32Array(n);
  let last = -1;
  for (let k = 0; k < n; k += 1) {
    const i = backward ? n - 1 - k : k;
    if (missing[i] === 0) last = i;
    out[i] = last >= 0 && Math.abs(i - last) <= limit ? last : -1;
  }
  return out;
}

/** Straight lines between the cells around a gap; after the last one its value is kept, before the first NaN stays. */
export function interpolate(values: Float64Array): Float64Array {
  const out = values.slice();
  let last = -1;
  for (let i = 0; i < out.length; i += 1) {
    if (Number.isNaN(values[i])) {
      if (last >= 0) out[i] = values[last] ?? NaN;
      continue;
    }
    const from = values[last] ?? NaN;
    const step = ((values[i] ?? NaN) - from) / (i - last);
    for (let gap = last < 0 ? i : last + 1; gap < i; gap += 1) out[gap] = from + step * (gap - last);
    last = i;
  }
  return out;
}

const EVEN = 1e15;

/** numpy's round: scale, round half to even, scale back. */
export function roundHalfEven(value: number, digits: number): number {
  if (!Number.isFinite(value)) return value;
  const scale = 10 ** Math.abs(digits);
  const scaled = digits >= 0 ? value * scale : value / scale;
  if (Math.abs(scaled) > EVEN) return value;
  const low = Math.floor(scaled);
  const rest = scaled - low;
  const whole = rest > 0.5 || (rest === 0.5 && low % 2 !== 0) ? low + 1 : low;
  return digits >= 0 ? whole / scale : whole * scale;
}
