import { BtError } from '../../../src/domain/errors.ts';
import type { Rng } from '../../../src/platform/random.ts';
import { decodeAccount, decodePositions } from '../../../src/protocol/decode/account.ts';
import { decodeHealth } from '../../../src/protocol/decode/health.ts';
import { decodeHistory } from '../../../src/protocol/decode/history.ts';
import { decodeCancelAnswer, decodePlaceAnswer } from '../../../src/protocol/decode/order-answers.ts';
import { decodeOrders, decodeTrades } from '../../../src/protocol/decode/orders.ts';
import { decodeLiveCurrent, decodeSnapshot, decodeTick } from '../../../src/protocol/decode/quotes.ts';
import { decodeSecurityInfo, decodeTradeDays } from '../../../src/protocol/decode/reference.ts';
import { readServerMessage } from '../../../src/protocol/envelopes.ts';
import { FrameDecoder } from '../../../src/protocol/frame.ts';
import type { JsonObject } from '../../../src/protocol/json.ts';
import { mutatedBody } from './mutate.ts';

const CODE = '000001.XSHE';
/** All that a client reads out of an answer. */
const DECODERS: readonly ((payload: unknown) => unknown)[] = [
  decodeAccount,
  decodePositions,
  decodeHealth,
  decodeOrders,
  decodeTrades,
  decodePlaceAnswer,
  decodeCancelAnswer,
  decodeTradeDays,
  decodeTick,
  (payload) => decodeHistory(payload, CODE),
  (payload) => decodeSnapshot(payload, CODE),
  (payload) => decodeLiveCurrent(payload, CODE),
  (payload) => decodeSecurityInfo(payload, CODE),
];

/**
 * One changed frame of a server, read as a client reads it. It is read alike however it is cut into chunks, or refused as a bad frame;
 * what is read has no foreign prototype, and every decoder gives a value or an error of ours. Null = as it should be, else what was wrong.
 */
export function fuzzClientFrame(rng: Rng): string | null {
  const frame = framed(mutatedBody(rng, 'received'));
  const whole = read([frame]);
  const inChunks = read(chunksOf(rng, frame));
  if (JSON.stringify(whole) !== JSON.stringify(inChunks)) return 'it is read differently in chunks';
  if (typeof whole === 'string') return whole.startsWith('BAD_FRAME ') ? null : whole;
  for (const message of whole) {
    if (holdsForeignPrototype(message)) return 'it has a prototype of its own';
    const wrong = decodeAll(message);
    if (wrong !== null) return wrong;
  }
  return Object.keys(Object.prototype).length === 0 ? null : 'Object.prototype was changed';
}

/** A frame of any body. */
export function framed(body: Buffer): Buffer {
  const header = Buffer.alloc(4);
  header.writeUInt32BE(body.length);
  return Buffer.concat([header, body]);
}

function decodeAll(message: JsonObject): string | null {
  const read = readServerMessage(message);
  const payload = 'payload' in read ? read.payload : message;
  for (const decode of DECODERS) {
    try {
      decode(payload);
    } catch (error) {
      if (!(error instanceof BtError)) return `${decode.name} threw ${String(error)}`;
    }
  }
  return null;
}

function read(chunks: readonly Buffer[]): JsonObject[] | string {
  const decoder = new FrameDecoder();
  try {
    return chunks.flatMap((chunk) => decoder.push(chunk));
  } catch (error) {
    return error instanceof BtError ? `${error.code} ${String(error.details['reason'])}` : `it threw ${String(error)}`;
  }
}

function chunksOf(rng: Rng, frame: Buffer): Buffer[] {
  const chunks: Buffer[] = [];
  for (let at = 0; at < frame.length;) {
    const end = at + 1 + rng.int(1 + Math.floor(frame.length / 3));
    chunks.push(frame.subarray(at, end));
    at = end;
  }
  return chunks;
}

function holdsForeignPrototype(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== Array.prototype) return true;
  return Object.hasOwn(value, '__proto__') || Object.values(value).some(holdsForeignPrototype);
}
