import * as np from '../runtime/numpy/index.ts';
import {
  bitsOf,
  plainAdd,
  plainAnd,
  plainArgmax,
  plainArgsort,
  plainChoice,
  plainClip,
  plainCorrelation,
  plainCumsum,
  plainDiff,
  plainDot,
  plainExp,
  plainFilled,
  plainGaps,
  plainJoined,
  plainLine,
  plainLoc,
  plainLog,
  plainMax,
  plainMaximum,
  plainMean,
  plainMedian,
  plainNanmean,
  plainQuantile,
  plainRound,
  plainStd,
  plainSum,
  plainTimes,
  plainWhere,
} from './plain-arrays.ts';
import { beside, microseconds } from './beside.ts';
import type { Verb } from './beside.ts';
import type { Figure } from './figure.ts';

/** A year of days. */
const DAYS = 250;
const ROUNDS = 40;
const CALLS = 500;
const MEASURE = {
  unit: 'µs',
  rounds: ROUNDS,
  time: (run: Verb) => microseconds(run, CALLS),
  of: 'a typed loop',
  limit: 3,
};

/** `np` over arrays of a year of days, each function beside a loop written for it over bare typed arrays. */
export const figure: Figure = {
  run: () =>
    Promise.resolve(
      [...verbs(), ...more()].map(([what, ours, floor]) => beside({ what: named(what), ours, floor }, MEASURE)),
    ),
};

function named(what: string): string {
  return `np, arrays of ${DAYS}: ${what}`;
}

function verbs(): readonly (readonly [string, Verb, Verb])[] {
  const a = np.array(Array.from({ length: DAYS }, (_, i) => Math.sin(i) + 2));
  const b = np.array(Array.from({ length: DAYS }, (_, i) => Math.cos(i) + 2));
  const [x, y] = [Float64Array.from(a), Float64Array.from(b)];
  const [mask, other] = [a.gt(2), b.gt(2)];
  const [bits, others] = [bitsOf(x, 2), bitsOf(y, 2)];
  return [
    ['a.add(b)', () => a.add(b), () => plainAdd(x, y)],
    ['np.log(a)', () => np.log(a), () => plainLog(x)],
    ['np.isnan(a)', () => np.isnan(a), () => plainGaps(x)],
    ['np.maximum(a, b)', () => np.maximum(a, b), () => plainMaximum(x, y)],
    ['np.diff(a)', () => np.diff(a), () => plainDiff(x)],
    ['a.gt(2)', () => a.gt(2), () => bitsOf(x, 2)],
    ['mask.and(other)', () => mask.and(other), () => plainAnd(bits, others)],
    ['np.where(mask, a, b)', () => np.where(mask, a, b), () => plainWhere(bits, x, y)],
    ['np.where(mask, 1, 0)', () => np.where(mask, 1, 0), () => plainChoice(bits, 1, 0)],
    ['a.loc(mask)', () => a.loc(mask), () => plainLoc(bits, x)],
    ['np.clip(a, 1.5, 2.5)', () => np.clip(a, 1.5, 2.5), () => plainClip(x, 1.5, 2.5)],
    ['a.mean()', () => a.mean(), () => plainMean(x)],
    ['np.std(a)', () => np.std(a), () => plainStd(x)],
    ['np.cumsum(a)', () => np.cumsum(a), () => plainCumsum(x)],
    ['np.median(a)', () => np.median(a), () => plainMedian(x)],
  ];
}

function more(): readonly (readonly [string, Verb, Verb])[] {
  const a = np.array(Array.from({ length: DAYS }, (_, i) => Math.sin(i) + 2));
  const b = np.array(Array.from({ length: DAYS }, (_, i) => Math.cos(i) + 2));
  const mask = a.gt(2);
  const gaps = np.where(a.gt(2.9), NaN, a);
  const [x, y, z] = [Float64Array.from(a), Float64Array.from(b), Float64Array.from(gaps)];
  const bits = bitsOf(x, 2);
  return [
    ['a.mul(2)', () => a.mul(2), () => plainTimes(x, 2)],
    ['np.exp(a)', () => np.exp(a), () => plainExp(x)],
    ['np.sum(a)', () => np.sum(a), () => plainSum(x)],
    ['np.max(a)', () => np.max(a), () => plainMax(x)],
    ['np.argmax(a)', () => np.argmax(a), () => plainArgmax(x)],
    ['np.nanmean(gaps)', () => np.nanmean(gaps), () => plainNanmean(z)],
    ['np.dot(a, b)', () => np.dot(a, b), () => plainDot(x, y)],
    ['np.sort(a)', () => np.sort(a), () => x.slice().sort()],
    ['np.argsort(a)', () => np.argsort(a), () => plainArgsort(x)],
    ['np.corrcoef(a, b)', () => np.corrcoef(a, b), () => plainCorrelation(x, y)],
    ['np.polyfit(a, b, 1)', () => np.polyfit(a, b, 1), () => plainLine(x, y)],
    ['np.percentile(a, 90)', () => np.percentile(a, 90), () => plainQuantile(x, 0.9)],
    ['np.nan_to_num(gaps)', () => np.nan_to_num(gaps), () => plainFilled(z)],
    ['np.concatenate([a, b])', () => np.concatenate([a, b]), () => plainJoined(x, y)],
    ['np.round(a, 2)', () => np.round(a, 2), () => plainRound(x, 2)],
    ['np.any(mask)', () => np.any(mask), () => bits.includes(1)],
  ];
}
