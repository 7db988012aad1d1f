import { errorMessage } from '../../domain/errors.ts';
import { crossings, isFollowed, netted, overtakenText } from '../../domain/follow/crossing.ts';
import { orderableAt } from '../../domain/follow/hours.ts';
import { AGAIN_MS, type SignalFact } from '../../domain/follow/life.ts';
import { sellsFirstUntil } from '../../domain/follow/rotation.ts';
import type { SignalRow } from '../../domain/follow/row.ts';
import type { FollowRules } from '../../domain/follow/rules.ts';
import type { SourcePicture } from '../../domain/follow/signal.ts';
import { sizeSignal } from '../../domain/follow/sizing.ts';
import { isAtLimit, styleOf, type Styled } from '../../domain/follow/style.ts';
import { continuousTimeAfter } from '../../domain/market/trading-hours.ts';
import { viewOfSub } from '../../domain/order/sub-portfolios.ts';
import type { AccountView, OrderStyle } from '../../domain/order/types.ts';
import { chinaDay, chinaText } from '../../domain/time.ts';
import type { Quote } from '../../domain/trading.ts';
import type { FollowParts } from './parts.ts';
import type { Followed } from './strategies.ts';

/** How an order is priced, and the quote that it was reckoned on. */
export interface Priced {
  readonly style: OrderStyle;
  readonly quote: Quote;
}

/** What is known of a signal whose turn has come, and the price of its order when it is to be ordered. */
export interface Prepared {
  readonly fact: SignalFact;
  readonly priced: Priced | null;
}

/** A quote that has been asked for. */
export type Asked = Promise<Quote | null>;

/** Market ms after which a security at its limit is looked at again, and a gate that is closed. */
const LIMIT_LOOK_MS = 3_000;
const GATE_LOOK_MS = 1_000;
/** No signal that is under way came before that, nor did what it was netted with. */
const CHAIN_MS = 15 * 86_400_000;
/** Of an order the other way, whose cancel is asked for again when the exchange takes cancels again. */
const CROSSED_LOOK_MS = 1_000;

/** Looks at gate, hours, rotation and quote, and reckons what a signal is to us. */
export class Preparer {
  readonly #parts: FollowParts;

  constructor(parts: FollowParts) {
    this.#parts = parts;
  }

  /** Asks for the quote of a signal before it is written down: gateway and disk take their time together. Null = its turn has not come. */
  ahead(row: SignalRow, { rules }: Followed, open: Iterable<SignalRow>): Asked | null {
    if ((this.#hours(row, rules) ?? this.#crossed(row, open) ?? this.#waits(row, rules, open)) !== null) return null;
    const asked = this.#parts.quotes.fresh(row.security);
    // Told when it is prepared, if it ever is.
    asked.catch(() => undefined);
    return asked;
  }

  /** `open`: all signals that have not ended; `ahead`: its quote, when that was asked for. Never rejects. */
  async prepare(row: SignalRow, followed: Followed, open: Iterable<SignalRow>, ahead: Asked | null): Promise<Prepared> {
    const { rules } = followed;
    const waits = this.#crossed(row, open) ?? this.#hours(row, rules) ?? this.#waits(row, rules, open);
    if (waits !== null) return plain(waits);
    try {
      const quote = await (ahead ?? this.#parts.quotes.fresh(row.security));
      return quote === null
        ? plain(refused('NO_QUOTE', `the venue does not know ${row.security}`))
        : this.#quoted(row, followed, quote);
    } catch (error) {
      return plain(this.#later(`no quote: ${errorMessage(error)}`, AGAIN_MS));
    }
  }

  /** Looks at the quote when its order has been open for long. Null = it is to be cancelled. Never rejects. */
  async stays(row: SignalRow, rules: FollowRules): Promise<SignalFact | null> {
    const { clock, quotes } = this.#parts;
    try {
      const quote = await quotes.fresh(row.security);
      // One that queues at the day's limit would lose its place.
      return quote !== null && isAtLimit(row.side, quote) ? { kind: 'left', quoteAt: this.quoteAt(row, rules) } : null;
    } catch {
      return { kind: 'left', quoteAt: clock.now() + AGAIN_MS };
    }
  }

  /** When an order of now is judged; null = it is left alone. */
  quoteAt({ security }: Pick<SignalRow, 'security'>, { requote }: FollowRules): number | null {
    const { clock, calendar } = this.#parts;
    if (requote.times === 0) return null;
    return continuousTimeAfter(clock.now(), requote.afterSeconds * 1000, calendar, security);
  }

  #hours(row: SignalRow, { outsideHours }: FollowRules): SignalFact | null {
    const { clock, calendar } = this.#parts;
    const now = clock.now();
    const at = orderableAt(now, calendar, row.security);
    if (at === null) return refused('CALENDAR', 'no calendar says when it can be ordered');
    if (at <= now) return null;
    const opens = chinaText(at).slice(0, 16);
    if (outsideHours === 'queue' && row.attempt === 0)
      return { kind: 'later', until: at, why: `the opening of ${opens}`, queued: true };
    if (row.attempt > 0) return { kind: 'later', until: at, why: `the exchanges open again on ${opens}` };
    return refused('OUTSIDE_HOURS', `it came outside trading hours; they open next on ${opens}`);
  }

  /** Buys and sells of one security go one after the other, each from what the one before it has left. */
  #crossed(row: SignalRow, open: Iterable<SignalRow>): SignalFact | null {
    const { earlier, later } = crossings(row, open);
    const overtaker = later ?? (row.attempt > 0 ? this.#since(row) : null);
    if (overtaker !== null) return { kind: 'overtaken', reason: overtakenText(overtaker.side) };
    const [first] = earlier;
    return first === undefined ? null : this.#later(`its ${first.side} of before ends first`, CROSSED_LOOK_MS);
  }

  #waits(row: SignalRow, rules: FollowRules, open: Iterable<SignalRow>): SignalFact | null {
    const { trading, clock } = this.#parts;
    const closed = trading.gate.reason();
    if (closed !== null) return this.#later(`trading waits: ${closed}`, GATE_LOOK_MS);
    const until = row.attempt === 0 ? sellsFirstUntil(row, open, rules, clock.now()) : null;
    return until === null ? null : { kind: 'later', until, why: 'sells of its rotation go first' };
  }

  #quoted(row: SignalRow, followed: Followed, quote: Quote): Prepared {
    const { rules, pindex } = followed;
    if (quote.paused === true) return plain(refused('SUSPENDED', `${row.security} is suspended`));
    if (isAtLimit(row.side, quote)) {
      const limit = row.side === 'buy' ? 'upper' : 'lower';
      return plain(this.#later(`its price is at today's ${limit} limit`, LIMIT_LOOK_MS));
    }
    const styled = styleOf(rules, row, quote);
    if (styled === null) return plain(refused('NO_PRICE', `${row.security} has no price now`));
    const whole = this.#parts.trading.portfolios.view();
    const view = whole === null ? null : viewOfSub(whole, pindex);
    if (view === null) return plain(this.#later('the account is being read', GATE_LOOK_MS));
    const fact = row.asked === null ? this.#sized(row, rules, styled, view) : this.#ready(row, rules);
    return { fact, priced: { style: styled.style, quote } };
  }

  #ready(row: SignalRow, rules: FollowRules): SignalFact {
    return { kind: 'ready', quoteAt: this.quoteAt(row, rules) };
  }

  #sized(row: SignalRow, rules: FollowRules, { price, notes }: Styled, view: AccountView): SignalFact {
    const { ledger, clock } = this.#parts;
    const { strategy, security, side, origin } = row;
    const day = chinaDay(clock.now());
    const own = view.positions.find((position) => position.security === security);
    const sized = sizeSignal({
      rules,
      origin,
      price,
      signal: row,
      picture: pictureSince(row.sentAt, ledger.signals.picture(strategy)),
      held: own?.amount ?? 0,
      closeable: own?.closeableAmount ?? 0,
      totalValue: view.totalValue,
      netted: origin === 'source' ? this.#netted(row) : 0,
      collected: rules.smallLots === 'collect' ? ledger.signals.carried(strategy, security, side) : 0,
      spentToday: rules.maxDayValue === null ? 0 : ledger.signals.spent(strategy, day),
    });
    if (sized.kind !== 'order') return sized;
    const value = side === 'buy' ? sized.wanted * price : 0;
    const quoteAt = this.quoteAt(row, rules);
    return { ...sized, kind: 'sized', value, day, notes: [...notes, ...sized.notes], quoteAt };
  }

  /** One that came after it the other way and was over while its order was being cancelled. */
  #since(row: SignalRow): SignalRow | null {
    const { later } = crossings(row, this.#around(row).filter(isFollowed));
    return later;
  }

  #netted(row: SignalRow): number {
    const { strategy, security, side, receivedAt } = row;
    const other = side === 'buy' ? 'sell' : 'buy';
    if (!this.#parts.ledger.signals.wasUnderWay(strategy, security, other, receivedAt)) return 0;
    const rows = this.#around(row);
    return netted(rows.slice(0, rows.findIndex(({ key }) => key === row.key) + 1));
  }

  #around({ strategy, security, receivedAt }: SignalRow): SignalRow[] {
    return this.#parts.ledger.signals.around(strategy, security, receivedAt - CHAIN_MS);
  }

  #later(why: string, ms: number): SignalFact {
    return { kind: 'later', until: this.#parts.clock.now() + ms, why };
  }
}

/** One of before the signal does not show what the source did: a holding that it lacks may have been bought since. */
function pictureSince(sentAt: number, picture: SourcePicture | null): SourcePicture | null {
  return picture !== null && picture.at >= sentAt ? picture : null;
}

function plain(fact: SignalFact): Prepared {
  return { fact, priced: null };
}

function refused(code: string, reason: string): SignalFact {
  return { kind: 'refused', code, reason };
}
