import * as z from 'zod';

import type { JsonObject } from './json.ts';

/** Version both sides name in the handshake. */
export const PROTOCOL_VERSION = 1;

/** A feature: orders and fills are told as they happen, to who asks for it in the handshake. */
export const ORDER_STREAM = 'order_stream';
/** A feature: so are the steps of downloads. */
export const DOWNLOAD_STREAM = 'download_stream';

export interface HandshakeOptions {
  readonly token: string;
  readonly features?: readonly string[];
}

export interface HandshakeMessage {
  readonly type: 'handshake';
  readonly token: string;
  readonly protocol: number;
  readonly features: readonly string[];
}

export interface RequestMessage {
  readonly type: 'request';
  readonly id: string;
  readonly action: string;
  readonly payload: JsonObject;
}

export interface PingMessage {
  readonly type: 'ping';
  readonly id: string;
}

/** What a server may say. `id` is null when it is absent or nothing we could have sent (our ids are non-empty strings). */
export type ServerMessage =
  | {
      readonly kind: 'handshake_ack';
      readonly sessionId: string | null;
      /** Seconds between pings the server suggests. */
      readonly keepalive: number | null;
      readonly features: readonly string[];
    }
  | { readonly kind: 'response'; readonly id: string | null; readonly payload: unknown }
  | { readonly kind: 'error'; readonly id: string | null; readonly code: string; readonly message: string }
  | { readonly kind: 'pong'; readonly id: string | null }
  | { readonly kind: 'event'; readonly event: string; readonly payload: unknown }
  | { readonly kind: 'other'; readonly type: string | null };

/** First message of a connection. */
export function handshakeMessage(options: HandshakeOptions): HandshakeMessage {
  return {
    type: 'handshake',
    token: options.token,
    protocol: PROTOCOL_VERSION,
    features: options.features ?? ['tick', ORDER_STREAM],
  };
}

/** A request; `id` must be a non-empty string, because the peer leaves falsy ids out of its errors. */
export function requestMessage(id: string, action: string, payload: JsonObject): RequestMessage {
  return { type: 'request', id, action, payload };
}

/** A ping; the deployed server answers it only between two requests of the session. */
export function pingMessage(id: string): PingMessage {
  return { type: 'ping', id };
}

// A peer's small deviations (a missing keepalive, a numeric id) must not cost an answer, so every field has a fallback.
const text = z.string().nullable().catch(null);
const messageId = z
  .union([z.string().min(1), z.number().transform(String)])
  .nullable()
  .catch(null);
const ack = z.object({
  session_id: text,
  keepalive: z.number().positive().nullable().catch(null),
  features: z.array(z.string()).catch([]),
});
const failure = z.object({ id: messageId, code: text, message: text });
const answer = z.object({ id: messageId });
const event = z.object({ event: text });

/** Sorts a frame by its type. Never throws: what cannot be understood is `other`. */
export function readServerMessage(frame: JsonObject): ServerMessage {
  switch (frame['type']) {
    case 'handshake_ack': {
      const { session_id: sessionId, keepalive, features } = ack.parse(frame);
      return { kind: 'handshake_ack', sessionId, keepalive, features };
    }
    case 'response':
      return { kind: 'response', id: answer.parse(frame).id, payload: frame['payload'] ?? null };
    case 'error': {
      const { id, code, message } = failure.parse(frame);
      return { kind: 'error', id, code: code ?? 'UNKNOWN_ERROR', message: message ?? '' };
    }
    case 'pong':
      return { kind: 'pong', id: answer.parse(frame).id };
    case 'event':
      return { kind: 'event', event: event.parse(frame).event ?? '', payload: frame['payload'] ?? null };
    default:
      return { kind: 'other', type: typeof frame['type'] === 'string' ? frame['type'] : null };
  }
}
