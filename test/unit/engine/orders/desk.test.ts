import { afterEach, describe, expect, it } from 'vitest';
import type { OrderView } from '../../../../src/domain/order/types.ts';
import { aQuote, aRequest } from '../../domain/order/builders.ts';
import { createWorld, type World } from './world.ts';

let world: World;
afterEach(async () => {
  await world.close();
});

/** The one order the fake broker holds. */
function only(): string {
  expect(world.broker.placed).toHaveLength(1);
  return '1000';
}

const limit = { kind: 'limit', limitPrice: 9.9 } as const;

describe('a market-style order', () => {
  it('goes out as a protected price, is waited for, and shows in the account when the call returns', async () => {
    world = await createWorld();
    const call = world.order();
    await world.pass(500);
    world.broker.fill(only(), 100);
    const order = await world.settle(call);
    expect(order).toMatchObject({ state: 'filled', filled: 100, price: 10.15, commission: 5, unknown: false });
    expect(world.broker.placed[0]).toMatchObject({ price: 10.15, style: 'market', amount: 100 });
    const account = world.trading.account.view();
    expect(account?.positions[0]).toMatchObject({ amount: 100, closeableAmount: 0 });
    expect(account?.availableCash).toBe(100_000 - 1015 - 5);
  });

  it('cancels what is open when its wait ends, keeping the fills', async () => {
    world = await createWorld();
    const call = world.order({ quantity: 300, waitTimeout: 5 });
    await world.pass(500);
    world.broker.fill(only(), 100);
    const order = await world.settle(call);
    expect(world.broker.cancels).toEqual(['1000']);
    expect(order).toMatchObject({ state: 'canceled', filled: 100, amount: 300 });
  });

  it('leaves it open with keep, and with a wait of 0', async () => {
    world = await createWorld();
    expect(await world.settle(world.order({ waitTimeout: 2, keep: true }))).toMatchObject({ state: 'accepted' });
    expect(await world.settle(world.order({ waitTimeout: 0 }))).toMatchObject({ state: 'accepted' });
    expect(world.broker.cancels).toEqual([]);
  });
});

describe('a sell', () => {
  it('has the average cost of what it sells, also when that is gone and after a restart', async () => {
    world = await createWorld();
    const common = { name: null, closeableAmount: 100, lastPrice: 10, marketValue: 1000 };
    world.broker.held = [{ ...common, security: '000001.XSHE', amount: 100, avgCost: 9.37 }];
    await world.restart();
    const call = world.order({ kind: 'target', quantity: 0 });
    await world.pass(300);
    world.broker.fill(only(), 100);
    expect(await world.settle(call)).toMatchObject({ side: 'sell', state: 'filled', price: 9.85, avgCost: 9.37 });
    await world.restart();
    expect(world.trading.book.views()).toMatchObject([{ price: 9.85, avgCost: 9.37 }]);
  });
});

describe('a limit-style order', () => {
  it('returns when accepted, and is followed afterwards', async () => {
    world = await createWorld();
    const order = await world.settle(world.order({ style: limit }));
    expect(order).toMatchObject({ state: 'accepted', filled: 0, price: null });
    world.broker.fill(only(), 100);
    await world.pass(6_000);
    expect(world.trading.book.view((order as OrderView).orderId)).toMatchObject({ state: 'filled', filled: 100 });
  });

  it('is cancelled on request, and the call returns the final order', async () => {
    world = await createWorld();
    const order = await world.settle(world.order({ style: limit }));
    const canceled = await world.settle(world.trading.desk.cancel((order as OrderView).orderId));
    expect(canceled).toMatchObject({ state: 'canceled', filled: 0 });
    expect(await world.trading.desk.cancel('nope')).toBeNull();
  });

  it('may be filled although a cancel was asked for', async () => {
    world = await createWorld();
    const order = await world.settle(world.order({ style: limit }));
    world.broker.onCancel = (orderId, broker) => {
      broker.fill(orderId, 100);
      return { kind: 'refused', reason: 'already filled' };
    };
    expect(await world.settle(world.trading.desk.cancel((order as OrderView).orderId))).toMatchObject({
      state: 'filled',
      filled: 100,
    });
  });

  it('asks again for a cancel whose answer was lost', async () => {
    world = await createWorld();
    const order = await world.settle(world.order({ style: limit }));
    let lost = true;
    world.broker.onCancel = (orderId, broker) => {
      if (!lost) return broker.drop(orderId);
      lost = false;
      return { kind: 'unknown', reason: 'the link was lost' };
    };
    expect(await world.settle(world.trading.desk.cancel((order as OrderView).orderId))).toMatchObject({
      state: 'canceled',
    });
    expect(world.broker.cancels).toHaveLength(2);
  });
});

describe('what is not sent', () => {
  it('a refusal returns null, sends nothing and leaves no order', async () => {
    world = await createWorld();
    world.quotes.set('000001.XSHE', aQuote({ paused: true }));
    expect(await world.settle(world.order())).toBeNull();
    expect(world.broker.placed).toEqual([]);
    expect(world.trading.book.views()).toEqual([]);
  });

  it('a real gateway gets no orders without consent', async () => {
    world = await createWorld();
    // What was a stub when the run began comes back as something else.
    world.broker.health = () => Promise.resolve({ stub: false, backendReady: true, detail: '', clock: null });
    world.broker.emit({ kind: 'disconnected', session: 'read', reason: 'gone' });
    world.broker.emit({ kind: 'connected', session: 'read' });
    await world.pass(2_000);
    expect(await world.settle(world.order())).toBeNull();
    expect(world.broker.placed).toEqual([]);
    expect(world.lines.some((line) => line.text.includes('--real allows it'))).toBe(true);
  });

  it('an order waits for the place session, and nothing is written before it is back', async () => {
    world = await createWorld();
    world.broker.ready = false;
    const call = world.order({ waitTimeout: 0 });
    await world.pass(2_000);
    expect(world.broker.placed).toEqual([]);
    world.broker.ready = true;
    expect(await world.settle(call)).toMatchObject({ state: 'accepted' });
    expect(world.broker.placed).toHaveLength(1);
  });

  it('a session that stays down ends the order unsent', async () => {
    world = await createWorld();
    world.broker.ready = false;
    expect(await world.settle(world.order({ waitTimeout: 0 }))).toMatchObject({ state: 'not_sent', filled: 0 });
    expect(world.broker.placed).toEqual([]);
  });

  it('the ledger refuses: nothing is sent, and nothing more in this run', async () => {
    world = await createWorld();
    world.ledger.close();
    await expect(world.settle(world.order())).rejects.toMatchObject({ code: 'LEDGER_WRITE_FAILED' });
    expect(world.broker.placed).toEqual([]);
  });
});

describe('a ledger that fails on the way', () => {
  it('after the call was written down, before its plan was: the call fails, and nothing is sent', async () => {
    world = await createWorld();
    world.quotes.get = () => {
      world.ledger.close();
      return aQuote();
    };
    await expect(world.settle(world.order())).rejects.toMatchObject({ code: 'LEDGER_WRITE_FAILED' });
    expect(world.broker.placed).toEqual([]);
  });

  it('when it is about to be sent: nothing is sent, and nothing is tried again', async () => {
    world = await createWorld();
    world.broker.ready = false;
    const call = world.order({ waitTimeout: 0 });
    await world.pass(100);
    world.ledger.close();
    world.broker.ready = true;
    await world.settle(call);
    await world.pass(60_000);
    expect(world.broker.placed).toEqual([]);
    const failed = world.happened.filter((event) => event.kind === 'alarm' && event.alarm.code === 'LEDGER_FAILED');
    expect(failed).toHaveLength(1);
  });
});

describe('a rejected order', () => {
  it('is rejected with the server’s words', async () => {
    world = await createWorld();
    world.broker.onPlace = () => ({
      kind: 'rejected',
      code: 'REQUEST_FAILED',
      reason: '000001.XSHE 停牌，无法下单',
      orderId: null,
    });
    expect(await world.settle(world.order())).toMatchObject({
      state: 'rejected',
      reason: '000001.XSHE 停牌，无法下单',
    });
  });

  it('may also be rejected by the exchange after it was accepted', async () => {
    world = await createWorld();
    const call = world.order({ style: limit, waitTimeout: 10 });
    await world.pass(500);
    world.broker.set(only(), { status: 'rejected', statusText: '资金不足' });
    expect(await world.settle(call)).toMatchObject({ state: 'rejected', reason: 'not enough cash (资金不足)' });
  });
});

describe('an order of unknown fate', () => {
  const lost = { kind: 'unknown', code: 'LINK_LOST', reason: 'the link was lost', answered: false } as const;

  it('A4-1/A4-10: is found by its remark and never sent again', async () => {
    world = await createWorld();
    world.broker.onPlace = (request, broker) => {
      broker.enter(request);
      return lost;
    };
    const call = world.order();
    await world.pass(1_000);
    world.broker.fill(only(), 100);
    expect(await world.settle(call)).toMatchObject({ state: 'filled', unknown: false });
    expect(world.broker.placed).toHaveLength(1);
  });

  it('blocks its security and alarms; absence alone is no evidence', async () => {
    world = await createWorld();
    world.broker.onPlace = () => lost;
    expect(await world.settle(world.order())).toMatchObject({ state: 'unknown', unknown: true });
    expect(await world.settle(world.order())).toBeNull();
    await world.pass(120_000);
    expect(world.trading.book.views()[0]).toMatchObject({ state: 'unknown' });
    expect(world.lines.some((line) => line.level === 'error' && line.text.startsWith('ALARM'))).toBe(true);
    expect(world.broker.placed).toHaveLength(1);
  });

  it('ends as not placed only after an answered error and two whole lists 10 s apart', async () => {
    world = await createWorld();
    world.broker.onPlace = () => ({ ...lost, code: 'REQUEST_FAILED', reason: 'QMT 下单失败', answered: true });
    const order = await world.settle(world.order({ waitTimeout: 1 }));
    const state = (): string => world.trading.book.view((order as OrderView).orderId).state;
    expect(state()).toBe('unknown');
    await world.pass(60_000, () => state() !== 'unknown');
    expect(state()).toBe('not_placed');
  });

  it('stays unknown while the back end is not ready or its lists fail', async () => {
    world = await createWorld();
    world.broker.onPlace = () => ({ ...lost, answered: true });
    world.broker.backendReady = false;
    const order = await world.settle(world.order({ waitTimeout: 1 }));
    await world.pass(60_000);
    expect(world.trading.book.view((order as OrderView).orderId).state).toBe('unknown');
  });

  it('A4-10: an order that turns up late is adopted', async () => {
    world = await createWorld();
    world.broker.onPlace = () => ({ ...lost, answered: true });
    const order = await world.settle(world.order({ waitTimeout: 1 }));
    const view = (): OrderView => world.trading.book.view((order as OrderView).orderId);
    await world.pass(60_000, () => view().state === 'not_placed');
    const [request] = world.broker.placed;
    if (request === undefined) throw new Error('nothing was placed');
    world.broker.enter(request);
    world.broker.fill('1000', 100);
    await world.pass(20_000);
    expect(view()).toMatchObject({ state: 'filled', filled: 100 });
  });
});

describe('outside the sending windows', () => {
  it('an order waits, is planned again on a fresh quote and sent at the opening', async () => {
    world = await createWorld({ start: '12:59:50' });
    const order = await world.settle(world.order());
    expect(order).toMatchObject({ state: 'planned', amount: 100 });
    world.quotes.set('000001.XSHE', aQuote({ lastPrice: 10.5, bid1: 10.49, ask1: 10.5 }));
    await world.pass(11_000);
    expect(world.broker.placed[0]?.price).toBe(10.65);
  });

  it('can be cancelled while it waits', async () => {
    world = await createWorld({ start: '12:59:50' });
    const order = await world.settle(world.order());
    await world.settle(world.trading.desk.cancel((order as OrderView).orderId));
    await world.pass(11_000);
    expect(world.broker.placed).toEqual([]);
    expect(world.trading.book.views()[0]).toMatchObject({ state: 'not_sent' });
  });

  it('is refused after the close', async () => {
    world = await createWorld({ start: '15:10:00' });
    expect(await world.settle(world.order())).toBeNull();
  });
});

describe('a run that sends nothing more', () => {
  it('as its ledger has failed: says so of each order, and writes none down', async () => {
    world = await createWorld();
    const record = world.ledger.record.bind(world.ledger);
    let fails = true;
    world.ledger.record = (rows) => {
      if (fails && rows.intents?.some(({ state }) => state === 'sending') === true) throw new Error('disk full');
      record(rows);
    };
    await world.settle(
      world.order({ style: limit }).catch(() => null),
      30_000,
    );
    fails = false;
    const before = world.lines.length;
    expect(await world.settle(world.order({ style: limit }), 5_000)).toBe(null);
    expect(world.trading.book.lives().map(({ order }) => order.phase)).toEqual(['working']);
    expect(world.lines.slice(before).map(({ text }) => text)).toContainEqual(expect.stringContaining('not ordered'));
  });
});

describe('a request key', () => {
  it('that comes again with another request is refused: the first order is not mistaken for it', async () => {
    world = await createWorld();
    const first = await world.settle(world.trading.desk.submit(aRequest({ style: limit }), 'k'), 2_000);
    const other = world.trading.desk.submit(aRequest({ security: '600000.XSHG', quantity: -500, style: limit }), 'k');
    await expect(other).rejects.toMatchObject({ code: 'REQUEST_KEY_TAKEN' });
    const again = world.trading.desk.submit(aRequest({ style: limit }), 'k');
    expect((await world.settle(again, 2_000))?.orderId).toBe(first?.orderId);
    expect(world.broker.placed).toHaveLength(1);
  });
});

describe('a cancel', () => {
  it('after 14:57 is not promised', async () => {
    world = await createWorld({ start: '14:57:30' });
    const order = await world.settle(world.order({ style: limit }), 2_000);
    const before = world.lines.length;
    await world.settle(world.trading.desk.cancel(order?.orderId ?? ''), 2_000);
    expect(
      world.lines
        .slice(before)
        .map(({ text }) => text)
        .join(),
    ).not.toContain('as soon as');
  });
});
