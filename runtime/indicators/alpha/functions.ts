import { bindArguments, optional, required } from '../../api/arguments.ts';
import type { Reader } from '../../api/arguments.ts';
import { readAdjust } from '../../api/bar-arguments.ts';
import { readSecurity, readSecurityList } from '../../api/readers.ts';
import type { TimeLike } from '../../objects/datetime/read-time.ts';
import type { DataFrame, Series } from '../../objects/frame/types.ts';
import { alphaFrame, alphaName, alphaSeries, readNumbers, readPastDay } from './calculate.ts';
import type { AskedAlphas } from './calculate.ts';
import { securitiesOf } from './data.ts';
import { lastSignOf } from './evaluate.ts';
import { FORMULAS } from './formulas.ts';

/** `'all'` stocks (default), those of an index, or a list of codes. */
type Securities = string | Iterable<string>;

/** The value of a formula on a day: a Series by code, NaN where something it needs is missing. */
export interface Alpha {
  (enddate: TimeLike, index?: Securities | { readonly index?: Securities }): Series;
  (options: { readonly enddate: TimeLike; readonly index?: Securities }): Series;
}

export interface AlphaOptions {
  readonly enddate?: TimeLike;
  readonly index?: Securities;
  readonly fq?: 'pre' | 'post' | null;
  /** `'alpha_005'` or 5; none = all 101. */
  readonly alpha?: readonly (string | number)[];
}

/** Several formulas at once: rows are codes, columns `alpha_001` … */
export interface Alphas {
  (enddate: TimeLike, options?: AlphaOptions): DataFrame;
  (
    enddate: TimeLike,
    index: Securities,
    fq?: 'pre' | 'post' | AlphaOptions | null,
    alpha?: readonly (string | number)[] | AlphaOptions,
  ): DataFrame;
  (options: AlphaOptions & { readonly enddate: TimeLike }): DataFrame;
}

const readIndex: Reader<string | readonly string[]> = (value, where) => {
  if (value === 'all') return value;
  return typeof value === 'string' ? readSecurity(value, where) : readSecurityList(value, where);
};

const ARGS = { enddate: required(readPastDay), index: optional(readIndex, 'all') };

function asked(
  numbers: readonly number[],
  day: string,
  index: string | readonly string[],
  adjust: 'pre' | 'post' | 'none',
): AskedAlphas {
  const formulas = new Map(numbers.map((number) => [alphaName(number), FORMULAS[number - 1] ?? '']));
  return { formulas, codes: securitiesOf(index, day), day, adjust, benchmark: null, last: lastSignOf };
}

function alphaFunction(number: number): Alpha {
  const name = alphaName(number);
  const call = (...values: readonly unknown[]): Series => {
    const { enddate, index } = bindArguments(name, ARGS, values);
    return alphaSeries(asked([number], enddate, index, 'pre'));
  };
  Object.defineProperty(call, 'name', { value: name });
  return call as Alpha;
}

type Digit = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;

/** `alpha_001` … `alpha_101`. */
export const ALPHAS = Object.fromEntries(
  FORMULAS.map((_, i): [string, Alpha] => [alphaName(i + 1), alphaFunction(i + 1)]),
) as Readonly<Record<`alpha_${0 | 1}${Digit}${Digit}`, Alpha>>; // the module takes those of them that there are; a test compares

export const alpha: Alphas = (...values: readonly unknown[]): DataFrame => {
  const args = { ...ARGS, fq: optional(readAdjust, 'pre'), alpha: optional(readNumbers(FORMULAS.length), []) };
  const a = bindArguments('alpha', args, values);
  const numbers = a.alpha.length > 0 ? a.alpha : FORMULAS.map((_, i) => i + 1);
  return alphaFrame(asked(numbers, a.enddate, a.index, a.fq));
};
