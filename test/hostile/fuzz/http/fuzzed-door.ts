import { duplexPair } from 'node:stream';
import type { Server } from 'node:http';
import type { Log } from '../../../../src/platform/log.ts';
import { nullLog } from '../../../../src/platform/log.ts';
import type { Rng } from '../../../../src/platform/random.ts';
import { SteppedClock } from '../../../../src/platform/stepped-clock.ts';
import { nextTurn } from '../../../../src/platform/turn.ts';
import { ConnectionCounts } from '../../../../src/net/connection-counts.ts';
import { createApp } from '../../../../src/server/http/app.ts';
import { nodeServer } from '../../../../src/net/http/node-server.ts';
import { createStubServer } from '../../../../src/server/index.ts';
import type { GatewayServer } from '../../../../src/server/index.ts';
import { FakeTimers } from '../../../unit/platform/fake-timers.ts';
import { changedRequest } from './requests.ts';

const MORNING = Date.parse('2026-07-06T10:00:00+08:00');
const HEALTHY = 'GET /api/v1/account HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n';
/** Turns of the loop in which an answer must come: nothing here waits for time. */
const PATIENCE = 2_000;
const LONGEST_WAIT_MS = 600_000;
/** An answer that does not wait for market time is there by then. */
const SOON = 400;
/** After so many changed requests one that is right must be answered. */
const CHECK_EVERY = 50;

/** The door for HTTP, sent changed requests over connections in memory: each must be answered or its connection closed. */
export class FuzzedDoor {
  readonly #server: GatewayServer;
  readonly #node: Server;
  readonly #timers: FakeTimers;
  readonly #faults: string[];
  #done = 0;

  private constructor(server: GatewayServer, node: Server, timers: FakeTimers, faults: string[]) {
    this.#server = server;
    this.#node = node;
    this.#timers = timers;
    this.#faults = faults;
  }

  static async start(): Promise<FuzzedDoor> {
    const timers = new FakeTimers();
    const options = { token: 'stub', market: 'simulated', seed: 1, accessLog: false } as const;
    const server = await createStubServer({ ...options, clock: new SteppedClock(MORNING), timers }, nullLog);
    const faults: string[] = [];
    const behind = {
      accounts: [{ key: 'default', id: 'demo', type: 'stock' }],
      subAccounts: [],
      ask: (...request: Parameters<GatewayServer['ask']>) => server.ask(...request),
    };
    const log: Log = { ...nullLog, error: (text) => void faults.push(text) };
    const guard = {
      checkToken: null,
      onWrongToken: () => {},
      origins: new Set(['https://desk.example']),
      counts: new ConnectionCounts(0, timers),
    };
    const { app } = createApp({ behind, timers, log, stopping: () => false, dryRun: false, ...guard });
    return new FuzzedDoor(server, nodeServer(app.fetch, 60_000), timers, faults);
  }

  /** Null = as it should be, else what was wrong. */
  async fuzz(rng: Rng): Promise<string | null> {
    this.#done += 1;
    const wrong = judged(await this.#send(changedRequest(rng)));
    if (wrong !== null) return wrong;
    const fault = this.#faults.shift();
    if (fault !== undefined) return `a fault of the server: ${fault}`;
    if (Object.keys(Object.prototype).length > 0) return 'Object.prototype was changed';
    if (this.#done % CHECK_EVERY !== 0) return null;
    const answer = await this.#send(Buffer.from(HEALTHY));
    return answer?.startsWith('HTTP/1.1 200 ') === true ? null : `a right request was answered with ${String(answer)}`;
  }

  async stop(): Promise<void> {
    this.#node.close(() => {});
    await this.#server.kill();
  }

  /** What came back until the end, or until a stream began; null when it neither answered nor closed. */
  async #send(bytes: Buffer): Promise<string | null> {
    const [ours, theirs] = duplexPair({ allowHalfOpen: true });
    const state = { text: '', ended: false };
    ours.setEncoding('latin1').on('data', (text: string) => (state.text += text));
    for (const event of ['end', 'close', 'error']) ours.on(event, () => (state.ended = true));
    this.#node.emit('connection', theirs);
    ours.write(bytes);
    const isOver = (): boolean =>
      state.ended || theirs.destroyed || /content-type: text\/event-stream/iu.test(state.text);
    for (let turn = 1; turn < PATIENCE && !isOver(); turn += 1) {
      await nextTurn();
      // Half a request waits for its other half: the peer that sent it leaves.
      if (turn === SOON || isAnswered(state.text)) ours.end();
      // An order may wait for its end, as long as it was told.
      if (turn % 100 === 0) await this.#timers.advance(LONGEST_WAIT_MS);
    }
    const over = isOver();
    ours.destroy();
    theirs.destroy();
    return over ? state.text : null;
  }
}

/** Its head, with all of the body that it tells of. */
function isAnswered(text: string): boolean {
  const head = text.indexOf('\r\n\r\n');
  if (head < 0) return false;
  const length = /^content-length: (\d+)\r$/imu.exec(text.slice(0, head + 2))?.[1];
  return length !== undefined && text.length >= head + 4 + Number(length);
}

function judged(answer: string | null): string | null {
  if (answer === null) return 'neither answered nor closed';
  if (answer === '') return null;
  const status = /^HTTP\/1\.1 (\d{3}) /u.exec(answer)?.[1];
  if (status === undefined) return `no answer of HTTP: ${answer.slice(0, 80)}`;
  return status === '500' || status === '501' ? `answered with ${answer.slice(0, 400)}` : null;
}
