import { DefaultSerializer, deserialize } from 'node:v8';

/** Bytes before each message: its length, little endian. */
export const HEAD = 4;
/** Longest message the engine takes from a strategy, bytes: what is longer is no call of ours. */
export const LONGEST_FROM_STRATEGY = 16 * 1024 * 1024;

/** A message with its length before it, as it goes into a pipe. Throws for what cannot be cloned (functions, symbols). */
export function toFrame(message: unknown): Buffer {
  const serializer = new DefaultSerializer();
  serializer.writeRawBytes(Buffer.alloc(HEAD)); // the length, when it is known
  serializer.writeHeader();
  serializer.writeValue(message);
  const frame = serializer.releaseBuffer();
  frame.writeUInt32LE(frame.length - HEAD);
  return frame;
}

/** The message of a frame, without its length. Typed arrays in it may be views of `body`. Throws for what is no message. */
export function fromFrame(body: Uint8Array): unknown {
  return deserialize(body) as unknown;
}
