import type { Quote } from '../../domain/trading.ts';

/** A gateway's clock may be so far ahead of ours, ms. */
const AHEAD_MS = 5 * 60_000;

/** What of a quote moves in a market that trades. */
type Reading = Pick<Quote, 'time' | 'lastPrice' | 'bid1' | 'ask1' | 'volume'>;

/** When anything at all has last moved in what a source of quotes shows: a quiet security says nothing of the source, the whole of it does. */
export class FeedPulse {
  readonly #known = new Map<string, Reading>();
  /** Market time of the newest quote, epoch ms. */
  #newest = Number.NEGATIVE_INFINITY;
  #movedAt = Number.NEGATIVE_INFINITY;
  #notedAt = Number.NEGATIVE_INFINITY;

  /** A quote has come, at that market time (epoch ms). */
  note({ security, time, lastPrice, bid1, ask1, volume }: Quote, now: number): void {
    this.#notedAt = now;
    const before = this.#known.get(security);
    const isOther =
      before !== undefined &&
      (before.time !== time ||
        before.lastPrice !== lastPrice ||
        before.bid1 !== bid1 ||
        before.ask1 !== ask1 ||
        before.volume !== volume);
    this.#known.set(security, { time, lastPrice, bid1, ask1, volume });
    if (isOther) this.#movedAt = now;
    if (time !== null && time <= now + AHEAD_MS) this.#newest = Math.max(this.#newest, time);
  }

  /** Market time of the newest quote, epoch ms; null = none has come. */
  newest(): number | null {
    return Number.isFinite(this.#newest) ? this.#newest : null;
  }

  /** Whether something has moved within `ms`; null = nobody has looked for as long. `lastAt`: time of the newest quote. */
  state(ms: number, now: number): { readonly alive: boolean | null; readonly lastAt: number | null } {
    const lastAt = Number.isFinite(this.#newest) ? this.#newest : null;
    if (this.movedWithin(ms, now)) return { alive: true, lastAt };
    return { alive: now - this.#notedAt <= ms ? false : null, lastAt };
  }

  /** True when something is of the last `ms`, or was seen to change within them. */
  movedWithin(ms: number, now: number): boolean {
    return now - this.#newest <= ms || now - this.#movedAt <= ms;
  }
}
