import { describe, expect, test } from 'vitest';
import { readEnvelopeSignal } from '../../../../src/follow/formats/envelope-signal.ts';
import type { Reading } from '../../../../src/follow/formats/reading.ts';
import { orderBody } from '../senders.ts';

const NOW = 1_772_415_060_000;
const PICTURE = {
  at: NOW,
  total_value: 1e5,
  available_cash: null,
  positions: [{ security: '600000.SH', amount: 100, price: 9.5, value: 950 }],
};

function read(body: object | string, { now = NOW, seconds = 60, most = 60 } = {}): Reading {
  const plain = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  const head = { strategy: 'a', sealedAt: NOW, validSeconds: seconds, life: '00', number: 1, nonce: Buffer.alloc(16) };
  return readEnvelopeSignal({ ...head, plain }, { now, isSimulated: false }, most);
}

test('an order is a signal, its picture too', () => {
  expect(read(orderBody({ picture: PICTURE, is_closing: true, side: 'sell' }))).toMatchObject({
    kind: 'signal',
    signal: {
      strategy: 'a',
      id: '2026-03-02:1001',
      side: 'sell',
      amount: 300,
      sentAt: NOW,
      isClosing: true,
      picture: {
        totalValue: 1e5,
        availableCash: null,
        positions: [{ security: '600000.XSHG', amount: 100, price: 9.5, value: 950 }],
      },
    },
  });
});

test('a picture alone and a word of hello are told apart', () => {
  expect(read({ kind: 'picture', picture: PICTURE })).toMatchObject({ kind: 'picture', picture: { at: NOW } });
  expect(read({ kind: 'hello' })).toEqual({ kind: 'hello', strategy: 'a' });
});

describe('what is odd is refused by its name', () => {
  test.each([
    ['id', { id: '1001' }],
    ['security', { security: 'apple' }],
    ['side', { side: 'hold' }],
    ['amount', { amount: 0 }],
    ['amount', { amount: 1.5 }],
    ['price', { price: 0 }],
    ['sent_at', { sent_at: '2026' }],
    ['is_closing', { is_closing: 1 }],
    ['picture.positions.0.amount', { picture: { ...PICTURE, positions: [{ ...PICTURE.positions[0], amount: -1 }] } }],
    ['picture.at', { picture: { ...PICTURE, at: NOW * 1000 } }],
    ['extra', { extra: 1 }],
  ])('%s', (name, more) => {
    const reading = read(orderBody(more));
    expect(reading).toMatchObject({ kind: 'unusable', code: 'BAD_SIGNAL' });
    expect(reading.kind === 'unusable' && reading.reason).toContain(name);
  });

  test.each(['no JSON', '[]', '{"kind":"other"}'])('%s', (text) => {
    expect(read(text)).toMatchObject({ kind: 'unusable', code: 'BAD_SIGNAL' });
  });
});

test('it holds as long as it says, and as its way lets it', () => {
  expect(read(orderBody(), { now: NOW + 60_000 }).kind).toBe('signal');
  expect(read(orderBody(), { now: NOW + 60_001 })).toMatchObject({ code: 'STALE' });
  expect(read(orderBody(), { now: NOW + 60_001, seconds: 3600 })).toMatchObject({ code: 'STALE' });
  expect(read(orderBody(), { now: NOW + 60_001, seconds: 3600, most: 3600 }).kind).toBe('signal');
  expect(read(orderBody(), { now: NOW - 60_001 })).toMatchObject({ code: 'AHEAD' });
});
