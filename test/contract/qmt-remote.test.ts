import { chinaInstant } from '../../src/domain/time.ts';
import { nullLog } from '../../src/platform/log.ts';
import { SteppedClock } from '../../src/platform/stepped-clock.ts';
import { delay } from '../../src/platform/timers.ts';
import { startServer } from '../../src/server/index.ts';
import { VENUES } from '../../src/venues/registry.ts';
import { createQmtRemote } from '../../src/venues/qmt-remote/index.ts';
import { brokerContract } from './broker.contract.ts';
import type { BrokerWorld } from './broker.contract.ts';
import { FlakyProxy } from './flaky-proxy.ts';
import { providerContract } from './provider.contract.ts';
import type { ProviderWorld } from './provider.contract.ts';

/** The venue over real TCP, through a proxy that can fail, to the product's own stub server on a clock the test steps. */
async function openWorld(): Promise<BrokerWorld & ProviderWorld> {
  const clock = new SteppedClock(chinaInstant('2026-07-06', '10:00'));
  const server = await startServer(
    { host: '127.0.0.1', port: 0, token: 'stub', market: 'simulated', clock, seed: 7, accessLog: false },
    nullLog,
  );
  const proxy = await FlakyProxy.start(server.port);
  const { broker, provider } = createQmtRemote({
    env: { QMT_SERVER_HOST: '127.0.0.1', QMT_SERVER_PORT: String(proxy.port), QMT_SERVER_TOKEN: 'stub' },
    times: { firstRetryMs: 10, maxRetryMs: 50 },
  });
  await Promise.all([broker.start(), provider.start()]);
  return {
    broker,
    provider,
    outage: proxy,
    now: () => clock.now(),
    async quote(security) {
      const quote = await provider.offers.quotes.quote(security);
      if (quote === null) throw new Error(`no quote of ${security}`);
      return quote;
    },
    async pass(ms) {
      await clock.walk(clock.now() + ms);
    },
    async during(promise) {
      const waiting = new AbortController();
      const settled = promise.finally(() => {
        waiting.abort();
      });
      while (!waiting.signal.aborted) {
        await clock.walk(clock.now() + 250);
        await delay(1, waiting.signal);
      }
      return settled;
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
