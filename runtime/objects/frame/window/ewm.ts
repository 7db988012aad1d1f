import { flag, named, numberOr } from '../args.ts';
import { badArgument } from '../../../api/arguments.ts';
import { decayFactor, ewmCov, ewmMean } from '../kernel/ewm.ts';
import type { Decay } from '../kernel/ewm.ts';
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

  var(options: { readonly bias?: boolean } = {}): R {
    return this.#source.build(
      this.#source.numbers.map((values) => ewmCov(values, values, this.#decay, options.bias === true)),
    );
  }

  std(options: { readonly bias?: boolean } = {}): R {
    return this.#source.build(
      this.#source.numbers.map((values) => ewmCov(values, values, this.#decay, options.bias === true).map(Math.sqrt)),
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

function paired(values: Float64Array, other: Float64Array): Float64Array {
  return values.map((value, i) => (Number.isNaN(other[i]) ? NaN : value));
}

export function readDecay(args: readonly unknown[]): Decay {
  const names = ['com', 'span', 'halflife', 'alpha', 'min_periods', 'adjust', 'ignore_na', 'axis'];
  const a = named('ewm', names, args);
  const given: Record<string, number> = {};
  for (const name of names.slice(0, 4)) {
    if (a[name] !== undefined && a[name] !== null) given[name] = numberOr(a[name], NaN, `ewm() ${name}`);
  }
  const alpha = decayFactor(given);
  if (alpha === null)
    throw badArgument('ewm()', 'takes exactly one of com ≥ 0, span ≥ 1, halflife > 0, 0 < alpha ≤ 1.');
  return {
    alpha,
    adjust: flag(a['adjust'], true),
    ignoreNa: flag(a['ignore_na'], false),
    minPeriods: numberOr(a['min_periods'], 0, 'ewm() min_periods'),
  };
}
