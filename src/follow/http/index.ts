import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import type { SignalSink, SignalSource } from '../../domain/follow/signal.ts';
import { errorMessage } from '../../domain/errors.ts';
import { bodyText } from '../../net/http/body.ts';
import { openDoor } from '../../net/http/door.ts';
import type { HttpDoor } from '../../net/http/door.ts';
import { HttpProblem } from '../../net/http/problem.ts';
import type { HttpWay } from '../config/config.ts';
import { Keyring } from '../formats/keyring.ts';
import type { WayParts } from '../way.ts';
import { emptyAnswer } from './answers.ts';
import { Receiver } from './receiver.ts';

export interface HttpSourceParts extends WayParts {
  readonly way: HttpWay;
}

/** A signal's row, and then its answer: a disk that hangs holds up no connection longer. Wall ms. */
const LONGEST_MS = 30_000;

/** Signals that are pushed, by HTTP: one path, `POST` only; whatever else is asked is answered as if nothing were here. */
export class HttpSource implements SignalSource {
  readonly name = 'http';
  readonly #parts: HttpSourceParts;
  #door: HttpDoor | null = null;

  constructor(parts: HttpSourceParts) {
    this.#parts = parts;
  }

  /** The port it listens on; null before it does. */
  get port(): number | null {
    return this.#door?.port ?? null;
  }

  /** Throws BtError LISTEN_FAILED or TLS_FILES_UNREADABLE. */
  async start(sink: SignalSink): Promise<void> {
    const { way, senders, log, timers } = this.#parts;
    const keyring = await Keyring.of(senders);
    const receiver = new Receiver({ ...this.#parts, keyring, sink, rateLimitPerKey: way.rateLimitPerKey });
    const state = { stopping: false };
    this.#door = await openDoor({
      host: way.host,
      port: way.port,
      tls: way.tls,
      // Whose request it is, its key says: behind a tunnel every address is this machine's.
      admit: () => true,
      flags: { host: '"http": "host"', port: '"http": "port"' },
      answer: appOf(way.path, receiver, this.#parts, () => state.stopping).fetch,
      onStop: () => {
        state.stopping = true;
      },
      log,
      longestMs: LONGEST_MS,
      ...(timers === undefined ? {} : { timers }),
    });
    log.info(
      `Signals are taken at ${way.tls === null ? 'http' : 'https'}://${way.host}:${this.#door.port}${way.path}.`,
    );
  }

  async stop(): Promise<void> {
    await this.#door?.stop();
    this.#door = null;
  }
}

function appOf(path: string, receiver: Receiver, { log }: WayParts, stopping: () => boolean) {
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.post(path, async (context) => {
    if (stopping()) return emptyAnswer(503, { Connection: 'close' });
    return receiver.answer(await bodyText(context), context.env.incoming.socket.remoteAddress ?? 'somebody');
  });
  app.notFound(() => emptyAnswer(404));
  app.onError((error) => {
    if (error instanceof HttpProblem) return emptyAnswer(error.status === 413 ? 413 : 400, { Connection: 'close' });
    log.error(`A request for a signal failed by a fault of the follower: ${errorMessage(error)}`);
    return emptyAnswer(503);
  });
  return app;
}
