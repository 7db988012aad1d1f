import { errorMessage } from '../../domain/errors.ts';
import { nextSendTime, type TradingDayCalendar } from '../../domain/market/trading-hours.ts';
import { amountText } from '../../domain/number-text.ts';
import { pindexOf, type AccountView, type OrderRequest } from '../../domain/order/types.ts';
import { chinaDay } from '../../domain/time.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Events } from '../events.ts';
import type { OrderBook } from '../orders/book/order-book.ts';
import type { OrderDesk } from '../orders/desk.ts';
import { isOfKillSwitch, killKey } from './kill-orders.ts';

/** So often a day a holding is sold again when a sell has ended open; then a person is told. */
const MOST_SENT = 5;
/** So often a day a sell is asked for, those that were refused here included. */
const MOST_ASKED = 15;

export interface FlattenOptions {
  readonly book: OrderBook;
  readonly clock: Pick<Clock, 'now'>;
  readonly calendar: TradingDayCalendar;
  readonly events: Events;
  readonly desk: Pick<OrderDesk, 'submit'>;
  readonly account: () => AccountView | null;
}

interface Holding {
  readonly security: string;
  readonly pindex: number;
  readonly closeable: number;
}

/** Sells all that can be sold. It holds nothing: what it has asked for on a day is in the ledger, by the keys of its orders. */
export class Flatten {
  readonly #options: FlattenOptions;
  /** What has been told, so that it is told once. */
  readonly #told = new Set<string>();

  constructor(options: FlattenOptions) {
    this.#options = options;
  }

  /** Sells what of it is not being sold; `at`: when the switch was pulled. True when nothing is held, and nothing is open, any more. */
  async sell(at: number): Promise<boolean> {
    const { account } = this.#options;
    const view = account();
    if (view === null) return false;
    const held = holdingsOf(view).filter((each) => this.#tradesToday(each) && !this.#isSelling(each));
    await Promise.all(held.map((holding) => this.#sell(holding, at)));
    return this.#isFlat(at);
  }

  /** After the close, and at a weekend, nothing is asked for that would only be refused. */
  #tradesToday({ security }: Holding): boolean {
    const { clock, calendar } = this.#options;
    const now = clock.now();
    const next = nextSendTime(now, calendar, security);
    return next !== null && chinaDay(next) === chinaDay(now);
  }

  #isSelling({ security, pindex }: Holding): boolean {
    const unfinished = this.#options.book.unfinished();
    return unfinished.some(
      ({ order }) => isOfKillSwitch(order) && order.security === security && pindexOf(order.request) === pindex,
    );
  }

  async #sell(holding: Holding, at: number): Promise<void> {
    const { desk, events } = this.#options;
    const { security, pindex, closeable } = holding;
    const key = this.#nextKey(holding, at);
    if (key === null) {
      this.#tell(
        at,
        `The kill switch has tried to sell ${security} for today often enough; ${amountText(closeable)} are left. Sell them in the terminal.`,
      );
      return;
    }
    const request: OrderRequest = {
      kind: 'amount',
      security,
      quantity: -closeable,
      style: { kind: 'market', limitPrice: null },
      waitTimeout: null,
      remark: 'kill',
      keep: null,
      ...(pindex === 0 ? {} : { pindex }),
    };
    try {
      await desk.submit(request, key);
    } catch (error) {
      events.note('warning', null, `${security}: the kill switch could not sell it (${errorMessage(error)}).`);
    }
  }

  /** Null when it has been tried often enough today. */
  #nextKey({ security, pindex }: Holding, at: number): string | null {
    const { book, clock } = this.#options;
    const day = chinaDay(clock.now());
    let sent = 0;
    for (let attempt = 1; attempt <= MOST_ASKED && sent < MOST_SENT; attempt += 1) {
      const key = killKey(at, [day, pindex, security, attempt]);
      const known = book.orderOfKey(key);
      if (known === null) return key;
      if (book.life(known.orderId)?.intents.some(({ sentAt }) => sentAt !== null) === true) sent += 1;
    }
    return null;
  }

  #isFlat(at: number): boolean {
    const { account, book, clock } = this.#options;
    const view = account();
    if (view === null || book.unfinished().length > 0 || book.unlisted(chinaDay(clock.now())).length > 0) return false;
    const left = view.positions.filter(({ amount }) => amount > 0);
    if (left.length === 0) {
      this.#tell(at, 'The kill switch has sold everything.');
      return true;
    }
    if (view.positions.every(({ closeableAmount }) => closeableAmount <= 0)) {
      const names = left.map(({ security, amount }) => `${amountText(amount)} ${security}`).join(', ');
      const text = `The kill switch has sold what can be sold on ${chinaDay(clock.now())}; left: ${names}.`;
      this.#tell(at, `${text} The rest is sold on the next trading day.`);
    }
    return false;
  }

  #tell(at: number, text: string): void {
    const { clock, events } = this.#options;
    const what = `${at} ${chinaDay(clock.now())} ${text}`;
    if (this.#told.has(what)) return;
    this.#told.add(what);
    events.emit({ kind: 'operator', orderId: null, text });
  }
}

/** By sub-portfolio: an order sells what its own one holds. */
function holdingsOf({ positions, subs }: AccountView): readonly Holding[] {
  return (subs ?? [{ positions }]).flatMap((sub, pindex) =>
    sub.positions.flatMap(({ security, closeableAmount: closeable }) =>
      closeable > 0 ? [{ security, pindex, closeable }] : [],
    ),
  );
}
