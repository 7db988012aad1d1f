import { BtError } from '../../domain/errors.ts';

/** A bar unit split into what a provider serves and what is made of that. */
export interface BarUnitPlan {
  readonly base: '1d' | '1m';
  /** How many of those make one bar; of a `week` or `month`: at most so many. */
  readonly size: number;
  readonly period: 'week' | 'month' | null;
}

const PERIODS: Readonly<Record<string, BarUnitPlan>> = {
  daily: { base: '1d', size: 1, period: null },
  minute: { base: '1m', size: 1, period: null },
  '1w': { base: '1d', size: 5, period: 'week' },
  '1M': { base: '1d', size: 23, period: 'month' },
};

/** JoinQuant's `unit`/`frequency`: 1d, daily, Xd, 1m, minute, Xm, 1w, 1M. Throws BAD_UNIT. */
export function parseUnit(text: string): BarUnitPlan {
  const named = Object.hasOwn(PERIODS, text) ? PERIODS[text] : undefined;
  if (named !== undefined) return named;
  const match = /^([1-9]\d{0,3})([dm])$/.exec(text);
  if (match === null) {
    throw new BtError(
      'BAD_UNIT',
      `'${text}' is no bar unit. Write 1d, 5d, 1m, 5m, 1w, 1M … (daily and minute also work).`,
      { fault: 'strategy' },
    );
  }
  return { base: match[2] === 'd' ? '1d' : '1m', size: Number(match[1]), period: null };
}
