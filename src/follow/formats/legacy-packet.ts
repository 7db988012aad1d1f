import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** What a packet of the older sender holds once its signature is found right. */
export interface OpenedPacket {
  /** As signed, byte by byte. */
  readonly plain: Buffer;
  /** Lower-case hex. */
  readonly signature: string;
}

const SIGNATURE = /^[0-9a-f]{64}$/u;

/** The key of a password, 32 bytes. */
export function legacyKey(password: string): Buffer {
  return createHash('sha256').update(password, 'utf8').digest();
}

/**
 * Opens what the older sender calls `encrypted_order`: base64 of JSON of a signature and of base64 of the text XOR the key. Null when it
 * is none, or signed with another key. The signature is of the bytes as they came, and is compared in constant time.
 */
export function openLegacyPacket(encrypted: string, key: Buffer): OpenedPacket | null {
  const inner = innerOf(encrypted);
  if (inner === null) return null;
  const cipher = strictBase64(inner.data);
  if (cipher === null || !SIGNATURE.test(inner.signature)) return null;
  const plain = Buffer.from(cipher.map((byte, place) => byte ^ (key[place % key.length] ?? 0)));
  const right = createHmac('sha256', key).update(plain).digest();
  return timingSafeEqual(right, Buffer.from(inner.signature, 'hex')) ? { plain, signature: inner.signature } : null;
}

/** What makes such a packet; the sender is in JoinQuant's Python, this is for its tests and stand-ins. */
export function sealLegacyPacket(plain: Buffer, key: Buffer): string {
  const cipher = Buffer.from(plain.map((byte, place) => byte ^ (key[place % key.length] ?? 0)));
  const signature = createHmac('sha256', key).update(plain).digest('hex');
  return Buffer.from(`{"signature": "${signature}", "data": "${cipher.toString('base64')}"}`).toString('base64');
}

function innerOf(encrypted: string): { readonly signature: string; readonly data: string } | null {
  const bytes = strictBase64(encrypted);
  if (bytes === null) return null;
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null || !('signature' in value) || !('data' in value)) return null;
  const { signature, data } = value;
  return typeof signature === 'string' && typeof data === 'string' ? { signature, data } : null;
}

/** Node leaves out what is no base64; here it is none then. */
function strictBase64(text: string): Buffer | null {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/u.test(text)) return null;
  return Buffer.from(text, 'base64');
}
