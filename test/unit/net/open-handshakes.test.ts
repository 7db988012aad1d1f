import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { MAX_HANDSHAKES_PER_ADDRESS, OpenHandshakes } from '../../../src/net/open-handshakes.ts';

function socket(
  remoteAddress: string,
  remotePort: number,
): EventEmitter & { remoteAddress: string; remotePort: number } {
  return Object.assign(new EventEmitter(), { remoteAddress, remotePort });
}

test('one address has so many TLS handshakes open and no more, and others have theirs', () => {
  const open = new OpenHandshakes();
  const sockets = Array.from({ length: MAX_HANDSHAKES_PER_ADDRESS }, (_, port) => socket('203.0.113.9', 1000 + port));
  expect(sockets.every((one) => open.begin(one))).toBe(true);
  expect(open.begin(socket('203.0.113.9', 1))).toBe(false);
  expect(open.begin(socket('198.51.100.7', 1))).toBe(true);
  // Done, or given up: either frees a place, both free one.
  open.end('203.0.113.9', 1000);
  sockets[0]?.emit('close');
  expect(open.begin(socket('203.0.113.9', 2))).toBe(true);
  expect(open.begin(socket('203.0.113.9', 3))).toBe(false);
  sockets[1]?.emit('close');
  expect(open.begin(socket('203.0.113.9', 3))).toBe(true);
});
