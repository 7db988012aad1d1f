import { createHash, pbkdf2 } from 'node:crypto';
import { promisify } from 'node:util';

/** Bytes of an HMAC-SHA256, and of each key. */
export const MAC_BYTES = 32;

/** Two keys of one passphrase: what encrypts never signs. */
export interface EnvelopeKeys {
  readonly encryption: Buffer;
  readonly mac: Buffer;
}

/** A tenth of a second on both sides, once in the life of each. */
const ITERATIONS = 200_000;

/**
 * PBKDF2-HMAC-SHA256 of the passphrase (UTF-8), 200,000 rounds, 64 bytes: the first half encrypts, the second signs. The salt is SHA-256 of
 * "bt-signal 1 " and the strategy's name (UTF-8): both sides know it, so that no stranger can make us derive keys, and two strategies
 * with one passphrase have different keys. scrypt would be better, and is not in every Python 3.6.
 */
export async function envelopeKeys(passphrase: string, strategy: string): Promise<EnvelopeKeys> {
  const salt = createHash('sha256').update(`bt-signal 1 ${strategy}`, 'utf8').digest();
  const both = await promisify(pbkdf2)(Buffer.from(passphrase, 'utf8'), salt, ITERATIONS, 2 * MAC_BYTES, 'sha256');
  return { encryption: both.subarray(0, MAC_BYTES), mac: both.subarray(MAC_BYTES) };
}
