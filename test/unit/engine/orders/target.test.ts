import { afterEach, describe, expect, it } from 'vitest';
import { aQuote } from '../../domain/order/builders.ts';
import { createWorld, type World } from './world.ts';

let world: World;
afterEach(async () => {
  await world.close();
});

const limit = { kind: 'limit', limitPrice: 9.9 } as const;

describe('a target order', () => {
  it('cancels what is open in its security first, as JoinQuant does, and starts from what is held', async () => {
    world = await createWorld();
    await world.settle(world.order({ style: limit, quantity: 300 }));
    const order = await world.settle(world.order({ kind: 'target', quantity: 500, style: limit }));
    expect(world.broker.cancels).toEqual(['1000']);
    expect(order).toMatchObject({ amount: 500, state: 'accepted' });
    expect(world.trading.book.views()[0]).toMatchObject({
      state: 'canceled',
      reason: 'an order_target call replaces it',
    });
  });

  it('leaves orders in other securities alone', async () => {
    world = await createWorld();
    world.quotes.set('000002.XSHE', aQuote({ security: '000002.XSHE' }));
    await world.settle(world.order({ security: '000002.XSHE', style: limit }));
    await world.settle(world.order({ kind: 'target', quantity: 100, style: limit }));
    expect(world.broker.cancels).toEqual([]);
  });

  it('counts the fills that a cancel came too late for', async () => {
    world = await createWorld();
    await world.settle(world.order({ style: limit, quantity: 300 }));
    world.broker.onCancel = (orderId, broker) => {
      broker.fill(orderId, 200);
      return broker.drop(orderId);
    };
    const order = await world.settle(world.order({ kind: 'target', quantity: 500, style: limit }));
    expect(order).toMatchObject({ side: 'buy', amount: 300 });
  });

  it('counts in what cannot be cancelled now: the closing call takes no cancels', async () => {
    world = await createWorld({ start: '14:56:30' });
    await world.settle(world.order({ style: limit, quantity: 300 }));
    await world.pass(60_000);
    const order = await world.settle(world.order({ kind: 'target', quantity: 500, style: limit }));
    expect(world.broker.cancels).toEqual([]);
    expect(order).toMatchObject({ amount: 200 });
  });

  it('counts in what was not confirmed to be cancelled, with an alarm', async () => {
    world = await createWorld();
    await world.settle(world.order({ style: limit, quantity: 300 }));
    world.broker.onCancel = () => ({ kind: 'requested', order: null });
    expect(await world.settle(world.order({ kind: 'target', quantity: 500, style: limit }), 120_000)).toMatchObject({
      amount: 200,
    });
    expect(world.lines.some((line) => line.text.includes('has not been confirmed'))).toBe(true);
  });
});
