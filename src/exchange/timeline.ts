import type { FeeSchedule } from '../domain/market/fees.ts';
import { sessionPhase } from '../domain/market/session.ts';
import { book, hold, startDay } from './account.ts';
import type { AccountData, ExchangeData, OrderData, TakenData } from './data.ts';
import type { DaySession } from './day-session.ts';
import {
  AFTERNOON_OPEN,
  CLOSE_TICK,
  closeOf,
  DAY_CLOSE,
  MORNING_OPEN,
  nextTickTime,
  OPENING_MATCH,
  tickAt,
} from './grid.ts';
import type { Market } from './market.ts';
import type { Pit } from './matching.ts';
import { byPriority, join, matchAuction, matchTick } from './matching.ts';
import { payOutOn } from './night.ts';
import { delay, finish, liveStatus } from './orders.ts';
import { TEXTS } from './texts.ts';

interface Live {
  readonly account: AccountData;
  readonly order: OrderData;
}

/**
 * Lets market time pass over the orders: every step happens at its own instant and in one order, however often or seldom
 * somebody looks, so that the outcome depends on what was placed and when, and on nothing else.
 */
export class Timeline {
  readonly #data: ExchangeData;
  readonly #market: Market;
  readonly #fees: FeeSchedule;
  /** Orders of the current day that are not final, oldest first. */
  #live: Live[];

  constructor(data: ExchangeData, market: Market, fees: FeeSchedule) {
    this.#data = data;
    this.#market = market;
    this.#fees = fees;
    this.#live = data.accounts
      .flatMap((account) => account.orders.map((order) => ({ account, order })))
      .filter(({ order }) => order.mode !== 'done')
      .sort((a, b) => a.order.serial - b.order.serial);
  }

  /** Takes in an accepted order. */
  add(account: AccountData, order: OrderData): void {
    this.#live.push({ account, order });
  }

  /** Everything up to and including `now` happens. Earlier than what already happened: nothing does. */
  advance(now: number): void {
    const data = this.#data;
    if (now <= data.cursor) return;
    for (let next = this.#nextInstant(); next !== null && next <= now; next = this.#nextInstant()) {
      this.#process(next);
      data.cursor = next;
    }
    data.cursor = now;
    const today = this.#market.moment(now).index;
    if (this.#market.days.day(today) !== data.day) this.#startDay(today);
  }

  /** After a change of an order from outside: status, hold and revision. */
  touch({ account, order }: Live): void {
    if (order.mode !== 'done') order.status = liveStatus(order);
    hold(account, order, this.#instrumentOf(order).tickMills, this.#fees);
    this.#data.revision += 1;
  }

  /** The next instant after the cursor at which anything can happen to an open order; null when none is open. */
  #nextInstant(): number | null {
    if (this.#live.length === 0) return null;
    const { midnight, time } = this.#today();
    let next = Infinity;
    for (const { order } of this.#live) {
      for (const at of [
        midnight + closeOf(order.security),
        order.waitAt,
        order.reportAt,
        order.joinAt,
        order.cancelAt,
      ]) {
        if (at !== null && at < next) next = at;
      }
      const market = order.mode === 'call' ? auctionTime(time) : inBook(order) ? nextTickTime(time) : null;
      if (market !== null && midnight + market < next) next = midnight + market;
    }
    return next;
  }

  /** The order of things at one instant: reports, the market's move, arrivals, cancels, the day's end. */
  #process(now: number): void {
    const { midnight } = this.#today();
    const time = now - midnight;
    for (const live of this.#live) this.#report(live, now);
    if (time === OPENING_MATCH || time === DAY_CLOSE) this.#auction(now, time);
    else if (nextTickTime(time - 1) === time) this.#tick(now, tickAt(time));
    for (const live of this.#live) this.#join(live, now, midnight);
    for (const live of this.#live) this.#cancel(live, now);
    for (const live of this.#live)
      if (live.order.mode !== 'done' && time === closeOf(live.order.security)) this.#finish(live, TEXTS.expired);
    this.#live = this.#live.filter(({ order }) => order.mode !== 'done');
  }

  #report(live: Live, now: number): void {
    const { order } = live;
    if (order.waitAt === now) {
      order.waitAt = null;
      this.touch(live);
    }
    if (order.reportAt === now) {
      order.reportAt = null;
      order.joinAt = joinTime(now + delay(order, 3, 20, 100), this.#today().midnight, order.security);
      this.touch(live);
    }
  }

  #join({ order }: Live, now: number, midnight: number): void {
    if (order.joinAt !== now || order.mode === 'done') return;
    order.joinAt = null;
    const phase = sessionPhase(now, order.security);
    if (phase === 'morning' || phase === 'afternoon') {
      join(order, this.#pit(order.security, tickAt(now - midnight), now));
    } else {
      order.mode = 'call';
    }
  }

  #cancel(live: Live, now: number): void {
    const { order } = live;
    if (order.cancelAt !== now || order.mode === 'done') return;
    const phase = sessionPhase(now, order.security);
    if (phase === 'morning' || phase === 'afternoon' || phase === 'opening_call' || phase === 'lunch') {
      this.#finish(live, TEXTS.canceled);
      return;
    }
    // It reached the exchange after the last moment for cancels.
    order.cancelAt = null;
    order.statusText = TEXTS.cancelTooLate;
    this.touch(live);
  }

  #finish(live: Live, text: string): void {
    finish(live.order, text);
    this.touch(live);
  }

  #tick(now: number, tick: number): void {
    for (const [security, orders] of this.#bySecurity(inBook)) {
      const pit = this.#pit(security, tick, now);
      for (const side of ['buy', 'sell'] as const) {
        matchTick(orders.filter((order) => order.side === side).sort(byPriority), pit);
      }
    }
  }

  #auction(now: number, time: number): void {
    const tick = time === DAY_CLOSE ? CLOSE_TICK : 0;
    const takesPart = (order: OrderData): boolean =>
      order.mode === 'call' || (time === closeOf(order.security) && inBook(order));
    for (const [security, orders] of this.#bySecurity(takesPart)) {
      const { session, fill } = this.#pit(security, tick, now);
      for (const side of ['buy', 'sell'] as const) {
        const ranked = orders.filter((order) => order.side === side).sort(byPriority);
        matchAuction(ranked, session.price(tick), session.lotsAt(tick) * 100, fill);
      }
      for (const order of orders) {
        if (order.mode !== 'call' || time === DAY_CLOSE) continue;
        order.mode = 'waiting';
        order.joinAt = this.#today().midnight + MORNING_OPEN;
      }
    }
  }

  #bySecurity(wanted: (order: OrderData) => boolean): Map<string, OrderData[]> {
    const orders = this.#live.map(({ order }) => order).filter((order) => order.mode !== 'done' && wanted(order));
    return Map.groupBy(orders, ({ security }) => security);
  }

  #pit(security: string, tick: number, now: number): Pit {
    const session = this.#session(security);
    const { tickMills } = session.shape.instrument;
    const fill = (order: OrderData, amount: number, price: number): void => {
      const live = this.#live.find((one) => one.order === order);
      if (live === undefined) return;
      book(live.account, order, { amount, price, tickMills, time: now }, this.#fees);
      if (order.filled === order.amount) this.#finish(live, '');
      else this.touch(live);
    };
    return { session, tick, taken: this.#taken(security, tick), fill };
  }

  #taken(security: string, tick: number): TakenData {
    const known = this.#data.taken[security];
    if (known?.tick === tick) return known;
    const fresh = { tick, bids: [], asks: [] };
    this.#data.taken[security] = fresh;
    return fresh;
  }

  #startDay(index: number): void {
    const { days } = this.#market;
    // One change for each day that began, also when several passed at once.
    const began = days.upTo(this.#data.day) + 1;
    this.#data.revision += index - began + 1;
    this.#data.day = days.day(index);
    this.#data.taken = {};
    for (const account of this.#data.accounts) startDay(account, this.#data.day, days);
    for (let day = began; day <= index; day += 1) payOutOn(day, this.#data.accounts, this.#market);
  }

  #session(security: string): DaySession {
    return this.#market.session(this.#market.instrument(security), this.#today().index);
  }

  #instrumentOf(order: OrderData): { readonly tickMills: number } {
    return this.#market.instrument(order.security);
  }

  /** The day of the cursor and the time on it. Open orders exist on its trading day only. */
  #today(): { readonly midnight: number; readonly time: number; readonly index: number } {
    const { index, time } = this.#market.moment(this.#data.cursor);
    return { index, time, midnight: this.#market.days.midnight(index) };
  }
}

function inBook(order: OrderData): boolean {
  return order.mode === 'taking' || order.mode === 'resting';
}

/** Time of the auction an order in a call waits for. */
function auctionTime(time: number): number {
  return time < OPENING_MATCH ? OPENING_MATCH : DAY_CLOSE;
}

/** When an order reported now meets the market: at once in continuous auction and calls, else when trading goes on. */
function joinTime(at: number, midnight: number, security: string): number {
  const phase = sessionPhase(at, security);
  if (phase === 'pre_open') return midnight + MORNING_OPEN;
  return phase === 'lunch' ? midnight + AFTERNOON_OPEN : at;
}
