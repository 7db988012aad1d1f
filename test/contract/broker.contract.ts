import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BrokerOrder, Quote } from '../../src/domain/trading.ts';
import { FINAL_BROKER_STATUSES } from '../../src/domain/trading.ts';
import { newClientId, shortId } from '../../src/platform/ids.ts';
import type { Broker, PlaceOutcome, PlaceRequest, VenueStatus } from '../../src/venues/broker.ts';

/** A fresh market in the middle of a morning's continuous session, and an account with 1,000,000 CNY and no holdings. */
export interface BrokerWorld {
  readonly broker: Broker;
  quote(security: string): Promise<Quote>;
  /** Lets market time pass, market ms. */
  pass(ms: number): Promise<void>;
  /** Lets market time pass until the promise has settled. */
  during<T>(promise: Promise<T>): Promise<T>;
  /** Breaks and mends the way to the venue; null when there is none that could break (say so in `traits`). */
  readonly outage: { cut(): Promise<void>; mend(): Promise<void> } | null;
  /** Its lists show no remarks. */
  readonly showsNoRemarks?: true;
  /** A market order goes out as a limit at its protected price, which the counter then holds to the price cage. */
  readonly limitsOnly?: true;
  close(): Promise<void>;
}

/** Bought today, sold tomorrow. */
const STOCK = '000001.XSHE';
/** Bought and sold on one day. */
const GOLD = '518880.XSHG';

export interface BrokerTraits {
  readonly isRemote: boolean;
  /** Whether it says of itself that its money is none; true when left out. */
  readonly isStub?: boolean;
}

/** What the engine relies on in every broker; `open` makes a new world for each case, its broker started. */
export function brokerContract(name: string, traits: BrokerTraits, open: () => Promise<BrokerWorld>): void {
  describe(`broker contract: ${name}`, () => {
    let world: BrokerWorld;

    beforeEach(async () => {
      world = await open();
    });

    afterEach(async () => {
      await world.close();
    });

    startCases(() => world, traits.isStub ?? true);
    orderCases(() => world);
    fillCases(() => world);
    refusalCases(() => world);
    if (traits.isRemote) outageCases(() => world);
  });
}

function startCases(world: () => BrokerWorld, isStub: boolean): void {
  it('B01 after the start it can place, and the lists are empty but whole', async () => {
    const { broker } = world();
    expect(broker.canPlace()).toBe(true);
    expect(await broker.orders()).toEqual([]);
    expect(await broker.trades()).toEqual([]);
    expect((await broker.positions()).filter((position) => position.amount > 0)).toEqual([]);
  });

  it('B02 the account is whole', async () => {
    const account = await world().broker.account();
    expect(account.availableCash).toBe(1_000_000);
    expect(account.totalValue).toBe(1_000_000);
  });

  it('B03 health says whether this is real money, and that the back end is ready', async () => {
    const health = await world().broker.health();
    expect(health.stub).toBe(isStub);
    expect(health.backendReady).toBe(true);
  });

  it('B04 after the stop nothing can be placed: NOT_SENT, not unknown', async () => {
    const { broker } = world();
    await broker.stop();
    expect(broker.canPlace()).toBe(false);
    const outcome = await broker.place(await request(null, { price: 10 }));
    expect(outcome).toMatchObject({ kind: 'rejected', code: 'NOT_SENT' });
  });
}

function orderCases(world: () => BrokerWorld): void {
  it('B05 an accepted order stands in the list as it was sent', async () => {
    const { broker } = world();
    const order = await request(world(), { ticks: 5 });
    const id = acceptedId(await broker.place(order));
    const rows = await broker.orders();
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      orderId: id,
      security: STOCK,
      side: 'buy',
      amount: 100,
      filled: 0,
      limitPrice: order.price,
      avgPrice: null,
    });
    // A server may put something before it, QMT cuts at 24 characters: our part is contained.
    if (world().showsNoRemarks === true) expect(rows[0]?.remark).toBe('');
    else expect(rows[0]?.remark).toContain(order.remark.slice(0, 11));
    expect(isFinal(rows[0])).toBe(false);
  });

  it('B06 cash behind an open buy is not available, and comes back with the cancel', async () => {
    const { broker } = world();
    const id = acceptedId(await broker.place(await request(world(), { ticks: 5 })));
    await world().pass(2_000);
    expect((await broker.account()).availableCash).toBeLessThan(1_000_000);
    const outcome = await world().during(broker.cancel(id));
    expect(['final', 'requested']).toContain(outcome.kind);
    const row = await untilFinal(world(), id);
    expect(row).toMatchObject({ status: 'canceled', filled: 0 });
    expect((await broker.account()).availableCash).toBe(1_000_000);
    expect(await broker.trades()).toEqual([]);
  });

  it('B07 one client id is one order, however often it is placed', async () => {
    const { broker } = world();
    const order = await request(world(), { ticks: 5 });
    const first = acceptedId(await broker.place(order));
    const again = await broker.place(order);
    if (again.kind === 'accepted') expect(again.orderId).toBe(first);
    expect(await broker.orders()).toHaveLength(1);
  });

  it('B08 orders placed at once are all answered, each with an id of its own', async () => {
    const { broker } = world();
    const orders = await Promise.all([1, 2, 3, 4, 5].map((n) => request(world(), { ticks: n })));
    const outcomes = await Promise.all(orders.map((order) => broker.place(order)));
    expect(new Set(outcomes.map(acceptedId)).size).toBe(5);
    const rows = await broker.orders();
    for (const [i, order] of orders.entries()) {
      const outcome = outcomes[i];
      const isIt = (one: BrokerOrder): boolean =>
        world().showsNoRemarks === true
          ? one.limitPrice === order.price
          : one.remark.includes(order.remark.slice(0, 11));
      const row = rows.find(isIt);
      expect(row?.limitPrice).toBe(order.price);
      expect(row?.orderId).toBe(outcome === undefined ? null : acceptedId(outcome));
    }
  });
}

function fillCases(world: () => BrokerWorld): void {
  it('B09 a fill shows in order, trades, position and cash alike; shares bought today cannot be sold today', async () => {
    const { broker } = world();
    const { id, row } = await buyNow(world(), STOCK);
    expect(row).toMatchObject({ status: 'filled', filled: 100 });
    const trades = (await broker.trades()).filter((trade) => trade.orderId === id);
    expect(sum(trades.map((trade) => trade.amount))).toBe(100);
    const money = sum(trades.map((trade) => trade.amount * (trade.price ?? 0)));
    expect(row.avgPrice).toBeCloseTo(money / 100, 4);
    expect(trades.every((trade) => trade.security === STOCK && trade.time !== null)).toBe(true);
    const position = (await broker.positions()).find((one) => one.security === STOCK);
    expect(position).toMatchObject({ amount: 100, closeableAmount: 0 });
    const spent = 1_000_000 - (await broker.account()).availableCash;
    expect(spent).toBeGreaterThanOrEqual(money);
    expect(spent).toBeLessThan(money + 20);
  });

  it('B10 the gold ETF can be sold on the day it was bought, as often as one likes', async () => {
    const { broker } = world();
    await buyNow(world(), GOLD);
    expect((await broker.positions()).find((one) => one.security === GOLD)?.closeableAmount).toBe(100);
    const price = worstPrice(world(), await world().quote(GOLD), 'sell');
    const sell = await request(world(), { security: GOLD, side: 'sell', price, style: 'market' });
    const row = await untilFinal(world(), acceptedId(await broker.place(sell)));
    expect(row).toMatchObject({ status: 'filled', side: 'sell', filled: 100 });
    expect((await broker.positions()).find((one) => one.security === GOLD)?.amount ?? 0).toBe(0);
  });
}

function refusalCases(world: () => BrokerWorld): void {
  it('B11 what the counter refuses is rejected with its reason, and leaves no trace in the account', async () => {
    const { broker } = world();
    const quote = await world().quote(STOCK);
    const tooMuch = await request(world(), { amount: 900_000, price: quote.lastPrice ?? 10 });
    const outcome = await settled(world(), tooMuch);
    expect(outcome.status).toBe('rejected');
    expect(outcome.reason).not.toBe('');
    expect((await broker.account()).availableCash).toBe(1_000_000);
  });

  it('B12 shares that are not there, or not yet to be sold, are not sold', async () => {
    const { broker } = world();
    const quote = await world().quote(STOCK);
    const sell = { side: 'sell', price: quote.lowLimit ?? 1 } as const;
    expect((await settled(world(), await request(world(), sell))).status).toBe('rejected');
    await buyNow(world(), STOCK);
    expect((await settled(world(), await request(world(), sell))).status).toBe('rejected');
    expect((await broker.positions()).find((one) => one.security === STOCK)?.amount).toBe(100);
  });

  it('B13 a cancel of an unknown order is refused; of a filled one it is refused or says filled', async () => {
    const { broker } = world();
    expect((await world().during(broker.cancel('70999999'))).kind).toBe('refused');
    const { id } = await buyNow(world(), GOLD);
    const outcome = await world().during(broker.cancel(id));
    expect(outcome.kind === 'final' ? outcome.status : outcome.kind).toMatch(/^(?:filled|refused)$/);
  });
}

function outageCases(world: () => BrokerWorld): void {
  const theOutage = (): NonNullable<BrokerWorld['outage']> => {
    const { outage } = world();
    if (outage === null) throw new Error('a remote venue has a way that can break');
    return outage;
  };

  it('B14 during an outage nothing is sent, and nothing follows when it is over', async () => {
    const { broker } = world();
    const outage = theOutage();
    const order = await request(world(), { ticks: 5 });
    await outage.cut();
    await eventually(() => !broker.canPlace());
    expect(await broker.place(order)).toMatchObject({ kind: 'rejected', code: 'NOT_SENT' });
    await outage.mend();
    await eventually(() => broker.canPlace());
    expect(await broker.orders()).toEqual([]);
  });

  it('B15 an outage is reported, reads come back by themselves', async () => {
    const { broker } = world();
    const outage = theOutage();
    const seen: VenueStatus[] = [];
    broker.onStatus((status) => seen.push(status));
    await outage.cut();
    await eventually(() => seen.some((status) => status.kind === 'disconnected'));
    const account = broker.account();
    await outage.mend();
    expect((await account).availableCash).toBe(1_000_000);
    await eventually(() => seen.some((status) => status.kind === 'connected'));
  });
}

interface Wish {
  readonly security?: string;
  readonly side?: 'buy' | 'sell';
  readonly amount?: number;
  readonly price?: number;
  /** Cents above the day's low limit, when no price is given: too low to be filled. */
  readonly ticks?: number;
  readonly style?: 'limit' | 'market';
}

async function request(world: BrokerWorld | null, wish: Wish): Promise<PlaceRequest> {
  const security = wish.security ?? STOCK;
  const low = world === null || wish.price !== undefined ? null : (await world.quote(security)).lowLimit;
  const price = wish.price ?? Math.round((low ?? 0) * 100 + (wish.ticks ?? 0)) / 100;
  return {
    clientId: newClientId(),
    remark: `bt:${shortId()}:contract`,
    security,
    side: wish.side ?? 'buy',
    amount: wish.amount ?? 100,
    price,
    style: wish.style ?? 'limit',
  };
}

/** Buys 100 at whatever the market asks, and waits until it has them. */
async function buyNow(world: BrokerWorld, security: string): Promise<{ id: string; row: BrokerOrder }> {
  const quote = await world.quote(security);
  const order = await request(world, { security, price: worstPrice(world, quote, 'buy'), style: 'market' });
  const id = acceptedId(await world.broker.place(order));
  return { id, row: await untilFinal(world, id) };
}

/** What a market order may cost at worst: the day's limit, or 1 % from the last price where the order itself is a limit. */
function worstPrice({ limitsOnly }: BrokerWorld, quote: Quote, side: 'buy' | 'sell'): number {
  if (limitsOnly !== true) return (side === 'buy' ? quote.highLimit : quote.lowLimit) ?? 0;
  return Math.round((quote.lastPrice ?? 0) * (side === 'buy' ? 101 : 99)) / 100;
}

/** What became of an order that the counter may refuse at once or after a moment. */
async function settled(world: BrokerWorld, order: PlaceRequest): Promise<{ status: string; reason: string }> {
  const outcome = await world.broker.place(order);
  if (outcome.kind === 'rejected') return { status: 'rejected', reason: outcome.reason };
  const row = await untilFinal(world, acceptedId(outcome));
  return { status: row.status, reason: row.statusText };
}

function acceptedId(outcome: PlaceOutcome): string {
  if (outcome.kind !== 'accepted') throw new Error(`not accepted: ${JSON.stringify(outcome)}`);
  expect(outcome.orderId).not.toBe('');
  return outcome.orderId;
}

/** The order's row once it is final; fails after a market minute. */
async function untilFinal(world: BrokerWorld, orderId: string): Promise<BrokerOrder> {
  for (let waited = 0; waited <= 60_000; waited += 500) {
    const row = (await world.broker.orders()).find((one) => one.orderId === orderId);
    if (row !== undefined && isFinal(row)) return row;
    await world.pass(500);
  }
  throw new Error(`order ${orderId} is not final after a minute`);
}

function isFinal(row: BrokerOrder | undefined): boolean {
  return row !== undefined && FINAL_BROKER_STATUSES.has(row.status);
}

async function eventually(condition: () => boolean): Promise<void> {
  await expect.poll(condition, { timeout: 30_000, interval: 5 }).toBe(true);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
