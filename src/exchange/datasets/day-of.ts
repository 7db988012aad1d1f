import { BtError } from '../../domain/errors.ts';
import { chinaDay } from '../../domain/time.ts';
import { CLOSE_TICK } from '../grid.ts';
import { isListedOn } from '../instrument.ts';
import type { Instrument } from '../instrument.ts';
import type { Market } from '../market.ts';

/** The day that is asked about, but none after the one of the question, `YYYY-MM-DD`. */
export function knownDay(day: string | null, asOf: number): string {
  const today = chinaDay(asOf);
  return day === null || day > today ? today : day;
}

/** Number of the last trading day up to it; 0 before the market begins. */
export function knownIndex(market: Market, day: string | null, asOf: number): number {
  return Math.max(0, market.days.upTo(knownDay(day, asOf)));
}

/** The stocks that are listed on the day that is asked about, by code. */
export function stocksOn(market: Market, day: string | null, asOf: number): Instrument[] {
  const [asked, index] = [knownDay(day, asOf), knownIndex(market, day, asOf)];
  return market.stocks().filter((one) => one.startDate <= asked && isListedOn(one, index));
}

/** Number of the last trading day that has its close. */
export function lastClosed(market: Market, asOf: number): number {
  const { index, tick } = market.moment(asOf);
  return tick >= CLOSE_TICK ? index : index - 1;
}

/** What somebody asks for by a code or a name that is none. */
export function unknownName(what: string, name: string, advice: string): BtError {
  return new BtError('UNKNOWN_NAME', `"${name.slice(0, 60)}" is no ${what}. ${advice}`, { fault: 'strategy' });
}
