import { afterEach, describe, expect, it } from 'vitest';
import type { OrderView } from '../../src/domain/order/types.ts';
import type { BrokerPosition } from '../../src/domain/trading.ts';
import { aHolding, aQuote } from '../unit/domain/order/builders.ts';
import { anOperator } from '../unit/engine/operator/an-operator.ts';
import { FakeBroker } from '../unit/engine/orders/fake-broker.ts';
import { createWorld } from '../unit/engine/orders/world.ts';
import type { World } from '../unit/engine/orders/world.ts';

const worlds: World[] = [];
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close();
});

async function open(held: readonly BrokerPosition[] = []): Promise<World> {
  const broker = new FakeBroker();
  broker.held = [...held];
  const world = await createWorld({ broker });
  worlds.push(world);
  return world;
}

const limit = { kind: 'limit', limitPrice: 9.9 } as const;
const cash = (world: World): number | undefined => world.trading.account.view()?.availableCash;
const amountOf = (world: World, security = '000001.XSHE'): number =>
  world.trading.account.view()?.positions.find((position) => position.security === security)?.amount ?? 0;

function last(world: World): OrderView {
  const order = world.trading.book.views().at(-1);
  if (order === undefined) throw new Error('there is no order');
  return order;
}

describe('what can be sold today', () => {
  it.each([
    ['510300.XSHG', 'a fund of shares', 0],
    ['159915.XSHE', 'a fund of shares', 0],
    ['000001.XSHE', 'a share', 0],
    ['518880.XSHG', 'the gold fund', 1000],
    ['511010.XSHG', 'a fund of bonds', 1000],
  ])('A4-17: %s (%s) bought today: %i are', async (security, _what, closeable) => {
    const world = await open();
    world.quotes.set(security, aQuote({ security }));
    const call = world.order({ security, quantity: 1000 });
    await world.pass(200);
    world.broker.fill('1000', 1000);
    await world.settle(call);
    expect(world.trading.account.view()?.positions).toMatchObject([{ amount: 1000, closeableAmount: closeable }]);
    const sale = await world.settle(world.order({ security, quantity: -1000, waitTimeout: 0 }));
    expect(sale === null ? 0 : sale.amount).toBe(closeable);
  });

  it('A4-12: nothing, where all of the holding was bought today, as the broker says it', async () => {
    const world = await open([aHolding(1000, { closeableAmount: 0 })]);
    expect(await world.settle(world.order({ quantity: -100 }))).toBeNull();
    expect(await world.settle(world.order({ kind: 'target', quantity: 0 }))).toBeNull();
    expect(world.broker.placed).toEqual([]);
  });
});

describe('readings of the account', () => {
  it('B5: come each half minute, and soon after a fill', async () => {
    const world = await open();
    const read = world.broker.positions.bind(world.broker);
    let reads = 0;
    world.broker.positions = () => {
      reads += 1;
      return read();
    };
    await world.pass(120_000);
    expect(reads).toBeGreaterThanOrEqual(2);
    expect(reads).toBeLessThanOrEqual(5);
    await world.settle(world.order({ style: limit }));
    await world.pass(10_000);
    reads = 0;
    world.broker.fill('1000', 100);
    await world.pass(10_000);
    expect(reads).toBeGreaterThanOrEqual(1);
  });

  it('B7/A4-11: that fail or are empty beside holdings of some worth change nothing, and no target is bought again', async () => {
    const world = await open([aHolding(1000)]);
    const read = world.broker.positions.bind(world.broker);
    for (const broken of [() => Promise.reject(new Error('the terminal restarts')), () => Promise.resolve([])]) {
      world.broker.positions = broken;
      await world.pass(65_000);
      expect(amountOf(world)).toBe(1000);
      expect(await world.settle(world.order({ kind: 'target', quantity: 1000 }))).toBeNull();
    }
    world.broker.positions = read;
    expect(world.broker.placed).toEqual([]);
  });

  it('B11: hold cash, holdings and open orders of before when trading opens', async () => {
    const world = await open([aHolding(700)]);
    await world.settle(world.order({ style: limit, quantity: 1000 }));
    await world.restart();
    expect(world.trading.gate.reason()).toBeNull();
    expect(amountOf(world)).toBe(700);
    expect(cash(world)).toBe(100_000 - 9_900);
    expect(world.trading.book.views()).toMatchObject([{ state: 'accepted', amount: 1000 }]);
  });
});

describe('what orders of ours do to the account', () => {
  it('B6/D24: quantity, average price and cash agree with the fills, also when the day is replayed after restarts', async () => {
    const world = await open();
    await world.settle(world.order({ style: limit, quantity: 1000 }));
    for (const [amount, id] of [
      [300, 'same'],
      [300, 'same'],
      [400, 'other'],
    ] as const)
      world.broker.fill('1000', amount, id);
    await world.pass(10_000);
    const check = (): void => {
      expect(last(world)).toMatchObject({ state: 'filled', filled: 1000, commission: 15 });
      expect(last(world).price).toBeCloseTo(9.9, 6);
      expect(world.ledger.fillsOf('2026-07-06').map(({ tradeId, ordinal }) => `${tradeId} ${ordinal}`)).toEqual([
        'same 1',
        'same 2',
        'other 1',
      ]);
      expect([cash(world), amountOf(world)]).toEqual([world.broker.cash, 1000]);
    };
    check();
    for (let i = 0; i < 3; i += 1) {
      await world.restart();
      await world.pass(10_000);
      check();
    }
  });

  it('D24: a list of trades that holds the day twice books it once', async () => {
    const world = await open();
    await world.settle(world.order({ style: limit, quantity: 1000 }));
    world.broker.fill('1000', 400);
    await world.pass(2_000);
    const once = world.broker.trades.bind(world.broker);
    world.broker.trades = async () => [...(await once()), ...(await once())];
    await world.pass(10_000);
    expect([last(world).filled, amountOf(world), world.trading.book.trades().length]).toEqual([400, 400, 1]);
    world.broker.trades = once;
    world.broker.fill('1000', 600);
    await world.pass(10_000);
    expect([last(world).filled, amountOf(world), world.trading.book.trades().length]).toEqual([1000, 1000, 2]);
  });

  it('D+easytrader#505: the money of a cancelled buy is there when the cancel returns, whatever an old snapshot says', async () => {
    const world = await open([aHolding(1000)]);
    await world.settle(world.order({ style: limit, quantity: 6000 }));
    // Its money, and the fees that its counter will ask for.
    expect(cash(world)).toBe(100_000 - 59_400 - 18.41);
    const frozen = world.broker.accountNow();
    world.broker.account = () => Promise.resolve(frozen);
    await world.settle(world.trading.desk.cancel('1000'));
    expect(cash(world)).toBe(100_000);
    await world.pass(2_000);
    expect(cash(world)).toBe(100_000);
    const high = { kind: 'limit', limitPrice: 10.5 } as const;
    await world.settle(world.order({ style: high, quantity: -1000 }));
    expect(world.trading.account.view()?.positions[0]).toMatchObject({ amount: 1000, closeableAmount: 0 });
    await world.settle(world.trading.desk.cancel('1001'));
    expect(world.trading.account.view()?.positions[0]).toMatchObject({ amount: 1000, closeableAmount: 1000 });
  });

  it('D+akquant#173: dead orders freeze nothing and count into no target', async () => {
    const world = await open();
    world.broker.onPlace = () => ({ kind: 'rejected', code: 'REJECTED', reason: '资金不足', orderId: null });
    await world.settle(world.order({ style: limit, quantity: 3000 }));
    world.broker.onPlace = (request, broker) => broker.accept(request);
    await world.settle(world.order({ style: limit, quantity: 3000, waitTimeout: 1, keep: false }));
    expect(world.trading.book.views().map((order) => order.state)).toEqual(['rejected', 'canceled']);
    expect(cash(world)).toBe(100_000);
    expect(world.trading.account.view()).toMatchObject({ lockedCash: 0 });
    await world.settle(world.order({ kind: 'target', quantity: 500, style: limit }));
    expect(world.broker.placed.at(-1)).toMatchObject({ side: 'buy', amount: 500 });
  });
});

describe('what others do to the account', () => {
  it('D17: an order placed by hand is left alone, counts once it trades, and can be adopted', async () => {
    const world = await open();
    const byHand = {
      clientId: 'x',
      remark: '',
      security: '000001.XSHE',
      side: 'buy',
      amount: 400,
      price: 9.9,
    } as const;
    world.broker.enter({ ...byHand, style: 'limit' });
    await world.pass(60_000);
    expect([world.broker.cancels, world.trading.book.views()]).toEqual([[], []]);
    const said = await world.settle(anOperator(world).adopt('1000'));
    expect(said).toContain('1000 is adopted');
    world.broker.fill('1000', 100);
    await world.pass(10_000);
    expect(last(world)).toMatchObject({ security: '000001.XSHE', amount: 400, filled: 100, state: 'accepted' });
    expect(amountOf(world)).toBe(100);
    expect(await world.settle(world.trading.desk.cancel('1000'))).toMatchObject({ state: 'canceled' });
  });

  it('D+nautilus#1190: a holding sold by hand is noticed, said, and believed', async () => {
    const world = await open([aHolding(1000)]);
    world.broker.held = [];
    world.broker.cash += 10_000;
    await world.pass(60_000);
    expect([amountOf(world), cash(world)]).toEqual([0, 110_000]);
    expect(world.lines.some((line) => line.level === 'warning' && line.text.includes('changed outside'))).toBe(true);
    expect(await world.settle(world.order({ quantity: -1000 }))).toBeNull();
  });

  it('D6: an account that reads all zeros is the wrong account, and nothing trades on it', async () => {
    const world = await open();
    world.broker.account = () =>
      Promise.resolve({
        accountId: 'credit',
        availableCash: 0,
        totalValue: 0,
        frozenCash: 0,
        transferableCash: 0,
        marketValue: 0,
      });
    const opening = world.restart();
    opening.catch(() => undefined);
    await world.pass(10_000);
    expect(world.trading.gate.reason()).toMatch(/zero|account/u);
    expect(await world.settle(world.order())).toBeNull();
    world.broker.account = () => Promise.resolve(world.broker.accountNow());
    await opening;
    expect(world.trading.gate.reason()).toBeNull();
  });
});
