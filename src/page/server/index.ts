import { ConnectionCounts } from '../../net/connection-counts.ts';
import { openDoor } from '../../net/http/door.ts';
import type { QueueLimits } from '../../net/http/event-queue.ts';
import { tokenCheck } from '../../net/token.ts';
import type { Log } from '../../platform/log.ts';
import { systemTimers } from '../../platform/timers.ts';
import type { TimerSource } from '../../platform/timers.ts';
import { createPageApp } from './app.ts';
import { loadAssets } from './assets.ts';
import { isLoopback } from './page-options.ts';
import type { PageOptions } from './page-options.ts';
import { Sessions } from './sessions.ts';
import type { PageSource } from './source.ts';

export type { PageOptions } from './page-options.ts';
export type { PageSource } from './source.ts';

/** A command to an engine may take its half minute. Wall ms. */
const LONGEST_MS = 40_000;

export interface PageParts {
  readonly options: PageOptions;
  readonly source: PageSource;
  readonly log: Log;
  readonly version: string;
  readonly timers?: TimerSource;
  /** What may wait for a page; absent = what is enough for any that reads. */
  readonly slow?: QueueLimits;
}

export interface Page {
  readonly port: number;
  /** Ends the streams, lets running requests answer; resolves when every connection is closed. */
  stop(): Promise<void>;
}

/** Serves the page. Throws BtError LISTEN_FAILED, TLS_FILES_UNREADABLE or PAGE_NOT_BUILT. */
export async function openPage(parts: PageParts): Promise<Page> {
  const { options, source, log, version, timers = systemTimers, slow } = parts;
  const { host, port, tls, token, origin, language } = options;
  const stop = { asked: false };
  const { app, watches } = createPageApp({
    source,
    timers,
    log,
    version,
    language,
    slow,
    assets: await loadAssets(language),
    stopping: () => stop.asked,
    checkToken: tokenCheck(token),
    sessions: new Sessions(timers),
    counts: new ConnectionCounts(0, timers),
    origins: new Set(origin === null ? [] : [origin]),
    isLoopback: isLoopback(host),
  });
  const door = await openDoor({
    host,
    port,
    tls,
    log,
    timers,
    flags: { host: '--page', port: '--page' },
    admit: () => true,
    answer: app.fetch,
    longestMs: LONGEST_MS,
    onStop: () => {
      stop.asked = true;
      watches.stop();
    },
  });
  return { port: door.port, stop: () => door.stop() };
}
