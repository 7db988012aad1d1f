import { BtError, errorMessage } from '../domain/errors.ts';
import { randomFraction, randomWord } from '../platform/ids.ts';
import { systemTimers } from '../platform/timers.ts';
import type { Timer, TimerSource } from '../platform/timers.ts';
import { handshakeMessage, pingMessage, readServerMessage } from '../protocol/envelopes.ts';
import type { ServerMessage } from '../protocol/envelopes.ts';
import { encodeFrame, FrameDecoder } from '../protocol/frame.ts';
import type { JsonObject } from '../protocol/json.ts';
import { Backoff } from './backoff.ts';
import { deadLink, handshakeError, networkError } from './connection-errors.ts';
import { CONNECTION_TIMES } from './connection-types.ts';
import type { ConnectionStatus, ConnectionTimes } from './connection-types.ts';
import { LinkWatch } from './link-watch.ts';
import { Listeners } from './listeners.ts';
import { dialSocket } from './socket-transport.ts';
import type { Dial, Endpoint, Transport } from './transport.ts';

export interface ConnectionOptions {
  readonly endpoint: Endpoint;
  readonly token: string;
  /** Announced in the handshake; the deployed gateway stores and ignores them. */
  readonly features?: readonly string[];
  readonly times?: Partial<ConnectionTimes>;
  readonly dial?: Dial;
  readonly timers?: TimerSource;
  readonly random?: () => number;
}

/** Errors after which another attempt cannot help. */
const FINAL_CODES: ReadonlySet<string> = new Set(['AUTH_FAILED', 'TLS_CA_UNREADABLE']);

/**
 * One authenticated session with a gateway, kept alive: connect, handshake, ping while idle, reconnect with back-off.
 * An epoch number names each attempt; whatever a dead epoch still calls (data, close, timers) is ignored.
 * Nothing is queued here: what cannot be written now is refused.
 */
export class Connection {
  readonly #endpoint: Endpoint;
  readonly #handshake: object;
  readonly #times: ConnectionTimes;
  readonly #dial: Dial;
  readonly #timers: TimerSource;
  readonly #backoff: Backoff;
  readonly #watch: LinkWatch;
  readonly #statusListeners = new Listeners<ConnectionStatus>();
  readonly #messageListeners = new Listeners<ServerMessage>();
  #status: ConnectionStatus = { kind: 'idle' };
  #epoch = 0;
  #attempt = 0;
  #everReady = false;
  #transport: Transport | null = null;
  #timer: Timer | null = null;

  constructor(options: ConnectionOptions) {
    this.#endpoint = options.endpoint;
    this.#handshake = handshakeMessage({ token: options.token, features: options.features ?? [] });
    this.#times = { ...CONNECTION_TIMES, ...options.times };
    this.#dial = options.dial ?? dialSocket;
    this.#timers = options.timers ?? systemTimers;
    this.#backoff = new Backoff(this.#times.firstRetryMs, this.#times.maxRetryMs, options.random ?? randomFraction);
    this.#watch = new LinkWatch({
      timers: this.#timers,
      ...this.#times,
      sendPing: (id) => {
        this.send(pingMessage(id));
      },
      onDead: (sign) => {
        this.#drop(deadLink(sign, this.#times, this.#name()));
      },
    });
  }

  get status(): ConnectionStatus {
    return this.#status;
  }

  get isReady(): boolean {
    return this.#status.kind === 'ready';
  }

  /** Starts connecting; once. Failures are reported as a status, never thrown. */
  start(): void {
    if (this.#status.kind === 'idle') this.#open();
  }

  /** Ends the session for good. */
  stop(): void {
    if (this.#status.kind === 'closed') return;
    this.#abandon();
    this.#setStatus({ kind: 'closed' });
  }

  /**
   * Writes one message in this very tick; false (and nothing written) when there is no session.
   * Throws BtError BAD_FRAME, before writing, for a message that is too large.
   */
  send(message: object): boolean {
    if (!this.isReady || this.#transport === null) return false;
    this.#transport.write(encodeFrame(message));
    return true;
  }

  /** True while a request is in flight: the gateway then answers no ping, and none is sent. */
  setBusy(busy: boolean): void {
    if (!this.isReady) return;
    if (busy) this.#watch.busy();
    else this.#watch.idle();
  }

  /** While urgent, no wait between two attempts to come back is longer than the first one. */
  setUrgent(urgent: boolean): void {
    const begins = this.#backoff.setUrgent(urgent);
    if (begins && this.#status.kind === 'lost') this.#retry();
  }

  /** Ends this session as lost (for example after a misbehaviour the caller saw) and reconnects. */
  reset(error: BtError): void {
    if (this.isReady) this.#drop(error);
  }

  /** Every change of status, in order. Returns the unsubscriber. */
  onStatus(listener: (status: ConnectionStatus) => void): () => void {
    return this.#statusListeners.add(listener);
  }

  /** Everything the server says after the handshake, except pongs. */
  onMessage(listener: (message: ServerMessage) => void): () => void {
    return this.#messageListeners.add(listener);
  }

  #open(): void {
    this.#epoch += 1;
    this.#attempt += 1;
    const epoch = this.#epoch;
    const decoder = new FrameDecoder(randomWord());
    this.#arm(this.#times.connectMs, 'CONNECT_TIMEOUT', 'did not accept the connection');
    this.#setStatus({ kind: 'connecting', attempt: this.#attempt });
    if (epoch !== this.#epoch) return; // a listener stopped us
    this.#transport = this.#dial(this.#endpoint, {
      onOpen: () => {
        if (epoch === this.#epoch) this.#shakeHands();
      },
      onData: (chunk) => {
        if (epoch === this.#epoch) this.#read(decoder, chunk, epoch);
      },
      onClose: (error) => {
        if (epoch === this.#epoch) this.#drop(error);
      },
    });
  }

  #shakeHands(): void {
    this.#arm(this.#times.handshakeMs, 'HANDSHAKE_TIMEOUT', 'did not answer the handshake');
    this.#transport?.write(encodeFrame(this.#handshake));
  }

  #read(decoder: FrameDecoder, chunk: Buffer, epoch: number): void {
    this.#watch.heard();
    let frames: JsonObject[];
    let failure: BtError | null = null;
    try {
      frames = decoder.push(chunk);
    } catch (error) {
      failure = error instanceof BtError ? error : networkError('BAD_FRAME', errorMessage(error));
      // An answer that stands whole before the bad frame still counts.
      frames = decoder.salvage();
    }
    for (const frame of frames) {
      if (epoch !== this.#epoch) return;
      this.#receive(readServerMessage(frame));
    }
    if (failure !== null && epoch === this.#epoch) this.#drop(failure);
  }

  #receive(message: ServerMessage): void {
    if (!this.isReady) this.#finishHandshake(message);
    else if (message.kind === 'pong') this.#watch.pong(message.id);
    else this.#messageListeners.emit(message);
  }

  #finishHandshake(message: ServerMessage): void {
    if (message.kind === 'handshake_ack') {
      this.#timer?.cancel();
      this.#timer = null;
      this.#backoff.reset();
      this.#attempt = 0;
      this.#everReady = true;
      this.#watch.idle();
      const { sessionId, features } = message;
      this.#setStatus({ kind: 'ready', sessionId: sessionId ?? '', epoch: this.#epoch, features });
    } else if (message.kind === 'error') {
      this.#drop(handshakeError(message.code, message.message, this.#name()));
    } else {
      const what = `${this.#name()} answered the handshake with a message of kind "${message.kind}".`;
      this.#drop(networkError('BAD_HANDSHAKE', `${what} Check that QMT_SERVER_PORT is a gateway's port.`));
    }
  }

  /** The link of this epoch is over: retry, unless that cannot help. */
  #drop(error: BtError): void {
    const wasReady = this.isReady;
    this.#abandon();
    if (this.#isFinal(error)) {
      this.#setStatus({ kind: 'failed', code: error.code, reason: error.message });
      return;
    }
    this.#setStatus({ kind: 'lost', code: error.code, reason: error.message, wasReady, retryInMs: this.#retry() });
  }

  #retry(): number {
    const ms = this.#backoff.next();
    this.#timer?.cancel();
    this.#timer = this.#timers.after(ms, () => this.#open());
    return ms;
  }

  #isFinal(error: BtError): boolean {
    // A certificate that was good before is somebody's work in progress; one that never was is our configuration.
    return FINAL_CODES.has(error.code) || (error.code === 'TLS_REJECTED' && !this.#everReady);
  }

  /** Leaves the current epoch: nothing it still calls has any effect. */
  #abandon(): void {
    this.#epoch += 1;
    this.#watch.stop();
    this.#timer?.cancel();
    this.#timer = null;
    const transport = this.#transport;
    this.#transport = null;
    transport?.destroy();
  }

  #arm(ms: number, code: string, what: string): void {
    this.#timer?.cancel();
    this.#timer = this.#timers.after(ms, () => {
      this.#drop(
        networkError(code, `${this.#name()} ${what} in ${ms / 1000} s. Check the host, the port and a firewall.`),
      );
    });
  }

  #setStatus(status: ConnectionStatus): void {
    this.#status = status;
    this.#statusListeners.emit(status);
  }

  #name(): string {
    return `${this.#endpoint.host}:${this.#endpoint.port}`;
  }
}
