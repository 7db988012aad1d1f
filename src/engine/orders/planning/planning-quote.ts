import { continuousSince } from '../../../domain/market/session.ts';
import { chinaText } from '../../../domain/time.ts';
import type { Quote } from '../../../domain/trading.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { TimerSource } from '../../../platform/timers.ts';
import type { Events } from '../../events.ts';

/** Market ms: a book comes each 3 s and needs a moment on its way. */
const OLD_MS = 5_000;
/** Wall ms for which a newer book is asked for, and between two requests. */
const PATIENCE_MS = 1_000;
const AGAIN_MS = 200;

export interface PlanningQuoteOptions {
  readonly clock: Clock;
  readonly timers: TimerSource;
  readonly events: Events;
  /** Asks the venue; null = it does not know the security. */
  readonly ask: (security: string) => Promise<Quote | null>;
}

/**
 * The quote an order is planned on. In continuous trading one of before the opening is asked for again for up to a second: at
 * 09:30:00 a gateway still shows the book of 09:25. One older than 5 s, which is usual where little is traded, is asked for once
 * more. What stays old is used, and said.
 */
export async function planningQuote(security: string, options: PlanningQuoteOptions): Promise<Quote | null> {
  const { clock, timers, events, ask } = options;
  const until = timers.monotonic() + PATIENCE_MS;
  for (let asked = 1; ; asked += 1) {
    const quote = await ask(security);
    const time = quote?.time ?? null;
    const now = clock.now();
    const since = continuousSince(now);
    if (time === null || quote?.paused === true || since === null) return quote;
    const isOfBefore = time < since;
    if (!isOfBefore && now - time <= OLD_MS * Math.max(1, clock.speed)) return quote;
    const isEnough = isOfBefore ? timers.monotonic() >= until : asked > 1;
    if (isEnough) {
      const text = `The quote of ${security} is old (${chinaText(time)}); the order is planned on it all the same.`;
      events.note('warning', null, text);
      return quote;
    }
    await new Promise<void>((resolve) => timers.after(AGAIN_MS, resolve));
  }
}
