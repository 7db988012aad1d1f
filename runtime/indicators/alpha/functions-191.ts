import { bindArguments, optional, required } from '../../api/arguments.ts';
import type { Reader } from '../../api/arguments.ts';
import { readAdjust } from '../../api/bar-arguments.ts';
import { today } from '../../api/days.ts';
import { nullable, readSecurity, readSecurityList } from '../../api/readers.ts';
import { currentHost } from '../../host.ts';
import type { TimeLike } from '../../objects/datetime/read-time.ts';
import type { DataFrame, Series } from '../../objects/frame/types.ts';
import { refusal } from '../../refusal.ts';
import type { AdjustMode } from '../../../src/domain/trading.ts';
import { chinaInstant } from '../../../src/domain/time.ts';
import { alphaFrame, alphaName, alphaSeries, readNumbers, readPastDay } from './calculate.ts';
import type { AskedAlphas } from './calculate.ts';
import { lastDayOf } from './evaluate.ts';
import type { AlphaData } from './evaluate.ts';
import type { Formula } from './formula.ts';
import { FORMULAS_191 } from './formulas-191.ts';

type Codes = string | Iterable<string>;

export interface Alpha191Options {
  readonly code?: Codes;
  /** The day; the last whose trading is over when it is left out. */
  readonly end_date?: TimeLike | null;
  readonly fq?: 'pre' | 'post' | null;
}

/** The value of a formula on a day: a Series by code, NaN where something it needs is missing. */
export interface Alpha191 {
  (code: Codes, end_date?: TimeLike | Alpha191Options | null, fq?: 'pre' | 'post' | Alpha191Options | null): Series;
  (options: Alpha191Options & { readonly code: Codes }): Series;
}

export interface BenchmarkOptions extends Alpha191Options {
  /** An index; the CSI 300 when it is left out. */
  readonly benchmark?: string;
}

/** One whose formula reads an index beside the security. */
export interface BenchmarkAlpha191 {
  (
    code: Codes,
    benchmark?: string | BenchmarkOptions,
    end_date?: TimeLike | BenchmarkOptions | null,
    fq?: 'pre' | 'post' | BenchmarkOptions | null,
  ): Series;
  (options: BenchmarkOptions & { readonly code: Codes }): Series;
}

export interface Alphas191Options extends BenchmarkOptions {
  /** `'alpha_005'` or 5, or a list of them; `'all'` (default) = all that are served. */
  readonly alpha?: string | number | readonly (string | number)[];
}

/** Several formulas at once: rows are codes, columns `alpha_001` … */
export interface Alphas191 {
  (
    code: Codes,
    benchmark?: string | Alphas191Options,
    end_date?: TimeLike | Alphas191Options | null,
    fq?: 'pre' | 'post' | Alphas191Options | null,
    alpha?: Alphas191Options['alpha'] | Alphas191Options,
  ): DataFrame;
  (options: Alphas191Options & { readonly code: Codes }): DataFrame;
}

const READ_BENCHMARK = /\bindex_(?:open|close)\b/u;
/** What JoinQuant does not calculate either, by number. */
const UNSERVED: Readonly<Record<number, string>> = {
  30: 'It needs the returns of the three Fama-French factors, which JoinQuant does not have either.',
  143: 'Its value of a day is made from that of the day before, and nothing says with what it begins; JoinQuant does not calculate it either.',
  165: 'Its formula was published without the number of days of its extremes, and JoinQuant does not calculate it either.',
  183: 'Its formula was published without the number of days of its extremes, and JoinQuant does not calculate it either.',
};
/** JoinQuant gives these for the infinities. */
const INFINITE = 999_999_999_999;

const CODE = { code: required(readSecurityList) };
const BENCHMARK = { benchmark: optional(readSecurity, '000300.XSHG') };
const REST = { end_date: optional(nullable(readPastDay), null), fq: optional(readAdjust, 'pre') };

interface Asked {
  readonly code: readonly string[];
  readonly benchmark: string | null;
  readonly end_date: string | null;
  readonly fq: AdjustMode;
}

function asked(numbers: readonly number[], { code, benchmark, end_date, fq }: Asked): AskedAlphas {
  const formulas = new Map(numbers.map((number) => [alphaName(number), textOf(number)]));
  return { formulas, codes: code, day: end_date ?? lastFinishedDay(), adjust: fq, benchmark, last: lastFinite };
}

/** The formula; a call of one that is not served says why. */
function textOf(number: number): string {
  return FORMULAS_191[number - 1] ?? refuse(number)();
}

function refuse(number: number): (...values: readonly unknown[]) => never {
  const name = alphaName(number);
  const instead =
    "Write the formula you mean as a Factor and calculate it with calc_factors(): import { Factor } from 'jqfactor'.";
  return refusal(name, `${UNSERVED[number] ?? ''} ${instead}`, `jqlib.alpha191.${name}`);
}

function lastFinite(formula: Formula, data: AlphaData): Float64Array {
  return lastDayOf(formula, data).map((value) =>
    Number.isNaN(value) ? value : Math.max(-INFINITE, Math.min(INFINITE, value)),
  );
}

function lastFinishedDay(): string {
  const host = currentHost();
  const [before, last = before] = host.tradeDays(null, today(), 2);
  const open = last === today() && host.dispatch().logicalTime < chinaInstant(today(), '15:00');
  return (open ? before : last) ?? today();
}

function alphaFunction(number: number): Alpha191 & BenchmarkAlpha191 {
  const name = alphaName(number);
  const formula = FORMULAS_191[number - 1] ?? null;
  if (formula === null) return refuse(number);
  const withIndex = READ_BENCHMARK.test(formula);
  const call = (...values: readonly unknown[]): Series => {
    if (withIndex) return alphaSeries(asked([number], bindArguments(name, { ...CODE, ...BENCHMARK, ...REST }, values)));
    return alphaSeries(asked([number], { ...bindArguments(name, { ...CODE, ...REST }, values), benchmark: null }));
  };
  Object.defineProperty(call, 'name', { value: name });
  return call;
}

type Digit = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;
type Names = `alpha_${0 | 1}${Digit}${Digit}`;
type WithBenchmark = 'alpha_075' | 'alpha_149' | 'alpha_181' | 'alpha_182';

/** `alpha_001` … `alpha_191`. */
export const ALPHAS_191 = Object.fromEntries(
  FORMULAS_191.map((_, i) => [alphaName(i + 1), alphaFunction(i + 1)]),
) as unknown as Readonly<Record<Exclude<Names, WithBenchmark>, Alpha191> & Record<WithBenchmark, BenchmarkAlpha191>>; // a test compares

const SERVED = FORMULAS_191.flatMap((formula, i) => (formula === null ? [] : [i + 1]));

const readChoice: Reader<readonly number[]> = (value, where) => {
  const numbers = value === 'all' ? [] : readNumbers(FORMULAS_191.length)(value, where);
  return numbers.length > 0 ? numbers : SERVED;
};

export const alpha191: Alphas191 = (...values: readonly unknown[]): DataFrame => {
  const a = bindArguments('alpha', { ...CODE, ...BENCHMARK, ...REST, alpha: optional(readChoice, SERVED) }, values);
  return alphaFrame(asked(a.alpha, a));
};
