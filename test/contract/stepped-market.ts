import type { SteppedClock } from '../../src/platform/stepped-clock.ts';
import { delay } from '../../src/platform/timers.ts';
import type { BrokerWorld } from './broker.contract.ts';
import type { ProviderWorld } from './provider.contract.ts';

/** The settings of our own client for a gateway on that port. */
export function remoteEnv(port: number): Readonly<Record<string, string>> {
  return { QMT_SERVER_HOST: '127.0.0.1', QMT_SERVER_PORT: String(port), QMT_SERVER_TOKEN: 'stub' };
}

/** Market time of a world whose clock the test steps; while something is waited for it walks on. */
export function steppedTime(clock: SteppedClock): Pick<BrokerWorld, 'pass' | 'during'> & Pick<ProviderWorld, 'now'> {
  return {
    now: () => clock.now(),
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
  };
}
