import { BtError } from '../../domain/errors.ts';

/** A bar unit split into what a provider serves and how many of those make one bar. */
export interface BarUnitPlan {
  readonly base: '1d' | '1m';
  readonly size: number;
}

/** JoinQuant's `unit`/`frequency`: 1d, daily, Xd, 1m, minute, Xm. Throws BAD_UNIT. */
export function parseUnit(text: string): BarUnitPlan {
  if (text === 'daily') return { base: '1d', size: 1 };
  if (text === 'minute') return { base: '1m', size: 1 };
  const match = /^([1-9]\d{0,3})([dm])$/.exec(text);
  if (match === null) {
    throw new BtError('BAD_UNIT', `'${text}' is no bar unit. Write 1d, 5d, 1m, 5m … (daily and minute also work).`, {
      fault: 'strategy',
    });
  }
  return { base: match[2] === 'd' ? '1d' : '1m', size: Number(match[1]) };
}
