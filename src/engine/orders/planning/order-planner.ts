import { BtError } from '../../../domain/errors.ts';
import { isContinuous } from '../../../domain/market/session.ts';
import { continuousTimeAfter, isTradingSession, nextSendTime } from '../../../domain/market/trading-hours.ts';
import type { Fact } from '../../../domain/order/life-types.ts';
import {
  NOTHING_TO_DO,
  planOrder,
  requestRefusal,
  type Plan,
  type PlanInputs,
  type PlannedOrder,
} from '../../../domain/order/plan.ts';
import type { Working } from '../../../domain/order/reserves.ts';
import { LABEL_BYTES, labelKept } from '../../../domain/order/remark.ts';
import { denial as lastLook } from '../../../domain/order/risk/last-look.ts';
import type { OrderRow } from '../../../domain/order/rows.ts';
import { takeStop, triggeredRequest } from '../../../domain/order/stop.ts';
import { isTarget, type OrderRequest, type StopPrice } from '../../../domain/order/types.ts';
import { chinaDay, chinaText } from '../../../domain/time.ts';
import type { Quote, Side } from '../../../domain/trading.ts';
import type { AboutSecurity } from '../../risk/plan-limits.ts';
import { waitForBook } from '../order-wait.ts';
import { newIntents } from './new-intents.ts';
import { isOfSameSub, ownView } from './own-view.ts';
import type { OrderPlannerOptions } from './planner-options.ts';
import { hasUnlisted, targetDoubt } from './target-doubt.ts';
import { QUOTE_OLD } from './planning-quote.ts';

/** A plan, with what was looked at for it. */
interface Planned {
  readonly plan: Plan;
  readonly about: AboutSecurity | null;
  /** Last price of the quote, CNY. */
  readonly quoted: number | null;
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
  isTarget({ request, triggeredAt }: OrderRow): boolean {
    return triggeredAt === null && isTarget(request) && requestRefusal(request) === null;
  }

  /** A target starts from what is held: it takes the place of what its sub-portfolio has ordered before in its security. */
  isReplacedBy(order: OrderRow, target: OrderRow): boolean {
    const { account } = this.#options;
    return order.security === target.security && account.pindexOf(order) === account.pindexOf(target);
  }

  /** What has become of the order; null when it waits on. What comes of it must be written down before anything else is planned. */
  async plan(order: OrderRow): Promise<Fact | null> {
    const { clock, calendar, book } = this.#options;
    if (order.phase === 'new' && !this.#tradesToday(order)) return denied(this.#closedText(order));
    const { stop } = order.request.style;
    if (stop !== undefined && order.triggeredAt === null) return this.#untilPrice(order, stop);
    const { plan, about, quoted } = await this.#planned(order);
    if (plan.kind === 'refused') return denied(plan.reason);
    for (const text of plan.notes) this.#note(order, 'warning', text);
    const [first] = plan.orders;
    if (first === undefined) return denied(`${NOTHING_TO_DO}.`);
    const common = {
      side: first.side,
      amount: plan.orders.reduce((sum, { amount }) => sum + amount, 0),
      costBefore: first.side === 'sell' ? this.#costOf(order) : null,
      quoted,
    };
    const now = clock.now();
    if (!isTradingSession(now, calendar, order.security)) return this.#later(order, plan.orders, common, now, about);
    // The order waits for its window, and trading waits too: it is planned again when it goes on.
    if (order.phase === 'parked' && this.#options.waits() !== null) return null;
    const reason = this.#denial(order, plan.orders, about);
    if (reason !== null) return denied(reason);
    this.#tellCut(order);
    const waitUntil = order.waitMs > 0 ? continuousTimeAfter(now, order.waitMs, calendar, order.security) : null;
    return { kind: 'planned', ...common, waitUntil, intents: newIntents(order, plan.orders, book.intents()) };
  }

  /** One that waits for a price is taken as it is, once: what can be had is looked at when the price has come. */
  async #untilPrice(order: OrderRow, stop: StopPrice): Promise<Fact | null> {
    const { clock, closed } = this.#options;
    // Who waits already is not planned before its price has come.
    if (order.phase !== 'new') return null;
    const inputs = await this.#inputs(order, order.request);
    if (typeof inputs === 'string') return denied(inputs);
    const entry = takeStop(order.request, stop, inputs);
    if (entry.kind === 'refused') return denied(entry.reason);
    const reason = closed({ ...order, side: entry.side });
    if (reason !== null) return denied(reason);
    this.#tellCut(order);
    const { side, amount } = entry;
    const costBefore = side === 'sell' ? this.#costOf(order) : null;
    return { kind: 'parked', side, amount, costBefore, quoted: priceOf(inputs), opensAt: clock.now() };
  }

  /** Outside the windows for orders: the next one of this day, or none. */
  #later(
    order: OrderRow,
    orders: readonly PlannedOrder[],
    common: Pick<Extract<Fact, { kind: 'parked' }>, 'side' | 'amount' | 'costBefore' | 'quoted'>,
    now: number,
    about: AboutSecurity | null,
  ): Fact {
    const opensAt = nextSendTime(now, this.#options.calendar, order.security);
    if (opensAt === null || chinaDay(opensAt) !== chinaDay(now)) return denied(this.#closedText(order));
    const reason = order.phase === 'new' ? this.#denial(order, orders, about) : null;
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

  async #planned(order: OrderRow): Promise<Planned> {
    const request = order.triggeredAt === null ? order.request : triggeredRequest(order);
    const inputs = await this.#inputs(order, request);
    if (typeof inputs === 'string') return { plan: { kind: 'refused', reason: inputs }, about: null, quoted: null };
    const about = await this.#options.limits.about(order.security, inputs.quote);
    return { plan: planOrder(request, inputs), about, quoted: priceOf(inputs) };
  }

  /** What a plan is made of, brought up to date; in words why there can be none now. */
  async #inputs(order: OrderRow, request: OrderRequest): Promise<PlanInputs | string> {
    const { clock, book, account, rules, fresh } = this.#options;
    const never = requestRefusal(request);
    if (never !== null) return never;
    await fresh();
    if (account.view() === null) return 'the account has not been read yet.';
    if (isTarget(request)) await this.#waitForFills(request.security);
    const quote = await this.#quote(order);
    if (typeof quote === 'string') return quote;
    const own = ownView(order, account);
    if (typeof own === 'string') return own;
    const doubt = isTarget(request) ? targetDoubt(request.security, this.#options) : null;
    if (doubt !== null) return doubt;
    const now = clock.now();
    const { buyPercent, sellPercent } = rules;
    return {
      account: own,
      quote,
      day: chinaDay(now),
      ...restsOf(book.working(chinaDay(now), 'all', undefined, isOfSameSub(order, this.#options)), request.security),
      prices: { buyPercent, sellPercent, continuous: isContinuous(now, request.security) },
    };
  }

  /** What is asked for now is refused on an old quote; what waits for its window waits on. */
  async #quote({ security, orderId, phase }: OrderRow): Promise<Quote | string | null> {
    try {
      return await this.#options.quote(security, orderId);
    } catch (error) {
      if (phase === 'new' && error instanceof BtError && error.code === QUOTE_OLD) return error.message;
      throw error;
    }
  }

  /** Why these orders may not be sent, or null. */
  #denial(order: OrderRow, orders: readonly PlannedOrder[], about: AboutSecurity | null): string | null {
    const { account, book, closed, tracker, limits } = this.#options;
    const own = ownView(order, account);
    if (typeof own === 'string') return own;
    const doubtful = new Set([...book.doubtful(), ...tracker.implausible()]);
    const side = orders[0]?.side ?? order.side;
    const last = lastLook(orders, { account: own, doubtful, closed: closed({ ...order, side }) });
    return last ?? limits.denial({ order, orders, account: own, about });
  }

  #costOf(order: OrderRow): number | null {
    const own = ownView(order, this.#options.account);
    if (typeof own === 'string') return null;
    return own.positions.find(({ security }) => security === order.security)?.avgCost ?? null;
  }

  async #waitForFills(security: string): Promise<void> {
    const { book, clock, stop } = this.#options;
    await waitForBook(book, clock, clock.now() + FILLS_WAIT_MS, () => !hasUnlisted(security, this.#options), stop);
  }
}

/** Shares of a security that own orders may still buy and sell. */
function restsOf(
  working: readonly Working[],
  security: string,
): { readonly openBuy: number; readonly openSell: number } {
  const rest = (side: Side): number =>
    working.reduce((sum, open) => sum + (open.security === security && open.side === side ? open.rest : 0), 0);
  return { openBuy: rest('buy'), openSell: rest('sell') };
}

function priceOf({ quote }: PlanInputs): number | null {
  return quote?.lastPrice ?? null;
}

function denied(reason: string): Fact {
  return { kind: 'denied', reason };
}
