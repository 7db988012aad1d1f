import { cashEffect } from '../../domain/order/projection.ts';
import { cashOf } from '../../domain/order/valuation.ts';
import { chinaDay } from '../../domain/time.ts';
import type { BrokerAccount, BrokerPosition } from '../../domain/trading.ts';
import type { Clock } from '../../platform/clock.ts';
import type { TimerSource } from '../../platform/timers.ts';
import type { Broker } from '../../venues/broker.ts';
import type { Events } from '../events.ts';
import type { OrderBook } from '../orders/book/order-book.ts';
import type { ForeignTrade } from '../orders/reading/foreign-trades.ts';
import { expectedAmounts, fillsSince, stillUnlisted, type AccountBase, type BrokerLists } from './account-base.ts';
import { cashDifference, CashDispute } from './cash-dispute.ts';
import { explainedBy, type Explanation } from './explanation.ts';
import { amountsOf, PositionDispute } from './position-dispute.ts';
import { expectedWith, heldByNow, heldIn, isListSoon, unlistedFills } from './unlisted-fills.ts';

/** What comes of a reading. `soon`: it says nothing, and another one is to be made soon. */
export type Verdict =
  | {
      readonly kind: 'taken';
      readonly explanation: Explanation;
      /** Shares of own fills, by client id, that it contains although no list of trades has shown them. */
      readonly unlisted: ReadonlyMap<string, number>;
    }
  | { readonly kind: 'soon' }
  | { readonly kind: 'disputed' };

/** A change of cash that nothing explains is told from here on: CNY, and a share of the whole account. */
const TOLD_CNY = 100;
const TOLD_SHARE = 0.01;

const SOON: Verdict = { kind: 'soon' };
const DISPUTED: Verdict = { kind: 'disputed' };

export interface WholeReading {
  readonly account: BrokerAccount;
  readonly positions: readonly BrokerPosition[];
  /** Whether nothing of ours has moved since it was asked for. */
  readonly isStill: () => boolean;
  /** Whether it may lag behind fills of ours in a security. */
  readonly isMoving: (security: string) => boolean;
}

export interface ReadingJudgeOptions {
  readonly broker: Pick<Broker, 'positions'>;
  readonly book: OrderBook;
  readonly lists: BrokerLists;
  readonly clock: Clock;
  readonly timers: TimerSource;
  readonly events: Events;
}

/** Whether a whole reading of the account is believed. */
export class ReadingJudge {
  readonly #options: ReadingJudgeOptions;
  readonly #dispute: PositionDispute;
  readonly #cash: CashDispute;

  constructor(options: ReadingJudgeOptions) {
    this.#options = options;
    this.#dispute = new PositionDispute(options.timers, options.events);
    this.#cash = new CashDispute(options.clock, options.timers);
  }

  /** Securities whose holding the broker sees otherwise than we do, until it is clear who is right. */
  disputed(): ReadonlySet<string> {
    return this.#dispute.securities();
  }

  /** Something of ours has changed. */
  traded(): void {
    this.#cash.traded();
  }

  clear(): void {
    this.#dispute.clear();
    this.#cash.clear();
  }

  /** `base`: what has been believed so far; null = nothing, or whatever comes is to be believed. Throws what a venue throws. */
  async judge(base: AccountBase | null, reading: WholeReading): Promise<Verdict> {
    const { book, lists } = this.#options;
    if (base !== null) {
      const explanation = await this.#explained(base, reading);
      if (explanation === 'soon') return SOON;
      if (explanation !== null) {
        if (!this.#cashFits(base, reading, explanation)) return SOON;
        return { kind: 'taken', explanation, unlisted: stillUnlisted(book, base) };
      }
    }
    const unlisted = base === null ? this.#heldByNow() : this.#insisted(base, reading);
    if (unlisted === null) return base === null ? SOON : DISPUTED;
    if (!(await this.#confirmed(reading.positions)) || !reading.isStill()) return SOON;
    const foreign = new Set(lists.others().trades.map(({ key }) => key));
    return { kind: 'taken', explanation: { foreign, trades: [] }, unlisted };
  }

  /** What a reading that is believed as it is holds of fills that are not listed; null while that cannot be told. */
  #heldByNow(): Map<string, number> | null {
    const { book, clock } = this.#options;
    const now = clock.now();
    const fills = unlistedFills(book, chinaDay(now));
    return isListSoon(fills, now) ? null : heldByNow(fills, now);
  }

  /** What a reading that insists on something else holds of fills that are not listed; null while it does not insist. */
  #insisted(base: AccountBase, { positions, isMoving }: WholeReading): Map<string, number> | null {
    const { book, clock } = this.#options;
    const expected = expectedAmounts(book, base);
    const before = stillUnlisted(book, base);
    const fills = unlistedFills(book, chinaDay(clock.now()))
      .map((fill) => ({ ...fill, amount: fill.amount - (before.get(fill.clientId) ?? 0) }))
      .filter(({ amount }) => amount > 0);
    const held = heldIn(positions, fills, expected);
    const known = expectedWith(expected, fills, held);
    if (!this.#dispute.insists(expected, positions, isMoving, known)) return null;
    for (const [clientId, amount] of held) before.set(clientId, (before.get(clientId) ?? 0) + amount);
    return before;
  }

  /** What of others' trades makes the positions what they are; null = nothing does. */
  async #explained(base: AccountBase, { positions, isStill }: WholeReading): Promise<Explanation | null | 'soon'> {
    const { lists, book } = this.#options;
    const trades = (): readonly ForeignTrade[] => lists.others().trades.filter(({ key }) => !base.foreign.has(key));
    const listed = trades();
    // What an answer has named as ours since the lists were read is no other's. Most accounts have none of others, and many of ours.
    const named = new Set(listed.length === 0 ? [] : book.intents().map(({ brokerOrderId }) => brokerOrderId));
    const others = listed.filter(({ orderId }) => !named.has(orderId));
    const known = explainedBy(expectedAmounts(book, base), positions, others, base.foreign);
    if (known !== null) return known;
    // The lists may be older than the positions.
    if (!(await lists.readNow()) || !isStill()) return 'soon';
    const doubtful = book.doubtful();
    const certain = trades().filter(({ security }) => !doubtful.has(security));
    return explainedBy(expectedAmounts(book, base), positions, certain, base.foreign);
  }

  /** A counter's cash may lag behind its positions: it counts when what was traded explains it, or when it insists, which is told. */
  #cashFits(base: AccountBase, { account, positions }: WholeReading, { trades }: Explanation): boolean {
    const foreign = trades.flatMap(({ security, side, amount, price }) =>
      side === null || price === null ? [] : [{ security, side, amount, price, fees: 0 }],
    );
    const moved = [...fillsSince(this.#options.book, base), ...foreign];
    const expected = cashOf(base.account, base.positions) + moved.reduce((sum, fill) => sum + cashEffect(fill), 0);
    const read = cashOf(account, positions);
    if (!this.#cash.fits({ expected, read, moved })) return false;
    const difference = cashDifference({ expected, read, moved });
    // What fees and rounding come to is no news.
    if (Math.abs(difference) > Math.max(TOLD_CNY, TOLD_SHARE * base.account.totalValue)) {
      const text = `Cash changed without a trade: ${(read - difference).toFixed(2)} was expected, the account has ${read.toFixed(2)} (a deposit, a withdrawal, a dividend?). It insists, and is believed.`;
      this.#options.events.emit({ kind: 'external_change', text });
    }
    return true;
  }

  /**
   * What was not expected is believed only when a second reading says the same, and the lists made after it show nothing new of
   * ours: else it may lack a row, or already hold a fill that is still to be listed and would be counted twice.
   */
  async #confirmed(positions: readonly BrokerPosition[]): Promise<boolean> {
    const again = await this.#options.broker.positions();
    if (amountsOf(again) !== amountsOf(positions)) return false;
    return this.#options.lists.readNow();
  }
}
