import { afterEach, expect, it } from 'vitest';
import type { BrokerAccount } from '../../../../src/domain/trading.ts';
import { FakeBroker } from '../orders/fake-broker.ts';
import { createWorld, type World } from '../orders/world.ts';

/** A gateway whose terminal is logged in to one account or another, or does not say which. */
class SwitchedBroker extends FakeBroker {
  accountId: string | null = '111';

  override accountNow(): BrokerAccount {
    return { ...super.accountNow(), accountId: this.accountId };
  }
}

let world: World;
let broker: SwitchedBroker;
async function begin(): Promise<void> {
  broker = new SwitchedBroker();
  world = await createWorld({ broker });
}
afterEach(async () => {
  await world.close();
});

const limit = { kind: 'limit', limitPrice: 9.9 } as const;
const codes = (): string[] => world.happened.flatMap((event) => (event.kind === 'alarm' ? [event.alarm.code] : []));

it('another account after a reconnect gets no orders, and what is shown stays that of ours', async () => {
  await begin();
  [broker.accountId, broker.cash] = ['222', 5_000];
  broker.emit({ kind: 'disconnected', session: 'read', reason: 'reset' });
  broker.emit({ kind: 'connected', session: 'read' });
  await world.pass(5_000);
  expect(world.trading.gate.reason()).toBe('the gateway shows account 222, and this instance trades 111');
  expect(await world.settle(world.order({ style: limit }))).toBeNull();
  expect([broker.placed, codes()]).toEqual([[], expect.arrayContaining(['ACCOUNT_OTHER'])]);
  expect(world.trading.account.view()?.availableCash).toBe(100_000);
});

it('its lists say nothing of our orders: one that they hold under the same id goes on as it was', async () => {
  await begin();
  const order = await world.settle(world.order({ style: limit }));
  broker.accountId = '222';
  const theirs = broker.book.map((row) => ({ ...row, status: 'canceled' as const }));
  broker.book.splice(0, theirs.length, ...theirs);
  const reading = world.trading.tracker.readings();
  const reconciled = world.trading.gate.reconcile('the connection is new');
  await world.pass(200);
  expect(world.trading.gate.reason()).toContain('account 222');
  expect(world.trading.tracker.readings()).toBe(reading);
  expect(world.trading.book.view(order?.orderId ?? '')).toMatchObject({ state: 'accepted' });
  world.trading.gate.stop();
  expect(await world.settle(reconciled)).toBeNull();
});

it('another account without a reconnect closes the gate at the next reading', async () => {
  await begin();
  broker.accountId = '222';
  await world.pass(60_000);
  expect(world.trading.gate.reason()).toContain('account 222');
  expect(codes().filter((code) => code === 'ACCOUNT_OTHER')).toHaveLength(1);
});

it('the account that is back is traded again', async () => {
  await begin();
  broker.accountId = '222';
  await world.pass(60_000);
  broker.accountId = '111';
  await world.pass(15_000);
  expect(world.trading.gate.reason()).toBeNull();
  expect(await world.settle(world.order({ style: limit }))).toMatchObject({ state: 'accepted' });
});

it('another account at the next start is refused too, also when the first one never told an order', async () => {
  await begin();
  broker.accountId = '222';
  const opening = world.begin();
  await world.pass(60_000);
  expect(world.trading.gate.reason()).toContain('account 222');
  broker.accountId = '111';
  await world.settle(opening);
});

it('a gateway that hangs closes the gate after 15 s, and opens it when it answers', async () => {
  await begin();
  const orders = broker.orders.bind(broker);
  const hanging = Promise.withResolvers<readonly never[]>();
  broker.orders = () => hanging.promise;
  await world.pass(21_000);
  expect(world.trading.gate.reason()).toContain('the gateway has not told');
  expect(codes()).toContain('GATEWAY_HANGS');
  expect(await world.settle(world.order({ style: limit }))).toBeNull();
  broker.orders = orders;
  hanging.resolve([]);
  await world.pass(15_000);
  expect(world.trading.gate.reason()).toBeNull();
});
