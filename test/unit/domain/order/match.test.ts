import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { couldBe, matchIntent, type IntentIdentity } from '../../../../src/domain/order/match.ts';
import { LABEL_BYTES, labelKept, remarkOf, tagIn } from '../../../../src/domain/order/remark.ts';
import type { BrokerOrder } from '../../../../src/domain/trading.ts';

const intent: IntentIdentity = {
  tag: 'k3v9x0aa',
  brokerOrderId: null,
  security: '000001.XSHE',
  side: 'buy',
  amount: 100,
  price: 10,
  sentAt: 1_000_000,
};

function row(change: Partial<BrokerOrder> = {}): BrokerOrder {
  return {
    orderId: '7',
    security: '000001.XSHE',
    side: 'buy',
    amount: 100,
    filled: 0,
    limitPrice: 10,
    avgPrice: null,
    status: 'open',
    remark: 'bt:k3v9x0aa:demo',
    statusText: '',
    createdAt: 1_001_000,
    ...change,
  };
}

const none = new Set<string>();

describe('matchIntent', () => {
  it('finds our mark, also behind a prefix of the server or cut at the end', () => {
    for (const remark of ['bt:k3v9x0aa:demo', 'sub:demo|bt:k3v9x0aa:demo', 'bt:k3v9x0aa']) {
      expect(matchIntent(intent, [row({ remark })], none)?.orderId).toBe('7');
    }
  });

  it('D2: an id that is spent is never given to a second intent', () => {
    expect(matchIntent(intent, [row()], new Set(['7']))).toBeNull();
  });

  it('falls back to what the order is when the remark is lost, and only if exactly one fits', () => {
    expect(matchIntent(intent, [row({ remark: '' })], none)?.orderId).toBe('7');
    expect(matchIntent(intent, [row({ remark: 'bullet-trade', limitPrice: null })], none)?.orderId).toBe('7');
    expect(matchIntent({ ...intent, amount: 150 }, [row({ remark: '' })], none)?.orderId).toBe('7');
    expect(matchIntent(intent, [row({ remark: '' }), row({ remark: '', orderId: '8' })], none)).toBeNull();
  });

  it('does not take an order of the same amount at another price for ours: somebody else may order as much', () => {
    for (const remark of ['', 'by hand'])
      expect(matchIntent(intent, [row({ remark, limitPrice: 9.9 })], none)).toBeNull();
  });

  it('never takes an order of another instance, another side or an earlier time', () => {
    expect(matchIntent(intent, [row({ remark: 'bt:zzzzzzzz:demo' })], none)).toBeNull();
    expect(matchIntent(intent, [row({ remark: '', side: 'sell' })], none)).toBeNull();
    expect(matchIntent(intent, [row({ remark: '', createdAt: 900_000 })], none)).toBeNull();
    expect(matchIntent(intent, [row({ remark: '', createdAt: null })], none)).toBeNull();
    expect(matchIntent(intent, [row({ remark: '', createdAt: 1_061_000 })], none)).toBeNull();
    expect(matchIntent(intent, [row({ remark: '', amount: 200 })], none)).toBeNull();
    expect(matchIntent({ ...intent, amount: 2900 }, [row({ remark: '', amount: 800 })], none)).toBeNull();
  });

  it('recognises by its looks only what under its id is still taken for it', () => {
    const shares = fc.integer({ min: 1, max: 400 });
    const price = fc.constantFrom(10, 10.1);
    fc.assert(
      fc.property(shares, shares, price, (amount, shown, limitPrice) => {
        const found = matchIntent({ ...intent, amount }, [row({ remark: '', amount: shown, limitPrice })], none);
        expect(found === null || couldBe({ ...intent, amount, brokerOrderId: '7' }, found)).toBe(true);
      }),
    );
  });

  it('does not go by looks when told not to', () => {
    expect(matchIntent(intent, [row({ remark: '' })], none, false)).toBeNull();
    expect(matchIntent(intent, [row()], none, false)?.orderId).toBe('7');
  });

  it('D2: an id that is plainly another order is not ours', () => {
    const known = { ...intent, brokerOrderId: '7' };
    for (const change of [{ security: '000002.XSHE' }, { side: 'sell' }, { remark: 'bt:zzzzzzzz' }] as const)
      expect(matchIntent(known, [row(change)], none)).toBeNull();
    expect(matchIntent(known, [row({ side: null, remark: '' })], none)?.orderId).toBe('7');
  });

  it('goes by the broker’s id once it is known', () => {
    const known = { ...intent, brokerOrderId: '9' };
    expect(matchIntent(known, [row()], none)).toBeNull();
    expect(matchIntent(known, [row({ orderId: '9', remark: '' })], new Set(['9']))?.orderId).toBe('9');
  });
});

describe('remarks', () => {
  it.each([
    [null, 'bt:k3v9x0aa'],
    ['', 'bt:k3v9x0aa'],
    ['  ', 'bt:k3v9x0aa'],
    ['再平衡', 'bt:k3v9x0aa:再平衡'],
    ['趋势买入', 'bt:k3v9x0aa:趋势买入'],
    ['国债逆回购', 'bt:k3v9x0aa:国债逆回'],
    ['a-very-long-label-indeed', 'bt:k3v9x0aa:a-very-long-'],
    ['two words', 'bt:k3v9x0aa:two words'],
    ['加仓👨‍👩‍👧', 'bt:k3v9x0aa:加仓'],
    ['half \ud83d of one\n', 'bt:k3v9x0aa:half  of one'],
  ])('puts the unique part first, then what of %j fits', (label, remark) => {
    expect(remarkOf('k3v9x0aa', label)).toBe(remark);
  });

  it('keeps what fits whole, cuts between characters, and never passes 24 bytes in either encoding', () => {
    const bytes = (text: string): number => Buffer.byteLength(text, 'utf8');
    const label = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 40 }),
      fc.string({ unit: fc.constantFrom('再', '平', '衡', 'a', 'b', ' ', '止', '损', '卖', '出'), maxLength: 12 }),
    );
    fc.assert(
      fc.property(label, (text) => {
        const remark = remarkOf('k3v9x0aa', text);
        expect([bytes(remark) <= 24, remark.isWellFormed(), tagIn(remark)]).toEqual([true, true, 'k3v9x0aa']);
        const shown = text.replaceAll(/\p{Cc}/gu, '').trim();
        expect(shown.startsWith(labelKept(text))).toBe(true);
        if (bytes(shown) <= LABEL_BYTES) expect(labelKept(text)).toBe(shown);
      }),
    );
  });

  it('reads a tag back, and nothing that only looks like one', () => {
    expect(tagIn('sub:x|bt:k3v9x0aa:demo')).toBe('k3v9x0aa');
    expect(tagIn('bt:demo:1a2b3c4d')).toBeNull();
    expect(tagIn('bullet-trade')).toBeNull();
  });
});

describe('couldBe: a row with the id that an order has', () => {
  const large = { ...intent, amount: 33_300 };

  it('is it when it bears its mark, or none and its amount, rounded to a lot', () => {
    expect(couldBe(large, row({ amount: 33_300, remark: '' }))).toBe(true);
    expect(couldBe({ ...intent, amount: 150 }, row({ amount: 100, remark: '' }))).toBe(true);
    expect(couldBe(large, row({ amount: 800 }))).toBe(true);
  });

  it('is somebody else’s when its amount is another: terminals that forget use their ids again', () => {
    expect(couldBe(large, row({ amount: 800, remark: '' }))).toBe(false);
    expect(couldBe(large, row({ amount: 33_400, remark: '' }))).toBe(false);
    expect(couldBe(large, row({ amount: 33_300, remark: 'bt:zzzzzzzz:demo' }))).toBe(false);
  });
});
