import { chinaInstant } from '../../src/domain/time.ts';
import { nullLog } from '../../src/platform/log.ts';
import { SteppedClock } from '../../src/platform/stepped-clock.ts';
import { startServer } from '../../src/server/index.ts';
import { createQmtHttp } from '../../src/venues/qmt-http/index.ts';
import { createQmtRemote } from '../../src/venues/qmt-remote/index.ts';
import { VENUES } from '../../src/venues/registry.ts';
import { brokerContract } from './broker.contract.ts';
import type { BrokerWorld } from './broker.contract.ts';
import { FlakyProxy } from './flaky-proxy.ts';
import { providerContract } from './provider.contract.ts';
import type { ProviderWorld } from './provider.contract.ts';
import { remoteEnv, steppedTime } from './stepped-market.ts';

/** The venue over HTTP, through a proxy that can fail, to the wrapper's routes of our own server; quotes come over the wire, as it has none. */
async function openWorld(): Promise<BrokerWorld & ProviderWorld> {
  const clock = new SteppedClock(chinaInstant('2026-07-06', '10:00'));
  const options = { host: '127.0.0.1', port: 0, token: 'stub', market: 'simulated', clock, seed: 7 } as const;
  const http = { host: '127.0.0.1', port: 0, token: 'stub', origins: [] };
  const server = await startServer({ ...options, http, accessLog: false }, nullLog);
  const proxy = await FlakyProxy.start(server.httpPort ?? 0);
  const { broker, provider } = createQmtHttp({
    env: { QMT_HTTP_URL: `http://127.0.0.1:${proxy.port}`, QMT_HTTP_TOKEN: 'stub', QMT_HTTP_ACCOUNT_ID: 'demo' },
    times: { firstRetryMs: 10, maxRetryMs: 50, lookMs: 20, loginGapMs: 0 },
  });
  const market = createQmtRemote({
    env: remoteEnv(server.port),
  });
  await Promise.all([broker.start(), provider.start(), market.provider.start()]);
  return {
    broker,
    provider,
    showsNoRemarks: true,
    limitsOnly: true,
    outage: proxy,
    ...steppedTime(clock),
    async quote(security) {
      const quote = await market.provider.offers.quotes.quote(security);
      if (quote === null) throw new Error(`no quote of ${security}`);
      return quote;
    },
    async close() {
      await broker.stop();
      await provider.stop();
      await market.broker.stop();
      await market.provider.stop();
      await proxy.close();
      await server.stop();
      clock.stop();
    },
  };
}

brokerContract('qmt-http over the wrapper’s routes', { isRemote: true }, openWorld);
const offers = VENUES.find(({ name }) => name === 'qmt-http')?.offers ?? [];
providerContract('qmt-http over the wrapper’s routes', { isRemote: true, offers, units: [] }, openWorld);
