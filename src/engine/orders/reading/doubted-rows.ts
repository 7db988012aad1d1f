import { tagIn } from '../../../domain/order/remark.ts';
import type { BrokerOrder, BrokerTrade } from '../../../domain/trading.ts';
import type { TimerSource } from '../../../platform/timers.ts';
import type { Events } from '../../events.ts';
import type { OrderBook } from '../book/order-book.ts';
import type { Impossible } from './own-trades.ts';

/** What the next reading may show otherwise is an alarm after so long (wall ms). */
const LASTING_MS = 10_000;

export interface DoubtedRowsOptions {
  readonly book: Pick<OrderBook, 'intent'>;
  readonly timers: TimerSource;
  readonly events: Events;
}

/** Rows of the broker's lists that cannot be true, or cannot be read: told once, and what of ours they doubt. */
export class DoubtedRows {
  readonly #options: DoubtedRowsOptions;
  readonly #said = new Set<string>();
  /** Since when (monotonic) each reading has shown it. */
  #since: ReadonlyMap<string, number> = new Map();
  #securities: ReadonlySet<string> = new Set();

  constructor(options: DoubtedRowsOptions) {
    this.#options = options;
  }

  /** Securities in which the last reading shows of an order of ours what cannot be true. */
  securities(): ReadonlySet<string> {
    return this.#securities;
  }

  /** A new day: what was said of the orders of the last one is forgotten with them. */
  roll(): void {
    this.#said.clear();
  }

  /** What of our orders cannot be true: it is neither counted nor shown. */
  ours(impossible: readonly Impossible[]): void {
    const { book, timers, events } = this.#options;
    const now = timers.monotonic();
    const before = this.#since;
    this.#since = new Map(impossible.map(({ clientId }) => [clientId, before.get(clientId) ?? now]));
    this.#securities = new Set(impossible.map(({ clientId }) => book.intent(clientId).security));
    for (const { clientId, remark, text, mayPass } of impossible) {
      if (mayPass && now - (this.#since.get(clientId) ?? now) < LASTING_MS) continue;
      const told = `The broker's rows of ${remark} cannot be true: ${text}. They are not counted, and nothing more is ordered in its security while they are shown. Compare the order in the terminal.`;
      this.#once(told, () => events.alarm('ORDER_IMPOSSIBLE', remark, told));
    }
  }

  /** Rows that cannot be read and name no order of ours (`ownIds`: their ids at the broker): they stop nothing. */
  others(rows: readonly (BrokerOrder | BrokerTrade)[], ownIds: () => ReadonlySet<string>): void {
    const unreadable = rows.filter((row) => row.unreadable !== undefined);
    if (unreadable.length === 0) return;
    const own = ownIds();
    for (const row of unreadable) {
      if (own.has(row.orderId) || ('remark' in row && tagIn(row.remark) !== null)) continue;
      const text = `A row of the gateway's lists cannot be read (order ${row.orderId}, ${row.security}: ${row.unreadable}). It names no order of ours and is left out.`;
      this.#once(text, () => this.#options.events.note('warning', null, text));
    }
  }

  #once(text: string, tell: () => void): void {
    if (this.#said.has(text)) return;
    this.#said.add(text);
    tell();
  }
}
