import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { answerProof, claimedStrategy, openEnvelope, sealEnvelope } from '../../../../src/follow/formats/envelope.ts';
import { envelopeKeys } from '../../../../src/follow/formats/envelope-keys.ts';
import type { EnvelopeKeys } from '../../../../src/follow/formats/envelope-keys.ts';

interface Vector {
  readonly passphrase: string;
  readonly strategy: string;
  readonly encryptionKey: string;
  readonly macKey: string;
  readonly sealedAt: number;
  readonly validSeconds: number;
  readonly life: string;
  readonly number: number;
  readonly nonce: string;
  readonly plain: string;
  readonly envelope: string;
  readonly words: readonly [string, string, string, string];
  readonly proof: string;
}

// The sender's test reads the same file: `test/python/test_bt_signal.py`.
const FILE = new URL('../../../python/envelope.json', import.meta.url);
const { envelopes } = JSON.parse(readFileSync(FILE, 'utf8')) as { readonly envelopes: readonly Vector[] };

describe.each(envelopes.map((vector) => [vector.strategy, vector] as const))('the vector of %s', (_, vector) => {
  const head = {
    strategy: vector.strategy,
    sealedAt: vector.sealedAt,
    validSeconds: vector.validSeconds,
    life: vector.life,
    number: vector.number,
    nonce: Buffer.from(vector.nonce, 'hex'),
  };
  let keys: EnvelopeKeys;

  beforeAll(async () => {
    keys = await envelopeKeys(vector.passphrase, vector.strategy);
  });

  test('has these keys', () => {
    expect([keys.encryption.toString('hex'), keys.mac.toString('hex')]).toEqual([vector.encryptionKey, vector.macKey]);
  });

  test('is sealed to these bytes, and opened', () => {
    const plain = Buffer.from(vector.plain, 'utf8');
    expect(sealEnvelope(head, plain, keys).toString('hex')).toBe(vector.envelope);
    expect(openEnvelope(Buffer.from(vector.envelope, 'hex'), keys)).toEqual({ ...head, plain });
  });

  test('is answered with this proof', () => {
    const [result, id, code, reason] = vector.words;
    expect(answerProof({ result, id, code, reason }, head.nonce, keys)).toBe(vector.proof);
  });
});

describe('what is not whole and of this key', () => {
  const KEYS = { encryption: Buffer.alloc(32, 1), mac: Buffer.alloc(32, 2) };
  const head = {
    strategy: 'a',
    sealedAt: 5,
    validSeconds: 60,
    life: '00'.repeat(8),
    number: 1,
    nonce: Buffer.alloc(16, 3),
  };

  test('is none, whichever bit is another', () => {
    const sealed = sealEnvelope(head, Buffer.from('text'), KEYS);
    fc.assert(
      fc.property(fc.nat(sealed.length * 8 - 1), (bit) => {
        const changed = Buffer.from(sealed);
        changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(openEnvelope(changed, KEYS)).toBeNull();
      }),
    );
  });

  test('is none, wherever it is cut, and whatever is behind it', () => {
    const sealed = sealEnvelope(head, Buffer.from('text'), KEYS);
    for (let length = 0; length < sealed.length; length += 1)
      expect(openEnvelope(sealed.subarray(0, length), KEYS)).toBeNull();
    expect(openEnvelope(Buffer.concat([sealed, Buffer.alloc(1)]), KEYS)).toBeNull();
  });

  test('is none with either key of another', () => {
    const sealed = sealEnvelope(head, Buffer.from('text'), KEYS);
    expect(openEnvelope(sealed, { ...KEYS, mac: Buffer.alloc(32, 9) })).toBeNull();
  });

  test('throws at nothing', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const begun = Buffer.concat([Buffer.from('BTS1'), bytes]);
        expect(openEnvelope(begun, KEYS)).toBeNull();
        claimedStrategy(Buffer.from(bytes));
      }),
    );
  });

  test('what is sealed is opened as it was, whatever it is', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.string({ maxLength: 30 }), (bytes, strategy) => {
        const plain = Buffer.from(bytes);
        const name = Buffer.from(strategy.slice(0, 20), 'utf8').toString('utf8');
        const sealed = sealEnvelope({ ...head, strategy: name }, plain, KEYS);
        expect(openEnvelope(sealed, KEYS)).toEqual({ ...head, strategy: name, plain });
        if (plain.length > 8) expect(sealed.includes(plain)).toBe(false);
      }),
    );
  });
});
