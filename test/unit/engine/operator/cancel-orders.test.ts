import { afterEach, describe, expect, it } from 'vitest';
import type { ControlReply } from '../../../../src/platform/control-socket.ts';
import { createWorld, type World } from '../orders/world.ts';
import { anOperator } from './an-operator.ts';

let world: World;
afterEach(async () => {
  await world.close();
});

const RESTING = { waitTimeout: 0, style: { kind: 'limit', limitPrice: 9.5 } } as const;

async function cancel(values: Record<string, string>): Promise<string> {
  const reply: ControlReply = await world.settle(anOperator(world).handle({ command: 'cancel', values }));
  if (typeof reply !== 'string') throw new Error('a text was expected');
  return reply;
}

describe('bt cancel', () => {
  it('cancels one open order by whichever name, and its history says that the operator did', async () => {
    world = await createWorld();
    const order = await world.settle(world.order(RESTING));
    const other = await world.settle(world.order({ ...RESTING, quantity: 300 }));
    const [intent] = world.trading.book.intents();
    expect(await cancel({ id: intent?.tag ?? '' })).toContain(
      `${order?.orderId ?? ''} (buy 100 000001.XSHE): cancelled, 0 filled.`,
    );
    const states = world.trading.book.views().map(({ state }) => state);
    expect(states).toEqual(['canceled', 'accepted']);
    const last = world.ledger.look.changesOf('2026-07-06').findLast(({ orderId }) => orderId === order?.orderId);
    expect(last).toMatchObject({ state: 'canceled', by: 'operator', reason: 'bt cancel' });
    expect(await cancel({ id: other?.brokerOrderIds[0] ?? '' })).toContain('cancelled');
  });

  it('cancels all that is open, also what waits for its price', async () => {
    world = await createWorld();
    await world.settle(world.order(RESTING));
    await world.settle(
      world.order({ ...RESTING, style: { kind: 'limit', limitPrice: 9.4, stop: { mode: 'take_profit', price: 9.4 } } }),
    );
    const text = await cancel({ all: 'yes' });
    expect(text.split('\n')).toHaveLength(2);
    expect(world.trading.book.unfinished()).toEqual([]);
    expect(await cancel({ all: 'yes' })).toContain('nothing to cancel');
  });

  it('refuses what it does not know, naming what is open, and half a command', async () => {
    world = await createWorld();
    const order = await world.settle(world.order(RESTING));
    await expect(cancel({ id: 'nope' })).rejects.toMatchObject({
      code: 'NO_SUCH_ORDER',
      message: expect.stringContaining(order?.orderId ?? '?') as string,
    });
    await expect(cancel({})).rejects.toMatchObject({ code: 'BAD_CANCEL' });
    await expect(cancel({ id: 'x', all: 'yes' })).rejects.toMatchObject({ code: 'BAD_CANCEL' });
  });

  it('leaves a cancel that was refused to be asked for again, and says so', async () => {
    world = await createWorld();
    const order = await world.settle(world.order(RESTING));
    let refused = true;
    world.broker.onCancel = (orderId, broker) =>
      refused ? { kind: 'refused', reason: 'not now' } : broker.drop(orderId);
    expect(await cancel({ id: order?.orderId ?? '' })).toContain('its cancel is under way');
    refused = false;
    await world.pass(20_000);
    expect(world.trading.book.view(order?.orderId ?? '').state).toBe('canceled');
  });
});
