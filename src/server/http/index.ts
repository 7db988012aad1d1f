import { ConnectionCounts } from '../../net/connection-counts.ts';
import { openDoor } from '../../net/http/door.ts';
import type { HttpDoor } from '../../net/http/door.ts';
import { tokenCheck } from '../../net/token.ts';
import type { Log } from '../../platform/log.ts';
import { systemTimers } from '../../platform/timers.ts';
import type { TimerSource } from '../../platform/timers.ts';
import type { TlsFiles } from '../options.ts';
import { createApp } from './app.ts';
import type { Behind } from './asking.ts';
import type { HttpOptions } from './options.ts';

export type { HttpDoor } from '../../net/http/door.ts';
export type { HttpOptions } from './options.ts';

export interface DoorParts {
  readonly http: HttpOptions;
  readonly behind: Behind;
  readonly tls: TlsFiles | null;
  readonly admit: (address: string) => boolean;
  readonly log: Log;
  /** Hears of each wrong token. `peer`: address and port. */
  readonly onWrongToken: (peer: string) => void;
  /** A rehearsal, which every answer says. */
  readonly dryRun: boolean;
  /** Wall ms a request may take: a connection on which nothing moves lives longer. */
  readonly longestMs: number;
  readonly timers?: TimerSource;
}

/** Opens the HTTP door of a server; told to stop it ends its streams. Throws BtError LISTEN_FAILED or TLS_FILES_UNREADABLE. */
export async function openHttpDoor(parts: DoorParts): Promise<HttpDoor> {
  const { http, tls, admit, log, longestMs, timers = systemTimers } = parts;
  const stop = { asked: false };
  const { app, feeds } = appOf(parts, timers, () => stop.asked);
  return openDoor({
    host: http.host,
    port: http.port,
    tls,
    admit,
    log,
    longestMs,
    timers,
    flags: { host: '--http', port: '--http' },
    answer: app.fetch,
    onStop: () => {
      stop.asked = true;
      feeds.stop();
    },
  });
}

function appOf({ http, behind, log, dryRun, onWrongToken }: DoorParts, timers: TimerSource, stopping: () => boolean) {
  return createApp({
    behind,
    timers,
    log,
    stopping,
    dryRun,
    onWrongToken,
    checkToken: http.token === null ? null : tokenCheck(http.token),
    origins: new Set(http.origins),
    counts: new ConnectionCounts(0, timers),
  });
}
