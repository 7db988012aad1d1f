import { afterEach, describe, expect, it } from 'vitest';
import { BtError } from '../../../../src/domain/errors.ts';
import { NEVER_TRIGGERED } from '../../../../src/domain/order/life-types.ts';
import type { OrderStyle, OrderView } from '../../../../src/domain/order/types.ts';
import type { Quote } from '../../../../src/domain/trading.ts';
import { chinaInstant } from '../../../../src/domain/time.ts';
import { aHolding, aQuote } from '../../domain/order/builders.ts';
import { createWorld, type World } from './world.ts';
import { DAY } from './rows.ts';

const S = '000001.XSHE';
const stop = (mode: 'stop_loss' | 'take_profit', price: number): OrderStyle => ({
  kind: 'market',
  limitPrice: null,
  stop: { mode, price },
});
const SELL_AT = stop('stop_loss', 9.5);

let world: World;
afterEach(async () => {
  await world.close();
});

async function begin(start = '10:00:00'): Promise<void> {
  world = await createWorld({ start });
  world.broker.held = [aHolding(1_000)];
  world.trading.reader.expectChange();
  await world.settle(world.trading.reader.refresh());
}

function last(): OrderView {
  const order = world.trading.book.views().at(-1);
  if (order === undefined) throw new Error('there is no order');
  return order;
}

const trades = (change: Partial<Quote>): void => void world.quotes.set(S, aQuote(change));
const said = (words: string): number => world.lines.filter(({ text }) => text.includes(words)).length;
const row = (): { phase: string; triggeredAt: number | null; triggerPrice: number | null } => {
  const order = world.trading.book.lives().at(-1)?.order;
  if (order === undefined) throw new Error('there is no order');
  return order;
};

/** Lets the market come to that time of day. */
async function at(time: string, ms = 4_000): Promise<void> {
  await world.clock.walk(chinaInstant(DAY, time));
  await world.pass(ms);
}

describe('an order with a stop', () => {
  it('waits as an open order, with nothing reserved, and is sent when its price has come', async () => {
    await begin();
    const order = await world.settle(world.order({ quantity: -300, style: SELL_AT }), 2_000);
    expect(order).toMatchObject({ state: 'planned', side: 'sell', amount: 300, style: SELL_AT });
    expect(world.trading.account.view()?.positions[0]?.closeableAmount).toBe(1_000);
    await world.pass(10_000);
    expect([world.broker.placed.length, said('waits for stop_loss at 9.5')]).toEqual([0, 1]);
    trades({ lastPrice: 9.49 });
    await world.pass(3_500);
    expect(world.broker.placed).toMatchObject([{ security: S, side: 'sell', amount: 300 }]);
    expect(last().state).toBe('accepted');
    expect([row().triggerPrice, said('its price has come: stop_loss at 9.5 (it is 9.49)')]).toEqual([9.49, 1]);
    // From then on it is a market order: it is waited for 16 s.
    await world.pass(17_000);
    expect([last().state, world.broker.placed.length]).toEqual(['canceled', 1]);
  });

  it('as a limit order works at its limit until the day ends', async () => {
    await begin();
    const style: OrderStyle = { kind: 'limit', limitPrice: 9.45, stop: { mode: 'stop_loss', price: 9.5 } };
    await world.settle(world.order({ quantity: -300, style }), 2_000);
    trades({ lastPrice: 9.5, bid1: 9.5, ask1: 9.51 });
    await world.pass(3_500);
    expect(world.broker.placed).toMatchObject([{ side: 'sell', amount: 300, price: 9.45 }]);
    await world.pass(60_000);
    expect(last().state).toBe('accepted');
  });

  it('whose price is there already is sent at once', async () => {
    await begin();
    await world.settle(world.order({ quantity: 300, style: stop('take_profit', 10.2) }), 2_000);
    await world.pass(500);
    expect(world.broker.placed).toMatchObject([{ side: 'buy', amount: 300 }]);
  });

  it('is triggered by a tick that is pushed, between two looks', async () => {
    await begin();
    await world.settle(world.order({ quantity: -300, style: SELL_AT }), 2_000);
    await world.pass(3_100);
    world.push(aQuote({ lastPrice: 9.4, time: world.clock.now(), paused: null }));
    await world.pass(300);
    expect(world.broker.placed.length).toBe(1);
  });

  it('of another security is not', async () => {
    await begin();
    await world.settle(world.order({ quantity: -300, style: SELL_AT }), 2_000);
    world.push(aQuote({ security: '600000.XSHG', lastPrice: 1, time: world.clock.now() }));
    await world.pass(3_500);
    expect(world.broker.placed).toEqual([]);
  });

  it('to a target sells what it was to sell when it was asked for', async () => {
    await begin();
    await world.settle(world.order({ kind: 'target', quantity: 0, style: SELL_AT }), 2_000);
    expect(last().amount).toBe(1_000);
    world.broker.held = [aHolding(1_500)];
    world.trading.reader.expectChange();
    trades({ lastPrice: 9.4 });
    await world.pass(3_500);
    expect(world.broker.placed).toMatchObject([{ side: 'sell', amount: 1_000 }]);
  });

  it('is cancelled by a target order for its security, as any open order', async () => {
    await begin();
    await world.settle(world.order({ quantity: -300, style: SELL_AT }), 2_000);
    await world.settle(world.order({ kind: 'target', quantity: 500, waitTimeout: 0 }), 5_000);
    expect(world.trading.book.views()[0]).toMatchObject({
      state: 'not_sent',
      reason: expect.stringContaining('order_target') as string,
    });
  });
});

describe('while a person has stopped orders', () => {
  it('a stop-loss whose price comes waits on, says so once, and is sent when they go on and the price is there', async () => {
    await begin();
    await world.settle(world.order({ quantity: -300, style: SELL_AT }), 2_000);
    world.trading.risk.pause('lunch');
    trades({ lastPrice: 9.4, bid1: 9.4, ask1: 9.41 });
    await world.pass(30_000);
    expect(world.broker.placed).toEqual([]);
    expect(world.trading.book.life(last().orderId)?.order).toMatchObject({ phase: 'parked', triggeredAt: null });
    const told = world.lines.filter(({ text }) =>
      text.includes('its price has come (9.4), but a pause stops all orders'),
    );
    expect(told).toHaveLength(1);
    world.trading.risk.lift('back');
    await world.pass(3_500);
    expect(world.broker.placed).toMatchObject([{ side: 'sell', amount: 300 }]);
  });

  it('a price that has gone again when they go on sends nothing', async () => {
    await begin();
    await world.settle(world.order({ quantity: -300, style: SELL_AT }), 2_000);
    world.trading.risk.pause('lunch');
    trades({ lastPrice: 9.4 });
    await world.pass(6_000);
    trades({ lastPrice: 9.9 });
    world.trading.risk.lift('back');
    await world.pass(6_000);
    expect(world.broker.placed).toEqual([]);
    expect(world.trading.book.life(last().orderId)?.order.phase).toBe('parked');
  });
});

describe('in doubt nothing is triggered', () => {
  it.each<[string, Partial<Quote>, string]>([
    ['on a quote that is old', { lastPrice: 9, time: chinaInstant(DAY, '09:59:00') }, 'is of 2026-07-06 09:59:00'],
    [
      'on a quote of another day',
      { lastPrice: 9, time: chinaInstant('2026-07-03', '14:59:00') },
      'before the first trades',
    ],
    ['while the security is suspended', { lastPrice: 9, paused: true }, 'is suspended'],
    ['without a price', { lastPrice: null }, 'has no price'],
  ])('%s, and it is said once', async (_what, quote, words) => {
    await begin();
    await world.settle(world.order({ quantity: -300, style: SELL_AT }), 2_000);
    trades(quote);
    await world.pass(20_000);
    expect([world.broker.placed.length, row().triggeredAt, said(words)]).toEqual([0, null, 1]);
    trades({ lastPrice: 9.4 });
    await world.pass(3_500);
    expect(world.broker.placed.length).toBe(1);
  });

  it('while the gate is closed, by a look or by a tick; afterwards it is, on the price of then', async () => {
    await begin();
    await world.settle(world.order({ quantity: -300, style: SELL_AT }), 2_000);
    world.broker.backendReady = false;
    void world.trading.gate.reconcile('a test closes it');
    await world.pass(1_000);
    trades({ lastPrice: 9.4 });
    world.push(aQuote({ lastPrice: 9.4, time: world.clock.now() }));
    await world.pass(10_000);
    expect([world.broker.placed.length, row().triggeredAt]).toEqual([0, null]);
    world.broker.backendReady = true;
    await world.pass(30_000);
    expect(world.broker.placed.length).toBe(1);
  });

  it('while no quotes can be read; it is said once, and read again', async () => {
    await begin();
    await world.settle(world.order({ quantity: -300, style: SELL_AT }), 2_000);
    trades({ lastPrice: 9.4 });
    world.fails.quotes = new BtError('NO_ANSWER', 'no answer.', { fault: 'network' });
    await world.pass(20_000);
    expect([world.broker.placed.length, said('cannot be read: no answer.')]).toEqual([0, 1]);
    world.fails.quotes = null;
    await world.pass(3_500);
    expect(world.broker.placed.length).toBe(1);
  });

  it('and an order that cannot be taken is refused', async () => {
    await begin();
    trades({ paused: true });
    expect(await world.settle(world.order({ quantity: -300, style: SELL_AT }), 2_000)).toBeNull();
    expect(said('is suspended')).toBe(1);
  });
});

describe('the day of an order with a stop', () => {
  it('begins with the continuous auction, whenever it was given, and has a break at lunch', async () => {
    await begin('09:05:00');
    trades({ lastPrice: 9.4 });
    await world.settle(world.order({ quantity: -300, style: SELL_AT }), 2_000);
    for (const time of ['09:15:00', '09:25:00', '09:29:50']) {
      await at(time);
      expect([time, world.broker.placed.length]).toEqual([time, 0]);
    }
    await at('09:30:00', 1_500);
    expect(world.broker.placed.length).toBe(1);
  });

  it('at lunch and in the closing auction nothing is triggered, and with the close it ends', async () => {
    await begin('11:29:00');
    await world.settle(world.order({ quantity: -300, style: SELL_AT }), 2_000);
    await world.clock.walk(chinaInstant(DAY, '11:30:00'));
    trades({ lastPrice: 9.4 });
    await world.pass(10_000);
    expect(row().triggeredAt).toBeNull();
    trades({ lastPrice: 10 });
    await at('13:00:00');
    expect(row().triggeredAt).toBeNull();
    await world.clock.walk(chinaInstant(DAY, '14:57:00'));
    trades({ lastPrice: 9.4 });
    await world.pass(10_000);
    expect(row().triggeredAt).toBeNull();
    await at('15:00:00');
    expect(last()).toMatchObject({ state: 'not_sent', reason: NEVER_TRIGGERED });
    expect(world.broker.placed).toEqual([]);
  });

  it('is over when the exchanges are: then it is refused', async () => {
    await begin('15:30:00');
    expect(await world.settle(world.order({ quantity: -300, style: SELL_AT }), 2_000)).toBeNull();
  });
});

describe('a cancel', () => {
  it('ends it, and no price triggers it afterwards', async () => {
    await begin();
    const order = await world.settle(world.order({ quantity: -300, style: SELL_AT }), 2_000);
    expect(await world.settle(world.trading.desk.cancel(order?.orderId ?? ''), 2_000)).toMatchObject({
      state: 'not_sent',
      reason: 'cancelled before it was sent: cancel_order',
    });
    trades({ lastPrice: 9.4 });
    await world.pass(10_000);
    expect(world.broker.placed).toEqual([]);
  });
});

describe('a process that dies', () => {
  it('while an order waits for its price: the next one waits for it', async () => {
    await begin();
    await world.settle(world.order({ quantity: -300, style: SELL_AT }), 2_000);
    await world.restart();
    await world.pass(5_000);
    expect(last()).toMatchObject({ state: 'planned', amount: 300, style: SELL_AT });
    trades({ lastPrice: 9.4 });
    await world.pass(3_500);
    expect(world.broker.placed.length).toBe(1);
  });

  it('between trigger and plan: it is sent once, also when the price has gone back', async () => {
    await begin();
    await world.settle(world.order({ quantity: -300, style: SELL_AT }), 2_000);
    world.fails.quote = new BtError('NO_ANSWER', 'no answer.', { fault: 'network' });
    trades({ lastPrice: 9.4 });
    await world.pass(3_500);
    expect(row()).toMatchObject({ phase: 'parked', triggerPrice: 9.4 });
    const when = row().triggeredAt;
    trades({ lastPrice: 10 });
    world.fails.quote = null;
    await world.restart();
    await world.pass(3_000);
    expect([world.broker.placed.length, row().triggeredAt]).toEqual([1, when]);
    await world.restart();
    await world.pass(5_000);
    expect(world.broker.placed.length).toBe(1);
  });

  it('while it is being sent: it is of unknown fate, found, and not sent again', async () => {
    await begin();
    await world.settle(world.order({ quantity: -300, style: SELL_AT }), 2_000);
    world.broker.onPlace = (request, broker) => {
      broker.accept(request);
      return new Promise(() => undefined);
    };
    trades({ lastPrice: 9.4 });
    await world.pass(3_500, () => world.broker.placed.length > 0);
    expect(last().state).toBe('sending');
    await world.restart();
    await world.pass(5_000);
    expect([last().state, world.broker.placed.length]).toEqual(['accepted', 1]);
  });

  it('and is back the day after: it ended with its day', async () => {
    await begin();
    await world.settle(world.order({ quantity: -300, style: SELL_AT }), 2_000);
    world.kill();
    await world.clock.walk(chinaInstant('2026-07-07', '09:40:00'));
    await world.restart();
    trades({ lastPrice: 9.4 });
    await world.pass(10_000);
    expect(world.broker.placed).toEqual([]);
    const [ended] = world.ledger.ordersOf(DAY);
    expect(ended).toMatchObject({ phase: 'done', denied: NEVER_TRIGGERED, triggeredAt: null });
  });
});
