import { BtError, errorMessage } from '../domain/errors.ts';
import { uuid } from '../platform/ids.ts';
import { systemTimers } from '../platform/timers.ts';
import type { Timer, TimerSource } from '../platform/timers.ts';
import { requestMessage } from '../protocol/envelopes.ts';
import type { ServerMessage } from '../protocol/envelopes.ts';
import type { JsonObject } from '../protocol/json.ts';
import type { ConnectionStatus } from './connection-types.ts';
import type { Connection } from './connection.ts';
import { Listeners } from './listeners.ts';
import { answeredError, connectionOver, linkLost, notConnected, timedOut } from './rpc-errors.ts';

export interface RequestOptions {
  /** Wall milliseconds until the caller gives up, reconnects included. */
  readonly timeoutMs: number;
  /** True only for reads: written again (with a new id) after a lost link. */
  readonly retry: boolean;
  /** Names the request in a late answer. */
  readonly tag?: string;
}

/** An unsolicited message of the gateway. */
export interface GatewayEvent {
  readonly event: string;
  readonly payload: unknown;
}

/** The answer to a request whose caller had given up. */
export interface LateAnswer {
  readonly action: string;
  readonly tag: string | null;
  readonly answer: { readonly ok: true; readonly payload: unknown } | { readonly ok: false; readonly error: BtError };
}

interface Call {
  readonly action: string;
  readonly payload: JsonObject;
  readonly options: RequestOptions;
  readonly resolve: (payload: unknown) => void;
  readonly reject: (error: BtError) => void;
  /** Null while it waits for a session. */
  id: string | null;
  writes: number;
  timer: Timer | null;
}

/** A read that costs the session this often is taken for its cause and given up. */
const MAX_WRITES = 4;

export interface RpcClientOptions {
  readonly timers?: TimerSource;
  readonly newId?: () => string;
}

/**
 * Requests and answers over one connection. A request that must not be repeated is written at once or refused at once:
 * nothing of it outlives the session. Only reads wait for, and follow, a reconnect.
 */
export class RpcClient {
  readonly #connection: Connection;
  readonly #timers: TimerSource;
  readonly #newId: () => string;
  readonly #inFlight = new Map<string, Call>();
  readonly #waiting = new Set<Call>();
  /** Written in this session, given up by the caller, not answered yet. */
  readonly #abandoned = new Map<string, Call>();
  readonly #events = new Listeners<GatewayEvent>();
  readonly #lateAnswers = new Listeners<LateAnswer>();

  constructor(connection: Connection, options: RpcClientOptions = {}) {
    this.#connection = connection;
    this.#timers = options.timers ?? systemTimers;
    this.#newId = options.newId ?? uuid;
    connection.onStatus((status) => {
      this.#follow(status);
    });
    connection.onMessage((message) => {
      this.#receive(message);
    });
  }

  /** Requests written in this session and not answered, whether somebody still waits for them or not. */
  get unanswered(): number {
    return this.#inFlight.size + this.#abandoned.size;
  }

  /**
   * The payload of the answer. When a session is ready the frame is written before this returns.
   * Throws BtError: the gateway's own code (details.answered true); LINK_LOST and RPC_TIMEOUT (details.sent);
   * NOT_CONNECTED (never written); AUTH_FAILED and the like when the connection has failed for good.
   */
  request(action: string, payload: JsonObject, options: RequestOptions): Promise<unknown> {
    const { status } = this.#connection;
    if (isOver(status)) return Promise.reject(connectionOver(status, action, false));
    if (!options.retry && !this.#connection.isReady) return Promise.reject(notConnected(action, status));
    return new Promise((resolve, reject) => {
      const call: Call = { action, payload, options, resolve, reject, id: null, writes: 0, timer: null };
      call.timer = this.#timers.after(options.timeoutMs, () => {
        this.#giveUp(call);
      });
      if (this.#connection.isReady) this.#write(call);
      else this.#waiting.add(call);
    });
  }

  /** Unsolicited messages, in order. Returns the unsubscriber. */
  onEvent(listener: (event: GatewayEvent) => void): () => void {
    return this.#events.add(listener);
  }

  /** Answers that came after their caller had given up. Returns the unsubscriber. */
  onLateAnswer(listener: (late: LateAnswer) => void): () => void {
    return this.#lateAnswers.add(listener);
  }

  #write(call: Call): void {
    const id = this.#newId();
    try {
      if (!this.#connection.send(requestMessage(id, call.action, call.payload))) {
        this.#interrupt(call, notConnected(call.action, this.#connection.status));
        return;
      }
    } catch (error) {
      // Too large or not encodable: nothing was written.
      this.#settle(call, () => {
        call.reject(unwritable(call.action, error));
      });
      return;
    }
    call.id = id;
    call.writes += 1;
    this.#inFlight.set(id, call);
    if (this.#inFlight.size === 1) this.#connection.setBusy(true);
  }

  #receive(message: ServerMessage): void {
    if (message.kind === 'event') this.#events.emit({ event: message.event, payload: message.payload });
    else if (message.kind === 'response') this.#answer(message.id, (call) => this.#resolve(call, message.payload));
    else if (message.kind === 'error') {
      const id = message.id ?? this.#onlyUnanswered();
      this.#answer(id, (call) => this.#reject(call, answeredError(call.action, message.code, message.message)));
    }
    // Anything else is no answer to anything we ask.
  }

  /** Finds the request an answer belongs to. An answer with an id we never used (or used in another session) is dropped. */
  #answer(id: string | null, settle: (call: Call) => void): void {
    const call = id === null ? undefined : (this.#inFlight.get(id) ?? this.#abandoned.get(id));
    if (call !== undefined) settle(call);
  }

  /** An error without an id can only be matched when a single request is unanswered. */
  #onlyUnanswered(): string | null {
    if (this.unanswered !== 1) return null;
    for (const id of this.#inFlight.keys()) return id;
    for (const id of this.#abandoned.keys()) return id;
    return null;
  }

  #resolve(call: Call, payload: unknown): void {
    if (this.#isLate(call, { ok: true, payload })) return;
    this.#settle(call, () => {
      call.resolve(payload);
    });
  }

  #reject(call: Call, error: BtError): void {
    if (this.#isLate(call, { ok: false, error })) return;
    this.#settle(call, () => {
      call.reject(error);
    });
  }

  #isLate(call: Call, answer: LateAnswer['answer']): boolean {
    if (call.id === null || !this.#abandoned.delete(call.id)) return false;
    this.#lateAnswers.emit({ action: call.action, tag: call.options.tag ?? null, answer });
    return true;
  }

  #giveUp(call: Call): void {
    const { id } = call;
    const error = timedOut(call.action, call.options.timeoutMs, call.writes > 0, this.#connection.status);
    this.#settle(call, () => {
      if (id !== null) this.#abandoned.set(id, call);
      call.reject(error);
    });
  }

  /** Ends a call: forgets it first, so that whoever is told may ask again at once. */
  #settle(call: Call, tell: () => void): void {
    call.timer?.cancel();
    this.#waiting.delete(call);
    if (call.id !== null) this.#inFlight.delete(call.id);
    tell();
    if (this.#inFlight.size === 0) this.#connection.setBusy(false);
  }

  /** A call lost its session: a read waits for the next one, everything else ends. */
  #interrupt(call: Call, error: BtError): void {
    if (call.options.retry && call.writes < MAX_WRITES) {
      call.id = null;
      this.#waiting.add(call);
      return;
    }
    this.#settle(call, () => {
      call.reject(error);
    });
  }

  #follow(status: ConnectionStatus): void {
    if (status.kind === 'ready') {
      const calls = [...this.#waiting];
      this.#waiting.clear();
      for (const call of calls) this.#write(call);
    } else if (status.kind === 'lost' || isOver(status)) {
      this.#leaveSession(status);
    }
  }

  #leaveSession(status: ConnectionStatus): void {
    const written = [...this.#inFlight.values()];
    this.#inFlight.clear();
    this.#abandoned.clear();
    if (isOver(status)) {
      for (const call of [...written, ...this.#waiting]) {
        this.#settle(call, () => {
          call.reject(connectionOver(status, call.action, call.writes > 0));
        });
      }
      return;
    }
    const reason = status.kind === 'lost' ? status.reason : '';
    for (const call of written) this.#interrupt(call, linkLost(call.action, reason));
  }
}

function isOver(status: ConnectionStatus): status is Extract<ConnectionStatus, { kind: 'failed' | 'closed' }> {
  return status.kind === 'failed' || status.kind === 'closed';
}

function unwritable(action: string, error: unknown): BtError {
  return new BtError('BAD_REQUEST', `${action} cannot be written: ${errorMessage(error)}.`, {
    fault: 'bug',
    cause: error,
    details: { sent: false },
  });
}
