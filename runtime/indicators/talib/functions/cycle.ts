import { at, gaps } from './real.ts';
import type { Real } from './real.ts';

/** The first place with a smoothed price, and the first with a result. */
const WARM = 37;
const LOOKBACK = 63;

/** Ehlers' transform: quadrature of a series, with a gain that follows the period found last. */
function hilbert(x: Real, i: number, period: number): number {
  const past = (back: number): number => (i - back < WARM ? 0 : at(x, i - back));
  return (0.0962 * (past(0) - past(6)) + 0.5769 * (past(2) - past(4))) * (0.075 * period + 0.54);
}

/** The dominant period of the last days, smoothed twice, by day; 0 before it is known. */
function dominantPeriods(price: Real): Real {
  const length = price.length;
  const zeros = (): Real => new Float64Array(length);
  const [smooth, detrended, inPhase] = [zeros(), zeros(), zeros()];
  const quadrature = zeros();
  const periods = zeros();
  let [i2, q2, re, im, period, smoothed] = [0, 0, 0, 0, 0, 0];
  for (let i = WARM; i < length; i += 1) {
    smooth[i] = (4 * at(price, i) + 3 * at(price, i - 1) + 2 * at(price, i - 2) + at(price, i - 3)) / 10;
    detrended[i] = hilbert(smooth, i, period);
    quadrature[i] = hilbert(detrended, i, period);
    inPhase[i] = i - 3 < WARM ? 0 : at(detrended, i - 3);
    const nextI = 0.2 * (at(inPhase, i) - hilbert(quadrature, i, period)) + 0.8 * i2;
    const nextQ = 0.2 * (at(quadrature, i) + hilbert(inPhase, i, period)) + 0.8 * q2;
    re = 0.2 * (nextI * i2 + nextQ * q2) + 0.8 * re;
    im = 0.2 * (nextI * q2 - nextQ * i2) + 0.8 * im;
    [i2, q2] = [nextI, nextQ];
    period = nextPeriod(period, re, im);
    smoothed = 0.33 * period + 0.67 * smoothed;
    periods[i] = smoothed;
  }
  return periods;
}

function nextPeriod(last: number, re: number, im: number): number {
  const found = im !== 0 && re !== 0 ? (2 * Math.PI) / Math.atan(im / re) : last;
  const near = Math.max(Math.min(found, 1.5 * last), 0.67 * last);
  return 0.2 * Math.min(Math.max(near, 6), 50) + 0.8 * last;
}

/** The mean over the dominant period, smoothed: the trend without the cycle. */
export function htTrendline(price: Real): Real {
  const periods = dominantPeriods(price);
  const means = price.map((_, i) => {
    const n = Math.floor(at(periods, i) + 0.5);
    let total = 0;
    for (let back = 0; back < n; back += 1) total += at(price, i - back);
    return n > 0 ? total / n : 0;
  });
  const out = gaps(price.length);
  for (let i = LOOKBACK; i < price.length; i += 1) {
    out[i] = (4 * at(means, i) + 3 * at(means, i - 1) + 2 * at(means, i - 2) + at(means, i - 3)) / 10;
  }
  return out;
}
