import { expect, onTestFinished, test, vi } from 'vitest';
import { BtError } from '../../../src/domain/errors.ts';
import { nullLog } from '../../../src/platform/log.ts';
import { SteppedClock } from '../../../src/platform/stepped-clock.ts';
import { NATIVE } from '../../../src/server/dialects/native.ts';
import { createGatewayServer, startGatewayServer } from '../../../src/server/index.ts';
import type { OpenBackend } from '../../../src/server/index.ts';
import { Subscriptions } from '../../../src/server/subscriptions.ts';
import { FakeGateway } from './fake-gateway.ts';
import { PairClient } from './pair-client.ts';
import { MORNING } from './world.ts';

interface Behind {
  readonly gateway: FakeGateway;
  readonly close: ReturnType<typeof vi.fn<() => Promise<void>>>;
  readonly open: OpenBackend;
}

function behind(): Behind {
  const gateway = new FakeGateway();
  const close = vi.fn<() => Promise<void>>(() => Promise.resolve());
  const market = { gateway, dialect: NATIVE, exchange: null, book: null, saved: [], keep: () => null, close };
  return { gateway, close, open: () => Promise.resolve(market) };
}

const OPTIONS = { token: 'stub', clock: new SteppedClock(MORNING), accessLog: false } as const;

test('a server stands in front of any gateway, shows it, and carries actions out for other doors', async () => {
  const { gateway, close, open } = behind();
  const server = await createGatewayServer(OPTIONS, open, nullLog);
  expect(server.gateway).toBe(gateway);
  expect(server.exchange).toBeNull();
  expect(server.faults()).toBeNull();
  const client = new PairClient(server);
  await client.request('data.snapshot', { security: '518880.XSHG' });
  expect(gateway.quote).toHaveBeenCalledWith('518880.XSHG');
  const session = { id: 'door', peer: 'door', identity: { accountKey: null, subAccountId: null } };
  const caller = { ...session, subscriptions: new Subscriptions(1) };
  expect(await server.ask('broker.orders', {}, caller)).toEqual({ kind: 'ok', payload: [] });
  expect(await server.ask('broker.nothing', {}, caller)).toMatchObject({ kind: 'error', code: 'REQUEST_FAILED' });
  expect(close).not.toHaveBeenCalled();
  await server.stop();
  expect(close).toHaveBeenCalledOnce();
  expect(await server.ask('broker.orders', {}, caller)).toMatchObject({ kind: 'error', code: 'SERVER_DOWN' });
});

test('what stands behind it ends with it: when it is killed, and when it cannot listen', async () => {
  const killed = behind();
  await (await createGatewayServer(OPTIONS, killed.open, nullLog)).kill();
  expect(killed.close).toHaveBeenCalledOnce();
  const taken = behind();
  const first = await startGatewayServer({ ...OPTIONS, host: '127.0.0.1', port: 0 }, taken.open, nullLog);
  onTestFinished(() => first.stop());
  const second = behind();
  const again = startGatewayServer({ ...OPTIONS, host: '127.0.0.1', port: first.port }, second.open, nullLog);
  await expect(again).rejects.toMatchObject({ code: 'LISTEN_FAILED' });
  expect(second.close).toHaveBeenCalledOnce();
});

test('what cannot be opened keeps it from starting', async () => {
  const open = (): Promise<never> => Promise.reject(new BtError('NO_SDK', 'not here', { fault: 'config' }));
  await expect(createGatewayServer(OPTIONS, open, nullLog)).rejects.toMatchObject({ code: 'NO_SDK' });
  await expect(createGatewayServer({ ...OPTIONS, token: '' }, behind().open, nullLog)).rejects.toMatchObject({
    code: 'BAD_TOKEN',
  });
});
