import { pyRepr } from '../../text/python-text.ts';
import { badArgument } from '../arguments.ts';

/** A quarter (1 to 4) or, with null, the whole year. */
export interface Period {
  readonly year: number;
  readonly quarter: number | null;
}

const ENDS = ['03-31', '06-30', '09-30', '12-31'];

/** `'2015q1'` or `'2015'`. */
export function readPeriod(value: unknown, where: string): Period {
  const match = /^(\d{4})(?:q([1-4]))?$/i.exec(typeof value === 'number' ? String(value) : textOf(value));
  if (match === null) throw badArgument(where, `must be a quarter '2015q1' or a year '2015', was ${pyRepr(value)}.`);
  const [, year, quarter] = match;
  return { year: Number(year), quarter: quarter === undefined ? null : Number(quarter) };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.trim() : '';
}

export function periodText({ year, quarter }: Period): string {
  return quarter === null ? String(year) : `${year}q${quarter}`;
}

/** Its last day. */
export function periodEnd({ year, quarter }: Period): string {
  return `${year}-${ENDS[(quarter ?? 4) - 1] ?? '12-31'}`;
}

/** The quarter that ends on a day. */
export function quarterEnding(day: string): Period {
  return { year: Number(day.slice(0, 4)), quarter: ENDS.indexOf(day.slice(5)) + 1 };
}

/** The period so many quarters (years for a year) earlier. */
export function earlier({ year, quarter }: Period, by: number): Period {
  if (quarter === null) return { year: year - by, quarter };
  const index = year * 4 + (quarter - 1) - by;
  return { year: Math.floor(index / 4), quarter: (index % 4) + 1 };
}
