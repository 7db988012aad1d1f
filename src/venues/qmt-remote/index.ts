import { nullLog } from '../../platform/log.ts';
import type { Log } from '../../platform/log.ts';
import { RemoteQmtBroker } from './broker.ts';
import { readQmtRemoteConfig } from './config.ts';
import type { Settings } from '../../platform/env-schema.ts';
import { RemoteQmtProvider } from './provider.ts';
import type { SessionDeps } from './session.ts';
import { Sessions } from './sessions.ts';

export { RemoteQmtBroker } from './broker.ts';
export { readQmtRemoteConfig } from './config.ts';
export type { QmtRemoteConfig } from './config.ts';
export type { Settings } from '../../platform/env-schema.ts';
export { RemoteQmtProvider } from './provider.ts';

export interface QmtRemoteOptions extends SessionDeps {
  readonly env: Settings;
  readonly log?: Log;
}

/** Both sides of one gateway over shared sessions, and what tells this account from others. */
export interface QmtRemote {
  readonly name: 'qmt-remote';
  readonly broker: RemoteQmtBroker;
  readonly provider: RemoteQmtProvider;
  /** `host:port`. */
  readonly address: string;
  readonly account: string | null;
  readonly subAccount: string | null;
}

/** A QMT gateway as a venue, not connected yet. Throws BtError CONFIG_INVALID. */
export function createQmtRemote(options: QmtRemoteOptions): QmtRemote {
  const { env, log = nullLog, ...deps } = options;
  const config = readQmtRemoteConfig(env);
  const sessions = new Sessions(config, deps);
  const shared = {
    config,
    sessions,
    log: log.child('venue'),
    ...(deps.timers === undefined ? {} : { timers: deps.timers }),
  };
  const host = config.host.includes(':') ? `[${config.host}]` : config.host;
  return {
    name: 'qmt-remote',
    broker: new RemoteQmtBroker(shared),
    provider: new RemoteQmtProvider(shared),
    address: `${host}:${config.port}`,
    account: config.accountKey,
    subAccount: config.subAccountId,
  };
}
