import { badArgument, bindArguments, optional, required } from '../../api/arguments.ts';
import type { Reader } from '../../api/arguments.ts';
import { readAdjust } from '../../api/bar-arguments.ts';
import { today } from '../../api/days.ts';
import { isIterable, readSecurity, readSecurityList } from '../../api/readers.ts';
import { readDay } from '../../objects/datetime/read-time.ts';
import type { TimeLike } from '../../objects/datetime/read-time.ts';
import { floats } from '../../objects/frame/column/column.ts';
// The classes put themselves into the factory when they load.
import '../../objects/frame/data-frame.ts';
import { makeFrame, makeSeries } from '../../objects/frame/factory.ts';
import { Index } from '../../objects/frame/index/index.ts';
import type { DataFrame, Series } from '../../objects/frame/types.ts';
import { pyRepr } from '../../text/python-text.ts';
import { readAlphaData, securitiesOf } from './data.ts';
import { lastDayOf, reachOf } from './evaluate.ts';
import { parseFormula, seriesOf } from './formula.ts';
import type { Formula } from './formula.ts';
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

const readEnd: Reader<string> = (value, where) => {
  const day = readDay(value, where);
  if (day <= today()) return day;
  throw badArgument(where, `is ${day}, a day that has not come: pass context.previous_date.`);
};

const readIndex: Reader<string | readonly string[]> = (value, where) => {
  if (value === 'all') return value;
  return typeof value === 'string' ? readSecurity(value, where) : readSecurityList(value, where);
};

const ARGS = { enddate: required(readEnd), index: optional(readIndex, 'all') };

export function alphaName(number: number): string {
  return `alpha_${String(number).padStart(3, '0')}`;
}

const readAlphas: Reader<readonly number[]> = (value, where) => {
  const items: unknown[] = isIterable(value) && typeof value !== 'string' ? [...value] : [value];
  return items.map((item) => {
    const number = typeof item === 'string' ? Number(/^alpha_?(?<n>\d{1,3})$/u.exec(item)?.groups?.['n']) : item;
    if (typeof number === 'number' && FORMULAS[number - 1] !== undefined) return number;
    throw badArgument(where, `must be like 'alpha_005' or 5, from 1 to ${FORMULAS.length}, was ${pyRepr(item)}.`);
  });
};

const parsed = new Map<number, Formula>();

/** Read when it is first asked for. */
function formulaOf(number: number): Formula {
  const known = parsed.get(number) ?? parseFormula(FORMULAS[number - 1] ?? '');
  parsed.set(number, known);
  return known;
}

interface Calculated {
  readonly codes: readonly string[];
  readonly lines: readonly Float64Array[];
}

function calculate(
  numbers: readonly number[],
  day: string,
  index: string | readonly string[],
  adjust: 'pre' | 'post' | 'none',
): Calculated {
  const codes = securitiesOf(index, day);
  const formulas = numbers.map(formulaOf);
  const names = [...new Set(formulas.flatMap(seriesOf))];
  const count = Math.max(0, ...formulas.map(reachOf)) + 1;
  const data = readAlphaData({ codes, names, day, count, adjust });
  return { codes, lines: formulas.map((formula) => lastDayOf(formula, data)) };
}

function alphaFunction(number: number): Alpha {
  const name = alphaName(number);
  const call = (...values: readonly unknown[]): Series => {
    const { enddate, index } = bindArguments(name, ARGS, values);
    const { codes, lines } = calculate([number], enddate, index, 'pre');
    return makeSeries<number>(floats(lines[0] ?? new Float64Array(0)), new Index(codes), name);
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
  const args = { ...ARGS, fq: optional(readAdjust, 'pre'), alpha: optional(readAlphas, []) };
  const a = bindArguments('alpha', args, values);
  const numbers = a.alpha.length > 0 ? a.alpha : FORMULAS.map((_, i) => i + 1);
  const { codes, lines } = calculate(numbers, a.enddate, a.index, a.fq);
  return makeFrame(new Index(numbers.map(alphaName)), lines.map(floats), new Index(codes));
};
