import { afterEach, describe, expect, it } from 'vitest';
import { chinaInstant } from '../../../../src/domain/time.ts';
import type { OrderView } from '../../../../src/domain/order/types.ts';
import type { PlaceOutcome } from '../../../../src/venues/broker.ts';
import { aQuote } from '../../domain/order/builders.ts';
import { createWorld, type World } from './world.ts';

let world: World;
afterEach(async () => {
  await world.close();
});

const limit = { kind: 'limit', limitPrice: 9.9 } as const;
const never = (): Promise<PlaceOutcome> => new Promise(() => undefined);

function last(): OrderView {
  const order = world.trading.book.views().at(-1);
  if (order === undefined) throw new Error('there is no order');
  return order;
}

function amounts(): { cash: number | undefined; held: readonly (readonly [string, number])[] } {
  const view = world.trading.account.view();
  return {
    cash: view?.availableCash,
    held: (view?.positions ?? []).map((position) => [position.security, position.amount] as const),
  };
}

const alarms = (): string[] => world.lines.filter((line) => line.text.startsWith('ALARM')).map((line) => line.text);

/** What became of an order, step by step. */
function statesOf(orderId: string): string[] {
  return world.happened.flatMap((event) =>
    event.kind === 'order' && event.order.orderId === orderId ? [event.to] : [],
  );
}

/** Starts a call whose process will die before it returns. */
async function startOrder(change: Parameters<World['order']>[0] = {}): Promise<void> {
  world.order(change).catch(() => undefined);
  await world.pass(100);
}

describe('a process that dies', () => {
  it('before it sends: the order was never sent, and is not sent afterwards', async () => {
    world = await createWorld();
    world.broker.ready = false;
    await startOrder();
    expect(last().state).toBe('planned');
    await world.restart();
    world.broker.ready = true;
    await world.pass(60_000);
    expect(last()).toMatchObject({ state: 'not_sent', reason: 'not sent: bt stopped before its turn' });
    expect(world.broker.placed).toEqual([]);
    expect(amounts().cash).toBe(100_000);
  });

  it('while it sends, after the broker had it: the order is found, not sent again', async () => {
    world = await createWorld();
    world.broker.onPlace = (request, broker) => {
      broker.enter(request);
      return never();
    };
    await startOrder();
    world.broker.fill('1000', 100);
    await world.restart();
    expect(last()).toMatchObject({ state: 'filled', filled: 100, unknown: false });
    expect(world.broker.placed).toHaveLength(1);
    expect(amounts()).toEqual({ cash: 100_000 - 1015 - 5, held: [['000001.XSHE', 100]] });
  });

  it('while it sends, before the broker had it: of unknown fate, blocked and alarmed until the day ends', async () => {
    world = await createWorld();
    world.broker.onPlace = never;
    await startOrder();
    await world.restart();
    expect(last()).toMatchObject({ state: 'unknown', unknown: true });
    expect(await world.settle(world.order())).toBeNull();
    await world.pass(60_000);
    expect(alarms()).toHaveLength(1);
    await world.restart();
    expect(last().state).toBe('unknown');
    await world.clock.walk(chinaInstant('2026-07-07', '08:45:00'));
    await world.settle(world.trading.gate.reconcile('the day begins'));
    expect(world.ledger.intentsOnDay('2026-07-06')).toMatchObject([
      { state: 'expired', reason: 'the trading day ended before its fate was known' },
    ]);
    await world.clock.walk(chinaInstant('2026-07-07', '09:35:00'));
    world.broker.onPlace = (request, broker) => broker.accept(request);
    expect(await world.settle(world.order({ waitTimeout: 0 }))).toMatchObject({ state: 'accepted' });
  });

  it('twice while it sends: still one order', async () => {
    world = await createWorld();
    world.broker.onPlace = (request, broker) => {
      broker.enter(request);
      return never();
    };
    await startOrder({ style: limit });
    world.broker.readsFail = true;
    const reopened = world.restart();
    await world.pass(2_000);
    world.broker.readsFail = false;
    await reopened;
    await world.restart();
    expect(last()).toMatchObject({ state: 'accepted', brokerOrderIds: ['1000'] });
    expect(world.broker.placed).toHaveLength(1);
  });

  it('while it cancels: the order counts as open, and its cancel is asked for again', async () => {
    world = await createWorld();
    await world.settle(world.order({ style: limit }));
    world.broker.onCancel = () => ({ kind: 'requested', order: null });
    world.trading.desk.cancel(last().orderId).catch(() => undefined);
    await world.pass(100);
    expect(last().state).toBe('canceling');
    await world.restart();
    expect(statesOf(last().orderId).slice(-2)).toEqual(['accepted', 'canceling']);
    world.broker.onCancel = (orderId, broker) => broker.drop(orderId);
    await world.pass(30_000);
    expect(last().state).toBe('canceled');
  });

  it('while an order waits for its opening: it is sent in its window, once', async () => {
    world = await createWorld({ start: '12:59:50' });
    await world.settle(world.order());
    await world.restart();
    expect([world.broker.placed, last().state]).toEqual([[], 'planned']);
    await world.pass(20_000);
    expect(world.broker.placed).toHaveLength(1);
    expect(last().state).toBe('accepted');
  });

  it('while others traded: fills and cancels of that time are read at the start', async () => {
    world = await createWorld();
    for (const quantity of [100, 200]) await world.settle(world.order({ style: limit, quantity }));
    world.broker.fill('1000', 100, 'same');
    world.broker.fill('1001', 100, 'same');
    world.broker.fill('1001', 50, 'same');
    world.broker.fill('1001', 50, 'same');
    await world.restart();
    expect(world.trading.book.views().map((order) => [order.state, order.filled])).toEqual([
      ['filled', 100],
      ['filled', 200],
    ]);
    expect(world.trading.book.trades()).toHaveLength(4);
    expect(amounts()).toEqual({ cash: world.broker.cash, held: [['000001.XSHE', 300]] });
    await world.restart();
    expect(world.trading.book.trades()).toHaveLength(4);
  });
});

describe('an order that is cut into parts', () => {
  it('stops at the first part of unknown fate, and says so', async () => {
    world = await createWorld();
    world.broker.cash = 1e8;
    await world.restart();
    world.broker.onPlace = () => ({ kind: 'unknown', code: 'LINK_LOST', reason: 'lost', answered: false });
    const order = await world.settle(world.order({ style: limit, quantity: 2_500_000, waitTimeout: 1 }));
    expect(order).toMatchObject({ amount: 2_500_000, state: 'unknown', unknown: true });
    expect(world.broker.placed.map((request) => request.amount)).toEqual([1_000_000]);
    expect(world.trading.book.intents().map((intent) => intent.state)).toEqual(['unknown', 'not_sent', 'not_sent']);
  });

  it('is the sum of what came of them once that part is found', async () => {
    world = await createWorld();
    world.broker.cash = 1e8;
    await world.restart();
    world.broker.onPlace = (request, broker) => {
      broker.enter(request);
      return { kind: 'unknown', code: 'LINK_LOST', reason: 'lost', answered: false };
    };
    const call = world.order({ style: limit, quantity: 2_500_000 });
    await world.settle(call);
    world.broker.fill('1000', 1_000_000);
    await world.pass(10_000);
    expect(last()).toMatchObject({ state: 'canceled', filled: 1_000_000, amount: 2_500_000, unknown: false });
    expect(alarms()).toEqual([]);
  });

  it('has a mark and an id of its own for each', async () => {
    world = await createWorld();
    world.broker.cash = 1e8;
    await world.restart();
    await world.settle(world.order({ style: limit, quantity: 2_500_000, remark: 'big' }));
    const { placed } = world.broker;
    expect(placed.map((request) => request.amount)).toEqual([1_000_000, 1_000_000, 500_000]);
    expect(new Set(placed.map((request) => request.clientId)).size).toBe(3);
    expect(new Set(placed.map((request) => request.remark)).size).toBe(3);
  });
});

describe('orders that wait for an opening', () => {
  it('two targets of one security buy once', async () => {
    world = await createWorld({ start: '12:59:50' });
    for (let i = 0; i < 2; i += 1) await world.settle(world.order({ kind: 'target', quantity: 1000, style: limit }));
    await world.pass(12_000);
    expect(world.broker.placed.map((request) => request.amount)).toEqual([1000]);
  });

  it('do not spend the same cash twice', async () => {
    world = await createWorld({ start: '12:59:50' });
    world.quotes.set('000002.XSHE', aQuote({ security: '000002.XSHE' }));
    for (const security of ['000001.XSHE', '000002.XSHE'])
      await world.settle(world.order({ security, quantity: 9000, style: limit }));
    await world.pass(12_000);
    const money = world.broker.placed.reduce((sum, request) => sum + request.amount * request.price, 0);
    expect(world.broker.placed).toHaveLength(2);
    expect(money).toBeLessThanOrEqual(100_000);
  });

  it('of market style are cancelled when their wait ends, as others are', async () => {
    world = await createWorld({ start: '12:59:50' });
    await world.settle(world.order({ waitTimeout: 5 }));
    await world.pass(30_000);
    expect(last().state).toBe('canceled');
  });

  it('end unsent when no quote is to be had', async () => {
    world = await createWorld({ start: '12:59:50' });
    await world.settle(world.order());
    world.quotes.get = () => {
      throw new Error('no quotes');
    };
    await world.pass(12_000);
    expect(last()).toMatchObject({ state: 'not_sent', reason: 'no quotes' });
    expect(world.broker.placed).toEqual([]);
  });
});

describe('keep', () => {
  it('false cancels a limit order too when its wait ends', async () => {
    world = await createWorld();
    const order = await world.settle(world.order({ style: limit, waitTimeout: 2, keep: false }));
    expect(order).toMatchObject({ state: 'canceled' });
  });

  it('null leaves a limit order open', async () => {
    world = await createWorld();
    expect(await world.settle(world.order({ style: limit, waitTimeout: 2 }))).toMatchObject({ state: 'accepted' });
  });
});

describe('the link', () => {
  it('D25: an order of before the drop is not sent after it', async () => {
    world = await createWorld();
    world.broker.ready = false;
    const call = world.order({ waitTimeout: 0 });
    await world.pass(500);
    world.broker.emit({ kind: 'disconnected', session: 'read', reason: 'reset' });
    world.broker.ready = true;
    world.broker.emit({ kind: 'connected', session: 'read' });
    expect(await world.settle(call)).toMatchObject({ state: 'not_sent' });
    await world.pass(10_000);
    expect(world.broker.placed).toEqual([]);
  });

  it('down, nothing is sent; back, the account is reconciled first and the lost order found at once', async () => {
    world = await createWorld();
    world.broker.onPlace = (request, broker) => {
      broker.enter(request);
      broker.readsFail = true;
      return { kind: 'unknown', code: 'LINK_LOST', reason: 'lost', answered: false };
    };
    await world.settle(world.order({ style: limit }));
    world.broker.emit({ kind: 'disconnected', session: 'read', reason: 'reset' });
    expect(await world.settle(world.order({ security: '000001.XSHE' }))).toBeNull();
    expect(last().state).toBe('unknown');
    await world.pass(45_000);
    world.broker.readsFail = false;
    world.broker.emit({ kind: 'connected', session: 'read' });
    await world.pass(100);
    expect(last().state).toBe('accepted');
    expect(world.trading.gate.reason()).not.toBeNull();
    await world.pass(4_000);
    expect(world.trading.gate.reason()).toBeNull();
  });

  it('of the other sessions is not the gate’s business', async () => {
    world = await createWorld();
    world.broker.emit({ kind: 'disconnected', session: 'data', reason: 'reset' });
    expect(world.trading.gate.reason()).toBeNull();
  });
});

describe('A4-11: what cannot be read', () => {
  it('is not empty: a target that is reached buys nothing', async () => {
    world = await createWorld();
    const call = world.order();
    await world.pass(100);
    world.broker.fill('1000', 100);
    await world.settle(call);
    await world.pass(2_000);
    world.broker.readsFail = true;
    await world.pass(60_000);
    expect(await world.settle(world.order({ kind: 'target', quantity: 100 }))).toBeNull();
    expect(world.broker.placed).toHaveLength(1);
  });
});

describe('a target', () => {
  it('waits for the trades of an order that has just ended', async () => {
    world = await createWorld();
    await world.settle(world.order({ style: limit }));
    world.broker.set('1000', { status: 'filled', filled: 100 });
    await world.pass(300);
    const call = world.order({ kind: 'target', quantity: 100, style: limit });
    await world.pass(1_000);
    world.broker.set('1000', { status: 'open', filled: 0 });
    world.broker.fill('1000', 100);
    expect(await world.settle(call)).toBeNull();
    expect(world.lines.filter(({ text }) => text.includes('nothing to do'))).toHaveLength(1);
    expect(world.broker.placed).toHaveLength(1);
  });

  it('is refused when they do not come', async () => {
    world = await createWorld();
    await world.settle(world.order({ style: limit }));
    world.broker.set('1000', { status: 'filled', filled: 100 });
    await world.pass(300);
    expect(await world.settle(world.order({ kind: 'target', quantity: 500, style: limit }))).toBeNull();
    expect(world.broker.placed).toHaveLength(1);
  });
});

describe('a holding that the broker sees otherwise', () => {
  it('refuses targets there until it is clear who is right', async () => {
    world = await createWorld();
    await world.settle(world.order());
    const [order] = world.broker.book;
    if (order === undefined) throw new Error('nothing was placed');
    world.broker.held = [
      {
        security: '000001.XSHE',
        name: null,
        amount: 500,
        closeableAmount: 500,
        avgCost: null,
        lastPrice: 10,
        marketValue: 5000,
      },
    ];
    await world.pass(4_000);
    await world.trading.reader.refresh();
    expect(await world.settle(world.order({ kind: 'target', quantity: 1000, style: limit }))).toBeNull();
    expect(world.lines.filter(({ text }) => text.includes('until it is clear who is right'))).toHaveLength(1);
    await world.pass(15_000);
    expect(await world.settle(world.order({ kind: 'target', quantity: 1000, style: limit }))).toMatchObject({
      amount: 500,
    });
  });
});

describe('orders that are not ours', () => {
  it('are never touched, and count into no order of ours', async () => {
    world = await createWorld();
    const order = await world.settle(world.order({ style: limit }));
    const [request] = world.broker.placed;
    if (request === undefined) throw new Error('nothing was placed');
    world.broker.enter({ ...request, remark: 'bt:zzzzzzzz:other' });
    world.broker.enter({ ...request, remark: '' });
    world.broker.fill('1001', 100);
    world.broker.fill('1002', 100);
    await world.pass(60_000);
    expect(last()).toMatchObject({ state: 'accepted', filled: 0 });
    expect(await world.settle(world.trading.desk.cancel('1001'))).toBeNull();
    await world.settle(world.trading.desk.cancel((order as OrderView).orderId));
    expect(world.broker.cancels).toEqual(['1000']);
    expect(amounts().held).toEqual([['000001.XSHE', 200]]);
  });
});
