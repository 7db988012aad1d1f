import { isContinuous } from '../../../domain/market/session.ts';
import { planOrder, type Plan, type PlannedOrder } from '../../../domain/order/plan.ts';
import { remarkOf } from '../../../domain/order/remark.ts';
import { denial } from '../../../domain/order/risk.ts';
import type { OrderRequest } from '../../../domain/order/types.ts';
import { chinaDay } from '../../../domain/time.ts';
import type { Quote } from '../../../domain/trading.ts';
import type { IntentRow, OrderRow } from '../../../domain/order/rows.ts';
import type { Clock } from '../../../platform/clock.ts';
import { newClientId, shortId } from '../../../platform/ids.ts';
import type { AccountKeeper } from '../../account/account-keeper.ts';
import type { OrderBook } from '../book/order-book.ts';
import { waitForBook } from '../order-wait.ts';

/** Protection of market-style orders: 0.015 and −0.015. */
export interface PriceProtection {
  readonly buyPercent: number;
  readonly sellPercent: number;
}

export interface OrderPlannerOptions {
  readonly book: OrderBook;
  readonly account: AccountKeeper;
  readonly clock: Clock;
  readonly rules: PriceProtection;
  readonly quote: (security: string) => Promise<Quote | null>;
  /** Why no order may be sent now, or null. */
  readonly closed: () => string | null;
  /** Ends waits when the run is told to stop. */
  readonly stop: AbortSignal;
}

/** Market milliseconds that a target order waits for the trades of an order that has just ended. */
const FILLS_WAIT_MS = 10_000;

/** What a call becomes, with what is known at this moment: plan, denial, intents. */
export class OrderPlanner {
  readonly #options: OrderPlannerOptions;

  constructor(options: OrderPlannerOptions) {
    this.#options = options;
  }

  /** The caller must write down what comes of it before anything else is planned. */
  async plan(request: OrderRequest): Promise<Plan> {
    const { clock, book, account, rules, quote } = this.#options;
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
      prices: { buyPercent: rules.buyPercent, sellPercent: rules.sellPercent, continuous: isContinuous(now) },
    });
  }

  /** Why these orders may not be sent, or null. */
  denial(orders: readonly PlannedOrder[], closedForToday: boolean): string | null {
    if (closedForToday) return 'the exchanges take no more orders today';
    const { account, book, closed } = this.#options;
    const view = account.view();
    if (view === null) return 'the account has not been read yet';
    return denial(orders, { account: view, doubtful: book.doubtful(), closed: closed() });
  }

  /** One intent for each wire order, each with an id and a mark of its own. */
  intents(row: OrderRow, orders: readonly PlannedOrder[]): IntentRow[] {
    const used = new Set(this.#options.book.intents().map((intent) => intent.tag));
    return orders.map((order) => {
      let tag = shortId();
      while (used.has(tag)) tag = shortId();
      used.add(tag);
      return {
        clientId: newClientId(),
        orderId: row.orderId,
        day: row.day,
        tag,
        remark: remarkOf(tag, row.request.remark),
        security: order.security,
        side: order.side,
        amount: order.amount,
        price: order.price,
        style: order.style,
        state: 'planned',
        reason: null,
        brokerOrderId: null,
        filled: 0,
        sentAt: null,
        updatedAt: row.createdAt,
      };
    });
  }

  /** Target orders are computed from positions: they need positions without doubt. */
  #doubt(security: string): string | null {
    const { book, account } = this.#options;
    if (account.disputed().has(security))
      return `the broker does not hold what we expect of ${security}; a target cannot be computed until it is clear who is right.`;
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

/** True for order_target and order_target_value. */
export function isTarget({ kind }: OrderRequest): boolean {
  return kind === 'target' || kind === 'target_value';
}
