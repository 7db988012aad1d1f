import { strictMembers } from '../../attributes.ts';
import { badArgument } from '../../../api/arguments.ts';
import { flag, numberOr } from '../args.ts';
import type { Named } from '../args.ts';
import { DECAYS } from '../signatures/groups.ts';
import { given, installSignatures } from '../signatures/signature.ts';
import type { Source } from './source.ts';

/** pandas' arguments of ewm; exactly one of com, span, halflife, alpha. */
export interface EwmOptions {
  readonly com?: number;
  readonly span?: number;
  readonly halflife?: number;
  readonly alpha?: number;
  readonly min_periods?: number;
  readonly adjust?: boolean;
  readonly ignore_na?: boolean;
}

/** Statistics with weights that fade into the past. */
export class Ewm<R> {
  readonly #source: Source<R>;
  readonly #decay: Decay;

  constructor(source: Source<R>, decay: Decay) {
    this.#source = source;
    this.#decay = decay;
  }

  mean(): R {
    return this.#source.build(this.#source.numbers.map((values) => ewmMean(values, this.#decay)));
  }

  var(...args: BiasArgs): R {
    const bias = flag(given(args)['bias'], false);
    return this.#source.build(this.#source.numbers.map((values) => ewmCov(values, values, this.#decay, bias)));
  }

  std(...args: BiasArgs): R {
    const bias = flag(given(args)['bias'], false);
    return this.#source.build(
      this.#source.numbers.map((values) => ewmCov(values, values, this.#decay, bias).map(Math.sqrt)),
    );
  }

  cov(other: unknown, options: { readonly bias?: boolean } = {}): R {
    const partners = this.#source.partner(other);
    return this.#source.build(
      this.#source.numbers.map((values, k) =>
        ewmCov(values, partners[k] ?? values, this.#decay, options.bias === true),
      ),
    );
  }

  corr(other: unknown): R {
    const partners = this.#source.partner(other);
    return this.#source.build(
      this.#source.numbers.map((values, k) => {
        const right = partners[k] ?? values;
        const cov = ewmCov(values, right, this.#decay, true);
        const [a, b] = [paired(values, right), paired(right, values)].map((one) => ewmCov(one, one, this.#decay, true));
        return cov.map((value, i) => value / Math.sqrt((a?.[i] ?? NaN) * (b?.[i] ?? NaN)));
      }),
    );
  }
}

installSignatures(Ewm.prototype, DECAYS);
strictMembers(Ewm, 'ewm()');

type BiasArgs = readonly [bias?: boolean | { readonly bias?: boolean }];

function paired(values: Float64Array, other: Float64Array): Float64Array {
  return values.map((value, i) => (Number.isNaN(other[i]) ? NaN : value));
}

/** By position `com` comes first, as in pandas. */
export type EwmArgs = readonly [com?: number | null | EwmOptions, ...more: readonly unknown[]];

export function readDecay(a: Named): Decay {
  const factors: Record<string, number> = {};
  for (const name of ['com', 'span', 'halflife', 'alpha']) {
    if (a[name] !== undefined && a[name] !== null) factors[name] = numberOr(a[name], NaN, `ewm() ${name}`);
  }
  const alpha = decayFactor(factors);
  if (alpha === null)
    throw badArgument('ewm()', 'takes exactly one of com ≥ 0, span ≥ 1, halflife > 0, 0 < alpha ≤ 1.');
  return {
    alpha,
    adjust: flag(a['adjust'], true),
    ignoreNa: flag(a['ignore_na'], false),
    minPeriods: numberOr(a['min_periods'], 0, 'ewm() min_periods'),
  };
}

/** Weights of an exponentially weighted window. */
interface Decay {
  readonly alpha: number;
  /** True: weights of a finite past (pandas' default); false: the recursive form. */
  readonly adjust: boolean;
  /** True: a missing row does not weaken the weights of those before it. */
  readonly ignoreNa: boolean;
  readonly minPeriods: number;
}

function ewmMean(values: Float64Array, { alpha, adjust, ignoreNa, minPeriods }: Decay): Float64Array {
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
function ewmCov(a: Float64Array, b: Float64Array, decay: Decay, bias: boolean): Float64Array {
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
function decayFactor(given: { com?: number; span?: number; halflife?: number; alpha?: number }): number | null {
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
