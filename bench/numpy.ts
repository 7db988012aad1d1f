import * as np from '../runtime/numpy/index.ts';
import {
  bitsOf,
  plainAdd,
  plainAnd,
  plainClip,
  plainCumsum,
  plainDiff,
  plainGaps,
  plainLoc,
  plainLog,
  plainMaximum,
  plainMean,
  plainMedian,
  plainStd,
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
  run: () => Promise.resolve(verbs().map(([what, ours, floor]) => beside({ what: named(what), ours, floor }, MEASURE))),
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
    ['a.loc(mask)', () => a.loc(mask), () => plainLoc(bits, x)],
    ['np.clip(a, 1.5, 2.5)', () => np.clip(a, 1.5, 2.5), () => plainClip(x, 1.5, 2.5)],
    ['a.mean()', () => a.mean(), () => plainMean(x)],
    ['np.std(a)', () => np.std(a), () => plainStd(x)],
    ['np.cumsum(a)', () => np.cumsum(a), () => plainCumsum(x)],
    ['np.median(a)', () => np.median(a), () => plainMedian(x)],
  ];
}
