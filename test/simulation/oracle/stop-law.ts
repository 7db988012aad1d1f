import { isContinuous } from '../../../src/domain/market/session.ts';
import type { IntentRow, OrderRow } from '../../../src/domain/order/rows.ts';
import type { StopPrice } from '../../../src/domain/order/types.ts';
import type { Side } from '../../../src/domain/trading.ts';
import { chinaDay, chinaText } from '../../../src/domain/time.ts';
import { DEFAULT_LIMITS } from '../../../src/engine/live-options.ts';
import { Market } from '../../../src/exchange/market.ts';
import { quoteAt } from '../../../src/exchange/quotes.ts';
import type { World } from '../world/world.ts';

/** Market ms between two prices of the exchange, and by which the price that triggers may be older than the age of a quote allows. */
const TICK_MS = 3_000;
const SLACK_MS = 5_000;

/** True while an order waits for its price. */
export function waitsForPrice({ phase, request, triggeredAt }: OrderRow): boolean {
  return phase === 'parked' && request.style.stop !== undefined && triggeredAt === null;
}

/** An order with a stop is triggered once, by a price that its security traded at, and nothing of it is sent before. */
export class StopLaw {
  readonly #world: World;
  readonly #market: Market;
  /** When each was triggered, and by what, as first seen. */
  readonly #triggered = new Map<string, string>();
  readonly #days = new Set<string>();

  constructor(world: World) {
    this.#world = world;
    this.#market = new Market(world.marketSeed);
  }

  /** Whether the price that an order waits for is there at an instant. */
  isThere({ request, side, security }: OrderRow, now: number): boolean {
    const { stop } = request.style;
    return stop !== undefined && this.#meets(stop, side, this.#priceAt(security, now));
  }

  look(): void {
    const { ledger, market } = this.#world;
    this.#days.add(chinaDay(market.now()));
    for (const day of [...this.#days].slice(-2)) {
      const orders = ledger.ordersOf(day).filter(({ request }) => request.style.stop !== undefined);
      if (orders.length === 0) continue;
      const intents = Map.groupBy(ledger.intentsOf(day), ({ orderId }) => orderId);
      for (const order of orders) this.#judge(order, intents.get(order.orderId) ?? []);
    }
  }

  #judge(order: OrderRow, intents: readonly IntentRow[]): void {
    const { witness } = this.#world;
    const { orderId, triggeredAt, triggerPrice, security } = order;
    const name = `${orderId} (${security} of ${chinaText(order.createdAt)})`;
    const what = triggeredAt === null ? '' : `${chinaText(triggeredAt)} at ${triggerPrice ?? 'no price'}`;
    const known = this.#triggered.get(orderId);
    if (known !== undefined && known !== what)
      witness.violate(`${name} was triggered ${known}, and then ${what === '' ? 'was not' : `again ${what}`}`);
    if (triggeredAt === null) {
      if (intents.length > 0) witness.violate(`${name} is sent although its price has not come`);
      return;
    }
    if (known !== undefined) return;
    this.#triggered.set(orderId, what);
    this.#world.struck('stop triggered');
    const problem = this.#problem(order, triggeredAt);
    if (problem !== null) witness.violate(`${name} was triggered ${what}, ${problem}`);
  }

  #problem({ request, side, security, day, triggerPrice }: OrderRow, at: number): string | null {
    const { stop } = request.style;
    if (stop === undefined) return 'and had no stop';
    if (!this.#meets(stop, side, triggerPrice)) return `which does not meet its ${stop.mode} at ${stop.price}`;
    if (!isContinuous(at) || chinaDay(at) !== day) return 'when nothing was traded';
    const oldest = at - DEFAULT_LIMITS.quoteMaxAgeMs - SLACK_MS;
    for (let moment = at; moment >= oldest; moment -= TICK_MS)
      if (this.#priceAt(security, moment) === triggerPrice) return null;
    // An opening looks back over the break before it.
    return this.#priceAt(security, at - 2 * 3_600_000) === triggerPrice ? null : 'which was not its price';
  }

  #priceAt(security: string, now: number): number | null {
    return quoteAt(this.#market, security, now).quote.lastPrice;
  }

  #meets({ mode, price: stop }: StopPrice, side: Side, price: number | null): boolean {
    if (price === null) return false;
    if (mode === 'stop_loss') return side === 'buy' ? price >= stop : price <= stop;
    return side === 'buy' ? price <= stop : price >= stop;
  }
}
