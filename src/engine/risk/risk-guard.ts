import { afterFact, BREAKER_AT_REST, breakerOf, type BreakerFact } from '../../domain/order/risk/breaker.ts';
import { firstOf } from '../../domain/order/risk/counts.ts';
import { HIGH_FREQUENCY, TOLD_FROM, type RiskLimits } from '../../domain/order/risk/limits.ts';
import { equalBefore, limitDenial, recentOf } from '../../domain/order/risk/rules.ts';
import type { Denial, RecentOrder, RiskRule } from '../../domain/order/risk/rule.ts';
import { tallied, tallyOf, type DayTally } from '../../domain/order/risk/tally.ts';
import type { Life } from '../../domain/order/life-types.ts';
import type { IntentRow, OrderChangeRow } from '../../domain/order/rows.ts';
import { chinaDay } from '../../domain/time.ts';
import type { Quote, SecurityInfo } from '../../domain/trading.ts';
import type { RiskStore } from '../../ledger/risk-store.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Events } from '../events.ts';
import type { OrderBook } from '../orders/book/order-book.ts';
import { aboutSecurity } from './about-security.ts';
import { isOfKillSwitch } from './kill-orders.ts';
import { Pace } from './pace.ts';
import type { AboutSecurity, PlanLimits, PlanToJudge } from './plan-limits.ts';
import { recalled } from './recalled.ts';
import { RiskStops } from './risk-stops.ts';

export interface RiskGuardOptions {
  readonly limits: RiskLimits;
  readonly store: RiskStore;
  /** Every state that an order has had. */
  readonly changesOf: (orderId: string) => readonly OrderChangeRow[];
  readonly book: OrderBook;
  readonly clock: Clock;
  readonly events: Events;
  /** Master data of a security on a day; null = nobody knows it. */
  readonly instrument: (security: string, day: string) => Promise<SecurityInfo | null>;
  readonly onFatal: (error: unknown) => void;
}

/**
 * The limits of a run. What counts against them follows from the ledger's own rows of orders (how many were sent, with how much, how
 * often cancels were asked for), so it is the same after every restart and costs no write of its own.
 */
export class RiskGuard implements PlanLimits {
  readonly limits: RiskLimits;
  readonly stops: RiskStops;
  readonly pace: Pace;
  readonly #options: RiskGuardOptions;
  #tally: DayTally | null = null;
  #recent: RecentOrder[] = [];
  #breaker = BREAKER_AT_REST;
  #lastCancel: number | null = null;
  /** Thresholds that have been told, of a day. */
  readonly #told = new Set<string>();

  constructor(options: RiskGuardOptions) {
    this.#options = options;
    this.limits = options.limits;
    this.stops = new RiskStops(options);
    this.pace = new Pace(options.clock, options.limits.maxActionsPerSecond);
    options.book.onLife((before, after) => this.#follow(before, after));
  }

  /** What counts today. */
  tally(): DayTally {
    const day = chinaDay(this.#options.clock.now());
    if (this.#tally?.day !== day) {
      const intents = this.#options.book.intents();
      const isFirst = this.#tally === null;
      this.#tally = tallyOf(day, intents);
      this.#breaker = { ...breakerOf(day, intents, this.limits), cancels: this.#breaker.cancels };
      this.#told.clear();
      if (isFirst) this.#recall(intents);
    }
    return this.#tally;
  }

  /** What the run before this one did in its last seconds counts on. */
  #recall(intents: readonly IntentRow[]): void {
    const { book, changesOf, clock } = this.#options;
    const hasWaited = (orderId: string): boolean => (book.life(orderId)?.order.opensAt ?? null) !== null;
    const { recent, actions, cancels, lastCancel } = recalled(intents, clock.now(), this.limits, {
      changesOf,
      hasWaited,
    });
    this.#recent = [...recent];
    this.#breaker = { ...this.#breaker, cancels };
    this.#lastCancel = lastCancel;
    this.pace.recall(actions);
  }

  about(security: string, quote: Quote | null): Promise<AboutSecurity> {
    const { clock, instrument } = this.#options;
    return aboutSecurity(security, quote, this.limits, { now: clock.now(), instrument });
  }

  denial({ order, orders, account, about }: PlanToJudge): string | null {
    const { clock, book, events } = this.#options;
    const [first] = orders;
    if (first === undefined || isOfKillSwitch(order)) return null;
    const now = clock.now();
    const { limits } = this;
    const tally = this.tally();
    const isNew = order.phase === 'new';
    const recent = isNew ? this.#lately(now) : [];
    const working = this.#needsWorking() ? book.working(chinaDay(now)) : [];
    const { lastPrice = null, ...security } = about ?? { isSt: null, listedDays: null };
    const inputs = { limits, tally, account, working, lastPrice, recent, security, now };
    const denial = limitDenial(orders, inputs);
    if (denial !== null) return this.#deny(denial, order.orderId);
    if (equalBefore(orders, inputs) > 0) {
      const text = `The same order of ${first.security} came twice within ${limits.duplicateSeconds ?? 0} s; a third one is refused (DUPLICATE_ORDER_SECONDS).`;
      events.note('warning', order.orderId, text);
    }
    const one = isNew && limits.duplicateSeconds !== null ? recentOf(orders, now) : null;
    if (one !== null) this.#recent.push(one);
    return null;
  }

  /** Why the strategy's cancel of these parts is not asked for, written down; null = it is. What bt cancels by itself is never held up. */
  cancelDenial(orderId: string, intents: readonly IntentRow[]): string | null {
    const { limits } = this;
    const now = this.#options.clock.now();
    // Before the last cancel is looked at: the first one recalls it.
    const { cancels, orders } = this.tally();
    const most = Math.max(0, ...intents.map((intent) => intent.cancels));
    const since = this.#lastCancel === null ? Number.POSITIVE_INFINITY : (now - this.#lastCancel) / 1000;
    const denial = firstOf([
      [
        limits.maxDailyCancels,
        cancels,
        'daily_cancels',
        `${cancels} cancels were asked for today`,
        'MAX_DAILY_CANCELS',
      ],
      [
        limits.maxCancelsPerOrder,
        most,
        'cancels_per_order',
        `its cancel was asked for ${most} times`,
        'MAX_CANCEL_PER_ORDER',
      ],
      [
        limits.maxDailyActions,
        orders + cancels,
        'daily_actions',
        `${orders + cancels} orders and cancels were sent today`,
        'MAX_DAILY_ACTIONS',
      ],
    ]);
    if (denial !== null) return this.#deny(denial, orderId);
    if (limits.minCancelInterval !== null && since < limits.minCancelInterval) {
      const text = `limit cancel_interval: the last cancel was ${since.toFixed(1)} s ago, ${limits.minCancelInterval} s are kept between two (MIN_CANCEL_INTERVAL_SECONDS).`;
      return this.#deny({ rule: 'cancel_interval', text }, orderId);
    }
    this.#lastCancel = now;
    return null;
  }

  #deny({ rule, text }: Denial, orderId: string): string {
    const { store, clock, events, onFatal } = this.#options;
    try {
      store.log({ at: clock.now(), level: 'denied', rule, orderId, text });
    } catch (error) {
      onFatal(error);
    }
    events.emit({ kind: 'risk', level: 'denied', rule, text });
    return text;
  }

  #lately(now: number): readonly RecentOrder[] {
    const since = now - (this.limits.duplicateSeconds ?? 0) * 1000;
    if (this.#recent.some(({ at }) => at < since)) this.#recent = this.#recent.filter(({ at }) => at >= since);
    return this.#recent;
  }

  /** Only three rules look at what works; reckoning it costs a walk over the day's orders. */
  #needsWorking(): boolean {
    const { maxNames, maxWeight, maxExposure } = this.limits;
    return maxNames !== null || maxWeight !== null || maxExposure !== null;
  }

  #follow(before: Life | null, { intents }: Life): void {
    let tally = this.tally();
    const former = new Map(before?.intents.map((intent) => [intent.clientId, intent]));
    for (const intent of intents) {
      const known = former.get(intent.clientId) ?? null;
      former.delete(intent.clientId);
      if (known === intent) continue;
      tally = tallied(tally, known, intent);
      this.#hear(known, intent);
    }
    // What another plan has replaced.
    for (const gone of former.values()) tally = tallied(tally, gone, null);
    this.#tally = tally;
    this.#tell(tally);
  }

  #hear(former: IntentRow | null, intent: IntentRow): void {
    if (intent.sentAt !== null && (former === null || former.sentAt === null)) this.pace.note();
    if (intent.cancels > (former?.cancels ?? 0)) {
      this.pace.note();
      this.#trip({ kind: 'cancel' });
    }
    if (former?.state === intent.state) return;
    if (intent.state === 'accepted' || intent.state === 'filled') this.#trip({ kind: 'accepted' });
    if (intent.state === 'rejected') this.#trip({ kind: 'rejected', reason: intent.reason ?? '' });
  }

  #trip(fact: BreakerFact): void {
    const { clock, onFatal } = this.#options;
    const { state, denial } = afterFact(this.#breaker, fact, clock.now(), this.limits);
    this.#breaker = state;
    if (denial === null) return;
    try {
      this.stops.stop({ rule: denial.rule, stops: 'buying', day: chinaDay(clock.now()), text: denial.text });
    } catch (error) {
      onFatal(error);
    }
  }

  /** Once a day, when half of a limit or of a threshold of the exchanges' is used. */
  #tell({ orders, value, cancels }: DayTally): void {
    const { limits } = this;
    const { perDay, perSecond, since } = HIGH_FREQUENCY;
    const law = `an account of high frequency by the exchanges' rules in force since ${since}`;
    this.#half('daily_orders', orders, limits.maxDailyOrders, 'orders of the day (MAX_DAILY_TRADES)');
    this.#half('daily_cancels', cancels, limits.maxDailyCancels, 'cancels of the day (MAX_DAILY_CANCELS)');
    this.#half('daily_value', value, limits.maxDailyValue, 'CNY of the day (MAX_DAILY_TRADE_VALUE)');
    this.#half(
      'daily_actions',
      orders + cancels,
      limits.maxDailyActions,
      'orders and cancels of the day (MAX_DAILY_ACTIONS)',
    );
    this.#half('daily_actions', orders + cancels, perDay, `orders and cancels a day, which make ${law}`);
    if (limits.maxActionsPerSecond !== null)
      this.#half('actions_per_second', this.pace.now(), perSecond, `orders and cancels a second, which make ${law}`);
  }

  #half(rule: RiskRule, used: number, limit: number | null, what: string): void {
    if (limit === null || used < limit * TOLD_FROM || this.#told.has(what)) return;
    this.#told.add(what);
    const { store, clock, events, onFatal } = this.#options;
    const text = `limit ${rule}: ${Math.round(used)} of ${limit} ${what}.`;
    try {
      store.log({ at: clock.now(), level: 'told', rule, orderId: null, text });
    } catch (error) {
      onFatal(error);
    }
    events.emit({ kind: 'risk', level: 'told', rule, text });
  }
}
