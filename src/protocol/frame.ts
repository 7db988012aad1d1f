import { isUtf8 } from 'node:buffer';

import { BtError, errorMessage } from '../domain/errors.ts';
import { isJsonObject, parseWireBytes, stringifyWire } from './json.ts';
import type { JsonObject } from './json.ts';

/** Largest body, both directions (32 MiB). */
export const MAX_FRAME_BYTES = 33_554_432;

const HEADER_BYTES = 4;
const FIRST_CAPACITY = 4096;
/** A larger buffer is given back after its frame, so that one big table does not stay in memory. */
const KEPT_CAPACITY = 65_536;

type BadFrameReason = 'oversize' | 'empty' | 'utf8' | 'bom' | 'syntax' | 'depth' | 'size' | 'not_object';

/** 4-byte big-endian length of the body, then the body as UTF-8 JSON. Throws BtError BAD_FRAME above 32 MiB. */
export function encodeFrame(message: object): Buffer {
  const text = stringifyWire(message);
  const bytes = Buffer.byteLength(text, 'utf8');
  if (bytes > MAX_FRAME_BYTES)
    throw badFrame('oversize', `${bytes} bytes are more than the ${MAX_FRAME_BYTES} allowed`);
  const frame = Buffer.allocUnsafe(HEADER_BYTES + bytes);
  frame.writeUInt32BE(bytes, 0);
  frame.write(text, HEADER_BYTES, 'utf8');
  return frame;
}

/**
 * Turns the chunks of one connection into messages, whatever the chunking. Copies each byte a bounded number of times and
 * holds at most twice what has arrived, so a peer cannot make it allocate by announcing a large frame.
 */
export class FrameDecoder {
  #partial: Buffer = Buffer.alloc(0);
  #filled = 0;
  #messages: JsonObject[] = [];
  #failure: BtError | null = null;
  readonly #salt: number | undefined;

  /** `salt`: a number that the peer does not know; frames are then read in a time that he cannot choose. */
  constructor(salt?: number) {
    this.#salt = salt;
  }

  /** Bytes of the frame that is not complete yet, its header included. */
  get pendingBytes(): number {
    return this.#filled;
  }

  /**
   * The messages completed by this chunk, in order. Throws BtError BAD_FRAME (details.reason) for a frame that breaks the
   * protocol: close the connection, after handling `salvage()`, the whole messages that came before it in this chunk.
   */
  push(chunk: Buffer): JsonObject[] {
    if (this.#failure !== null) throw this.#failure;
    try {
      this.#consume(chunk);
    } catch (error) {
      if (error instanceof BtError) this.#failure = error;
      throw error;
    }
    return this.#take();
  }

  /** Whole messages that preceded a bad frame in the chunk that failed; empty otherwise. */
  salvage(): JsonObject[] {
    return this.#take();
  }

  #take(): JsonObject[] {
    const messages = this.#messages;
    this.#messages = [];
    return messages;
  }

  #consume(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length) {
      at = this.#filled === 0 ? this.#readWhole(chunk, at) : this.#complete(chunk, at);
    }
  }

  /** Reads a frame that lies whole in the chunk, without copying it; else starts collecting it. */
  #readWhole(chunk: Buffer, at: number): number {
    const rest = chunk.length - at;
    if (rest < HEADER_BYTES) return this.#collect(chunk, at, rest);
    const end = at + HEADER_BYTES + bodyBytes(chunk, at);
    if (end > chunk.length) return this.#collect(chunk, at, rest);
    this.#messages.push(readBody(chunk.subarray(at + HEADER_BYTES, end), this.#salt));
    return end;
  }

  /** Adds what the collected frame lacks: first its header, then its body. */
  #complete(chunk: Buffer, at: number): number {
    const rest = chunk.length - at;
    if (this.#filled < HEADER_BYTES) {
      const next = this.#collect(chunk, at, Math.min(rest, HEADER_BYTES - this.#filled));
      if (this.#filled === HEADER_BYTES) bodyBytes(this.#partial, 0);
      return next;
    }
    const total = HEADER_BYTES + bodyBytes(this.#partial, 0);
    const next = this.#collect(chunk, at, Math.min(rest, total - this.#filled));
    if (this.#filled === total) this.#finish(total);
    return next;
  }

  #finish(total: number): void {
    this.#messages.push(readBody(this.#partial.subarray(HEADER_BYTES, total), this.#salt));
    this.#filled = 0;
    if (this.#partial.length > KEPT_CAPACITY) this.#partial = Buffer.alloc(0);
  }

  #collect(chunk: Buffer, at: number, bytes: number): number {
    const needed = this.#filled + bytes;
    if (needed > this.#partial.length) this.#grow(needed);
    chunk.copy(this.#partial, this.#filled, at, at + bytes);
    this.#filled = needed;
    return at + bytes;
  }

  /** Doubling keeps the copying linear, however small the chunks are. */
  #grow(needed: number): void {
    const capacity = Math.max(
      needed,
      Math.min(this.#partial.length * 2, HEADER_BYTES + MAX_FRAME_BYTES),
      FIRST_CAPACITY,
    );
    const larger = Buffer.allocUnsafeSlow(capacity);
    this.#partial.copy(larger, 0, 0, this.#filled);
    this.#partial = larger;
  }
}

function bodyBytes(buffer: Buffer, at: number): number {
  const bytes = buffer.readUInt32BE(at);
  if (bytes === 0) throw badFrame('empty', 'its length is 0');
  if (bytes > MAX_FRAME_BYTES) {
    throw badFrame('oversize', `its header announces ${bytes} bytes, more than the ${MAX_FRAME_BYTES} allowed`);
  }
  return bytes;
}

function readBody(body: Buffer, salt: number | undefined): JsonObject {
  if (!isUtf8(body)) throw badFrame('utf8', 'its body is not UTF-8');
  if (body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf)
    throw badFrame('bom', 'its body begins with a byte order mark');
  const value = readJson(body, salt);
  if (!isJsonObject(value)) throw badFrame('not_object', 'its body is not a JSON object');
  return value;
}

function readJson(body: Buffer, salt: number | undefined): unknown {
  try {
    return parseWireBytes(body, salt);
  } catch (error) {
    const reason = error instanceof BtError ? error.details['reason'] : null;
    throw badFrame(reason === 'depth' || reason === 'size' ? reason : 'syntax', errorMessage(error), error);
  }
}

function badFrame(reason: BadFrameReason, why: string, cause?: unknown): BtError {
  return new BtError(
    'BAD_FRAME',
    `Bad frame: ${why}. Close the connection; check that the peer speaks this protocol.`,
    {
      fault: 'network',
      cause,
      details: { reason },
    },
  );
}
