import { nullLog } from '../../src/platform/log.ts';
import { qmtBackend } from '../../src/server/adapters/qmt/index.ts';
import { startGatewayServer } from '../../src/server/index.ts';
import { VENUES } from '../../src/venues/registry.ts';
import { createQmtRemote } from '../../src/venues/qmt-remote/index.ts';
import { describe } from 'vitest';
import { fakeSettings, MAIN, needsPython, openTerminal, PYTHON } from '../fake-xtquant/qmt-world.ts';
import { brokerContract } from './broker.contract.ts';
import type { BrokerWorld } from './broker.contract.ts';
import { FlakyProxy } from './flaky-proxy.ts';
import { providerContract } from './provider.contract.ts';
import type { ProviderWorld } from './provider.contract.ts';
import { remoteEnv, steppedTime } from './stepped-market.ts';

/** The venue over TCP to our server in front of the bridge, the SDK's stand-in and a terminal with the paper market behind it. */
async function openWorld(): Promise<BrokerWorld & ProviderWorld> {
  const { clock, exchange, terminal } = await openTerminal();
  const server = await startGatewayServer(
    { host: '127.0.0.1', port: 0, token: 'stub', clock, accounts: [MAIN], accessLog: false },
    qmtBackend(fakeSettings(terminal), { clock, log: nullLog, random: () => 0, firstRetryMs: 20 }),
    nullLog,
  );
  const proxy = await FlakyProxy.start(server.port);
  const { broker, provider } = createQmtRemote({
    env: remoteEnv(proxy.port),
    times: { firstRetryMs: 10, maxRetryMs: 50 },
  });
  await Promise.all([broker.start(), provider.start()]);
  return {
    broker,
    provider,
    outage: proxy,
    ...steppedTime(clock),
    quote: (security) => Promise.resolve(exchange.tick(security).quote),
    async close() {
      await broker.stop();
      await provider.stop();
      await proxy.close();
      await server.stop();
      await terminal.close();
      clock.stop();
    },
  };
}

describe.skipIf(PYTHON === null)(needsPython('qmt over the stand-in of the SDK'), () => {
  brokerContract('qmt over the stand-in of the SDK', { isRemote: true, isStub: false }, openWorld);
  const offers = VENUES.find(({ name }) => name === 'qmt-remote')?.offers ?? [];
  const units = ['1m', '1d'] as const;
  providerContract('qmt over the stand-in of the SDK', { isRemote: true, offers, units }, openWorld);
});
