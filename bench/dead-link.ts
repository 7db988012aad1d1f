import { setTimeout as wait } from 'node:timers/promises';
import { CONNECTION_TIMES } from '../src/net/connection-types.ts';
import { createQmtRemote } from '../src/venues/qmt-remote/index.ts';
import { startGateway } from './bt.ts';
import type { Gateway } from './bt.ts';
import { atMost } from './figure.ts';
import type { Figure } from './figure.ts';
import { LinkProxy } from './link-proxy.ts';
import { spreadOf } from './stats.ts';

const LINKS = 8;
/** place, read and data */
const SESSIONS = 3;
const SETTLE_MS = 500;
const TARGET_S = 15;

/**
 * A dead link on idle sessions is noticed: from the moment nothing passes any more, and nobody is told, to the venue's word that the
 * session is down. Eight links die at moments spread over the time between two pings, each with its three sessions.
 */
export const figure: Figure = {
  async run() {
    const gateway = await startGateway([]);
    const step = CONNECTION_TIMES.pingMs / LINKS;
    const noticed = await Promise.all(Array.from({ length: LINKS }, (_, link) => die(gateway, link * step)));
    const spread = spreadOf(noticed.flat());
    const target = atMost(TARGET_S, 's', 'max', spread.max);
    return [{ what: 'dead link on an idle session noticed', unit: 's', shape: 'runs', spread, floor: null, target }];
  },
};

/** Seconds until each session of one venue was reported down. */
async function die({ port, settings }: Gateway, afterMs: number): Promise<number[]> {
  const proxy = await LinkProxy.start(port);
  const venue = createQmtRemote({ env: { ...settings, QMT_SERVER_PORT: String(proxy.port) } });
  await venue.broker.start();
  await wait(SETTLE_MS + afterMs);
  const down = new Map<string, number>();
  const all = Promise.withResolvers<void>();
  venue.broker.onStatus(({ kind, session }) => {
    if (kind !== 'disconnected' || down.has(session)) return;
    down.set(session, (performance.now() - began) / 1000);
    if (down.size === SESSIONS) all.resolve();
  });
  proxy.silence();
  const began = performance.now();
  await all.promise;
  await venue.provider.stop();
  await venue.broker.stop();
  proxy.close();
  return [...down.values()];
}
