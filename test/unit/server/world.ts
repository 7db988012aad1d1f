import { onTestFinished } from 'vitest';
import { chinaInstant } from '../../../src/domain/time.ts';
import type { LogEntry, Log } from '../../../src/platform/log.ts';
import { nullLog } from '../../../src/platform/log.ts';
import { SteppedClock } from '../../../src/platform/stepped-clock.ts';
import { delay } from '../../../src/platform/timers.ts';
import type { JsonObject } from '../../../src/protocol/json.ts';
import { startServer } from '../../../src/server/index.ts';
import type { RunningServer, ServerOptions } from '../../../src/server/index.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { WireClient } from '../../wire/wire-client.ts';

/** A trading day, in continuous auction. */
export const MORNING = chinaInstant('2026-07-06', '09:34:30');

export interface World {
  readonly server: RunningServer;
  readonly clock: SteppedClock;
  open(handshake?: JsonObject): Promise<WireClient>;
}

/** A server on a free port with a clock that stands still; stopped when the test ends. */
export async function startWorld(options: Partial<ServerOptions> = {}, log: Log = nullLog): Promise<World> {
  const clock = options.clock instanceof SteppedClock ? options.clock : new SteppedClock(MORNING);
  const server = await startServer(
    { host: '127.0.0.1', port: 0, token: 'stub', market: 'simulated', seed: 1, ...options, clock },
    log,
  );
  const clients: WireClient[] = [];
  onTestFinished(async () => {
    for (const client of clients) await client.close();
    await server.stop();
  });
  return {
    server,
    clock,
    open: async (handshake) => {
      const client = await WireClient.open(server.port, handshake);
      clients.push(client);
      return client;
    },
  };
}

/** A folder of its own, removed when the test ends. */
export function scratchFolder(): string {
  const folder = temporaryFolder('server');
  return folder;
}

/** The payload of an answer; `{}` for an error. */
export function payloadOf(answer: JsonObject): JsonObject {
  const { payload } = answer;
  return typeof payload === 'object' && payload !== null && !Array.isArray(payload) ? { ...payload } : {};
}

/** The rows of an answer. */
export function rowsOf(answer: JsonObject): JsonObject[] {
  const { payload } = answer;
  if (!Array.isArray(payload)) throw new Error(`No rows: ${JSON.stringify(answer)}`);
  return payload.map((row: JsonObject) => row);
}

/** Moves the clock on in market half seconds until the promise settles. */
export async function flow<T>(clock: SteppedClock, promise: Promise<T>): Promise<T> {
  const state = { settled: false };
  const mark = (): void => {
    state.settled = true;
  };
  promise.then(mark, mark);
  while (!state.settled) {
    await clock.walk(clock.now() + 500);
    await delay(1);
  }
  return promise;
}

/** A log that keeps its lines. */
export function listeningLog(): { readonly log: Log; readonly lines: string[] } {
  const lines: string[] = [];
  const keep = (level: string) => (text: string) => {
    lines.push(`${level} ${text}`);
  };
  const log: Log = {
    write: (entry: LogEntry) => {
      lines.push(`${entry.level} ${entry.text}`);
    },
    debug: keep('debug'),
    info: keep('info'),
    warning: keep('warning'),
    error: keep('error'),
    child: () => log,
  };
  return { log, lines };
}
