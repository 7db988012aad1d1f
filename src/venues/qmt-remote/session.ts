import { Connection } from '../../net/connection.ts';
import type { ConnectionOptions } from '../../net/connection.ts';
import type { ConnectionTimes } from '../../net/connection-types.ts';
import { CONNECTION_TIMES } from '../../net/connection-types.ts';
import { RpcClient } from '../../net/rpc-client.ts';
import { systemTimers } from '../../platform/timers.ts';
import type { TimerSource } from '../../platform/timers.ts';
import { ORDER_STREAM } from '../../protocol/envelopes.ts';
import type { QmtRemoteConfig } from './config.ts';

/** What the outside world is made of; each part has a default, tests put their own in. */
export interface SessionDeps {
  readonly timers?: TimerSource;
  readonly dial?: NonNullable<ConnectionOptions['dial']>;
  readonly random?: () => number;
  readonly times?: Partial<ConnectionTimes>;
}

/** One named session with the gateway. */
export interface Session {
  readonly name: string;
  readonly connection: Connection;
  readonly rpc: RpcClient;
}

/** What the gateway is asked to tell by itself, by the session's name. */
const FEATURES: ReadonlyMap<string, readonly string[]> = new Map([
  ['data', ['tick']],
  ['read', [ORDER_STREAM]],
]);

/** A session that has not begun to connect. */
export function createSession(name: string, config: QmtRemoteConfig, deps: SessionDeps): Session {
  const timers = deps.timers ?? systemTimers;
  const connection = new Connection({
    endpoint: { host: config.host, port: config.port, tlsCaFile: config.tlsCaFile },
    token: config.token,
    features: FEATURES.get(name) ?? [],
    // A request that is allowed to take long must not be mistaken for a dead link.
    times: { silenceMs: Math.max(CONNECTION_TIMES.silenceMs, config.rpcTimeoutMs + 5_000), ...deps.times },
    timers,
    ...(deps.dial === undefined ? {} : { dial: deps.dial }),
    ...(deps.random === undefined ? {} : { random: deps.random }),
  });
  return { name, connection, rpc: new RpcClient(connection, { timers }) };
}
