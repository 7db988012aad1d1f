import { BtError } from '../../../domain/errors.ts';
import type { TradingCalendar } from '../../../domain/market/calendar.ts';
import { isContinuous } from '../../../domain/market/session.ts';
import { continuousTimeAfter, isTradingSession, nextSendTime } from '../../../domain/market/trading-hours.ts';
import type { Fact } from '../../../domain/order/life-types.ts';
import { planOrder, requestRefusal, type Plan, type PlannedOrder } from '../../../domain/order/plan.ts';
import { LABEL_BYTES, labelKept, remarkOf } from '../../../domain/order/remark.ts';
import { denial as riskDenial } from '../../../domain/order/risk.ts';
import type { IntentRow, OrderRow } from '../../../domain/order/rows.ts';
import { isTarget, type AccountView, type OrderRequest } from '../../../domain/order/types.ts';
import { chinaDay, chinaText } from '../../../domain/time.ts';
import type { Quote } from '../../../domain/trading.ts';
import type { Clock } from '../../../platform/clock.ts';
import { newClientId, shortId } from '../../../platform/ids.ts';
import type { Events } from '../../events.ts';
import type { OrderBook } from '../book/order-book.ts';
import { waitForBook } from '../order-wait.ts';
import { QUOTE_OLD } from './planning-quote.ts';

/** Protection of market-style orders: 0.015 and −0.015. */
export interface PriceProtection {
  readonly buyPercent: number;
  readonly sellPercent: number;
}

/** What planning reads of the account. */
export interface PlanningAccount {
  view(): AccountView | null;
  /** Securities whose holding the broker sees otherwise than we do. */
  disputed(): ReadonlySet<string>;
  /** The account counts more than its list of positions shows. */
  mayLackRows(): boolean;
}

export interface OrderPlannerOptions {
  readonly book: OrderBook;
  readonly account: PlanningAccount;
  readonly clock: Clock;
  readonly calendar: Pick<TradingCalendar, 'isTradingDay' | 'next'>;
  readonly events: Events;
  readonly rules: PriceProtection;
  /** Securities in which the broker's lists show of an order of ours what cannot be true. */
  readonly tracker: { implausible(): ReadonlySet<string> };
  /** Brings what is shown of the account up to date. */
  readonly fresh: () => Promise<void>;
  readonly quote: (security: string) => Promise<Quote | null>;
  /** Why trading waits for the moment, or null. */
  readonly waits: () => string | null;
  /** Why no order may be sent now, or null. */
  readonly closed: () => string | null;
  /** Ends waits when the run is told to stop. */
  readonly stop: AbortSignal;
}

/** Market milliseconds that a target order waits for the trades of an order that has just ended. */
const FILLS_WAIT_MS = 10_000;

/** What an order becomes with what is known at this moment: wire orders, an order that waits for its window, or a refusal. */
export class OrderPlanner {
  readonly #options: OrderPlannerOptions;
  /** Labels of which it has been said that they do not fit into a remark. */
  readonly #cutLabels = new Set<string>();

  constructor(options: OrderPlannerOptions) {
    this.#options = options;
  }

  /** True for order_target and order_target_value, where they can be carried out at all. */
  isTarget({ request }: OrderRow): boolean {
    return isTarget(request) && requestRefusal(request) === null;
  }

  /** What has become of the order; null when it waits on. What comes of it must be written down before anything else is planned. */
  async plan(order: OrderRow): Promise<Fact | null> {
    const { clock, calendar } = this.#options;
    if (order.phase === 'new' && !this.#tradesToday(order)) return denied(this.#closedText(order));
    const plan = await this.#planned(order);
    if (plan.kind === 'refused') return denied(plan.reason);
    for (const text of plan.notes) this.#note(order, 'warning', text);
    const [first] = plan.orders;
    if (first === undefined) return denied('nothing to do.');
    const common = {
      side: first.side,
      amount: plan.orders.reduce((sum, { amount }) => sum + amount, 0),
      costBefore: first.side === 'sell' ? this.#costOf(order.security) : null,
    };
    const now = clock.now();
    if (!isTradingSession(now, calendar, order.security)) return this.#later(order, plan.orders, common, now);
    // The order waits for its window, and trading waits too: it is planned again when it goes on.
    if (order.phase === 'parked' && this.#options.waits() !== null) return null;
    const reason = this.#denial(plan.orders);
    if (reason !== null) return denied(reason);
    this.#tellCut(order);
    const waitUntil = order.waitMs > 0 ? continuousTimeAfter(now, order.waitMs, calendar, order.security) : null;
    return { kind: 'planned', ...common, waitUntil, intents: this.#intents(order, plan.orders) };
  }

  /** Outside the windows for orders: the next one of this day, or none. */
  #later(
    order: OrderRow,
    orders: readonly PlannedOrder[],
    common: Pick<Extract<Fact, { kind: 'parked' }>, 'side' | 'amount' | 'costBefore'>,
    now: number,
  ): Fact {
    const opensAt = nextSendTime(now, this.#options.calendar, order.security);
    if (opensAt === null || chinaDay(opensAt) !== chinaDay(now)) return denied(this.#closedText(order));
    const reason = order.phase === 'new' ? this.#denial(orders) : null;
    return reason === null ? { kind: 'parked', ...common, opensAt } : denied(reason);
  }

  #tradesToday({ security }: OrderRow): boolean {
    const { clock, calendar } = this.#options;
    const next = nextSendTime(clock.now(), calendar, security);
    return next !== null && chinaDay(next) === chinaDay(clock.now());
  }

  #closedText({ security }: OrderRow): string {
    const { clock, calendar } = this.#options;
    const next = nextSendTime(clock.now(), calendar, security);
    const when = next === null ? '' : `; they open next on ${chinaText(next).slice(0, 16)}`;
    return `the exchanges take no more orders today${when}`;
  }

  #note({ orderId }: OrderRow, level: 'info' | 'warning', text: string): void {
    this.#options.events.note(level, orderId, text);
  }

  /** Once a label: a strategy orders with the same ones all day. */
  #tellCut(order: OrderRow): void {
    const { remark } = order.request;
    if (remark === null || labelKept(remark) === remark || this.#cutLabels.has(remark)) return;
    this.#cutLabels.add(remark);
    const text = `The remark "${remark.slice(0, 60)}" becomes "${labelKept(remark)}": ${LABEL_BYTES} bytes of it fit (12 letters or 4 Chinese characters), without control characters. Choose a shorter one.`;
    this.#note(order, 'warning', text);
  }

  /** What is asked for now is refused on an old quote; what waits for its window waits on. */
  async #planned({ request, phase }: OrderRow): Promise<Plan> {
    try {
      return await this.#plan(request);
    } catch (error) {
      if (phase === 'new' && error instanceof BtError && error.code === QUOTE_OLD)
        return { kind: 'refused', reason: error.message };
      throw error;
    }
  }

  async #plan(request: OrderRequest): Promise<Plan> {
    const { clock, book, account, rules, quote, fresh } = this.#options;
    const never = requestRefusal(request);
    if (never !== null) return { kind: 'refused', reason: never };
    await fresh();
    if (account.view() === null) return { kind: 'refused', reason: 'the account has not been read yet.' };
    if (isTarget(request)) await this.#waitForFills(request.security);
    const latest = await quote(request.security);
    const view = account.view();
    if (view === null) return { kind: 'refused', reason: 'the account is being read again.' };
    const doubt = isTarget(request) ? this.#doubt(request.security) : null;
    if (doubt !== null) return { kind: 'refused', reason: doubt };
    const now = clock.now();
    const open = book.working(chinaDay(now)).filter((order) => order.security === request.security);
    const rest = (side: 'buy' | 'sell'): number =>
      open.reduce((sum, order) => sum + (order.side === side ? order.rest : 0), 0);
    return planOrder(request, {
      account: view,
      quote: latest,
      day: chinaDay(now),
      openBuy: rest('buy'),
      openSell: rest('sell'),
      prices: {
        buyPercent: rules.buyPercent,
        sellPercent: rules.sellPercent,
        continuous: isContinuous(now, request.security),
      },
    });
  }

  /** Why these orders may not be sent, or null. */
  #denial(orders: readonly PlannedOrder[]): string | null {
    const { account, book, closed, tracker } = this.#options;
    const view = account.view();
    if (view === null) return 'the account has not been read yet';
    const doubtful = new Set([...book.doubtful(), ...tracker.implausible()]);
    return riskDenial(orders, { account: view, doubtful, closed: closed() });
  }

  /** One intent for each wire order, each with an id and a mark of its own. */
  #intents(row: OrderRow, orders: readonly PlannedOrder[]): IntentRow[] {
    const used = new Set(this.#options.book.intents().map((intent) => intent.tag));
    return orders.map(({ security, side, amount, price, style }) => {
      let tag = shortId();
      while (used.has(tag)) tag = shortId();
      used.add(tag);
      return {
        clientId: newClientId(),
        orderId: row.orderId,
        day: row.day,
        tag,
        remark: remarkOf(tag, row.request.remark),
        security,
        side,
        amount,
        price,
        style,
        state: 'planned',
        reason: null,
        brokerOrderId: null,
        filled: 0,
        sentAt: null,
        updatedAt: row.createdAt,
      };
    });
  }

  #costOf(security: string): number | null {
    const held = this.#options.account.view()?.positions.find((position) => position.security === security);
    return held?.avgCost ?? null;
  }

  /** Target orders are computed from positions: they need positions without doubt. */
  #doubt(security: string): string | null {
    const { book, account } = this.#options;
    if (account.disputed().has(security))
      return `the broker does not hold what we expect of ${security}; a target cannot be computed until it is clear who is right.`;
    const isListed = account.view()?.positions.some((held) => held.security === security && held.amount !== 0);
    if (account.mayLackRows() && isListed !== true)
      return `the account counts more than its list of positions shows; whether it holds ${security} is not known, and a target cannot be computed.`;
    const unsettled = book
      .intents()
      .some((intent) => intent.security === security && (intent.state === 'unknown' || intent.state === 'canceling'));
    if (unsettled) return `${security} has an order that is not settled; a target cannot be computed until it is.`;
    return this.#hasUnlisted(security)
      ? `the trades of an order in ${security} do not add up to what the broker calls filled; a target cannot be computed until they do.`
      : null;
  }

  async #waitForFills(security: string): Promise<void> {
    const { book, clock, stop } = this.#options;
    await waitForBook(book, clock, clock.now() + FILLS_WAIT_MS, () => !this.#hasUnlisted(security), stop);
  }

  #hasUnlisted(security: string): boolean {
    const { book, clock } = this.#options;
    return book.unlisted(chinaDay(clock.now())).some((intent) => intent.security === security);
  }
}

function denied(reason: string): Fact {
  return { kind: 'denied', reason };
}
