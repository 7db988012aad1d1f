import { BtError } from '../../../domain/errors.ts';
import { canSendOrder, continuousSince } from '../../../domain/market/session.ts';
import { chinaDay, chinaText, instantOf } from '../../../domain/time.ts';
import type { Quote } from '../../../domain/trading.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { TimerSource } from '../../../platform/timers.ts';
import type { Events } from '../../events.ts';

/** Market ms: a book comes each 3 s and needs a moment on its way. */
const OLD_MS = 5_000;
/** Wall ms for which a newer book is asked for, and between two requests. */
const PATIENCE_MS = 1_000;
/** The first book of a call may come some seconds after its beginning. */
const CALL_PATIENCE_MS = 5_000;
const AGAIN_MS = 200;

export interface PlanningQuoteOptions {
  readonly clock: Clock;
  readonly timers: TimerSource;
  readonly events: Events;
  /** The order that is planned. */
  readonly orderId: string;
  /** Asks the venue; null = it does not know the security. */
  readonly ask: (security: string, orderId: string) => Promise<Quote | null>;
  /** Market ms for which nothing at all may have moved in continuous trading; 0 = neither this nor the day of a quote is looked at. */
  readonly maxAgeMs: number;
  /** Whether anything at all of what the venue shows has moved in the last `ms` of market time. */
  readonly hasMoved: (ms: number) => Promise<boolean>;
}

/** Code of the error for a quote that is not of now: nothing may be planned on it. */
export const QUOTE_OLD = 'QUOTE_OLD';

/**
 * The quote an order is planned on. One of before the opening is asked for again for up to a second: at 09:30:00 a gateway still shows
 * the book of 09:25. One older than 5 s, which is usual where little is traded, is asked for once more. What stays old is used, and
 * said, as long as the source lives; in a call one of another day is asked for again for 5 s. Throws QUOTE_OLD (venue) for one that is not of today, and when nothing has moved for `maxAgeMs`.
 */
export async function planningQuote(security: string, options: PlanningQuoteOptions): Promise<Quote | null> {
  const quote = await latest(security, options);
  if (quote === null || quote.paused === true || options.maxAgeMs === 0) return quote;
  const doubt = await doubtOf(quote, security, options);
  if (doubt === null) return quote;
  const text = `${doubt} Nothing is ordered on it: look at the market data of the gateway. (A gateway that renews its quotes once a minute needs QUOTE_MAX_AGE_SECONDS=120; 0 switches this off, for stubs whose quotes stand still.)`;
  throw new BtError(QUOTE_OLD, text, { fault: 'venue' });
}

async function latest(security: string, options: PlanningQuoteOptions): Promise<Quote | null> {
  const { clock, timers, events, ask, orderId } = options;
  const began = timers.monotonic();
  for (let asked = 1; ; asked += 1) {
    const quote = await ask(security, orderId);
    const time = quote?.time ?? null;
    const now = clock.now();
    const opened = continuousSince(now, security);
    const since = opened ?? callSince(now, security);
    if (time === null || quote?.paused === true || since === null) return quote;
    const isOfBefore = time < since;
    if (!isOfBefore && (opened === null || now - time <= OLD_MS * Math.max(1, clock.speed))) return quote;
    const isCall = options.maxAgeMs > 0 && opened === null;
    const patience = isCall ? CALL_PATIENCE_MS : PATIENCE_MS;
    const isEnough = isOfBefore ? timers.monotonic() - began >= patience : asked > 1;
    if (isEnough) {
      const text = `The quote of ${security} is old (${chinaText(time)}); no newer one is to be had.`;
      events.note('warning', orderId, text);
      return quote;
    }
    await new Promise<void>((resolve) => timers.after(AGAIN_MS, resolve));
  }
}

/** Why nothing may be planned on a quote, or null. While nothing can be sent, one of yesterday will do: the order is planned again. */
async function doubtOf(
  { time }: Quote,
  security: string,
  { clock, maxAgeMs, hasMoved }: PlanningQuoteOptions,
): Promise<string | null> {
  const now = clock.now();
  if (!canSendOrder(now, security)) return null;
  if (time === null) return `The gateway does not say of when its quote of ${security} is.`;
  if (chinaDay(time) !== chinaDay(now)) return `The quote of ${security} is of ${chinaText(time)}, not of today.`;
  // By the hours of shares: when only repos trade, nothing else moves, and a feed that lives looks as one that stands still.
  const since = continuousSince(now);
  // A book may be as old as the opening: trading stood still before it.
  const age = now - Math.max(time, since ?? now);
  const most = maxAgeMs * Math.max(1, clock.speed);
  if (since === null || age <= most || (await hasMoved(most))) return null;
  return `The quote of ${security} is of ${chinaText(time)}, and nothing at all has moved in the gateway's quotes for ${maxAgeMs / 1000} s.`;
}

/** In a call: since midnight, a quote of another day is of before. Null when nothing can be sent. */
function callSince(now: number, security: string): number | null {
  return canSendOrder(now, security) ? instantOf(chinaDay(now), 0) : null;
}
