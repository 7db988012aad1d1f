import { afterEach, describe, expect, it } from 'vitest';
import { chinaInstant } from '../../src/domain/time.ts';
import { matchIntent } from '../../src/domain/order/match.ts';
import type { OrderView } from '../../src/domain/order/types.ts';
import { Ledger } from '../../src/ledger/ledger.ts';
import { decodeOrders } from '../../src/protocol/decode/orders.ts';
import type { PlaceOutcome, PlaceRequest } from '../../src/venues/broker.ts';
import { aQuote } from '../unit/domain/order/builders.ts';
import { FakeBroker } from '../unit/engine/orders/fake-broker.ts';
import { aBrokerOrder, anIntent, deferred, SENT_AT } from '../unit/engine/orders/rows.ts';
import { createWorld } from '../unit/engine/orders/world.ts';
import type { World } from '../unit/engine/orders/world.ts';

const worlds: World[] = [];
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close();
});

async function open(options: Parameters<typeof createWorld>[0] = {}): Promise<World> {
  const world = await createWorld(options);
  worlds.push(world);
  return world;
}

const limit = { kind: 'limit', limitPrice: 9.9 } as const;
const LOST: PlaceOutcome = { kind: 'unknown', code: 'LINK_LOST', reason: 'the link was lost', answered: false };
const executeAndLose = (request: PlaceRequest, broker: FakeBroker): PlaceOutcome => {
  broker.enter(request);
  return LOST;
};
const never = (): Promise<PlaceOutcome> => new Promise(() => undefined);

function last(world: World): OrderView {
  const order = world.trading.book.views().at(-1);
  if (order === undefined) throw new Error('there is no order');
  return order;
}

const alarms = (world: World): string[] =>
  world.lines.filter((line) => line.level === 'error' && line.text.startsWith('ALARM')).map((line) => line.text);

/** A call whose process will die before it returns, and time for it to get as far as it gets. */
async function begin(world: World, change: Parameters<World['order']>[0] = { style: limit }): Promise<void> {
  world.order(change).catch(() => undefined);
  await world.pass(100);
}

describe('an order whose answer is lost', () => {
  it('A4-2: is one order on a server that does not look at idempotency keys, or has forgotten them', async () => {
    const world = await open();
    world.broker.onPlace = executeAndLose;
    await world.settle(world.order({ style: limit }));
    await world.restart();
    await world.pass(60_000);
    expect(world.broker.book).toHaveLength(1);
    expect(world.broker.placed).toHaveLength(1);
    expect(last(world)).toMatchObject({ state: 'accepted', brokerOrderIds: ['1000'] });
  });

  it('D1: a hundred time-outs of orders that were executed stay a hundred orders', async () => {
    const world = await open({ broker: richBroker() });
    const codes = Array.from({ length: 100 }, (_, i) => `${600_000 + i}.XSHG`);
    for (const security of codes) world.quotes.set(security, aQuote({ security }));
    world.broker.onPlace = (request, broker) => {
      broker.enter(request);
      return { kind: 'unknown', code: 'RPC_TIMEOUT', reason: 'no answer in 60 s', answered: false };
    };
    await world.settle(Promise.all(codes.map((security) => world.order({ security, style: limit }))));
    await world.pass(15_000);
    expect(world.broker.book).toHaveLength(100);
    expect(new Set(world.broker.book.map((order) => order.security)).size).toBe(100);
    expect(world.trading.book.views().map((order) => order.state)).toEqual(codes.map(() => 'accepted'));
  });

  it('A4-10/D+nautilus#4958: is never called rejected, however late the venue shows it', async () => {
    const world = await open();
    world.broker.onPlace = () => LOST;
    await world.settle(world.order({ style: limit }));
    const states = new Set<string>();
    world.trading.book.onChange(() => states.add(last(world).state));
    await world.pass(300_000);
    expect(last(world)).toMatchObject({ state: 'unknown', unknown: true });
    const [request] = world.broker.placed;
    if (request === undefined) throw new Error('nothing was placed');
    world.broker.enter(request);
    world.broker.fill('1000', 100);
    await world.pass(35_000);
    expect(last(world)).toMatchObject({ state: 'filled', filled: 100 });
    expect([...states].filter((state) => !['unknown', 'filled'].includes(state))).toEqual([]);
  });

  it('B8: stays unknown through failing and empty lists, and ends with the trading day, with that reason', async () => {
    const world = await open();
    world.broker.onPlace = () => LOST;
    await world.settle(world.order({ style: limit }));
    world.broker.readsFail = true;
    await world.pass(60_000);
    world.broker.readsFail = false;
    await world.pass(120_000);
    expect(last(world).state).toBe('unknown');
    expect(await world.settle(world.order({ style: limit }))).toBeNull();
    await world.clock.walk(chinaInstant('2026-07-07', '08:45:00'));
    await world.settle(world.trading.gate.reconcile('the day begins'));
    expect(world.ledger.intentsOnDay('2026-07-06')).toMatchObject([
      { state: 'expired', reason: expect.stringContaining('fate') as string },
    ]);
    expect(world.trading.book.doubtful().size).toBe(0);
    expect(world.broker.placed).toHaveLength(1);
  });

  it('B14/D+freqtrade#4403: is looked for without an end and without a flood, with one alarm', async () => {
    const world = await open();
    world.broker.onPlace = () => LOST;
    await world.settle(world.order({ style: limit }));
    const read = world.broker.orders.bind(world.broker);
    const readAt: number[] = [];
    world.broker.orders = () => {
      readAt.push(world.timers.monotonic());
      return read();
    };
    const began = world.timers.monotonic();
    await world.pass(10_100);
    const early = readAt.map((at) => at - began);
    for (const due of [500, 1_000, 2_000, 5_000, 10_000]) {
      expect(early.some((at) => Math.abs(at - due) <= 100)).toBe(true);
    }
    readAt.length = 0;
    await world.pass(600_000);
    expect(readAt.length).toBeGreaterThan(20);
    expect(readAt.length).toBeLessThan(200);
    expect([last(world).state, alarms(world).length, world.broker.placed.length]).toEqual(['unknown', 1, 1]);
  });

  it('D+hummingbot#6968: without an id of the exchange is found by our own', async () => {
    const world = await open();
    world.broker.onPlace = (request, broker) => {
      broker.enter(request);
      return { kind: 'unknown', code: 'EMPTY_ORDER_ID', reason: 'the answer has no usable order id', answered: false };
    };
    await world.settle(world.order({ style: limit }));
    await world.pass(1_000);
    expect(last(world)).toMatchObject({ state: 'accepted', brokerOrderIds: ['1000'] });
  });
});

describe('what an answer means', () => {
  it.each<[string, PlaceOutcome | 'accept', string]>([
    ['an accepted order', 'accept', 'accepted'],
    ['a refusal of the counter', { kind: 'rejected', code: 'REJECTED', reason: '资金不足', orderId: '9' }, 'rejected'],
    ['what never left us', { kind: 'rejected', code: 'NOT_SENT', reason: 'down', orderId: null }, 'not_sent'],
    ...['LINK_LOST', 'RPC_TIMEOUT', 'REQUEST_TIMEOUT', 'BAD_ANSWER', 'SUBMIT_UNKNOWN', 'QMT_UNAVAILABLE', 'NEW'].map(
      (code): [string, PlaceOutcome, string] => [code, { ...LOST, code }, 'unknown'],
    ),
  ])('B1: %s', async (_name, outcome, state) => {
    const world = await open();
    world.broker.onPlace = (request, broker) => (outcome === 'accept' ? broker.accept(request) : outcome);
    expect(await world.settle(world.order({ style: limit }))).toMatchObject({ state });
  });

  it('B1: an order that breaks a rule of ours is refused here, and nothing goes out', async () => {
    const world = await open();
    expect(await world.settle(world.order({ quantity: -100 }))).toBeNull();
    expect(world.broker.placed).toEqual([]);
  });

  it('D3: refused before the counter saw it, without a row: settled by its deadline, with the server’s words', async () => {
    const world = await open();
    world.broker.onPlace = () => ({
      ...LOST,
      code: 'REQUEST_FAILED',
      reason: 'QMT 下单失败: 资金不足',
      answered: true,
    });
    const order = await world.settle(world.order({ style: limit }));
    expect(order).toMatchObject({ state: 'unknown' });
    await world.pass(30_000);
    expect(last(world)).toMatchObject({
      state: 'not_placed',
      reason: expect.stringContaining('资金不足') as string,
    });
    world.broker.onPlace = (request, broker) => broker.accept(request);
    expect(await world.settle(world.order({ style: limit }))).toMatchObject({ state: 'accepted' });
  });

  it('D+hummingbot#371: refused by the answer and live at the venue: it is followed again, with an alarm', async () => {
    const world = await open();
    world.broker.onPlace = (request, broker) => {
      broker.enter(request);
      return { kind: 'rejected', code: 'REQUEST_FAILED', reason: '000001.XSHE 无可卖数量', orderId: null };
    };
    await world.settle(world.order({ style: limit }));
    await world.pass(6_000);
    expect(last(world)).toMatchObject({ state: 'accepted', brokerOrderIds: ['1000'] });
    expect(alarms(world)).toHaveLength(1);
    await world.settle(world.trading.desk.cancel(last(world).orderId));
    expect(last(world).state).toBe('canceled');
  });

  it('D+qteasy#263: an empty list is not a filled order, and the target is not bought again', async () => {
    const world = await open();
    await world.settle(world.order({ kind: 'target', quantity: 100, style: limit }));
    const row = world.broker.book.pop();
    if (row === undefined) throw new Error('nothing was placed');
    await world.pass(10_000);
    expect(last(world)).toMatchObject({ state: 'accepted', filled: 0 });
    world.broker.book.push(row);
    world.broker.fill(row.orderId, 100);
    await world.pass(6_000);
    expect(last(world)).toMatchObject({ state: 'filled', filled: 100 });
    expect(await world.settle(world.order({ kind: 'target', quantity: 100, style: limit }))).toBeNull();
    expect(world.broker.placed).toHaveLength(1);
  });
});

describe('D+Lean#8326: every end that is not the wished one has its reason', () => {
  const reasonAfter = async (
    world: World,
    change: Parameters<World['order']>[0] = { style: limit },
  ): Promise<string> => {
    await world.settle(world.order(change));
    await world.pass(30_000);
    return last(world).reason ?? '';
  };

  it.each<[string, PlaceOutcome, string]>([
    ['rejected', { kind: 'rejected', code: 'REJECTED', reason: '资金不足', orderId: '9' }, '资金不足'],
    [
      'not sent',
      { kind: 'rejected', code: 'NOT_SENT', reason: 'the session is down', orderId: null },
      'session is down',
    ],
    ['unknown', LOST, 'the link was lost'],
    [
      'not placed',
      { ...LOST, code: 'X', reason: 'QMT 下单失败', answered: true },
      'QMT 下单失败; two whole lists do not show it',
    ],
  ])('%s', async (_name, outcome, words) => {
    const world = await open();
    world.broker.onPlace = () => outcome;
    expect(await reasonAfter(world)).toContain(words);
  });

  it('cancelled by the exchange', async () => {
    const world = await open();
    await world.settle(world.order({ style: limit }));
    world.broker.set('1000', { status: 'canceled', statusText: '场内撤单' });
    await world.pass(6_000);
    expect(last(world)).toMatchObject({ state: 'canceled', reason: 'cancelled at the exchange (场内撤单)' });
  });

  it('cancelled because its wait had ended', async () => {
    const world = await open();
    expect(await reasonAfter(world, { waitTimeout: 2 })).not.toBe('');
    expect(last(world).state).toBe('canceled');
  });
});

describe('who an order belongs to', () => {
  it('B15: its own id is there before it is sent, the broker’s comes with whatever comes first, and either is enough', async () => {
    const world = await open();
    const answer = deferred<PlaceOutcome>();
    world.broker.onPlace = (request, broker) => {
      broker.enter(request);
      return answer.promise;
    };
    const call = world.order({ style: limit });
    await world.pass(500);
    expect(last(world)).toMatchObject({ state: 'accepted', brokerOrderIds: ['1000'] });
    answer.resolve({ kind: 'accepted', orderId: '1000', order: null });
    await world.settle(call);
    expect(world.trading.book.find('1000')).toBe(last(world).orderId);
    expect(alarms(world)).toEqual([]);
  });

  it('D9: rows without strategy and remark are known by their id, rows without a known id by our remark', async () => {
    const world = await open();
    await world.settle(world.order({ style: limit }));
    world.broker.set('1000', { remark: '' });
    world.broker.onPlace = executeAndLose;
    world.quotes.set('600000.XSHG', aQuote({ security: '600000.XSHG' }));
    await world.settle(world.order({ security: '600000.XSHG', style: limit }));
    for (const id of ['1000', '1001']) world.broker.fill(id, 100);
    await world.pass(6_000);
    expect(world.trading.book.views().map(({ security, filled }) => [security, filled])).toEqual([
      ['000001.XSHE', 100],
      ['600000.XSHG', 100],
    ]);
  });

  it('D+freqtrade#11494: two engines on one account touch and count their own orders only', async () => {
    const broker = richBroker();
    const [one, two] = [await open({ broker }), await open({ broker })];
    await one.settle(one.order({ style: limit, quantity: 100 }));
    await two.settle(two.order({ style: limit, quantity: 200 }));
    broker.fill('1000', 100);
    broker.fill('1001', 50);
    for (const world of [one, two]) await world.pass(6_000);
    expect([last(one).filled, last(two).filled]).toEqual([100, 50]);
    expect(await one.settle(one.trading.desk.cancel('1001'))).toBeNull();
    await two.settle(two.trading.desk.cancel(last(two).orderId));
    expect(broker.cancels).toEqual(['1001']);
    expect([one, two].map((world) => world.trading.book.views().length)).toEqual([1, 1]);
    expect([...alarms(one), ...alarms(two)]).toEqual([]);
  });

  it('D+freqtrade#11494: a lost order is not found in the like order of another engine', async () => {
    const broker = richBroker();
    const [one, two] = [await open({ broker }), await open({ broker })];
    broker.onPlace = () => LOST;
    await one.settle(one.order({ style: limit }));
    broker.onPlace = (request) => broker.accept(request);
    await two.settle(two.order({ style: limit }));
    broker.fill('1000', 100);
    for (const world of [one, two]) await world.pass(15_000);
    expect([last(one), last(two)]).toMatchObject([
      { state: 'unknown', filled: 0 },
      { state: 'filled', filled: 100 },
    ]);
  });

  it('D2: an answer that names an order known already is not believed', async () => {
    const world = await open();
    await world.settle(world.order({ style: limit }));
    world.quotes.set('600000.XSHG', aQuote({ security: '600000.XSHG' }));
    world.broker.onPlace = () => ({ kind: 'accepted', orderId: '1000', order: null });
    await world.settle(world.order({ security: '600000.XSHG', style: limit }));
    expect(world.trading.book.views()).toMatchObject([
      { state: 'accepted', brokerOrderIds: ['1000'] },
      { state: 'unknown', brokerOrderIds: [] },
    ]);
  });

  it('D+nautilus#4564: no two orders bear one reference; where a venue has two, it is an alarm', async () => {
    const world = await open({ broker: richBroker() });
    for (let i = 0; i < 30; i += 1) await world.settle(world.order({ style: limit, remark: 'same label' }));
    const marks = world.broker.placed.map((request) => request.remark.slice(0, 11));
    expect(new Set(marks).size).toBe(30);
    expect(world.broker.placed.every((request) => /^bt:[0-9a-z]{8}:[ -~]*$/.test(request.remark))).toBe(true);
    expect(Math.max(...world.broker.placed.map((request) => request.remark.length))).toBeLessThanOrEqual(24);
    const [first] = world.broker.placed;
    if (first === undefined) throw new Error('nothing was placed');
    world.broker.enter(first);
    await world.pass(6_000);
    expect(alarms(world)).toEqual([expect.stringContaining('2 orders bear the mark')]);
  });

  it('D7: an order type that is not known has no side, and is never taken for a buy of ours', () => {
    const row = { order_id: '7', security: '000001.XSHE', amount: 100, filled: 0, status: 'open', raw_status: 50 };
    const sides = [23, 24, 27, 28, 40, 0, 'margin', undefined].map(
      (type) => decodeOrders([{ ...row, order_type: type }])[0]?.side,
    );
    expect(sides).toEqual(['buy', 'sell', null, null, null, null, null, null]);
    const intent = anIntent({ state: 'unknown', sentAt: SENT_AT });
    expect(matchIntent(intent, [aBrokerOrder({ remark: '', side: null })], new Set())).toBeNull();
    expect(matchIntent(intent, [aBrokerOrder({ remark: '', side: 'buy' })], new Set())).not.toBeNull();
  });

  it('D+easytrader#283: signals that meet keep their sides, their amounts and their answers', async () => {
    const broker = richBroker();
    const codes = ['000001.XSHE', '000002.XSHE', '600000.XSHG', '600036.XSHG'];
    broker.held = codes.slice(2).map((security) => ({
      security,
      name: null,
      amount: 1000,
      closeableAmount: 1000,
      avgCost: 9,
      lastPrice: 10,
      marketValue: 10_000,
    }));
    const world = await open({ broker });
    for (const security of codes) world.quotes.set(security, aQuote({ security }));
    const wanted = codes.map((security, i) => ({ security, quantity: (i < 2 ? 1 : -1) * 100 * (i + 1) }));
    const style = { kind: 'limit', limitPrice: 10 } as const;
    const orders = await world.settle(Promise.all(wanted.map((each) => world.order({ ...each, style }))));
    const expected = wanted.map(({ security, quantity }) => ({
      security,
      side: quantity > 0 ? 'buy' : 'sell',
      amount: Math.abs(quantity),
    }));
    expect(orders).toMatchObject(expected);
    expect(broker.placed).toMatchObject(expected);
    expect(orders.map((order) => order?.brokerOrderIds[0])).toEqual(['1000', '1001', '1002', '1003']);
  });
});

describe('a process that dies', () => {
  const moments: readonly (readonly [string, (world: World) => Promise<void>, string])[] = [
    [
      'before it sends',
      async (world) => {
        world.broker.ready = false;
        await begin(world);
      },
      'not_sent',
    ],
    [
      'while it sends, the order is there',
      async (world) => {
        world.broker.onPlace = (request, broker) => {
          broker.enter(request);
          return never();
        };
        await begin(world);
      },
      'accepted',
    ],
    [
      'while it sends, the order is not there',
      async (world) => {
        world.broker.onPlace = never;
        await begin(world);
      },
      'unknown',
    ],
    ['with the order working', (world) => begin(world), 'accepted'],
    [
      'while it cancels',
      async (world) => {
        await begin(world);
        world.broker.onCancel = () => ({ kind: 'requested', order: null });
        world.trading.desk.cancel('1000').catch(() => undefined);
        await world.pass(100);
      },
      // It counts as open, and its cancel is asked for again.
      'canceling',
    ],
    [
      'with the order filled and nobody told',
      async (world) => {
        await begin(world);
        world.kill();
        world.broker.fill('1000', 100);
      },
      'filled',
    ],
  ];

  it.each(moments)(
    'B9/D+nautilus#3176: %s: the next starts take it up, and place nothing again',
    async (_name, act, state) => {
      const world = await open();
      await act(world);
      for (let i = 0; i < 4; i += 1) {
        await world.restart();
        world.broker.ready = true;
        expect(last(world).state).toBe(state);
      }
      await world.pass(5_000);
      expect(world.broker.book.length).toBeLessThanOrEqual(1);
      expect(world.broker.placed.length).toBeLessThanOrEqual(1);
    },
  );

  it('B17: knows afterwards all it knew of its orders', async () => {
    const world = await open();
    const make = { style: limit, remark: 'kept' };
    await world.settle(world.order({ ...make, quantity: 300 }));
    world.broker.fill('1000', 200);
    await world.pass(6_000);
    await world.settle(world.trading.desk.cancel('1000'));
    await world.settle(world.order({ ...make, quantity: 100 }));
    world.broker.onPlace = () => ({ kind: 'rejected', code: 'REJECTED', reason: '资金不足', orderId: '1002' });
    await world.settle(world.order(make));
    const before = [world.trading.book.views(), world.trading.book.trades(), world.trading.book.intents()];
    await world.restart();
    expect([world.trading.book.views(), world.trading.book.trades(), world.trading.book.intents()]).toEqual(before);
  });

  it('B2/D+CppCTP#84: sends nothing after its start until all reports are in and the ledger agrees', async () => {
    const world = await open();
    await world.settle(world.order({ style: limit }));
    world.kill();
    world.broker.fill('1000', 100);
    const trades = world.broker.trades.bind(world.broker);
    world.broker.trades = () => Promise.reject(new Error('not yet'));
    const opening = world.restart();
    await world.pass(3_000);
    expect(world.trading.gate.reason()).not.toBeNull();
    expect(await world.settle(world.order({ kind: 'target', quantity: 100 }))).toBeNull();
    expect(world.broker.placed).toHaveLength(1);
    world.broker.trades = trades;
    await opening;
    expect(last(world)).toMatchObject({ state: 'filled', filled: 100 });
    expect(await world.settle(world.order({ kind: 'target', quantity: 100 }))).toBeNull();
    expect(world.broker.placed).toHaveLength(1);
  });

  it('D22: cancels after its start what it placed before', async () => {
    const world = await open();
    await world.settle(world.order({ style: limit }));
    const { orderId } = last(world);
    await world.restart();
    expect(await world.settle(world.trading.desk.cancel(orderId))).toMatchObject({ state: 'canceled' });
    expect(world.broker.cancels).toEqual(['1000']);
  });
});

describe('sending, fills and cancels', () => {
  it('B18: another process finds the change in the ledger when the venue is asked', async () => {
    const world = await open();
    const found: string[] = [];
    const look = (): void => {
      const other = Ledger.open(world.folder);
      found.push(...other.intentsOf('2026-07-06').map((intent) => intent.state));
      other.close();
    };
    world.broker.onPlace = (request, broker) => {
      look();
      return broker.accept(request);
    };
    world.broker.onCancel = (orderId, broker) => {
      look();
      return broker.drop(orderId);
    };
    await world.settle(world.order({ style: limit }));
    await world.settle(world.trading.desk.cancel('1000'));
    expect(found).toEqual(['sending', 'canceling']);
  });

  it('A4-9: orders that are not filled cost their minute nothing', async () => {
    const world = await open({ broker: richBroker() });
    const codes = ['000001.XSHE', '000002.XSHE', '600000.XSHG', '600036.XSHG'];
    for (const security of codes) world.quotes.set(security, aQuote({ security }));
    const began = world.clock.now();
    for (const security of codes) await world.settle(world.order({ security, style: limit }));
    for (const security of codes) await world.settle(world.order({ security, waitTimeout: 0 }));
    expect(world.clock.now() - began).toBeLessThan(2_000);
    await world.settle(Promise.all(codes.map((security) => world.order({ security }))));
    expect(world.clock.now() - began).toBeLessThan(25_000);
    expect(world.broker.placed).toHaveLength(12);
  });

  it('D10: the second buy of a loop is cut to what the first has left, and is not refused by the counter', async () => {
    const world = await open();
    world.quotes.set('600000.XSHG', aQuote({ security: '600000.XSHG' }));
    for (const security of ['000001.XSHE', '600000.XSHG'])
      await world.settle(world.order({ security, quantity: 6000, style: limit }));
    expect(world.broker.placed.map((request) => request.amount)).toEqual([6000, 4000]);
    expect(world.broker.accountNow().availableCash).toBeGreaterThanOrEqual(0);
    expect(world.lines.some((line) => line.text.includes('more than the available cash'))).toBe(true);
  });

  it('B16: fills that are listed after a cancel count', async () => {
    const world = await open();
    await world.settle(world.order({ style: limit }));
    await world.settle(world.trading.desk.cancel('1000'));
    expect(last(world)).toMatchObject({ state: 'canceled', filled: 0 });
    world.broker.set('1000', { status: 'partly_canceled', filled: 40, avgPrice: 9.9 });
    const trade = { tradeId: 't', orderId: '1000', security: '000001.XSHE', side: null, amount: 40, price: 9.9 };
    world.broker.fills.push({ ...trade, time: world.clock.now(), commission: 5, tax: 0 });
    await world.pass(6_000);
    expect(last(world)).toMatchObject({ state: 'canceled', filled: 40, price: 9.9 });
    expect(world.trading.account.view()?.positions[0]).toMatchObject({ amount: 40 });
    expect(alarms(world)).toEqual([]);
  });

  it('D23: during the lunch break nothing is cancelled or sent, however often it is asked for', async () => {
    const world = await open({ start: '11:29:50' });
    await world.settle(world.order({ style: limit }));
    await world.pass(15_000);
    for (let i = 0; i < 200; i += 1) {
      await world.settle(world.trading.desk.cancel('1000'));
      await world.settle(world.order({ style: limit, quantity: 100 }));
      await world.settle(world.trading.desk.cancel(last(world).orderId));
    }
    expect(world.broker.cancels).toEqual([]);
    expect(world.broker.placed).toHaveLength(1);
  });

  it('D23: a cancel that is never answered is repeated once a second at most, and ends', async () => {
    const world = await open();
    await world.settle(world.order({ style: limit }));
    world.broker.onCancel = () => ({ kind: 'unknown', reason: 'no answer' });
    await world.settle(world.trading.desk.cancel('1000'));
    expect(world.broker.cancels.length).toBeLessThanOrEqual(21);
    expect(last(world)).toMatchObject({ state: 'accepted' });
    expect(alarms(world)).toHaveLength(1);
  });
});

function richBroker(): FakeBroker {
  const broker = new FakeBroker();
  broker.cash = 10_000_000;
  return broker;
}
