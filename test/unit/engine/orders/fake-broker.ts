import { movesShares, takesCash, tradedMoney } from '../../../../src/domain/market/repo.ts';
import { settlementDays } from '../../../../src/domain/market/settlement.ts';
import { chinaDay } from '../../../../src/domain/time.ts';
import {
  FINAL_BROKER_STATUSES,
  type BrokerAccount,
  type BrokerOrder,
  type BrokerPosition,
  type BrokerTrade,
  type Side,
} from '../../../../src/domain/trading.ts';
import type {
  Broker,
  CancelOutcome,
  LatePlaceAnswer,
  PlaceOutcome,
  PlaceRequest,
  VenueHealth,
  VenueStatus,
} from '../../../../src/venues/broker.ts';

/** A broker that tests script: its book is the truth, its answers can be lost. */
export class FakeBroker implements Broker {
  readonly name = 'fake';
  readonly placed: PlaceRequest[] = [];
  readonly cancels: string[] = [];
  readonly book: BrokerOrder[] = [];
  readonly fills: BrokerTrade[] = [];
  held: BrokerPosition[] = [];
  cash = 100_000;
  ready = true;
  backendReady = true;
  readsFail = false;
  #hangs = false;
  now: () => number = () => 0;
  /** What a placed order becomes, and what is answered. */
  onPlace: (request: PlaceRequest, broker: FakeBroker) => PlaceOutcome | Promise<PlaceOutcome> = (request, broker) =>
    broker.accept(request);
  onCancel: (orderId: string, broker: FakeBroker) => CancelOutcome = (orderId, broker) => broker.drop(orderId);
  /** The question that came with the last cancel. */
  isOurs: () => boolean = () => true;
  readonly #listeners = new Set<(status: VenueStatus) => void>();
  readonly #late = new Set<(late: LatePlaceAnswer) => void>();
  readonly #news = new Set<() => void>();

  start(): Promise<void> {
    return Promise.resolve();
  }
  stop(): Promise<void> {
    return Promise.resolve();
  }
  setUrgent: (urgent: boolean) => void = () => undefined;
  canPlace(): boolean {
    return this.ready;
  }
  place(request: PlaceRequest): Promise<PlaceOutcome> {
    this.placed.push(request);
    return Promise.resolve(this.onPlace(request, this));
  }
  cancel(orderId: string, isOurs: () => boolean = () => true): Promise<CancelOutcome> {
    this.isOurs = isOurs;
    this.cancels.push(orderId);
    return Promise.resolve(this.onCancel(orderId, this));
  }
  account(): Promise<BrokerAccount> {
    return this.#read(this.accountNow());
  }
  positions(): Promise<readonly BrokerPosition[]> {
    return this.#read(this.positionsNow());
  }
  orders(): Promise<readonly BrokerOrder[]> {
    return this.#read([...this.book]);
  }
  trades(): Promise<readonly BrokerTrade[]> {
    return this.#read([...this.fills]);
  }
  health(): Promise<VenueHealth> {
    return this.#read({ stub: true, backendReady: this.backendReady, detail: '', clock: null });
  }
  onLatePlaceAnswer(listener: (late: LatePlaceAnswer) => void): () => void {
    this.#late.add(listener);
    return () => this.#late.delete(listener);
  }

  /** From now on nothing is answered. */
  hang(): void {
    this.#hangs = true;
  }

  /** The answer to a request that was given up. */
  answerLate(clientId: string, outcome: PlaceOutcome): void {
    for (const listener of this.#late) listener({ clientId, outcome });
  }

  onStatus(listener: (status: VenueStatus) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  onAccountNews(listener: () => void): () => void {
    this.#news.add(listener);
    return () => this.#news.delete(listener);
  }

  /** Says that something of the account has changed. */
  tell(): void {
    for (const listener of this.#news) listener();
  }

  /** Working buys freeze their money, working sells their shares. */
  accountNow(): BrokerAccount {
    const marketValue = this.held.reduce((sum, position) => sum + (position.marketValue ?? 0), 0);
    const frozenCash = this.book
      .filter(({ security, side, status }) => takesCash(security, side ?? 'buy') && !FINAL_BROKER_STATUSES.has(status))
      .reduce((sum, order) => sum + tradedMoney(order.security, rest(order), order.limitPrice ?? 0), 0);
    return {
      accountId: 'demo',
      availableCash: this.cash - frozenCash,
      totalValue: this.cash + marketValue,
      frozenCash,
      transferableCash: this.cash,
      marketValue,
    };
  }

  positionsNow(): BrokerPosition[] {
    return this.held.map((position) => {
      const selling = this.#working('sell').filter((order) => order.security === position.security);
      const frozen = selling.reduce((sum, order) => sum + rest(order), 0);
      return { ...position, closeableAmount: position.closeableAmount - frozen };
    });
  }

  emit(status: VenueStatus): void {
    for (const listener of this.#listeners) listener(status);
  }

  /** Puts the order into the book, open. */
  enter(request: PlaceRequest): BrokerOrder {
    const order: BrokerOrder = {
      orderId: String(1000 + this.book.length),
      security: request.security,
      side: request.side,
      amount: request.amount,
      filled: 0,
      limitPrice: request.price,
      avgPrice: null,
      status: 'open',
      remark: request.remark,
      statusText: '',
      createdAt: this.now(),
    };
    this.book.push(order);
    return order;
  }

  accept(request: PlaceRequest): PlaceOutcome {
    const order = this.enter(request);
    return { kind: 'accepted', orderId: order.orderId, order };
  }

  /** Fills `amount` of an order at its limit, moving cash and position. */
  fill(orderId: string, amount: number, tradeId = `t${this.fills.length}`): void {
    const order = this.#require(orderId);
    const price = order.limitPrice ?? 10;
    const filled = order.filled + amount;
    this.#replace({ ...order, filled, avgPrice: price, status: filled === order.amount ? 'filled' : 'partly_filled' });
    this.fills.push({
      tradeId,
      orderId,
      security: order.security,
      side: order.side,
      amount,
      price,
      time: this.now(),
      commission: 5,
      tax: 0,
    });
    const sign = order.side === 'buy' ? 1 : -1;
    const paid = takesCash(order.security, order.side ?? 'buy') ? 1 : -1;
    this.cash -= paid * tradedMoney(order.security, amount, price) + 5;
    if (movesShares(order.security)) this.#move(order.security, sign * amount, price);
  }

  set(orderId: string, change: Partial<BrokerOrder>): void {
    this.#replace({ ...this.#require(orderId), ...change });
  }

  /** Cancels what is left. */
  drop(orderId: string): CancelOutcome {
    const order = this.book.find((row) => row.orderId === orderId);
    if (order === undefined) return { kind: 'refused', reason: 'no such order' };
    if (FINAL_BROKER_STATUSES.has(order.status)) return { kind: 'refused', reason: 'it is final' };
    this.set(orderId, { status: order.filled > 0 ? 'partly_canceled' : 'canceled' });
    return { kind: 'final', order: null, status: 'canceled' };
  }

  #move(security: string, amount: number, price: number): void {
    const before = this.held.find((position) => position.security === security);
    const total = (before?.amount ?? 0) + amount;
    this.held = this.held.filter((position) => position.security !== security);
    if (total === 0) return;
    const sellable = amount > 0 && settlementDays(security, chinaDay(this.now())) > 0 ? 0 : amount;
    this.held.push({
      security,
      name: null,
      amount: total,
      closeableAmount: (before?.closeableAmount ?? 0) + sellable,
      avgCost: price,
      lastPrice: price,
      marketValue: total * price,
    });
  }

  #working(side: Side): BrokerOrder[] {
    return this.book.filter((order) => order.side === side && !FINAL_BROKER_STATUSES.has(order.status));
  }

  #read<T>(value: T): Promise<T> {
    if (this.#hangs) return new Promise(() => undefined);
    return this.readsFail ? Promise.reject(new Error('the link is down')) : Promise.resolve(value);
  }

  #require(orderId: string): BrokerOrder {
    const order = this.book.find((row) => row.orderId === orderId);
    if (order === undefined) throw new Error(`the fake broker has no order ${orderId}`);
    return order;
  }

  #replace(order: BrokerOrder): void {
    const index = this.book.findIndex((row) => row.orderId === order.orderId);
    this.book[index] = order;
  }
}

function rest(order: BrokerOrder): number {
  return order.amount - order.filled;
}
