import { errorMessage } from '../domain/errors.ts';
import { randomWord } from '../platform/ids.ts';
import type { Timer } from '../platform/timers.ts';
import { encodeFrame, FrameDecoder } from '../protocol/frame.ts';
import type { JsonObject } from '../protocol/json.ts';
import type { SessionIdentity } from './account-types.ts';
import type { Place } from '../net/connection-counts.ts';
import { judgeHandshake } from './handshake.ts';
import type { Link } from './interceptor.ts';
import { CLOSE_GRACE_MS, HANDSHAKE_DEADLINE_MS, MAX_HANDSHAKE_BYTES, STOP_LIMIT_MS } from './limits.ts';
import { errorAnswer, pongMessage } from './messages.ts';
import { Outbox } from './outbox.ts';
import { RequestQueue } from './request-queue.ts';
import { answerMessage } from './requests.ts';
import type { SessionServices } from './session-services.ts';
import type { SessionSocket } from './session-socket.ts';
import { Subscriptions } from './subscriptions.ts';

const STRANGER: SessionIdentity = { accountKey: null, subAccountId: null };

/**
 * One connection: handshake, then requests one after another, answered in order. Pings are answered at once, ticks in between.
 * A broken frame, or the end of the peer's side, ends it once what came before has been answered.
 */
export class Session implements Link {
  id = '-';
  identity: SessionIdentity = STRANGER;
  readonly peer: string;
  readonly subscriptions: Subscriptions;
  readonly outbox: Outbox;
  readonly #place: Place;
  readonly #socket: SessionSocket;
  readonly #services: SessionServices;
  readonly #onGone: () => void;
  readonly #decoder = new FrameDecoder(randomWord());
  readonly #queue = new RequestQueue();
  #deadline: Timer;
  #phase: 'stranger' | 'session' | 'closing' = 'stranger';
  #inputEnded = false;
  #running = false;
  #closed = false;
  #left = false;
  #receivedBytes = 0;
  #grace: Timer | null = null;
  #readingHeld: Timer | null = null;

  /** `onGone`: the connection is over, whatever it was; called once, after the running request ended or was given up. */
  constructor(socket: SessionSocket, place: Place, services: SessionServices, onGone: () => void) {
    this.#socket = socket;
    this.#place = place;
    this.#services = services;
    this.#onGone = onGone;
    this.peer = `${socket.remoteAddress ?? '?'}:${socket.remotePort ?? 0}`;
    this.subscriptions = new Subscriptions(services.maxSubscriptions);
    const stalled = (): void => this.#drop('it does not read its answers');
    const { interceptor, timers } = services;
    this.outbox = interceptor?.outbox(socket, timers, stalled) ?? new Outbox(socket, timers, stalled);
    this.#deadline = this.#handshakeDeadline();
    this.#listen(socket);
  }

  /** True after the handshake, until the connection ends. */
  get open(): boolean {
    return this.#phase === 'session' && !this.#closed;
  }

  /** Lets the running request answer (one that is never answered is given up), then closes; those behind it are not begun. */
  stop(): void {
    this.#queue.clear();
    this.#inputEnded = true;
    if (this.#running) this.#graceIn(STOP_LIMIT_MS, () => this.#leave());
    else this.finish();
  }

  /** The connection is gone at once, as when the process dies. */
  cut(): void {
    this.#queue.clear();
    this.#socket.destroy();
  }

  holdReading(ms: number): void {
    this.#readingHeld?.cancel();
    this.#socket.pause();
    this.#readingHeld = this.#services.timers.after(ms, () => {
      this.#readingHeld = null;
      this.#readOn();
    });
  }

  /** A stranger that was not read has had no chance to say anything: it gets the whole time once more. */
  #handshakeDeadline(wasHeld = false): Timer {
    return this.#services.timers.after(HANDSHAKE_DEADLINE_MS, () => {
      if (this.#place.isSession) return;
      const held = this.#socket.isPaused();
      if (held || wasHeld) this.#deadline = this.#handshakeDeadline(held);
      else this.#drop('it did not authenticate in time');
    });
  }

  #listen(socket: SessionSocket): void {
    socket.on('data', (chunk: Buffer) => this.#receive(chunk));
    socket.on('end', () => {
      this.#inputEnded = true;
      if (!this.#running) this.finish();
    });
    socket.on('error', (error) => this.#services.log.debug(`${this.peer}: ${errorMessage(error)}`));
    socket.on('close', () => {
      this.#closed = true;
      this.#queue.clear();
      this.#deadline.cancel();
      this.#readingHeld?.cancel();
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
    if (this.#inputEnded && !this.#running) this.finish();
  }

  #accept(message: JsonObject, bytes: number): void {
    if (this.#phase === 'closing') return;
    if (this.#phase === 'stranger') {
      this.#shakeHands(message);
      return;
    }
    // A ping overtakes waiting requests, but not a peer that does not read: then it waits in line, and the line is bounded.
    if (message['type'] === 'ping' && !this.outbox.blocked) {
      this.#pong(message);
      return;
    }
    this.#queue.push(message, bytes);
    if (this.#queue.overfull) this.#socket.pause();
    if (!this.#running) void this.#work();
  }

  #shakeHands(message: JsonObject): void {
    const refusal = this.#services.interceptor?.refuseHandshake(message) ?? null;
    const result = judgeHandshake(message, refusal, this.#place, this.#services, this.peer);
    if (result.kind === 'accepted') {
      this.#deadline.cancel();
      this.#phase = 'session';
      this.id = result.id;
      this.identity = result.identity;
      this.send(result.answer);
      this.#services.news({ kind: 'joined', peer: this.peer, id: this.id });
      return;
    }
    const reason = result.kind === 'refused' ? result.reason : 'no handshake';
    this.#services.news({ kind: 'refused', peer: this.peer, reason });
    if (result.kind === 'refused') this.send(result.answer);
    this.finish();
  }

  /** Answers what is in the queue, one after another; never rejects. */
  async #work(): Promise<void> {
    this.#running = true;
    try {
      for (let message = this.#queue.take(); message !== null; message = this.#queue.take()) {
        if (message['type'] === 'ping') this.#pong(message);
        else await this.#answer(message);
        this.#queue.answered();
        await this.outbox.drained();
        this.#readOn();
      }
    } catch (error) {
      this.#services.log.error(`${this.peer}: the session failed: ${errorMessage(error)}`);
      this.#inputEnded = true;
    }
    this.#running = false;
    if (this.#closed) this.#leave();
    else if (this.#inputEnded) this.finish();
  }

  async #answer(message: JsonObject): Promise<void> {
    const { interceptor, requests } = this.#services;
    if (interceptor !== null) {
      await interceptor.handle(message, this, (given) => answerMessage(given, this, requests));
      return;
    }
    const answer = await answerMessage(message, this, requests);
    if (answer !== null) this.send(answer);
  }

  #pong(message: JsonObject): void {
    if (this.#services.interceptor?.answersPing(message, this) === false) return;
    this.send(pongMessage(message['id']));
  }

  #readOn(): void {
    if (this.#readingHeld === null && this.#socket.isPaused() && !this.#queue.overfull) this.#socket.resume();
  }

  send(answer: JsonObject): void {
    if (this.#closed) return;
    if (!this.#queue.isEmpty) this.outbox.collect();
    try {
      this.outbox.send(encodeFrame(answer));
    } catch (error) {
      // Carried out, but its answer does not fit into a frame: the peer must learn that instead of waiting.
      this.#services.log.warning(`${this.peer}: ${errorMessage(error)}`);
      this.outbox.send(encodeFrame(errorAnswer('REQUEST_FAILED', '应答超过 32 MiB，请缩小请求范围', answer['id'])));
    }
  }

  /** Ends our side; what is still in flight reaches the peer, what it still sends is ignored. */
  finish(): void {
    if (this.#phase === 'closing' || this.#closed) return;
    this.#phase = 'closing';
    this.#socket.resume();
    this.#socket.end();
    this.#graceIn(CLOSE_GRACE_MS, () => {});
  }

  #graceIn(ms: number, after: () => void): void {
    this.#grace?.cancel();
    this.#grace = this.#services.timers.after(ms, () => {
      this.#socket.destroy();
      after();
    });
  }

  #drop(reason: string): void {
    this.#services.log.warning(`${this.peer} disconnected: ${reason}`);
    this.#socket.destroy();
  }

  #leave(): void {
    this.#grace?.cancel();
    if (this.#left) return;
    this.#left = true;
    this.#place.leave();
    this.#onGone();
  }
}
