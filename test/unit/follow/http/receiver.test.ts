import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { Keyring } from '../../../../src/follow/formats/keyring.ts';
import { Receiver } from '../../../../src/follow/http/receiver.ts';
import { nullLog } from '../../../../src/platform/log.ts';
import { FakeSink } from '../senders.ts';

let keyring: Keyring;
beforeAll(async () => {
  keyring = await Keyring.of([
    { strategy: 'a', passphrase: 'a passphrase of chance 1', legacy: false },
    { strategy: 'b', passphrase: 'older', legacy: true },
  ]);
});

const base64 = fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes).toString('base64'));
const inner = fc
  .record({ signature: fc.oneof(fc.string(), fc.constant('0'.repeat(64))), data: fc.oneof(fc.string(), base64) })
  .map((packet) => Buffer.from(JSON.stringify(packet)).toString('base64'));
const begun = fc
  .uint8Array({ maxLength: 200 })
  .map((bytes) => Buffer.concat([Buffer.from('BTS1'), bytes]).toString('base64'));
const body = fc.oneof(
  fc.string(),
  fc.json(),
  fc.record({ encrypted_order: fc.oneof(fc.anything(), base64, inner) }).map((value) => JSON.stringify(value)),
  fc.record({ bt_signal: fc.oneof(fc.anything(), base64, begun) }).map((value) => JSON.stringify(value)),
);

test('nobody without a key does anything, whatever he sends', async () => {
  const sink = new FakeSink();
  const receiver = new Receiver({ keyring, sink, rateLimitPerKey: 1, now: () => 0, log: nullLog });
  await fc.assert(
    fc.asyncProperty(body, async (text) => {
      const { status } = await receiver.answer(text, 'somebody');
      expect([400, 403]).toContain(status);
    }),
    { numRuns: 1_000 },
  );
  expect([sink.handed, sink.pictures.length]).toEqual([0, 0]);
});
