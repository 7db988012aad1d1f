/** Weights of an exponentially weighted window. */
export interface Decay {
  readonly alpha: number;
  /** True: weights of a finite past (pandas' default); false: the recursive form. */
  readonly adjust: boolean;
  /** True: a missing row does not weaken the weights of those before it. */
  readonly ignoreNa: boolean;
  readonly minPeriods: number;
}

export function ewmMean(values: Float64Array, { alpha, adjust, ignoreNa, minPeriods }: Decay): Float64Array {
  const out = new Float64Array(values.length);
  const keep = 1 - alpha;
  let mean = NaN;
  let weight = 1;
  let n = 0;
  for (let i = 0; i < out.length; i += 1) {
    const value = values[i] ?? NaN;
    const given = !Number.isNaN(value);
    if (given) n += 1;
    if (Number.isNaN(mean)) {
      if (given) mean = value;
    } else if (given || !ignoreNa) {
      weight *= keep;
      if (given) {
        const fresh = adjust ? 1 : alpha;
        if (mean !== value) mean = (weight * mean + fresh * value) / (weight + fresh);
        weight = adjust ? weight + fresh : 1;
      }
    }
    out[i] = n >= Math.max(1, minPeriods) ? mean : NaN;
  }
  return out;
}

/** Weighted covariance of two columns (variance of one with itself); `bias` false corrects for the weights. */
export function ewmCov(a: Float64Array, b: Float64Array, decay: Decay, bias: boolean): Float64Array {
  const { alpha, adjust, ignoreNa, minPeriods } = decay;
  const out = new Float64Array(a.length);
  const keep = 1 - alpha;
  const fresh = adjust ? 1 : alpha;
  let meanA = NaN;
  let meanB = NaN;
  let cov = 0;
  let sum = 1;
  let squares = 1;
  let weight = 1;
  let n = 0;
  for (let i = 0; i < out.length; i += 1) {
    const x = a[i] ?? NaN;
    const y = b[i] ?? NaN;
    const given = !Number.isNaN(x) && !Number.isNaN(y);
    if (given) n += 1;
    if (Number.isNaN(meanA)) {
      if (given) [meanA, meanB] = [x, y];
    } else if (given || !ignoreNa) {
      sum *= keep;
      squares *= keep * keep;
      weight *= keep;
      if (given) {
        const [oldA, oldB] = [meanA, meanB];
        const all = weight + fresh;
        meanA = blended(oldA, weight, x, fresh);
        meanB = blended(oldB, weight, y, fresh);
        cov = (weight * (cov + (oldA - meanA) * (oldB - meanB)) + fresh * (x - meanA) * (y - meanB)) / all;
        sum += fresh;
        squares += fresh * fresh;
        weight = all;
        if (!adjust) [sum, squares, weight] = [sum / all, squares / (all * all), 1];
      }
    }
    out[i] = n < Math.max(1, minPeriods) ? NaN : bias ? cov : corrected(cov, sum, squares);
  }
  return out;
}

/** Equal values stay what they are, to the last digit. */
function blended(old: number, weight: number, value: number, fresh: number): number {
  return old === value ? old : (weight * old + fresh * value) / (weight + fresh);
}

function corrected(cov: number, sum: number, squares: number): number {
  const numerator = sum * sum;
  const denominator = numerator - squares;
  return denominator > 0 ? (numerator / denominator) * cov : NaN;
}

/** The smoothing factor out of whichever of the four is given; null unless exactly one is, and in its range. */
export function decayFactor(given: { com?: number; span?: number; halflife?: number; alpha?: number }): number | null {
  const { com, span, halflife, alpha } = given;
  const factors = [
    com === undefined ? null : com >= 0 ? 1 / (1 + com) : NaN,
    span === undefined ? null : span >= 1 ? 2 / (span + 1) : NaN,
    halflife === undefined ? null : halflife > 0 ? 1 - Math.exp(-Math.LN2 / halflife) : NaN,
    alpha === undefined ? null : alpha > 0 && alpha <= 1 ? alpha : NaN,
  ].filter((factor) => factor !== null);
  const [factor = NaN] = factors;
  return factors.length === 1 && !Number.isNaN(factor) ? factor : null;
}
