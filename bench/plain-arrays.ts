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

export function plainChoice(bits: Uint8Array, yes: number, no: number): Values {
  const out = new Float64Array(bits.length);
  for (let i = 0; i < out.length; i += 1) out[i] = bits[i] === 1 ? yes : no;
  return out;
}

export function plainTimes(x: Values, factor: number): Values {
  const out = new Float64Array(x.length);
  for (let i = 0; i < out.length; i += 1) out[i] = (x[i] ?? NaN) * factor;
  return out;
}

export function plainExp(x: Values): Values {
  const out = new Float64Array(x.length);
  for (let i = 0; i < out.length; i += 1) out[i] = Math.exp(x[i] ?? NaN);
  return out;
}

export function plainSum(x: Values): number {
  let total = 0;
  for (let i = 0; i < x.length; i += 1) total += x[i] ?? NaN;
  return total;
}

export function plainMax(x: Values): number {
  let best = -Infinity;
  for (let i = 0; i < x.length; i += 1) best = Math.max(best, x[i] ?? NaN);
  return best;
}

export function plainArgmax(x: Values): number {
  let at = 0;
  for (let i = 0; i < x.length; i += 1) {
    if (Number.isNaN(x[i])) return i;
    if ((x[i] ?? NaN) > (x[at] ?? NaN)) at = i;
  }
  return at;
}

export function plainNanmean(x: Values): number {
  let [total, count] = [0, 0];
  for (let i = 0; i < x.length; i += 1) {
    const value = x[i] ?? NaN;
    if (Number.isNaN(value)) continue;
    total += value;
    count += 1;
  }
  return total / count;
}

export function plainDot(x: Values, y: Values): number {
  let total = 0;
  for (let i = 0; i < x.length; i += 1) total += (x[i] ?? NaN) * (y[i] ?? NaN);
  return total;
}

export function plainArgsort(x: Values): number[] {
  return Array.from(x.keys()).sort((a, b) => (x[a] ?? NaN) - (x[b] ?? NaN));
}

/** Of what is a sum of products around the means. */
function moment(x: Values, y: Values): number {
  const [p, q] = [plainMean(x), plainMean(y)];
  let total = 0;
  for (let i = 0; i < x.length; i += 1) total += ((x[i] ?? NaN) - p) * ((y[i] ?? NaN) - q);
  return total;
}

export function plainCorrelation(x: Values, y: Values): number[][] {
  const r = moment(x, y) / Math.sqrt(moment(x, x) * moment(y, y));
  return [
    [1, r],
    [r, 1],
  ];
}

export function plainLine(x: Values, y: Values): number[] {
  const slope = moment(x, y) / moment(x, x);
  return [slope, plainMean(y) - slope * plainMean(x)];
}

export function plainQuantile(x: Values, share: number): number {
  const sorted = x.slice().sort();
  const place = (sorted.length - 1) * share;
  const low = sorted[Math.floor(place)] ?? NaN;
  return low + ((sorted[Math.ceil(place)] ?? NaN) - low) * (place % 1);
}

export function plainFilled(x: Values): Values {
  const out = new Float64Array(x.length);
  for (let i = 0; i < out.length; i += 1) out[i] = Number.isNaN(x[i]) ? 0 : (x[i] ?? NaN);
  return out;
}

export function plainJoined(x: Values, y: Values): Values {
  const out = new Float64Array(x.length + y.length);
  out.set(x);
  out.set(y, x.length);
  return out;
}

/** Ties go to the even digit. */
export function plainRound(x: Values, digits: number): Values {
  const out = new Float64Array(x.length);
  const scale = 10 ** digits;
  for (let i = 0; i < out.length; i += 1) {
    const scaled = (x[i] ?? NaN) * scale;
    const near = Math.round(scaled);
    out[i] = (Math.abs(scaled % 1) === 0.5 && near % 2 !== 0 ? near - 1 : near) / scale;
  }
  return out;
}
