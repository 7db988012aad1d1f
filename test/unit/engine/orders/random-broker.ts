import type { BrokerAccount, BrokerOrder, BrokerPosition, BrokerTrade } from '../../../../src/domain/trading.ts';
import { FINAL_BROKER_STATUSES } from '../../../../src/domain/trading.ts';
import type { Rng } from '../../../../src/platform/random.ts';
import type { CancelOutcome, PlaceOutcome, PlaceRequest } from '../../../../src/venues/broker.ts';
import { FakeBroker } from './fake-broker.ts';
import type { FakeTimers } from '../../platform/fake-timers.ts';

/** What the broker's lists said at one moment. */
interface Frame {
  readonly orders: readonly BrokerOrder[];
  readonly trades: readonly BrokerTrade[];
  readonly account: BrokerAccount;
  readonly positions: readonly BrokerPosition[];
}

/** `lost`: no answer that proves anything; `error`: answered with one; `refused` and `unsent`: it was never there. */
export type Fate = 'taken' | 'rejected' | 'refused' | 'unsent' | 'lost' | 'error';

const LOST = (answered: boolean): PlaceOutcome => ({
  kind: 'unknown',
  code: answered ? 'REQUEST_FAILED' : 'LINK_LOST',
  reason: 'QMT 下单失败',
  answered,
});

/** A broker with every misfortune of the trade, drawn from one seeded stream. Its book stays the truth. */
export class RandomBroker extends FakeBroker {
  /** False: nothing goes wrong any more, and nothing moves. */
  wild = true;
  /** What became of each place request, as the broker knows it. */
  readonly outcomes = new Map<string, Fate>();
  /** Called when the process that asks is to die in the middle of it. */
  onCrash: () => void = () => undefined;
  readonly #random: Rng;
  readonly #timers: FakeTimers;
  readonly #frames: Frame[] = [];
  /** The moment each list shows: it lags behind, by up to 2 s, and never goes back. */
  readonly #shown = { orders: 0, trades: 0, account: 0 };

  constructor(random: Rng, timers: FakeTimers) {
    super();
    this.#random = random;
    this.#timers = timers;
    this.onPlace = (request) => this.#placed(request);
    this.onCancel = (orderId) => this.#canceled(orderId);
  }

  /** The counter looks at cash and shares before it takes an order. */
  override enter(request: PlaceRequest): BrokerOrder {
    const before = this.positionsNow().find((position) => position.security === request.security);
    const short =
      request.side === 'buy'
        ? request.amount * request.price > this.accountNow().availableCash
        : request.amount > (before?.closeableAmount ?? 0);
    const order = super.enter(request);
    if (!short) return order;
    this.set(order.orderId, { status: 'rejected', statusText: '可用不足' });
    return { ...order, status: 'rejected' };
  }

  /** A step of time: the lists move on, the market moves. */
  step(): void {
    if (this.wild && this.#random.next() < 0.3) this.#marketMoves();
    this.#frames.push({
      orders: [...this.book],
      trades: [...this.fills],
      account: this.accountNow(),
      positions: this.positionsNow(),
    });
  }

  override orders(): Promise<readonly BrokerOrder[]> {
    return this.#list('orders', (frame) => frame.orders);
  }
  override trades(): Promise<readonly BrokerTrade[]> {
    return this.#list('trades', (frame) => frame.trades);
  }
  override account(): Promise<BrokerAccount> {
    return this.#list('account', (frame) => frame.account);
  }
  override positions(): Promise<readonly BrokerPosition[]> {
    return this.#list('account', (frame) => frame.positions);
  }

  /** Any list may fail alone. */
  #list<T>(list: 'orders' | 'trades' | 'account', pick: (frame: Frame) => T): Promise<T> {
    if (this.readsFail || (this.wild && this.#random.next() < 0.03))
      return Promise.reject(new Error('the link is down'));
    return Promise.resolve(pick(this.#frame(list)));
  }

  #frame(list: 'orders' | 'trades' | 'account'): Frame {
    const newest = this.#frames.length - 1;
    const lag = this.wild ? this.#random.int(20) : 0;
    this.#shown[list] = Math.max(this.#shown[list], newest - lag);
    const frame = this.#frames[this.#shown[list]];
    if (frame === undefined) throw new Error('the broker has not begun');
    return frame;
  }

  #placed(request: PlaceRequest): PlaceOutcome | Promise<PlaceOutcome> {
    const draw = this.wild ? this.#random.int(100) : 0;
    this.outcomes.set(request.clientId, fateOf(draw));
    if (draw < 50) return this.accept(request);
    if (draw < 56) return this.#later(this.#random.int(3_000), () => this.accept(request));
    if (draw < 62) return this.#rejectedRow(request);
    if (draw < 66) return { kind: 'rejected', code: 'REQUEST_FAILED', reason: '停牌', orderId: null };
    if (draw < 69) return { kind: 'rejected', code: 'NOT_SENT', reason: 'the link is down', orderId: null };
    if (draw < 75) return LOST(false);
    if (draw < 83) return this.#enteredBut(request, LOST(false));
    if (draw < 86) return LOST(true);
    if (draw < 89) return this.#turnsUp(request, 500 + this.#random.int(2_000), LOST(false));
    if (draw < 92) return this.#turnsUp(request, 12_000 + this.#random.int(8_000), LOST(true));
    if (draw < 94) return this.#later(1_000, () => LOST(true));
    if (draw < 97) this.enter(request);
    this.onCrash();
    return new Promise(() => undefined);
  }

  #canceled(orderId: string): CancelOutcome {
    const draw = this.wild ? this.#random.int(100) : 0;
    if (draw < 50) return this.drop(orderId);
    if (draw < 60) return { kind: 'refused', reason: '撤单过于频繁' };
    if (draw < 70) return { kind: 'unknown', reason: 'lost before' };
    if (draw < 80) {
      this.drop(orderId);
      return { kind: 'unknown', reason: 'lost after' };
    }
    if (draw < 97) {
      this.#timers.after(this.#random.int(3_000), () => void this.drop(orderId));
      return { kind: 'requested', order: null };
    }
    if (draw < 99) this.drop(orderId);
    this.onCrash();
    return { kind: 'unknown', reason: 'nobody hears it' };
  }

  #rejectedRow(request: PlaceRequest): PlaceOutcome {
    const order = this.enter(request);
    this.set(order.orderId, { status: 'rejected', statusText: '资金不足' });
    return { kind: 'rejected', code: 'REJECTED', reason: '资金不足', orderId: order.orderId };
  }

  #enteredBut(request: PlaceRequest, outcome: PlaceOutcome): PlaceOutcome {
    this.enter(request);
    return outcome;
  }

  #turnsUp(request: PlaceRequest, ms: number, outcome: PlaceOutcome): PlaceOutcome {
    this.#timers.after(ms, () => this.enter(request));
    return outcome;
  }

  #later<T>(ms: number, work: () => T): Promise<T> {
    return new Promise((resolve) => {
      this.#timers.after(ms, () => resolve(work()));
    });
  }

  /** One working order is filled, in whole or in part, or ended by the exchange. Trade ids are few: many are equal. */
  #marketMoves(): void {
    const working = this.book.filter((order) => !FINAL_BROKER_STATUSES.has(order.status));
    const order = working[this.#random.int(working.length)];
    if (order === undefined) return;
    const rest = order.amount - order.filled;
    const draw = this.#random.int(100);
    if (draw < 4) this.drop(order.orderId);
    else if (draw < 6 && order.filled === 0) this.set(order.orderId, { status: 'rejected', statusText: '废单' });
    else if (draw < 35) this.fill(order.orderId, rest, `t${this.#random.int(2)}`);
    else if (draw < 65 && rest > 100) this.fill(order.orderId, 100, `t${this.#random.int(2)}`);
  }
}

function fateOf(draw: number): Fate {
  if (draw < 56) return 'taken';
  if (draw < 62) return 'rejected';
  if (draw < 66) return 'refused';
  if (draw < 69) return 'unsent';
  if (draw < 83 || (draw >= 86 && draw < 89) || draw >= 94) return 'lost';
  return 'error';
}
