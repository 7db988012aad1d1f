import { createPublicKey, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import * as tls from 'node:tls';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { errorCode, errorMessage } from '../../../src/domain/errors.ts';
import { integer, objectId } from '../../../src/platform/der.ts';
import { selfSigned } from '../../../src/platform/self-signed.ts';
import type { SelfSigned } from '../../../src/platform/self-signed.ts';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 6, 6, 1, 34, 30);

function pairFor(...hosts: string[]): SelfSigned {
  return selfSigned({ hosts, days: 3650, now: NOW });
}

describe('a self-signed certificate', () => {
  test('is signed by its own key, is good for its hosts and for its time, and says what it may be used for', () => {
    const { cert, key } = pairFor('gateway.lan', '192.168.1.20', 'fd00::1:2');
    const read = new X509Certificate(cert);
    expect(read.verify(read.publicKey)).toBe(true);
    expect(read.checkIssued(read)).toBe(true);
    expect(read.publicKey.equals(createPublicKey(key))).toBe(true);
    expect(read.publicKey.asymmetricKeyDetails).toEqual({ namedCurve: 'prime256v1' });
    expect(read.checkHost('gateway.lan')).toBe('gateway.lan');
    expect(read.checkHost('other.lan')).toBeUndefined();
    expect([read.checkIP('192.168.1.20'), read.checkIP('192.168.1.21')]).toEqual(['192.168.1.20', undefined]);
    expect(read.checkIP('fd00::1:2')).toBe('fd00::1:2');
    expect(read.validFromDate.getTime()).toBe(NOW - DAY);
    expect(read.validToDate.getTime()).toBe(NOW + 3650 * DAY);
    expect([read.ca, read.keyUsage]).toEqual([true, ['1.3.6.1.5.5.7.3.1']]);
  });

  test('of after 2049 has its time with four digits', () => {
    const now = Date.UTC(2051, 0, 2);
    const read = new X509Certificate(selfSigned({ hosts: ['a'], days: 1, now }).cert);
    expect([read.validFromDate.getTime(), read.validToDate.getTime()]).toEqual([now - DAY, now + DAY]);
  });

  test('has a number of its own each time', () => {
    const numbers = Array.from({ length: 20 }, () => new X509Certificate(pairFor('a').cert).serialNumber);
    expect(new Set(numbers).size).toBe(20);
    expect(numbers.every((number) => number.length === 32 && Number.parseInt(number[0] ?? 'f', 16) < 8)).toBe(true);
  });

  test('names every address as it is, however it is shortened', () => {
    const address = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 0xffff })), {
      minLength: 8,
      maxLength: 8,
    });
    fc.assert(
      fc.property(address, (groups) => {
        const text = new URL(`http://[${groups.map((group) => group.toString(16)).join(':')}]`).hostname.slice(1, -1);
        expect(new X509Certificate(pairFor(text).cert).checkIP(text)).toBe(text);
      }),
      { numRuns: 50 },
    );
  });

  test('carries a TLS handshake of a client that trusts it, by name and by address, and of no other', async () => {
    const pair = pairFor('localhost', '127.0.0.1');
    const server = tls.createServer(pair, (socket) => socket.end('hello'));
    server.on('tlsClientError', () => {});
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const heard = async (options: tls.ConnectionOptions): Promise<string> => {
      const socket = tls.connect({ port, host: '127.0.0.1', ...options });
      try {
        const [text] = (await once(socket, 'data')) as [unknown];
        return String(text);
      } catch (error) {
        return errorCode(error) ?? errorMessage(error);
      } finally {
        socket.destroy();
      }
    };
    expect(await heard({ ca: pair.cert })).toBe('hello');
    expect(await heard({ ca: pair.cert, servername: 'localhost' })).toBe('hello');
    expect(await heard({ ca: pairFor('localhost', '127.0.0.1').cert })).toMatch(/SELF_SIGNED|UNABLE_TO_VERIFY/);
    expect(await heard({ ca: pair.cert, servername: 'elsewhere.lan' })).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
  });
});

describe('DER', () => {
  test('whole numbers are shortest, and never negative', () => {
    expect(integer(Buffer.from([0, 0, 0x7f])).toString('hex')).toBe('02017f');
    expect(integer(Buffer.from([0x80])).toString('hex')).toBe('02020080');
    expect(integer(Buffer.from([0, 0])).toString('hex')).toBe('020100');
  });

  test('object ids', () => {
    expect(objectId('1.2.840.10045.4.3.2').toString('hex')).toBe('06082a8648ce3d040302');
  });
});
