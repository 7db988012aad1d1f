import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { BtError } from '../../../src/domain/errors.ts';
import { nullLog } from '../../../src/platform/log.ts';
import { SteppedClock } from '../../../src/platform/stepped-clock.ts';
import { refusalOf } from '../../../src/protocol/refusals.ts';
import type { JsonObject } from '../../../src/protocol/json.ts';
import { NATIVE } from '../../../src/server/dialects/native.ts';
import { createGatewayServer, DEFAULT_RISK_LIMITS } from '../../../src/server/index.ts';
import type { RiskLimits } from '../../../src/server/index.ts';
import { FakeTimers } from '../platform/fake-timers.ts';
import { FakeGateway } from './fake-gateway.ts';
import { PairClient } from './pair-client.ts';
import { flow, MORNING, payloadOf, scratchFolder, startWorld } from './world.ts';
import type { World } from './world.ts';

const ORDER = {
  security: '518880.XSHG',
  side: 'BUY',
  amount: 1000,
  style: { type: 'limit', price: 5.8 },
  wait_timeout: 0,
};

/** A second server from what is on the disk: what the first one has only in memory is lost, as after `kill -9`. */
function killed(first: World, options: { readonly statePath: string; readonly risk: RiskLimits }): Promise<World> {
  const statePath = `${options.statePath}.copy`;
  copyFileSync(options.statePath, statePath);
  return startWorld({ ...options, statePath, clock: new SteppedClock(first.clock.now()) });
}

test.each<[string, Partial<RiskLimits>, RegExp]>([
  ['number of orders', { maxDailyTrades: 2 }, /^❌ 当日交易次数超限: 2 >= 2$/],
  ['value of orders', { maxDailyTradeValue: 15_000 }, /^❌ 当日交易金额超限: ¥17,400.00 > ¥15,000$/],
])('the day’s %s counts on over a kill of the server', async (_what, limits, refusal) => {
  const statePath = join(scratchFolder(), 'book.json');
  const options = { statePath, risk: { ...DEFAULT_RISK_LIMITS, ...limits } };
  const first = await startWorld(options);
  const client = await first.open();
  for (let n = 0; n < 2; n += 1)
    expect(payloadOf(await client.request('broker.place_order', ORDER))).toMatchObject({ status: 'new' });
  const second = await killed(first, options);
  const again = await second.open();
  expect(await again.request('broker.place_order', ORDER)).toMatchObject({
    type: 'error',
    message: expect.stringMatching(refusal),
  });
});

test('the day’s cancels count on over a kill of the server', async () => {
  const statePath = join(scratchFolder(), 'book.json');
  const options = { statePath, risk: { ...DEFAULT_RISK_LIMITS, maxDailyCancels: 1 } };
  const first = await startWorld(options);
  const client = await first.open();
  const place = async (): Promise<JsonObject> => payloadOf(await client.request('broker.place_order', ORDER));
  const [one, two] = [await place(), await place()];
  expect(await flow(first.clock, client.request('broker.cancel_order', { order_id: one['order_id'] }))).toMatchObject({
    payload: { value: true },
  });
  const second = await killed(first, options);
  const again = await second.open();
  expect(await again.request('broker.cancel_order', { order_id: two['order_id'] })).toMatchObject({
    message: '❌ 当日撤单次数超限: 1 >= 1',
  });
});

/** A gateway of another process with limits before it. */
async function limited(gateway: FakeGateway, limits: Partial<RiskLimits>): Promise<PairClient> {
  const market = { gateway, dialect: NATIVE, exchange: null, book: null, saved: [], keep: () => null };
  const server = await createGatewayServer(
    {
      token: 'stub',
      clock: new SteppedClock(MORNING),
      timers: new FakeTimers(),
      risk: { ...DEFAULT_RISK_LIMITS, ...limits },
    },
    () => Promise.resolve(market),
    nullLog,
  );
  onTestFinished(() => server.kill());
  return new PairClient(server);
}

const AWAY = new BtError('QMT_UNAVAILABLE', 'QMT is away', { fault: 'venue' });

test('a cancel that the counter took is counted and told so, also when its order cannot be looked at', async () => {
  const gateway = new FakeGateway();
  gateway.order.mockRejectedValue(AWAY);
  const cancel = vi.fn(() => Promise.resolve({ kind: 'requested', text: '' } as const));
  const broker = { ...gateway.broker(), cancel };
  gateway.broker = () => broker;
  const client = await limited(gateway, { maxDailyCancels: 1 });
  const order = { order_id: '7', wait_timeout: 0 };
  expect(await client.request('broker.cancel_order', order)).toMatchObject({ payload: { value: true } });
  expect(await client.request('broker.cancel_order', order)).toMatchObject({ message: '❌ 当日撤单次数超限: 1 >= 1' });
  expect(cancel).toHaveBeenCalledTimes(1);
});

test('an order whose limits cannot be looked at is provably none, and its key is free', async () => {
  const gateway = new FakeGateway();
  const { account, positions } = { account: vi.fn(() => Promise.reject(AWAY)), positions: () => Promise.resolve([]) };
  const broker = { ...gateway.broker(), account, positions };
  gateway.broker = () => broker;
  const client = await limited(gateway, {});
  const order = { ...ORDER, exact: true, idempotency_key: 'k' };
  const place = (): Promise<JsonObject> => client.request('broker.place_order', order);
  for (let n = 0; n < 2; n += 1) {
    const { code, message } = await place();
    expect(refusalOf(String(code), String(message))).toBe('委托未发送: QMT is away');
  }
  expect(account).toHaveBeenCalledTimes(2);
  expect(gateway.submit).not.toHaveBeenCalled();
});
