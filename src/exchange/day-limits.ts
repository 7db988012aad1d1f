import { daysWithoutLimit, priceLimitsOf } from '../domain/market/price-limit.ts';
import { isStOn } from './instrument.ts';
import type { Instrument } from './instrument.ts';

/** Ticks; null where the day has none: indices, and stocks in their first days. */
export interface DayLimits {
  readonly highLimit: number | null;
  readonly lowLimit: number | null;
}

/** The price limits of a trading day (its number, and `YYYY-MM-DD`) that begins from a price in ticks. */
export function limitsOn(instrument: Instrument, index: number, day: string, preClose: number): DayLimits {
  const { security, tickMills, startIndex, board } = instrument;
  const age = index - startIndex;
  const free = board === 'index' || (age >= 0 && age < 5 && startIndex > 0 && age < daysWithoutLimit(security, day));
  if (free) return { highLimit: null, lowLimit: null };
  const limited = { security, board, unit: tickMills * 10 };
  const context = { day, isSt: isStOn(instrument, index) };
  const { high, low } = priceLimitsOf(limited, (preClose * tickMills) / 1000, context);
  return { highLimit: Math.round((high * 1000) / tickMills), lowLimit: Math.round((low * 1000) / tickMills) };
}
