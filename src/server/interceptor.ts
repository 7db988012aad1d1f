import type { TimerSource } from '../platform/timers.ts';
import type { JsonObject } from '../protocol/json.ts';
import type { Outbox } from './outbox.ts';
import type { SessionView } from './session-view.ts';
import type { SessionSocket } from './session-socket.ts';

/** What may be done to one connection from outside its session. */
export interface Link extends SessionView {
  readonly outbox: Outbox;
  /** Sends one message as a frame; nothing when the connection is gone. */
  send(message: JsonObject): void;
  /** Ends our side once what was written is on its way. */
  finish(): void;
  /** Drops the connection at once. */
  cut(): void;
  /** Reads nothing from the peer for so many wall ms. */
  holdReading(ms: number): void;
}

/** Stands between the sessions and the actions of a server that is told to misbehave; without one everything is as it should be. */
export interface Interceptor {
  outbox(socket: SessionSocket, timers: TimerSource, onStall: () => void): Outbox;
  /** The answer that refuses this handshake; null lets it be judged. */
  refuseHandshake(message: JsonObject): JsonObject | null;
  /** False: this ping gets no pong. */
  answersPing(message: JsonObject, link: Link): boolean;
  /** Treats one request from its arrival to its answer; `next` carries it out. Never rejects. */
  handle(message: JsonObject, link: Link, next: (message: JsonObject) => Promise<JsonObject | null>): Promise<void>;
}
