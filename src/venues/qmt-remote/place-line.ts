import { BtError } from '../../domain/errors.ts';
import type { Timer, TimerSource } from '../../platform/timers.ts';
import type { JsonObject } from '../../protocol/json.ts';
import type { Session } from './session.ts';

export interface PlaceLineOptions {
  readonly timers: TimerSource;
  /** Wall ms a written order may stay unanswered. */
  readonly timeoutMs: number;
  /** Wall ms an order may wait behind another one: its price grows old. */
  readonly queueMs: number;
  /** Wall ms a session may go on owing the answer to an order given up, before it is replaced. */
  readonly stuckMs: number;
}

interface Waiting {
  readonly payload: JsonObject;
  readonly clientId: string;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: unknown) => void;
  readonly timer: Timer;
}

/**
 * The place session: one order in flight, never pipelined, never written twice. Orders that come while one is in flight wait here,
 * in our own memory; when the link is lost they end as not sent.
 */
export class PlaceLine {
  readonly #session: Session;
  readonly #options: PlaceLineOptions;
  readonly #waiting: Waiting[] = [];
  #inFlight = false;
  #stuckTimer: Timer | null = null;

  constructor(session: Session, options: PlaceLineOptions) {
    this.#session = session;
    this.#options = options;
    session.connection.onStatus((status) => {
      if (status.kind !== 'ready') this.#linkLost();
    });
    session.rpc.onLateAnswer(() => {
      this.#next();
    });
  }

  /** The session is up and owes no answer to an order that was given up. */
  get isOpen(): boolean {
    return this.#session.connection.isReady && (this.#inFlight || this.#session.rpc.unanswered === 0);
  }

  /**
   * The gateway's answer. Written in this very tick unless another order is in flight.
   * Rejects as `RpcClient.request` does, with details.sent; what never left this line has the code NOT_SENT.
   */
  send(payload: JsonObject, clientId: string): Promise<unknown> {
    if (!this.isOpen) return Promise.reject(notSent(this.#whyClosed()));
    return this.#inFlight ? this.#enqueue(payload, clientId) : this.#write(payload, clientId);
  }

  #write(payload: JsonObject, clientId: string): Promise<unknown> {
    this.#inFlight = true;
    const answer = this.#session.rpc.request('broker.place_order', payload, {
      timeoutMs: this.#options.timeoutMs,
      retry: false,
      tag: clientId,
    });
    return answer.finally(() => {
      this.#inFlight = false;
      this.#next();
    });
  }

  #enqueue(payload: JsonObject, clientId: string): Promise<unknown> {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const timer = this.#options.timers.after(this.#options.queueMs, () => {
      this.#waiting.splice(this.#waiting.indexOf(entry), 1);
      reject(notSent(`it waited ${this.#options.queueMs / 1000} s behind another order.`));
    });
    const entry: Waiting = { payload, clientId, resolve, reject, timer };
    this.#waiting.push(entry);
    return promise;
  }

  /** The session may take the next order, unless it still owes an answer. */
  #next(): void {
    if (this.#inFlight || !this.#session.connection.isReady) return;
    if (this.#session.rpc.unanswered > 0) {
      this.#watchStuck();
      return;
    }
    this.#stopWatching();
    const next = this.#waiting.shift();
    if (next === undefined) return;
    next.timer.cancel();
    this.#write(next.payload, next.clientId).then(next.resolve, next.reject);
  }

  #watchStuck(): void {
    this.#stuckTimer ??= this.#options.timers.after(this.#options.stuckMs, () => {
      this.#stuckTimer = null;
      const why = 'The place session still owed an answer to an order; it is replaced.';
      this.#session.connection.reset(new BtError('STUCK_SESSION', why, { fault: 'venue' }));
    });
  }

  #stopWatching(): void {
    this.#stuckTimer?.cancel();
    this.#stuckTimer = null;
  }

  #linkLost(): void {
    this.#stopWatching();
    for (const entry of this.#waiting.splice(0)) {
      entry.timer.cancel();
      entry.reject(notSent('the link was lost while it waited behind another order.'));
    }
  }

  #whyClosed(): string {
    const { status } = this.#session.connection;
    if (status.kind === 'ready') return 'the gateway still owes the answer to an earlier order.';
    return status.kind === 'lost' || status.kind === 'failed' ? status.reason : 'the place session is not up.';
  }
}

function notSent(why: string): BtError {
  return new BtError('NOT_SENT', `The order was not sent: ${why}`, { fault: 'network', details: { sent: false } });
}
