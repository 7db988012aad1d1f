import { nullLog } from '../../platform/log.ts';
import type { Log } from '../../platform/log.ts';
import { systemTimers } from '../../platform/timers.ts';
import type { TimerSource } from '../../platform/timers.ts';
import type { Provider } from '../provider.ts';
import { QmtHttpBroker } from './broker.ts';
import { readQmtHttpConfig } from './config.ts';
import type { Settings } from '../../platform/env-schema.ts';
import { Exchange } from './exchange.ts';
import { Link, LINK_TIMES } from './link.ts';
import type { LinkTimes } from './link.ts';

export { QmtHttpBroker } from './broker.ts';
export { readQmtHttpConfig } from './config.ts';
export type { QmtHttpConfig } from './config.ts';
export type { Settings } from '../../platform/env-schema.ts';

export interface QmtHttpOptions {
  readonly env: Settings;
  readonly log?: Log;
  readonly timers?: TimerSource;
  readonly times?: Partial<LinkTimes>;
}

export interface QmtHttp {
  readonly name: 'qmt-http';
  readonly broker: QmtHttpBroker;
  readonly provider: Provider;
  /** `host:port`. */
  readonly address: string;
  readonly account: string | null;
  readonly subAccount: null;
}

/** The Sanic wrapper around xtquant as a venue, not connected yet. Throws BtError CONFIG_INVALID or TLS_CA_UNREADABLE. */
export function createQmtHttp({ env, log = nullLog, timers = systemTimers, times }: QmtHttpOptions): QmtHttp {
  const config = readQmtHttpConfig(env);
  const link = new Link(config, new Exchange(config, timers), timers, { ...LINK_TIMES, ...times }, log.child('venue'));
  return {
    name: 'qmt-http',
    broker: new QmtHttpBroker(config, link, timers),
    // The wrapper knows nothing of the market: quotes and bars come from another source.
    provider: { name: 'qmt-http', offers: {}, start: () => link.start(), stop: () => Promise.resolve() },
    address: config.address,
    account: config.accountId,
    subAccount: null,
  };
}
