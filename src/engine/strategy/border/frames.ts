import { DefaultSerializer, deserialize } from 'node:v8';

/** Bytes before each message: its length, little endian. */
export const HEAD = 4;
/** Longest message the engine takes from a strategy, bytes: `g` may hold 30 MB, in texts of two bytes a character. */
export const LONGEST_FROM_STRATEGY = 96 * 1024 * 1024;

/** First byte of what V8 has written; no JSON begins with it. */
const V8_MARK = 0xff;
/** Plain data deeper than this, or with longer texts, is left to V8. */
const DEEPEST_JSON = 16;
const LONGEST_JSON_TEXT = 100_000;

/**
 * A message with its length before it, as it goes into a pipe: as JSON when that says the same (most calls are small, and V8's serializer
 * takes 10 µs for the smallest), else as V8 clones it. Throws for what cannot be cloned (functions, symbols).
 */
export function toFrame(message: unknown): Buffer {
  return isJson(message, 0) ? jsonFrame(JSON.stringify(message)) : v8Frame(message);
}

/** The message of a frame, without its length. Typed arrays in it may be views of `body`. Throws for what is no message. */
export function fromFrame(body: Buffer): unknown {
  return body[0] === V8_MARK ? (deserialize(body) as unknown) : (JSON.parse(body.toString()) as unknown);
}

function jsonFrame(text: string): Buffer {
  const length = Buffer.byteLength(text);
  const frame = Buffer.allocUnsafe(HEAD + length);
  frame.writeUInt32LE(length);
  frame.write(text, HEAD);
  return frame;
}

function v8Frame(message: unknown): Buffer {
  const serializer = new DefaultSerializer();
  serializer.writeRawBytes(Buffer.alloc(HEAD)); // the length, when it is known
  serializer.writeHeader();
  serializer.writeValue(message);
  const frame = serializer.releaseBuffer();
  frame.writeUInt32LE(frame.length - HEAD);
  return frame;
}

/** JSON gives back the same value: no NaN, no -0, nothing missing, plain objects and whole lists only. */
function isJson(value: unknown, depth: number): boolean {
  if (typeof value === 'string') return value.length <= LONGEST_JSON_TEXT;
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0);
  if (typeof value === 'boolean' || value === null) return true;
  return typeof value === 'object' && depth < DEEPEST_JSON && isPlain(value, depth + 1);
}

function isPlain(value: object, depth: number): boolean {
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) if (!isJson(value[index], depth)) return false;
    return Object.getPrototypeOf(value) === Array.prototype;
  }
  if (Object.getPrototypeOf(value) !== Object.prototype) return false;
  const members = value as Readonly<Record<string, unknown>>;
  for (const key of Object.keys(members)) if (!isJson(members[key], depth)) return false;
  return true;
}
