import { afterEach, expect, it } from 'vitest';
import { BtError } from '../../../../src/domain/errors.ts';
import type { OrderRequest } from '../../../../src/domain/order/types.ts';
import { accountCalls } from '../../../../src/engine/live-calls.ts';
import { aRequest } from '../../domain/order/builders.ts';
import { createWorld, type World } from './world.ts';

let world: World;
afterEach(async () => {
  await world.close();
});

function placeOrders(requests: readonly OrderRequest[]): Promise<unknown> {
  const { book, desk, account } = world.trading;
  const calls = accountCalls({
    account: () => account.view(),
    fresh: () => Promise.resolve(),
    desk: {
      submit: (request: OrderRequest) =>
        request.quantity === 1
          ? Promise.reject(new BtError('NO_QUOTE', 'no quote', { fault: 'venue' }))
          : desk.submit(request),
    } as typeof desk,
    book,
    state: { calls: { ordering: () => null } },
  });
  return calls.placeOrders(requests, { logicalTime: world.clock.now() } as Parameters<typeof calls.placeOrders>[1]);
}

it('one order of a batch that throws is told when the others of it have come to rest', async () => {
  world = await createWorld();
  let told: unknown = null;
  const call = placeOrders([aRequest({ quantity: 100 }), aRequest({ quantity: 1 })]).catch((error: unknown) => {
    told = error;
  });
  await world.pass(500);
  expect(world.broker.placed).toHaveLength(1);
  expect(told).toBeNull();
  world.broker.fill('1000', 100);
  await world.settle(call);
  expect(told).toMatchObject({ code: 'NO_QUOTE' });
  expect(world.trading.book.views()).toMatchObject([{ state: 'filled', filled: 100 }]);
});
