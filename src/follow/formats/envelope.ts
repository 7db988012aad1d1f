import { createHmac, timingSafeEqual } from 'node:crypto';
import { MAC_BYTES } from './envelope-keys.ts';
import type { EnvelopeKeys } from './envelope-keys.ts';

/**
 * Our own packet, which JoinQuant's Python can make with its standard library. Numbers are big-endian.
 *
 *   0   4  "BTS1"
 *   4   8  when it was sealed, by the sender's clock, epoch ms
 *  12   4  how many seconds it holds from then on
 *  16   8  the sender's life: chance, drawn when it begins
 *  24   4  its number in that life, from 1
 *  28  16  nonce: chance, drawn for each packet
 *  44   1  n, the bytes of the strategy's name
 *  45   n  the strategy's name, UTF-8
 *      ..  the text XOR the key stream
 *      32  HMAC-SHA256 of all bytes before, with the key for that
 *
 * Key stream: HMAC-SHA256(encryption key, nonce ‖ u32 i) for i = 0, 1, 2, … The two keys: `envelope-keys`.
 */
const MAGIC = Buffer.from('BTS1', 'latin1');
const HEAD_BYTES = 45;

export interface EnvelopeHead {
  readonly strategy: string;
  /** Epoch ms, by the sender's clock. */
  readonly sealedAt: number;
  readonly validSeconds: number;
  /** 8 bytes, hex. */
  readonly life: string;
  readonly number: number;
  /** 16 bytes. */
  readonly nonce: Buffer;
}

export interface OpenedEnvelope extends EnvelopeHead {
  readonly plain: Buffer;
}

/** The strategy that an envelope says it is of, before anything of it is believed; null when it is no envelope. */
export function claimedStrategy(bytes: Buffer): string | null {
  if (bytes.length < HEAD_BYTES + MAC_BYTES || !bytes.subarray(0, 4).equals(MAGIC)) return null;
  const end = HEAD_BYTES + (bytes[44] ?? 0);
  return end + MAC_BYTES > bytes.length ? null : bytes.toString('utf8', HEAD_BYTES, end);
}

/** Opens an envelope; null when it is none, or was not sealed with these keys. Nothing is decrypted before its MAC is found right. */
export function openEnvelope(bytes: Buffer, keys: EnvelopeKeys): OpenedEnvelope | null {
  const strategy = claimedStrategy(bytes);
  const body = bytes.length - MAC_BYTES;
  const right = createHmac('sha256', keys.mac)
    .update(bytes.subarray(0, Math.max(0, body)))
    .digest();
  if (strategy === null || !timingSafeEqual(right, bytes.subarray(body))) return null;
  const nonce = Buffer.from(bytes.subarray(28, 44));
  const cipher = bytes.subarray(HEAD_BYTES + (bytes[44] ?? 0), body);
  return {
    strategy,
    sealedAt: Number(bytes.readBigUInt64BE(4)),
    validSeconds: bytes.readUInt32BE(12),
    life: bytes.toString('hex', 16, 24),
    number: bytes.readUInt32BE(24),
    nonce,
    plain: xorStream(cipher, keys, nonce),
  };
}

/** Makes an envelope. The life has 8 bytes of hex, the nonce 16 bytes of chance. */
export function sealEnvelope(head: EnvelopeHead, plain: Buffer, keys: EnvelopeKeys): Buffer {
  const name = Buffer.from(head.strategy, 'utf8');
  const front = Buffer.alloc(HEAD_BYTES);
  MAGIC.copy(front, 0);
  front.writeBigUInt64BE(BigInt(head.sealedAt), 4);
  front.writeUInt32BE(head.validSeconds, 12);
  Buffer.from(head.life, 'hex').copy(front, 16);
  front.writeUInt32BE(head.number, 24);
  head.nonce.copy(front, 28);
  front.writeUInt8(name.length, 44);
  const body = Buffer.concat([front, name, xorStream(plain, keys, head.nonce)]);
  return Buffer.concat([body, createHmac('sha256', keys.mac).update(body).digest()]);
}

/** What an answer to an envelope says, and what proves that it is of whoever has the key. */
export interface ProvenWords {
  readonly result: string;
  readonly id: string;
  readonly code: string;
  readonly reason: string;
}

/** Lower-case hex: HMAC-SHA256 with the MAC's key of "answer", the nonce, and the words with a line feed before each. */
export function answerProof(words: ProvenWords, nonce: Buffer, keys: EnvelopeKeys): string {
  const { result, id, code, reason } = words;
  const text = ['', result, id, code, reason].join('\n');
  return createHmac('sha256', keys.mac).update('answer').update(nonce).update(text, 'utf8').digest('hex');
}

function xorStream(bytes: Buffer, keys: EnvelopeKeys, nonce: Buffer): Buffer {
  const out = Buffer.from(bytes);
  const counter = Buffer.alloc(4);
  for (let start = 0; start < out.length; start += MAC_BYTES) {
    counter.writeUInt32BE(start / MAC_BYTES);
    const block = createHmac('sha256', keys.encryption).update(nonce).update(counter).digest();
    const end = Math.min(out.length, start + MAC_BYTES);
    for (let place = start; place < end; place += 1) out[place] = (out[place] ?? 0) ^ (block[place - start] ?? 0);
  }
  return out;
}
