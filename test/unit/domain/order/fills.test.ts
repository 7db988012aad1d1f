import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countFills, sumFills } from '../../../../src/domain/order/fills.ts';
import type { BrokerTrade } from '../../../../src/domain/trading.ts';

function trade(tradeId: string, amount = 100, orderId = '1'): BrokerTrade {
  return {
    tradeId,
    orderId,
    security: '000001.XSHE',
    side: null,
    amount,
    price: 10,
    time: 0,
    commission: null,
    tax: null,
  };
}

const keys = (trades: readonly BrokerTrade[]): string[] =>
  countFills(trades).map(({ trade: row, ordinal }) => `${row.orderId}/${row.tradeId}/${ordinal}`);

describe('countFills', () => {
  it('keeps two fills with one id apart', () => {
    expect(keys([trade('a'), trade('a'), trade('b')])).toEqual(['1/a/1', '1/a/2', '1/b/1']);
  });

  it('D24: a replayed list gives the same keys, so nothing is new', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'b', 'c')), (ids) => {
        const list = ids.map((id) => trade(id));
        const ledger = new Set(keys(list));
        for (const key of keys(list)) expect(ledger.has(key)).toBe(true);
        expect(ledger.size).toBe(list.length);
      }),
    );
  });

  it('a longer list only adds keys', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'b')), fc.array(fc.constantFrom('a', 'b')), (head, tail) => {
        const before = new Set(keys(head.map((id) => trade(id))));
        const after = new Set(keys([...head, ...tail].map((id) => trade(id))));
        expect([...before].every((key) => after.has(key))).toBe(true);
        expect(after.size).toBe(head.length + tail.length);
      }),
    );
  });
});

describe('sumFills', () => {
  it('weights by volume, and has no price without fills', () => {
    expect(sumFills([])).toEqual({ amount: 0, price: null });
    expect(
      sumFills([
        { amount: 100, price: 10 },
        { amount: 300, price: 11 },
      ]),
    ).toEqual({ amount: 400, price: 10.75 });
  });
});
