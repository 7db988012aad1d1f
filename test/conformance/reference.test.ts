import { afterAll, beforeAll, expect, it } from 'vitest';
import { DataRouter } from '../../src/engine/data/data-router.ts';
import { refuseUnserved } from '../../src/engine/run-checks.ts';
import { nullLog } from '../../src/platform/log.ts';
import { SteppedClock } from '../../src/platform/stepped-clock.ts';
import { startServer } from '../../src/server/index.ts';
import { createQmtRemote } from '../../src/venues/qmt-remote/index.ts';

// A server of the recorded protocol, which a gateway in front of QMT speaks: it has no tables, and says so by naming none.
let close: () => Promise<void>;
let provider: ReturnType<typeof createQmtRemote>['provider'];

beforeAll(async () => {
  const clock = new SteppedClock(0);
  const options = {
    host: '127.0.0.1',
    port: 0,
    token: 'stub',
    market: 'reference',
    clock,
    seed: 1,
    accessLog: false,
  } as const;
  const server = await startServer(options, nullLog);
  const env = { QMT_SERVER_HOST: '127.0.0.1', QMT_SERVER_PORT: String(server.port), QMT_SERVER_TOKEN: 'stub' };
  ({ provider } = createQmtRemote({ env }));
  await provider.start();
  close = async () => {
    await provider.stop();
    await server.stop();
    clock.stop();
  };
});

afterAll(() => close());

it('names no data set, so that a call for one is told by name', async () => {
  expect(provider.offers.tables?.serves.datasets.size).toBe(0);
  const asked = new DataRouter([provider]).table({ dataset: 'factors', params: {} }, 0);
  await expect(asked).rejects.toMatchObject({
    code: 'NOT_SERVED',
    message: expect.stringContaining('factors') as string,
  });
});

it('does not let a strategy start that asks for one', () => {
  const uses = [{ name: 'get_money_flow', file: '/a/main.ts', line: 3, column: 1 }];
  const options = { providers: [provider], log: nullLog };
  expect(() => refuseUnserved(uses, options)).toThrow(/main\.ts:3:1 get_money_flow needs the data set money_flow/u);
  const live = [{ name: 'get_current_tick', file: '/a/main.ts', line: 3, column: 1 }];
  expect(() => refuseUnserved(live, options)).not.toThrow();
});
