import { afterEach, expect, it } from 'vitest';
import { createWorld, type World } from './world.ts';

let world: World;
afterEach(async () => {
  await world.close();
});

const states = (): [string | null, string, string | null][] =>
  world.ledger.look
    .changesOf('2026-07-06')
    .map(({ clientId, state, by }) => [clientId === null ? null : 'part', state, by]);

it('each state of an order is in the ledger, in the commit that made it so, with who is behind it', async () => {
  world = await createWorld();
  const order = await world.settle(world.order({ waitTimeout: 0, style: { kind: 'limit', limitPrice: 9.5 } }));
  await world.settle(world.trading.desk.cancel(order?.orderId ?? ''));
  expect(states()).toEqual([
    ['part', 'planned', null],
    ['part', 'sending', null],
    ['part', 'accepted', null],
    ['part', 'canceling', 'strategy'],
    ['part', 'canceled', 'strategy'],
  ]);
  // What a restart makes of it is a state as well.
  world.broker.onPlace = () => new Promise(() => undefined);
  void world.order({ waitTimeout: 0, quantity: 200 });
  await world.pass(500);
  await world.restart();
  expect(states().slice(5)).toEqual([
    ['part', 'planned', null],
    ['part', 'sending', null],
    ['part', 'unknown', null],
  ]);
});

it('an order that was refused here has its refusal, and one that waits for its price says so', async () => {
  world = await createWorld();
  await world.settle(world.order({ quantity: -300 }));
  await world.settle(
    world.order({ style: { kind: 'limit', limitPrice: 9.4, stop: { mode: 'take_profit', price: 9.4 } } }),
  );
  const rows = world.ledger.look.changesOf('2026-07-06');
  expect(rows.map(({ clientId, state }) => [clientId, state])).toEqual([
    [null, 'not_sent'],
    [null, 'planned'],
  ]);
  expect(rows[1]?.reason).toContain('waits for take_profit');
});
