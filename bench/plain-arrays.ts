type Values = Float64Array<ArrayBuffer>;

// What numpy's functions do, over bare typed arrays, as one would write it for these very arrays.

export function plainAdd(x: Values, y: Values): Values {
  const out = new Float64Array(x.length);
  for (let i = 0; i < out.length; i += 1) out[i] = (x[i] ?? NaN) + (y[i] ?? NaN);
  return out;
}

export function plainLog(x: Values): Values {
  const out = new Float64Array(x.length);
  for (let i = 0; i < out.length; i += 1) out[i] = Math.log(x[i] ?? NaN);
  return out;
}

export function plainGaps(x: Values): Uint8Array {
  const out = new Uint8Array(x.length);
  for (let i = 0; i < out.length; i += 1) out[i] = Number.isNaN(x[i]) ? 1 : 0;
  return out;
}

export function plainMaximum(x: Values, y: Values): Values {
  const out = new Float64Array(x.length);
  for (let i = 0; i < out.length; i += 1) out[i] = Math.max(x[i] ?? NaN, y[i] ?? NaN);
  return out;
}

export function plainDiff(x: Values): Values {
  const out = new Float64Array(x.length - 1);
  for (let i = 0; i < out.length; i += 1) out[i] = (x[i + 1] ?? NaN) - (x[i] ?? NaN);
  return out;
}

export function bitsOf(x: Values, bound: number): Uint8Array {
  const out = new Uint8Array(x.length);
  for (let i = 0; i < out.length; i += 1) out[i] = (x[i] ?? NaN) > bound ? 1 : 0;
  return out;
}

export function plainAnd(p: Uint8Array, q: Uint8Array): Uint8Array {
  const out = new Uint8Array(p.length);
  for (let i = 0; i < out.length; i += 1) out[i] = (p[i] ?? 0) & (q[i] ?? 0);
  return out;
}

export function plainWhere(bits: Uint8Array, x: Values, y: Values): Values {
  const out = new Float64Array(x.length);
  for (let i = 0; i < out.length; i += 1) out[i] = (bits[i] === 1 ? x[i] : y[i]) ?? NaN;
  return out;
}

export function plainLoc(bits: Uint8Array, x: Values): Values {
  const out = new Float64Array(x.length);
  let kept = 0;
  for (let i = 0; i < out.length; i += 1) if (bits[i] === 1) out[kept++] = x[i] ?? NaN;
  return out.slice(0, kept);
}

export function plainClip(x: Values, low: number, high: number): Values {
  const out = new Float64Array(x.length);
  for (let i = 0; i < out.length; i += 1) out[i] = Math.min(Math.max(x[i] ?? NaN, low), high);
  return out;
}

export function plainMean(x: Values): number {
  let total = 0;
  for (let i = 0; i < x.length; i += 1) total += x[i] ?? NaN;
  return total / x.length;
}

export function plainStd(x: Values): number {
  const centre = plainMean(x);
  let squares = 0;
  for (let i = 0; i < x.length; i += 1) squares += ((x[i] ?? NaN) - centre) ** 2;
  return Math.sqrt(squares / x.length);
}

export function plainCumsum(x: Values): Values {
  const out = new Float64Array(x.length);
  let total = 0;
  for (let i = 0; i < out.length; i += 1) out[i] = total += x[i] ?? NaN;
  return out;
}

export function plainMedian(x: Values): number {
  const sorted = x.slice().sort();
  const half = sorted.length / 2;
  return ((sorted[Math.ceil(half) - 1] ?? NaN) + (sorted[Math.floor(half)] ?? NaN)) / 2;
}
