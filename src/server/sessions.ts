import type { Socket } from 'node:net';

import { errorMessage } from '../domain/errors.ts';
import type { Log } from '../platform/log.ts';
import { after } from '../platform/timers.ts';
import type { Timer } from '../platform/timers.ts';
import { encodeFrame, FrameDecoder } from '../protocol/frame.ts';
import type { JsonObject } from '../protocol/json.ts';
import type { SessionIdentity } from './accounts.ts';
import { judgeHandshake } from './handshake.ts';
import {
  CLOSE_GRACE_MS,
  HANDSHAKE_DEADLINE_MS,
  MAX_HANDSHAKE_BYTES,
  MAX_QUEUED_BYTES,
  MAX_QUEUED_REQUESTS,
  STOP_LIMIT_MS,
} from './limits.ts';
import type { ConnectionCounts } from './limits.ts';
import { errorAnswer, pongMessage } from './messages.ts';
import { Outbox } from './outbox.ts';
import { answerMessage } from './requests.ts';
import type { RequestServices, SessionView } from './requests.ts';
import { Subscriptions } from './subscriptions.ts';

export interface SessionServices {
  readonly requests: RequestServices;
  readonly counts: ConnectionCounts;
  readonly maxSubscriptions: number;
  readonly log: Log;
  checkToken(given: unknown): boolean;
  /** The connection is over, whatever it was; called once, after the running request ended. */
  onGone(session: Session): void;
}

interface Queued {
  readonly message: JsonObject;
  /** Share of the bytes received, for the bound on what may wait. */
  readonly bytes: number;
}

const STRANGER: SessionIdentity = { accountKey: null, subAccountId: null };

/**
 * One connection: handshake, then requests one after another, answered in order. Pings are answered at once, ticks in between.
 * A broken frame, or the end of the peer's side, ends it once what came before has been answered.
 */
export class Session implements SessionView {
  id = '-';
  identity: SessionIdentity = STRANGER;
  readonly peer: string;
  readonly subscriptions: Subscriptions;
  readonly outbox: Outbox;
  readonly #socket: Socket;
  readonly #services: SessionServices;
  readonly #decoder = new FrameDecoder();
  readonly #queue: Queued[] = [];
  readonly #deadline: Timer;
  #phase: 'stranger' | 'session' | 'closing' = 'stranger';
  #authenticated = false;
  #inputEnded = false;
  #running = false;
  #closed = false;
  #queuedBytes = 0;
  #receivedBytes = 0;
  #grace: Timer | null = null;

  constructor(socket: Socket, services: SessionServices) {
    this.#socket = socket;
    this.#services = services;
    this.peer = `${socket.remoteAddress ?? '?'}:${socket.remotePort ?? 0}`;
    this.subscriptions = new Subscriptions(services.maxSubscriptions);
    this.outbox = new Outbox(socket, () => {
      this.#drop('it does not read its answers');
    });
    this.#deadline = after(HANDSHAKE_DEADLINE_MS, () => {
      if (!this.#authenticated) this.#drop('it did not authenticate in time');
    });
    this.#listen(socket);
  }

  /** True after the handshake, until the connection ends. */
  get open(): boolean {
    return this.#phase === 'session' && !this.#closed;
  }

  /** Lets the running request answer, then closes; requests that wait behind it are not begun. */
  stop(): void {
    this.#queue.length = 0;
    this.#inputEnded = true;
    if (this.#running) this.#destroyIn(STOP_LIMIT_MS);
    else this.#finish();
  }

  #listen(socket: Socket): void {
    socket.on('data', (chunk: Buffer) => {
      this.#receive(chunk);
    });
    socket.on('end', () => {
      this.#inputEnded = true;
      if (!this.#running) this.#finish();
    });
    socket.on('error', (error) => {
      this.#services.log.debug(`${this.peer}: ${errorMessage(error)}`);
    });
    socket.on('close', () => {
      this.#closed = true;
      this.#queue.length = 0;
      this.#deadline.cancel();
      this.#grace?.cancel();
      if (!this.#running) this.#leave();
    });
  }

  #receive(chunk: Buffer): void {
    if (this.#inputEnded || this.#phase === 'closing') return;
    this.#receivedBytes += chunk.length;
    let messages: JsonObject[];
    try {
      messages = this.#decoder.push(chunk);
    } catch (error) {
      messages = this.#decoder.salvage();
      this.#inputEnded = true;
      this.#services.log.warning(`${this.peer}: ${errorMessage(error)}`);
    }
    const bytes = this.#receivedBytes - this.#decoder.pendingBytes;
    this.#receivedBytes -= bytes;
    for (const message of messages) this.#accept(message, bytes / messages.length);
    if (this.#phase === 'stranger' && this.#decoder.pendingBytes > MAX_HANDSHAKE_BYTES) {
      this.#drop('its handshake is too large');
    }
    if (this.#inputEnded && !this.#running) this.#finish();
  }

  #accept(message: JsonObject, bytes: number): void {
    if (this.#phase === 'closing') return;
    if (this.#phase === 'stranger') {
      this.#shakeHands(message);
      return;
    }
    // A ping overtakes waiting requests, but not a peer that does not read: then it waits in line, and the line is bounded.
    if (message['type'] === 'ping' && !this.outbox.blocked) {
      this.#send(pongMessage(message['id']));
      return;
    }
    this.#queue.push({ message, bytes });
    this.#queuedBytes += bytes;
    if (this.#overfull()) this.#socket.pause();
    if (!this.#running) void this.#work();
  }

  #shakeHands(message: JsonObject): void {
    const result = judgeHandshake(message, (given) => this.#services.checkToken(given), this.#services.counts);
    if (result.kind === 'accepted') {
      this.#authenticated = true;
      this.#deadline.cancel();
      this.#phase = 'session';
      this.id = result.id;
      this.identity = result.identity;
      this.#send(result.answer);
      this.#services.log.info(`${this.peer} connected as ${this.id}`);
      return;
    }
    const reason = result.kind === 'refused' ? result.reason : 'no handshake';
    this.#services.log.warning(`${this.peer} refused: ${reason}`);
    if (result.kind === 'refused') this.#send(result.answer);
    this.#finish();
  }

  /** Answers what is in the queue, one after another; never rejects. */
  async #work(): Promise<void> {
    this.#running = true;
    try {
      for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) {
        const answer =
          next.message['type'] === 'ping'
            ? pongMessage(next.message['id'])
            : await answerMessage(next.message, this, this.#services.requests);
        if (answer !== null) this.#send(answer);
        this.#queuedBytes -= next.bytes;
        await this.outbox.drained();
        if (this.#socket.isPaused() && !this.#overfull()) this.#socket.resume();
      }
    } catch (error) {
      this.#services.log.error(`${this.peer}: the session failed: ${errorMessage(error)}`);
      this.#inputEnded = true;
    }
    this.#running = false;
    if (this.#closed) this.#leave();
    else if (this.#inputEnded) this.#finish();
  }

  #overfull(): boolean {
    return this.#queue.length >= MAX_QUEUED_REQUESTS || this.#queuedBytes > MAX_QUEUED_BYTES;
  }

  #send(answer: JsonObject): void {
    if (this.#closed) return;
    try {
      this.outbox.send(encodeFrame(answer));
    } catch (error) {
      // Carried out, but its answer does not fit into a frame: the peer must learn that instead of waiting.
      this.#services.log.warning(`${this.peer}: ${errorMessage(error)}`);
      this.outbox.send(encodeFrame(errorAnswer('REQUEST_FAILED', '应答超过 32 MiB，请缩小请求范围', answer['id'])));
    }
  }

  /** Ends our side; what is still in flight reaches the peer, what it still sends is ignored. */
  #finish(): void {
    if (this.#phase === 'closing' || this.#closed) return;
    this.#phase = 'closing';
    this.#socket.resume();
    this.#socket.end();
    this.#destroyIn(CLOSE_GRACE_MS);
  }

  #destroyIn(ms: number): void {
    this.#grace?.cancel();
    this.#grace = after(ms, () => {
      this.#socket.destroy();
    });
  }

  #drop(reason: string): void {
    this.#services.log.warning(`${this.peer} disconnected: ${reason}`);
    this.#socket.destroy();
  }

  #leave(): void {
    if (this.#authenticated) this.#services.counts.sessionLeaves();
    else this.#services.counts.strangerLeaves();
    this.#services.onGone(this);
  }
}
