import { errorMessage } from '../../domain/errors.ts';
import { canTrigger, isMet, stopText, triggerDoubt, waitsForPrice } from '../../domain/order/stop.ts';
import { priceText } from '../../domain/number-text.ts';
import type { OrderRow } from '../../domain/order/rows.ts';
import type { Quote } from '../../domain/trading.ts';
import type { Clock, ClockTimer } from '../../platform/clock.ts';
import type { Events } from '../events.ts';
import type { OrderBook } from './book/order-book.ts';

/** Market ms between two looks at the prices; on a fast clock never more than one in 20 ms of wall time. */
const LOOK_MS = 3_000;
const FASTEST_MS = 20;

export interface PriceWatchOptions {
  readonly book: Pick<OrderBook, 'life'>;
  readonly clock: Clock;
  readonly events: Pick<Events, 'note'>;
  /** The latest quotes, in the order asked; null = the venue does not know that one. */
  readonly prices: (securities: readonly string[]) => Promise<readonly (Quote | null)[]>;
  /** Calls for each quote that is pushed; returns what ends it. */
  readonly onTick: (listener: (quote: Quote) => void) => () => void;
  /** Market ms after which a quote triggers nothing; 0 = not looked at. */
  readonly quoteMaxAgeMs: number;
  /** Why trading waits for the moment, or null. */
  readonly waits: () => string | null;
  /** Why that order could not be sent now, or null. */
  readonly stopped: (order: OrderRow) => string | null;
  /** The price of an order's security is there, without doubt. */
  readonly tell: (orderId: string, price: number) => void;
}

/**
 * Looks at the prices that orders wait for: every 3 s of market time while there are such orders, and at each tick that is pushed.
 * In doubt (a gate that is closed, a quote that is old or of before the first trades, a suspended security) nothing is told.
 */
export class PriceWatch {
  readonly #options: PriceWatchOptions;
  readonly #watched = new Set<string>();
  /** Those that have been looked at; the first look does not wait. */
  readonly #looked = new Set<string>();
  /** Orders of which it has been said that they cannot be triggered now. */
  readonly #doubted = new Set<string>();
  readonly #unlisten: () => void;
  #failing = false;
  #looking = false;
  #stopped = false;
  #timer: ClockTimer | null = null;

  constructor(options: PriceWatchOptions) {
    this.#options = options;
    this.#unlisten = options.onTick((quote) => this.#tick(quote));
  }

  watch(orderId: string): void {
    if (this.#stopped) return;
    this.#watched.add(orderId);
    const { clock } = this.#options;
    if (this.#looked.has(orderId)) this.#arm();
    else this.#look(clock.now());
  }

  /** Until it is watched again. */
  pause(orderId: string): void {
    this.#watched.delete(orderId);
  }

  forget(orderId: string): void {
    for (const set of [this.#watched, this.#looked, this.#doubted]) set.delete(orderId);
  }

  stop(): void {
    this.#stopped = true;
    this.#timer?.cancel();
    this.#watched.clear();
    this.#unlisten();
  }

  #arm(): void {
    const { clock } = this.#options;
    if (this.#timer === null) this.#look(clock.now() + Math.max(LOOK_MS, FASTEST_MS * clock.speed));
  }

  /** At that market time, in place of a look that would be later. */
  #look(at: number): void {
    if (this.#looking) return;
    this.#timer?.cancel();
    this.#timer = this.#options.clock.at(at, () => void this.#run());
  }

  async #run(): Promise<void> {
    this.#timer = null;
    if (this.#stopped || this.#watched.size === 0) return;
    this.#looking = true;
    // A clock that jumps must not run on while the prices of this moment are on their way.
    const release = this.#options.clock.hold('still');
    try {
      for (const orderId of this.#watched) this.#looked.add(orderId);
      if (this.#options.waits() === null) await this.#read();
    } finally {
      release();
      this.#looking = false;
      this.#again();
    }
  }

  /** Who came while a look was under way does not wait either. */
  #again(): void {
    if (this.#stopped || this.#watched.size === 0) return;
    if ([...this.#watched].every((orderId) => this.#looked.has(orderId))) this.#arm();
    else this.#look(this.#options.clock.now());
  }

  async #read(): Promise<void> {
    const orders = this.#orders();
    const codes = [...new Set(orders.map(({ security }) => security))];
    const quotes = await this.#quotes(codes);
    if (quotes === null) return;
    const byCode = new Map(codes.map((code, index) => [code, quotes[index] ?? null]));
    for (const { orderId, security } of orders) this.#judge(orderId, byCode.get(security) ?? null);
  }

  #orders(): OrderRow[] {
    return [...this.#watched].flatMap((orderId) => this.#options.book.life(orderId)?.order ?? []);
  }

  async #quotes(codes: readonly string[]): Promise<readonly (Quote | null)[] | null> {
    const { prices, events } = this.#options;
    try {
      const quotes = await prices(codes);
      this.#failing = false;
      return quotes;
    } catch (error) {
      if (!this.#failing)
        events.note('warning', null, `The prices that orders wait for cannot be read: ${errorMessage(error)}`);
      this.#failing = true;
      return null;
    }
  }

  #tick(quote: Quote): void {
    if (this.#watched.size === 0 || this.#options.waits() !== null) return;
    for (const { orderId, security } of this.#orders()) if (security === quote.security) this.#judge(orderId, quote);
  }

  /** Asked again for each: what was read may have been overtaken by what happened meanwhile. */
  #judge(orderId: string, quote: Quote | null): void {
    const { book, clock, waits, quoteMaxAgeMs, tell } = this.#options;
    const order = book.life(orderId)?.order;
    const now = clock.now();
    if (this.#stopped || order === undefined || !waitsForPrice(order) || !canTrigger(order, now)) return;
    if (waits() !== null) return;
    const doubt = triggerDoubt(quote, order.security, now, quoteMaxAgeMs * Math.max(1, clock.speed));
    const price = quote?.lastPrice ?? null;
    if (doubt !== null) this.#doubt(order, doubt);
    else if (price !== null && !this.#isHeld(order, price)) tell(orderId, price);
  }

  /** A price that comes while a person, a limit or a doubt stops orders ends nothing: the order waits on, and goes on when it may and the price is there. */
  #isHeld(order: OrderRow, price: number): boolean {
    const { stop } = order.request.style;
    if (stop === undefined || !isMet(stop, order.side, price)) return false;
    const reason = this.#options.stopped(order);
    if (reason !== null) this.#doubt(order, `its price has come (${priceText(price)}), but ${reason}`);
    return reason !== null;
  }

  /** Once an order: a security in which little is traded would say so all day. */
  #doubt({ orderId, request }: OrderRow, doubt: string): void {
    if (this.#doubted.has(orderId)) return;
    this.#doubted.add(orderId);
    const { stop } = request.style;
    const what = stop === undefined ? '' : ` (${stopText(stop)})`;
    this.#options.events.note('warning', orderId, `An order waits for its price${what}, and ${doubt}: it waits on.`);
  }
}
