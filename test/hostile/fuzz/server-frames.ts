import { duplexPair } from 'node:stream';
import type { Duplex } from 'node:stream';
import { nullLog } from '../../../src/platform/log.ts';
import type { Rng } from '../../../src/platform/random.ts';
import { SteppedClock } from '../../../src/platform/stepped-clock.ts';
import { nextTurn } from '../../../src/platform/turn.ts';
import { encodeFrame, FrameDecoder } from '../../../src/protocol/frame.ts';
import type { JsonObject } from '../../../src/protocol/json.ts';
import { createStubServer } from '../../../src/server/index.ts';
import { LONGEST_WAIT_SECONDS } from '../../../src/server/limits.ts';
import type { GatewayServer } from '../../../src/server/index.ts';
import { FakeTimers } from '../../unit/platform/fake-timers.ts';
import { framed } from './client-frames.ts';
import { mutatedBody } from './mutate.ts';

const MORNING = Date.parse('2026-07-06T10:00:00+08:00');
/** Turns of the loop in which an answer must come: nothing here waits for time. */
const PATIENCE = 500;
/** With what is added to it: a wait that is told may be of a day. */
const LONGEST_WAIT_MS = (LONGEST_WAIT_SECONDS + 60) * 1000;

/** A server that is sent changed frames of clients. After each one it must answer a ping, or have closed that connection. */
export class FuzzedServer {
  readonly #server: GatewayServer;
  readonly #timers: FakeTimers;
  #side: Duplex | null = null;
  #messages: JsonObject[] = [];
  #ended = false;
  #pings = 0;

  private constructor(server: GatewayServer, timers: FakeTimers) {
    this.#server = server;
    this.#timers = timers;
  }

  static async start(): Promise<FuzzedServer> {
    const options = { token: 'stub', market: 'simulated', seed: 1, accessLog: false } as const;
    const clock = new SteppedClock(MORNING);
    const timers = new FakeTimers();
    return new FuzzedServer(await createStubServer({ ...options, clock, timers }, nullLog), timers);
  }

  /** Null = as it should be, else what was wrong. */
  async fuzz(rng: Rng): Promise<string | null> {
    if (this.#side === null || this.#ended) this.#connect();
    const id = `ping-${(this.#pings += 1)}`;
    this.#messages = [];
    this.#side?.write(framed(mutatedBody(rng, 'sent')));
    this.#side?.write(encodeFrame({ type: 'ping', id }));
    const answered = (): boolean => this.#ended || this.#messages.some((message) => message['id'] === id);
    for (let turn = 1; turn < PATIENCE && !answered(); turn += 1) {
      await nextTurn();
      // An order may wait for its end, as long as it was told.
      if (turn % 50 === 0) await this.#timers.advance(LONGEST_WAIT_MS);
    }
    if (!answered()) return 'the server neither answered the next ping nor closed the connection';
    const internal = this.#messages.find(({ code }) => code === 'INTERNAL_ERROR');
    return internal === undefined ? null : `the server met ${JSON.stringify(internal)}`;
  }

  async stop(): Promise<void> {
    this.#side?.destroy();
    await this.#server.kill();
  }

  #connect(): void {
    this.#side?.destroy();
    const [ours, theirs] = duplexPair({ allowHalfOpen: true });
    const decoder = new FrameDecoder();
    this.#ended = false;
    this.#side = ours;
    const end = (): void => {
      if (this.#side === ours) this.#ended = true;
    };
    ours.on('data', (chunk: Buffer) => this.#messages.push(...decoder.push(chunk)));
    ours.on('end', end);
    ours.on('close', end);
    this.#server.attach(theirs);
    ours.write(encodeFrame({ type: 'handshake', token: 'stub' }));
  }
}
