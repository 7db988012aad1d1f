import { expect, onTestFinished, test } from 'vitest';
import { BtError } from '../../../src/domain/errors.ts';
import { nullLog } from '../../../src/platform/log.ts';
import { SteppedClock } from '../../../src/platform/stepped-clock.ts';
import type { AccountBroker, CancelReply } from '../../../src/server/adapters/gateway.ts';
import { NATIVE } from '../../../src/server/dialects/native.ts';
import { createGatewayServer, DEFAULT_RISK_LIMITS } from '../../../src/server/index.ts';
import { FakeGateway } from './fake-gateway.ts';
import { PairClient, turns } from './pair-client.ts';
import { MORNING } from './world.ts';

/** A gateway whose answers to cancels a test gives. */
class CancellingGateway extends FakeGateway {
  readonly asked: { readonly resolve: (reply: CancelReply) => void; readonly reject: (error: Error) => void }[] = [];
  readonly #broker: AccountBroker = {
    ...super.broker(),
    cancel: () => {
      const { promise, resolve, reject } = Promise.withResolvers<CancelReply>();
      this.asked.push({ resolve, reject });
      return promise;
    },
  };

  override broker(): AccountBroker {
    return this.#broker;
  }
}

async function start(
  maxCancelPerOrder: number,
): Promise<{ gateway: CancellingGateway; clients: readonly PairClient[] }> {
  const gateway = new CancellingGateway();
  const market = { gateway, dialect: NATIVE, exchange: null, book: null, saved: [], keep: () => null };
  const risk = { ...DEFAULT_RISK_LIMITS, maxCancelPerOrder };
  const server = await createGatewayServer(
    { token: 'stub', clock: new SteppedClock(MORNING), accessLog: false, risk },
    () => Promise.resolve(market),
    nullLog,
  );
  onTestFinished(() => server.kill());
  return { gateway, clients: [new PairClient(server), new PairClient(server)] };
}

const CANCEL = { order_id: '7', wait_timeout: 0 };

test('two cancels at a time never pass one limit together', async () => {
  const { gateway, clients } = await start(1);
  const answers = clients.map((client) => client.request('broker.cancel_order', CANCEL));
  await turns(
    () => gateway.asked.length > 0 && clients.some((client) => client.messages.some(({ id }) => id !== undefined)),
  );
  for (const { resolve } of gateway.asked) resolve({ kind: 'requested', text: '' });
  const types = (await Promise.all(answers)).map(({ type, message }) => [type, message ?? null]);
  expect(types).toContainEqual(['response', null]);
  expect(types).toContainEqual(['error', '❌ 单笔订单撤单次数超限: order_id=7, 1 >= 1']);
  expect(gateway.asked).toHaveLength(1);
});

test('one that was refused, or provably never left, is not counted; one of unknown fate is', async () => {
  const { gateway, clients } = await start(1);
  const [client] = clients;
  if (client === undefined) throw new Error('no client');
  const cancel = async (end: (asked: CancellingGateway['asked'][number]) => void): Promise<unknown> => {
    const before = gateway.asked.length;
    const answer = client.request('broker.cancel_order', CANCEL);
    await turns(() => gateway.asked.length > before || client.messages.at(-1)?.['type'] === 'error');
    const asked = gateway.asked.at(before);
    if (asked !== undefined) end(asked);
    return (await answer)['message'] ?? null;
  };
  expect(await cancel(({ resolve }) => resolve({ kind: 'refused', text: 'final' }))).toBeNull();
  const lost = (details: { readonly sent?: false }): BtError =>
    new BtError('QMT_UNAVAILABLE', 'away', { fault: 'venue', details });
  expect(await cancel(({ reject }) => reject(lost({ sent: false })))).toBe('away');
  expect(await cancel(({ reject }) => reject(lost({})))).toBe('away');
  expect(await cancel(({ resolve }) => resolve({ kind: 'requested', text: '' }))).toContain('单笔订单撤单次数超限');
});
