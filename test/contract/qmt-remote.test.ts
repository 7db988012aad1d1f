import { chinaInstant } from '../../src/domain/time.ts';
import { nullLog } from '../../src/platform/log.ts';
import { SteppedClock } from '../../src/platform/stepped-clock.ts';
import { startServer } from '../../src/server/index.ts';
import { VENUES } from '../../src/venues/registry.ts';
import { createQmtRemote } from '../../src/venues/qmt-remote/index.ts';
import { brokerContract } from './broker.contract.ts';
import type { BrokerWorld } from './broker.contract.ts';
import { FlakyProxy } from './flaky-proxy.ts';
import { providerContract } from './provider.contract.ts';
import type { ProviderWorld } from './provider.contract.ts';
import { remoteEnv, steppedTime } from './stepped-market.ts';

/** The venue over real TCP, through a proxy that can fail, to the product's own stub server on a clock the test steps. */
async function openWorld(): Promise<BrokerWorld & ProviderWorld> {
  const clock = new SteppedClock(chinaInstant('2026-07-06', '10:00'));
  const server = await startServer(
    { host: '127.0.0.1', port: 0, token: 'stub', market: 'simulated', clock, seed: 7, accessLog: false },
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
    async quote(security) {
      const quote = await provider.offers.quotes.quote(security);
      if (quote === null) throw new Error(`no quote of ${security}`);
      return quote;
    },
    async close() {
      await broker.stop();
      await provider.stop();
      await proxy.close();
      await server.stop();
      clock.stop();
    },
  };
}

brokerContract('qmt-remote over the stub server', { isRemote: true }, openWorld);
const offers = VENUES.find(({ name }) => name === 'qmt-remote')?.offers ?? [];
providerContract('qmt-remote over the stub server', { isRemote: true, offers, units: ['1m', '1d'] }, openWorld);
