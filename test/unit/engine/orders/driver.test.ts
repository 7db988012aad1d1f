import { afterEach, describe, expect, it } from 'vitest';
import { BtError } from '../../../../src/domain/errors.ts';
import { chinaInstant } from '../../../../src/domain/time.ts';
import type { OrderView } from '../../../../src/domain/order/types.ts';
import type { PlaceOutcome } from '../../../../src/venues/broker.ts';
import { aRequest } from '../../domain/order/builders.ts';
import { createWorld, type World } from './world.ts';
import { DAY } from './rows.ts';

let world: World;
afterEach(async () => {
  await world.close();
});

const limit = { kind: 'limit', limitPrice: 9.9 } as const;

function last(): OrderView {
  const order = world.trading.book.views().at(-1);
  if (order === undefined) throw new Error('there is no order');
  return order;
}

/** Lets the market come to that time of day, and what follows from it happen within `ms`. */
async function at(time: string, ms = 300): Promise<void> {
  await world.clock.walk(chinaInstant(DAY, time));
  await world.pass(ms);
}

describe('a market-style order given before the auction', () => {
  it.each(['09:05:00', '09:15:00', '09:17:00'])('at %s waits 16 s of continuous trading', async (start) => {
    world = await createWorld({ start });
    const order = await world.settle(world.order(), 2_000);
    expect(order).toMatchObject({ state: start < '09:15' ? 'planned' : 'accepted' });
    for (const time of ['09:15:20', '09:25:00', '09:29:59', '09:30:15']) {
      await at(time);
      expect([time, last().state, world.broker.cancels]).toEqual([time, 'accepted', []]);
    }
    await at('09:30:16', 1_000);
    expect([last().state, world.broker.cancels, world.broker.placed.length]).toEqual(['canceled', ['1000'], 1]);
  });

  it.each(['09:05:00', '09:15:00', '09:17:00'])('at %s meets the auction', async (start) => {
    world = await createWorld({ start });
    await world.settle(world.order(), 2_000);
    await at('09:25:00');
    world.broker.fill('1000', 100);
    await at('09:25:01', 6_000);
    expect(last()).toMatchObject({ state: 'filled', filled: 100 });
    await at('09:31:00', 1_000);
    expect(world.broker.cancels).toEqual([]);
  });
});

describe('the edges of continuous trading', () => {
  it('at 11:29:50 the rest of the wait comes after lunch, and the call does not wait for it', async () => {
    world = await createWorld({ start: '11:29:50' });
    expect(await world.settle(world.order(), 11_000)).toMatchObject({ state: 'accepted' });
    for (const time of ['11:30:10', '12:59:59', '13:00:05']) {
      await at(time);
      expect([time, world.broker.cancels]).toEqual([time, []]);
    }
    await at('13:00:06', 1_000);
    expect([last().state, world.broker.cancels]).toEqual(['canceled', ['1000']]);
  });

  it('at 14:56:50 an order meets the closing auction, and what is open after 15:01 has expired', async () => {
    world = await createWorld({ start: '14:56:50' });
    expect(await world.settle(world.order({ quantity: 300 }), 11_000)).toMatchObject({ state: 'accepted' });
    await at('14:59:59');
    world.broker.fill('1000', 100);
    await at('15:00:30', 6_000);
    expect(last()).toMatchObject({ state: 'accepted', filled: 100 });
    await at('15:01:00', 10_000);
    expect(last()).toMatchObject({ state: 'expired', filled: 100, reason: 'the trading day ended' });
    expect([world.broker.cancels, world.trading.isSettled()]).toEqual([[], true]);
  });
});

describe('an order that waits for its window', () => {
  it('given at 09:05, by a process that is killed and started at 09:07, is sent at 09:15, once', async () => {
    world = await createWorld({ start: '09:05:00' });
    await world.settle(world.order({ style: limit }));
    world.kill();
    await world.clock.walk(chinaInstant(DAY, '09:07:00'));
    await world.restart();
    expect(last().state).toBe('planned');
    await at('09:14:59');
    expect(world.broker.placed).toEqual([]);
    await at('09:15:00', 60_000);
    expect([world.broker.placed.length, last().state]).toEqual([1, 'accepted']);
  });

  it.each(['new start', 'none'])('is sent late when nobody ran at its opening, once (%s)', async (twice) => {
    world = await createWorld({ start: '09:05:00' });
    await world.settle(world.order({ style: limit }));
    world.kill();
    await world.clock.walk(chinaInstant(DAY, '09:31:00'));
    await world.restart();
    if (twice === 'new start') await world.restart();
    await world.pass(1_000);
    expect([world.broker.placed.length, last().state]).toEqual([1, 'accepted']);
  });

  it('is not sent on another day', async () => {
    world = await createWorld({ start: '12:00:00' });
    await world.settle(world.order({ style: limit }));
    world.kill();
    world.broker.book.length = 0;
    const sent = world.broker.placed.length;
    await world.clock.walk(chinaInstant('2026-07-07', '09:31:00'));
    await world.restart();
    await world.pass(60_000);
    expect(world.broker.placed).toHaveLength(sent);
  });

  it('is delayed by a gate that is closed for seconds across its opening', async () => {
    world = await createWorld({ start: '09:05:00' });
    await world.settle(world.order({ style: limit }));
    await at('09:14:58');
    world.broker.readsFail = true;
    world.broker.emit({ kind: 'disconnected', session: 'read', reason: 'reset' });
    await at('09:15:00', 5_000);
    expect([world.broker.placed, last().state]).toEqual([[], 'planned']);
    world.broker.readsFail = false;
    world.broker.emit({ kind: 'connected', session: 'read' });
    await world.pass(15_000);
    expect([world.broker.placed.length, last().state]).toEqual([1, 'accepted']);
  });

  it('is delayed by a place session that is down across its opening', async () => {
    world = await createWorld({ start: '09:05:00' });
    await world.settle(world.order({ style: limit }));
    world.broker.ready = false;
    await at('09:15:00', 40_000);
    expect([world.broker.placed, last().state]).toEqual([[], 'planned']);
    world.broker.ready = true;
    await world.pass(16_000);
    expect([world.broker.placed.length, last().state]).toEqual([1, 'accepted']);
  });

  it('ends with its day when the gate stays closed', async () => {
    world = await createWorld({ start: '12:00:00' });
    await world.settle(world.order({ style: limit }));
    world.broker.readsFail = true;
    world.broker.emit({ kind: 'disconnected', session: 'read', reason: 'reset' });
    await at('13:00:00', 1_000);
    await at('15:00:00', 1_000);
    world.broker.readsFail = false;
    world.broker.emit({ kind: 'connected', session: 'read' });
    await world.pass(30_000);
    expect(last()).toMatchObject({ state: 'not_sent', reason: 'the trading day ended before it could be sent' });
    expect(world.broker.placed).toEqual([]);
  });
});

describe('a wait that nobody was there for', () => {
  it('that ended while no process ran is acted on by the next one', async () => {
    world = await createWorld();
    world.order({ quantity: 300 }).catch(() => undefined);
    await world.pass(5_000);
    world.kill();
    await world.clock.walk(world.clock.now() + 60_000);
    expect(world.broker.cancels).toEqual([]);
    await world.restart();
    await world.pass(1_000);
    expect([last().state, last().reason, world.broker.cancels]).toEqual([
      'canceled',
      'its wait of 16 s ended',
      ['1000'],
    ]);
  });

  it('that goes on is ended by the next process when it ends, and not before', async () => {
    world = await createWorld();
    const began = world.clock.now();
    world.order({ quantity: 300 }).catch(() => undefined);
    await world.pass(5_000);
    await world.restart();
    await world.pass(began + 15_900 - world.clock.now());
    expect(world.broker.cancels).toEqual([]);
    await world.pass(1_000);
    expect([last().state, world.broker.cancels]).toEqual(['canceled', ['1000']]);
  });
});

describe('D23: a cancel that is not possible now', () => {
  it.each([
    ['09:16:00', '09:21:00', '09:30:00'],
    ['11:29:00', '11:30:00', '13:00:00'],
  ])('of an order of %s, asked for at %s, is asked for at %s', async (start, ask, again) => {
    world = await createWorld({ start });
    const order = await world.settle(world.order({ style: limit }));
    await at(ask);
    expect(await world.settle(world.trading.desk.cancel(order?.orderId ?? ''), 1_000)).toMatchObject({
      state: 'accepted',
    });
    expect(world.broker.cancels).toEqual([]);
    expect(world.lines.filter(({ text }) => text.includes('its cancel waits'))).toHaveLength(1);
    await world.restart();
    await at(again, 1_000);
    expect([last().state, world.broker.cancels]).toEqual(['canceled', ['1000']]);
  });

  it('refused by the counter as trading stops is asked for again when it goes on', async () => {
    world = await createWorld({ start: '11:29:00' });
    const order = await world.settle(world.order({ style: limit }));
    world.broker.onCancel = () => ({ kind: 'refused', reason: '非交易时间' });
    await at('11:29:58');
    await world.settle(world.trading.desk.cancel(order?.orderId ?? ''), 10_000);
    await at('12:59:59');
    const asked = world.broker.cancels.length;
    expect([asked > 0, last().state]).toEqual([true, 'accepted']);
    world.broker.onCancel = (orderId, broker) => broker.drop(orderId);
    await at('13:00:00', 90_000);
    expect([last().state, world.broker.cancels.length]).toEqual(['canceled', asked + 1]);
  });
});

describe('a day without trading', () => {
  it('on a Saturday an order is refused, and its caller is told when the exchanges open next', async () => {
    world = await createWorld({ day: '2026-07-11', start: '10:00:00' });
    expect(await world.settle(world.order())).toBeNull();
    expect([world.broker.placed, world.trading.book.views()]).toEqual([[], []]);
    expect(world.lines.filter(({ text }) => text.includes('they open next on 2026-07-13 09:15'))).toHaveLength(1);
  });

  it('and after the close of a Friday', async () => {
    world = await createWorld({ day: '2026-07-10', start: '15:00:00' });
    expect(await world.settle(world.order())).toBeNull();
    expect(world.lines.filter(({ text }) => text.includes('they open next on 2026-07-13 09:15'))).toHaveLength(1);
  });
});

describe('an answer that never comes', () => {
  it('does not hold up the call: it returns when its order’s end is seen', async () => {
    world = await createWorld();
    world.broker.onPlace = (request, broker): Promise<PlaceOutcome> => {
      const { orderId } = broker.enter(request);
      world.timers.after(200, () => broker.fill(orderId, 100));
      return new Promise(() => undefined);
    };
    expect(await world.settle(world.order(), 1_000)).toMatchObject({ state: 'filled', filled: 100 });
  });

  it('and no order either: the call returns when its wait has ended', async () => {
    world = await createWorld();
    world.broker.onPlace = () => new Promise(() => undefined);
    expect(await world.settle(world.order(), 17_000)).toMatchObject({ state: 'sending' });
    expect(world.broker.placed).toHaveLength(1);
  });
});

describe('money', () => {
  it('that is missing refuses what costs some, and never what brings it: cash of −3.20', async () => {
    world = await createWorld();
    const common = { name: null, avgCost: 9, lastPrice: 10 };
    world.broker.cash = -3.2;
    world.broker.held = [
      { ...common, security: '000001.XSHE', amount: 1000, closeableAmount: 1000, marketValue: 10_000 },
    ];
    await world.restart();
    expect(world.trading.account.view()?.availableCash).toBe(-3.2);
    expect(await world.settle(world.order({ quantity: 100 }))).toBeNull();
    const call = world.order({ quantity: -1000 });
    await world.pass(300);
    world.broker.fill('1000', 1000);
    expect(await world.settle(call)).toMatchObject({ side: 'sell', state: 'filled', filled: 1000 });
    expect(world.broker.placed.map(({ side }) => side)).toEqual(['sell']);
  });
});

describe('a gateway that forgot its book counts its orders from the beginning again', () => {
  it('a new order with an id of today is ours by its mark', async () => {
    world = await createWorld();
    const first = world.order();
    await world.pass(300);
    world.broker.fill('1000', 100, 'a');
    await world.settle(first);
    await world.pass(60_000);
    world.broker.book.length = 0;
    world.broker.fills.length = 0;
    const second = world.order({ quantity: 200 });
    await world.pass(300);
    world.broker.fill('1000', 200, 'a');
    expect(await world.settle(second)).toMatchObject({ state: 'filled', filled: 200, unknown: false });
    await world.restart();
    expect(world.trading.book.views().map(({ state, filled }) => [state, filled])).toEqual([
      ['filled', 100],
      ['filled', 200],
    ]);
    expect(world.trading.account.view()?.positions).toMatchObject([{ amount: 300 }]);
  });

  it('one that it forgot while it was open is never touched by an id that is another’s', async () => {
    world = await createWorld();
    const lost = await world.settle(world.order({ style: limit }));
    world.broker.book.length = 0;
    const second = await world.settle(world.order({ style: limit, quantity: 200 }));
    expect(second).toMatchObject({ state: 'accepted', brokerOrderIds: ['1000'] });
    world.trading.desk.cancel(lost?.orderId ?? '').catch(() => undefined);
    await world.pass(30_000);
    expect(world.broker.cancels).toEqual([]);
    expect(await world.settle(world.trading.desk.cancel(second?.orderId ?? ''))).toMatchObject({ state: 'canceled' });
    expect(world.broker.cancels).toEqual(['1000']);
  });
});

describe('a request key', () => {
  it('asked for twice is one order, also at the same time and after a restart', async () => {
    world = await createWorld();
    const ask = (): ReturnType<typeof world.order> => world.trading.desk.submit(aRequest({ style: limit }), 'copy-17');
    const [one, two] = await world.settle(Promise.all([ask(), ask()]));
    const three = await world.settle(ask());
    await world.restart();
    const four = await world.settle(ask());
    expect(world.broker.placed).toHaveLength(1);
    expect(new Set([one, two, three, four].map((order) => order?.orderId)).size).toBe(1);
    expect(four).toMatchObject({ state: 'accepted' });
    const other = await world.settle(world.trading.desk.submit(aRequest({ style: limit }), 'copy-18'));
    expect([other?.orderId === one?.orderId, world.broker.placed.length]).toEqual([false, 2]);
  });

  it('of an order that waits for its window, or was refused, is that order', async () => {
    world = await createWorld({ start: '12:59:00' });
    const ask = (quantity: number, key: string): ReturnType<typeof world.order> =>
      world.trading.desk.submit(aRequest({ style: limit, quantity }), key);
    await world.settle(ask(100, 'waits'));
    expect(await world.settle(ask(-100, 'refused'))).toBeNull();
    await world.restart();
    await world.settle(ask(100, 'waits'));
    expect(await world.settle(ask(-100, 'refused'))).toBeNull();
    await at('13:00:00', 5_000);
    expect([world.broker.placed.length, world.trading.book.views().length]).toEqual([1, 1]);
  });

  it('of an earlier day brings no new order', async () => {
    world = await createWorld();
    const ask = (): ReturnType<typeof world.order> =>
      world.trading.desk.submit(aRequest({ style: limit, waitTimeout: 0 }), 'copy-17');
    const first = await world.settle(ask());
    world.kill();
    world.broker.book.length = 0;
    await world.clock.walk(chinaInstant('2026-07-07', '09:35:00'));
    await world.restart();
    // What is settled and of an earlier day is in the ledger only; it is shown as it ended.
    expect(await world.settle(ask())).toMatchObject({ orderId: first?.orderId, state: 'expired' });
    expect(world.broker.placed).toHaveLength(1);
  });
});

describe('what was ordered after a target that waits for its window', () => {
  it('a parked target does not cancel what was ordered after it', async () => {
    world = await createWorld({ start: '09:05:00' });
    await world.settle(world.order({ kind: 'target', quantity: 1000, style: limit }), 2_000);
    await world.settle(world.order({ quantity: 100, style: limit }), 2_000);
    await at('09:15:00', 30_000);
    expect(world.trading.book.views().map(({ state, amount, reason }) => [state, amount, reason])).toEqual([
      ['accepted', 1000, null],
      ['accepted', 100, null],
    ]);
  });
});

describe('a window that closes again', () => {
  it('parked orders whose turn does not come before 09:25 wait for 09:30', async () => {
    world = await createWorld({ start: '09:05:00' });
    for (let count = 0; count < 3; count += 1) await world.settle(world.order({ style: limit }), 2_000);
    const get = world.quotes.get.bind(world.quotes);
    world.quotes.get = () => {
      throw new BtError('DOWN', 'no quote', { fault: 'venue' });
    };
    await world.clock.walk(chinaInstant(DAY, '09:24:56'));
    await world.pass(1_000);
    world.quotes.get = get;
    world.broker.onPlace = async (request, broker) => {
      await new Promise<void>((resolve) => world.timers.after(3_000, resolve));
      return broker.accept(request);
    };
    await world.pass(20_000);
    await at('09:30:00', 20_000);
    expect([
      world.broker.placed.length,
      world.trading.book.views().map(({ state, reason }) => [state, reason]),
    ]).toEqual([
      3,
      [
        ['accepted', null],
        ['accepted', null],
        ['accepted', null],
      ],
    ]);
  });
});

describe('an id that is somebody else’s', () => {
  it('a larger order under our id is not touched', async () => {
    world = await createWorld();
    const order = await world.settle(world.order({ style: limit }), 2_000);
    world.broker.set('1000', { amount: 5_000, remark: '', limitPrice: 9.5 });
    await world.pass(6_000);
    await world.settle(world.trading.desk.cancel(order?.orderId ?? ''), 30_000);
    expect(world.broker.cancels).toEqual([]);
  });
});

describe('an order that waits on', () => {
  it('is over with the close, also while the gate is closed', async () => {
    world = await createWorld({ start: '12:00:00' });
    await world.settle(world.order({ style: limit }), 2_000);
    world.broker.readsFail = true;
    world.broker.emit({ session: 'read', kind: 'lost', reason: 'gone' } as never);
    await world.clock.walk(chinaInstant(DAY, '15:30:00'));
    await world.pass(5_000);
    expect(world.trading.book.views().map(({ state }) => state)).toEqual(['not_sent']);
  });
});
