import { badArgument } from '../../api/arguments.ts';
import type { Reader } from '../../api/arguments.ts';
import { today } from '../../api/days.ts';
import { isIterable } from '../../api/readers.ts';
import { readDay } from '../../objects/datetime/read-time.ts';
import { floats } from '../../objects/frame/column/column.ts';
// The classes put themselves into the factory when they load.
import '../../objects/frame/data-frame.ts';
import { makeFrame, makeSeries } from '../../objects/frame/factory.ts';
import { Index } from '../../objects/frame/index/index.ts';
import type { DataFrame, Series } from '../../objects/frame/types.ts';
import { pyRepr } from '../../text/python-text.ts';
import type { AdjustMode } from '../../../src/domain/trading.ts';
import { readAlphaData } from './data.ts';
import { daysRead } from './evaluate.ts';
import type { AlphaData } from './evaluate.ts';
import { parseFormula } from './formula.ts';
import type { Formula } from './formula.ts';

/** What is calculated of which securities. */
export interface AskedAlphas {
  /** Formulas by the name of their function. */
  readonly formulas: ReadonlyMap<string, string>;
  readonly codes: readonly string[];
  readonly day: string;
  readonly adjust: AdjustMode;
  readonly benchmark: string | null;
  /** The values of the last day. */
  readonly last: (formula: Formula, data: AlphaData) => Float64Array;
}

const parsed = new Map<string, Formula>();

/** Read when it is first asked for. */
function formulaOf(text: string): Formula {
  const known = parsed.get(text) ?? parseFormula(text);
  parsed.set(text, known);
  return known;
}

/** The values of each formula; what they read together is read once. */
function linesOf({ formulas, codes, day, adjust, benchmark, last }: AskedAlphas): readonly Float64Array[] {
  const all = [...formulas.values()].map(formulaOf);
  const days = new Map<string, number>();
  for (const [name, count] of all.flatMap((formula) => [...daysRead(formula)]))
    days.set(name, Math.max(count, days.get(name) ?? 0));
  const data = readAlphaData({ codes, days, day, adjust, benchmark });
  return all.map((formula) => last(formula, data));
}

/** The one formula that is asked for. */
export function alphaSeries(asked: AskedAlphas): Series {
  const [line = new Float64Array(0)] = linesOf(asked);
  return makeSeries<number>(floats(line), new Index(asked.codes), [...asked.formulas.keys()][0] ?? null);
}

/** A column for each formula. */
export function alphaFrame(asked: AskedAlphas): DataFrame {
  return makeFrame(new Index([...asked.formulas.keys()]), linesOf(asked).map(floats), new Index(asked.codes));
}

export function alphaName(number: number): string {
  return `alpha_${String(number).padStart(3, '0')}`;
}

/** Numbers of formulas: `'alpha_005'` or 5, or a list of them. */
export function readNumbers(count: number): Reader<readonly number[]> {
  return (value, where) => {
    const items: unknown[] = isIterable(value) && typeof value !== 'string' ? [...value] : [value];
    return items.map((item) => {
      const number = typeof item === 'string' ? Number(/^alpha_?(?<n>\d{1,3})$/u.exec(item)?.groups?.['n']) : item;
      if (typeof number === 'number' && Number.isInteger(number) && number >= 1 && number <= count) return number;
      throw badArgument(where, `must be like 'alpha_005' or 5, from 1 to ${count}, was ${pyRepr(item)}.`);
    });
  };
}

/** A day that has come. */
export const readPastDay: Reader<string> = (value, where) => {
  const day = readDay(value, where);
  if (day <= today()) return day;
  throw badArgument(where, `is ${day}, a day that has not come: pass context.previous_date.`);
};
