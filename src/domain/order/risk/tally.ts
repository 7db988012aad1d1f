import { tradedMoney } from '../../market/repo.ts';
import type { IntentRow } from '../rows.ts';

/** What of a day counts against the limits: exchange orders that were sent, or are about to be, their money at their price (CNY), cancels that were asked for. */
export interface DayTally {
  /** `YYYY-MM-DD` */
  readonly day: string;
  readonly orders: number;
  readonly value: number;
  readonly cancels: number;
}

export function emptyTally(day: string): DayTally {
  return { day, orders: 0, value: 0, cancels: 0 };
}

/** The tally when an intent has changed; null = it was not there before, is not there any more. Intents of other days change nothing. */
export function tallied(tally: DayTally, before: IntentRow | null, after: IntentRow | null): DayTally {
  const [less, more] = [shareOf(before, tally.day), shareOf(after, tally.day)];
  const [orders, value, cancels] = [more.orders - less.orders, more.value - less.value, more.cancels - less.cancels];
  if (orders === 0 && value === 0 && cancels === 0) return tally;
  return {
    day: tally.day,
    orders: tally.orders + orders,
    value: tally.value + value,
    cancels: tally.cancels + cancels,
  };
}

/** The tally of all intents of a day. */
export function tallyOf(day: string, intents: readonly IntentRow[]): DayTally {
  return intents.reduce((tally, intent) => tallied(tally, null, intent), emptyTally(day));
}

/** One that was never sent, and will not be, counts for nothing. */
function shareOf(intent: IntentRow | null, day: string): DayTally {
  if (intent === null || intent.day !== day) return emptyTally(day);
  const { security, amount, price, cancels, sentAt, state } = intent;
  const counts = sentAt !== null || state === 'planned';
  return { day, orders: counts ? 1 : 0, value: counts ? tradedMoney(security, amount, price) : 0, cancels };
}
