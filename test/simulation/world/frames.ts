import { encodeFrame, FrameDecoder } from '../../../src/protocol/frame.ts';
import type { JsonObject } from '../../../src/protocol/json.ts';

/** The one message of a whole frame; null when there is not exactly one. */
export function openFrame(frame: Buffer): JsonObject | null {
  const messages = new FrameDecoder().push(frame);
  return messages.length === 1 ? (messages[0] ?? null) : null;
}

/** The frame with its payload replaced; the frame itself when it holds none. */
export function withPayload(frame: Buffer, change: (payload: unknown) => unknown): Buffer {
  const message = openFrame(frame);
  if (message === null || message['type'] !== 'response') return frame;
  return encodeFrame({ ...message, payload: change(message['payload']) });
}

/** Rows of a list answer, each changed. */
export function withRows(frame: Buffer, change: (rows: readonly JsonObject[]) => readonly JsonObject[]): Buffer {
  return withPayload(frame, (payload) => (Array.isArray(payload) ? change(payload as JsonObject[]) : payload));
}

export function errorFrame(id: string, code: string, message: string): Buffer {
  return encodeFrame({ type: 'error', code, message, id });
}

export function responseFrame(id: string, payload: unknown): Buffer {
  return encodeFrame({ type: 'response', id, payload });
}
