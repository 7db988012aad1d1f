import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { legacyKey, openLegacyPacket, sealLegacyPacket } from '../../../../src/follow/formats/legacy-packet.ts';
import { readLegacySignal } from '../../../../src/follow/formats/legacy-signal.ts';
import type { Reading } from '../../../../src/follow/formats/reading.ts';
import { chinaInstant } from '../../../../src/domain/time.ts';
import { OLDER_ORDER as ORDER } from '../senders.ts';

const FILE = new URL('../../../python/envelope.json', import.meta.url);
const { older } = JSON.parse(readFileSync(FILE, 'utf8')) as { readonly older: Readonly<Record<string, string>> };
const KEY = legacyKey('test-key');

function encrypted(signature: string, data: string): string {
  return Buffer.from(JSON.stringify({ signature, data })).toString('base64');
}

describe('the packet of the older sender', () => {
  test('of the vector is opened to the bytes that were signed', () => {
    const opened = openLegacyPacket(older['encryptedOrder'] ?? '', legacyKey(older['password'] ?? ''));
    expect(opened?.plain.toString('utf8')).toBe(older['plain']);
    expect(opened?.signature).toBe(older['signature']);
    expect(sealLegacyPacket(Buffer.from(older['plain'] ?? ''), KEY)).toBe(older['encryptedOrder']);
  });

  test('is checked byte by byte as it came, not as it would be written again', () => {
    const plain = Buffer.from('{"a":1 ,  "b" : "\\u80a1"}\n');
    expect(openLegacyPacket(sealLegacyPacket(plain, KEY), KEY)?.plain).toEqual(plain);
  });

  test.each([
    ['another key', sealLegacyPacket(Buffer.from('{}'), legacyKey('other'))],
    ['a changed text', encrypted(older['signature'] ?? '', `A${(older['data'] ?? '').slice(1)}`)],
    ['a changed signature', encrypted('0'.repeat(64), older['data'] ?? '')],
    ['a signature in capitals', encrypted((older['signature'] ?? '').toUpperCase(), older['data'] ?? '')],
    ['a signature that is short', encrypted('00', older['data'] ?? '')],
    ['what is no base64', '{"signature": 1}'],
    ['what is no base64 within', encrypted(older['signature'] ?? '', '*'.repeat(72))],
    ['what is no JSON', Buffer.from('no').toString('base64')],
    ['null', Buffer.from('null').toString('base64')],
    ['a number', Buffer.from('{"signature":1,"data":2}').toString('base64')],
    ['nothing', ''],
  ])('%s is none', (_, text) => {
    expect(openLegacyPacket(text, KEY)).toBeNull();
  });

  test('gives its key away to whoever overhears one, which is why it is off', () => {
    const plain = Buffer.from(JSON.stringify(ORDER));
    const inner = JSON.parse(Buffer.from(sealLegacyPacket(plain, KEY), 'base64').toString()) as { data: string };
    const overheard = Buffer.from(inner.data, 'base64');
    const guess = Buffer.from('{"状态":"open","订单添加时间":"2026-');
    const key = Buffer.from(guess.map((byte, place) => byte ^ (overheard[place] ?? 0))).subarray(0, 32);
    expect(key).toEqual(KEY);
    expect(createHmac('sha256', key).update('x').digest()).toEqual(createHmac('sha256', KEY).update('x').digest());
  });
});

const NOW = chinaInstant('2026-03-02', '09:31:00');

function read(more: Readonly<Record<string, unknown>>, now = NOW): Reading {
  return readLegacySignal(Buffer.from(JSON.stringify({ ...ORDER, ...more })), 'a', { now, isSimulated: false });
}

describe('what it says', () => {
  test('is a signal: id of the day and the order, never of amount or price', () => {
    expect(read({})).toEqual({
      kind: 'signal',
      signal: {
        strategy: 'a',
        id: '2026-03-02:1001',
        security: '000001.XSHE',
        side: 'buy',
        amount: 300,
        price: 10.5,
        sentAt: chinaInstant('2026-03-02', '09:31:00') + 123,
        receivedAt: NOW,
        isClosing: null,
        picture: null,
        raw: JSON.stringify(ORDER),
      },
    });
  });

  test.each([
    [{ 买卖: 'False' }, { side: 'sell' }],
    [{ 平均成交价格: '0.0' }, { price: null }],
    [{ 平均成交价格: 'nan' }, { price: null }],
    [{ 平均成交价格: 'None' }, { price: null }],
    [{ 下单数量: '300.0' }, { amount: 300 }],
    [{ 股票代码: '600000.SH' }, { security: '600000.XSHG' }],
    [{ 时间戳: '2026-03-02 09:31:00' }, { sentAt: NOW }],
    [{ 状态: 'canceled', 已经成交: '100' }, { amount: 300 }],
    [{ 持仓成本: 'odd', 交易费用: 'odd', 密码: 'odd' }, { amount: 300 }],
  ])('%j is %j', (more, signal) => {
    expect(read(more)).toMatchObject({ kind: 'signal', signal });
  });

  test.each([
    ['买卖', 'true'],
    ['买卖', '1'],
    ['买卖', ''],
    ['买卖', true],
    ['下单数量', '0'],
    ['下单数量', '-100'],
    ['下单数量', '100.5'],
    ['下单数量', '1e3'],
    ['下单数量', 100],
    ['股票代码', '000001'],
    ['股票代码', 'apple'],
    ['多空', 'short'],
    ['订单ID', ''],
    ['订单ID', 'a:b'],
    ['平均成交价格', '-1'],
    ['平均成交价格', 'x'],
    ['订单添加时间', '2026-02-30 09:31:00'],
    ['时间戳', 'now'],
    ['时间戳', '2026-03-02'],
    ['状态', 'rejected'],
    ['状态', 'OrderStatus.canceled'],
  ])('%s of %j is refused by its name', (name, value) => {
    const reading = read({ [name]: value });
    expect(reading).toMatchObject({ kind: 'unusable', code: 'BAD_SIGNAL', strategy: 'a' });
    expect(reading.kind === 'unusable' && reading.reason).toContain(name);
  });

  test('without a name is refused by it', () => {
    expect(read({ 买卖: undefined })).toMatchObject({
      kind: 'unusable',
      reason: '买卖 is missing, or no text. Nothing is followed.',
    });
  });

  test.each(['no', '[]', 'null', '1'])('%s is no object', (text) => {
    expect(readLegacySignal(Buffer.from(text), 'a', { now: NOW, isSimulated: false })).toMatchObject({
      kind: 'unusable',
      code: 'BAD_SIGNAL',
    });
  });

  test('is of now: a minute before and after', () => {
    const sent = NOW + 123;
    expect(read({}, sent + 60_000).kind).toBe('signal');
    expect(read({}, sent - 60_000).kind).toBe('signal');
    expect(read({}, sent + 60_001)).toMatchObject({ kind: 'unusable', code: 'STALE' });
    expect(read({}, sent - 60_001)).toMatchObject({ kind: 'unusable', code: 'AHEAD' });
  });
});
