import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { isIP } from 'node:net';
import { bitString, integer, objectId, octetString, sequence, setOf, tagged, time, truth, utf8 } from './der.ts';

const ECDSA_SHA256 = '1.2.840.10045.4.3.2';
const COMMON_NAME = '2.5.4.3';
const SUBJECT_KEY = '2.5.29.14';
const KEY_USAGE = '2.5.29.15';
const OTHER_NAMES = '2.5.29.17';
const BASIC_CONSTRAINTS = '2.5.29.19';
const AUTHORITY_KEY = '2.5.29.35';
const EXTENDED_USAGE = '2.5.29.37';
const SERVER_AUTH = '1.3.6.1.5.5.7.3.1';

const DAY_MS = 86_400_000;
/** Other machines' clocks may be behind this one's. */
const EARLIER_MS = DAY_MS;

/** Both PEM. */
export interface SelfSigned {
  readonly cert: string;
  readonly key: string;
}

export interface SelfSignedOptions {
  /** Names and addresses (IPv4, IPv6) it is good for; at least one. */
  readonly hosts: readonly string[];
  /** Days from now on for which it is valid. */
  readonly days: number;
  /** Wall time, epoch ms. */
  readonly now: number;
}

/**
 * A new key (P-256) and a certificate that it has signed itself: a client that is given the certificate trusts this server and
 * nobody else. It is its own authority, as strict clients (Python 3.13) want the one they are given to be.
 */
export function selfSigned({ hosts, days, now }: SelfSignedOptions): SelfSigned {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const name = sequence(setOf(sequence(objectId(COMMON_NAME), utf8((hosts[0] ?? '').slice(0, 64)))));
  const algorithm = sequence(objectId(ECDSA_SHA256));
  const body = sequence(
    tagged(0, integer(Buffer.from([2])), 'around'),
    integer(serialNumber()),
    algorithm,
    name,
    sequence(time(now - EARLIER_MS), time(now + days * DAY_MS)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(3, extensions(hosts, publicKey), 'around'),
  );
  const signature = sign('sha256', body, privateKey);
  return {
    cert: pem('CERTIFICATE', sequence(body, algorithm, bitString(signature))),
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

function extensions(hosts: readonly string[], publicKey: KeyObject): Buffer {
  const keyId = createHash('sha1').update(keyBits(publicKey)).digest();
  return sequence(
    extension(BASIC_CONSTRAINTS, sequence(truth(), integer(Buffer.from([0]))), true),
    // digitalSignature and keyCertSign.
    extension(KEY_USAGE, bitString(Buffer.from([0b1000_0100]), 2), true),
    extension(EXTENDED_USAGE, sequence(objectId(SERVER_AUTH)), false),
    extension(OTHER_NAMES, sequence(...hosts.map(otherName)), false),
    extension(SUBJECT_KEY, octetString(keyId), false),
    extension(AUTHORITY_KEY, sequence(tagged(0, keyId, 'instead')), false),
  );
}

function extension(id: string, value: Uint8Array, critical: boolean): Buffer {
  return sequence(objectId(id), ...(critical ? [truth()] : []), octetString(value));
}

function otherName(host: string): Buffer {
  if (isIP(host) === 4) return tagged(7, Buffer.from(host.split('.').map(Number)), 'instead');
  if (isIP(host) === 6) return tagged(7, ipv6Bytes(host), 'instead');
  return tagged(2, Buffer.from(host, 'ascii'), 'instead');
}

/** 16 bytes of an address without a zone, however it is shortened. */
function ipv6Bytes(address: string): Buffer {
  const plain = address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/u, (_, ...parts: string[]) => {
    const [a = 0, b = 0, c = 0, d = 0] = parts.slice(0, 4).map(Number);
    return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
  });
  const [head = '', tail] = plain.split('::');
  const groups = (text: string): string[] => (text === '' ? [] : text.split(':'));
  const [front, back] = [groups(head), tail === undefined ? [] : groups(tail)];
  const zeros = Array.from({ length: 8 - front.length - back.length }, () => '0');
  const bytes = Buffer.alloc(16);
  for (const [index, group] of [...front, ...zeros, ...back].entries())
    bytes.writeUInt16BE(parseInt(group, 16), index * 2);
  return bytes;
}

/** The key itself: an uncompressed point, the last 65 bytes of its SPKI. */
function keyBits(publicKey: KeyObject): Buffer {
  return publicKey.export({ type: 'spki', format: 'der' }).subarray(-65);
}

/** Positive, and never given twice. */
function serialNumber(): Buffer {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return bytes;
}

function pem(label: string, bytes: Buffer): string {
  const lines = bytes.toString('base64').replaceAll(/(.{64})/gu, '$1\n');
  return `-----BEGIN ${label}-----\n${lines.trimEnd()}\n-----END ${label}-----\n`;
}
