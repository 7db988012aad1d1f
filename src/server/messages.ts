import { BARS_FEATURE } from '../protocol/encode/bars-answer.ts';
import { QUOTES_FEATURE } from '../protocol/encode/quote-answers.ts';
import { TABLE_FEATURE } from '../protocol/encode/data-table.ts';
import { DOWNLOAD_STREAM, ORDER_STREAM, PROTOCOL_VERSION } from '../protocol/envelopes.ts';
import type { JsonObject } from '../protocol/json.ts';
import { OPERATIONS_FEATURE } from './operations.ts';
import type { ServedSides } from './actions/action.ts';
import { TERMINAL_ACTION_NAMES } from './adapters/terminal-data.ts';
import type { Gateway } from './adapters/gateway.ts';

/** Seconds between a client's pings that the handshake suggests. */
const KEEPALIVE_SECONDS = 20;

/** What is asked of a terminal, and that its downloads are told as they go to who names it in the handshake. */
const TERMINAL_FEATURES = [...TERMINAL_ACTION_NAMES.map((name) => `data.${name}`), DOWNLOAD_STREAM];

/** The sides that are answered; beside the data side what only our own markets answer. */
export function featuresOf(gateway: Gateway, { data, broker }: ServedSides, hasHistory: boolean): readonly string[] {
  const { tables } = gateway.data;
  const own =
    tables === undefined || !data
      ? []
      : [BARS_FEATURE, QUOTES_FEATURE, ...[...tables.datasets].map((name) => `${TABLE_FEATURE}${name}`)];
  const terminal = !data || gateway.data.terminal === undefined ? [] : TERMINAL_FEATURES;
  const history = broker && hasHistory ? ['history'] : [];
  const stream = broker && gateway.onAccountEvent !== undefined ? [ORDER_STREAM] : [];
  const credit = broker && gateway.operations === true ? [OPERATIONS_FEATURE] : [];
  return [
    ...(data ? ['data'] : []),
    ...(broker ? ['broker'] : []),
    ...history,
    ...own,
    ...terminal,
    ...stream,
    ...credit,
  ];
}

export function handshakeAck(sessionId: string, features: readonly string[]): JsonObject {
  return {
    type: 'handshake_ack',
    session_id: sessionId,
    keepalive: KEEPALIVE_SECONDS,
    protocol: PROTOCOL_VERSION,
    features,
  };
}

export function responseMessage(id: unknown, payload: unknown): JsonObject {
  return { type: 'response', id, payload };
}

/** An error; the id is always echoed when the message had one, also a falsy one (the deployed server leaves those out). */
export function errorAnswer(code: string, message: string, id: unknown): JsonObject {
  return { type: 'error', code, message, ...(hasId(id) ? { id } : {}) };
}

export function pongMessage(id: unknown): JsonObject {
  return { type: 'pong', id: id ?? null };
}

/** A change of an order (`order`) or a fill (`trade`) of an account. */
export function accountEvent(event: 'order' | 'trade', payload: JsonObject): JsonObject {
  return { type: 'event', event, payload };
}

export function tickEvent(payload: JsonObject): JsonObject {
  return { type: 'event', event: 'tick', payload };
}

/** A message without an id, or with null, has nobody who waits for its answer. */
export function hasId(id: unknown): boolean {
  return id !== undefined && id !== null;
}
