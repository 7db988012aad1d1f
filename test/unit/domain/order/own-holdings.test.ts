import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ownPart } from '../../../../src/domain/order/own-holdings.ts';
import type { BrokerPosition } from '../../../../src/domain/trading.ts';
import { aBrokerAccount, aHolding } from './builders.ts';

const account = aBrokerAccount({ availableCash: 50_000, totalValue: 65_000, frozenCash: 0, marketValue: 15_000 });

function held(security: string, amount: number, closeableAmount: number, price: number): BrokerPosition {
  return aHolding(amount, { security, closeableAmount, avgCost: null, lastPrice: price, marketValue: amount * price });
}

const positions = [held('000001.XSHE', 1000, 1000, 10), held('000002.XSHE', 500, 200, 10)];

describe('ownPart', () => {
  it('shows what the ledger bought, and nothing of the rest', () => {
    const part = ownPart(account, positions, new Map([['000002.XSHE', 300]]));
    expect(part.positions).toEqual([{ ...held('000002.XSHE', 300, 200, 10) }]);
    expect(part.account).toMatchObject({ totalValue: 53_000, marketValue: 3_000, availableCash: 50_000 });
  });

  it('never more than the broker has, and never below nothing', () => {
    const part = ownPart(
      account,
      positions,
      new Map([
        ['000001.XSHE', 5000],
        ['000002.XSHE', -100],
      ]),
    );
    expect(part.positions).toEqual([positions[0]]);
  });

  it('is the whole account for whom bought it all', () => {
    fc.assert(
      fc.property(fc.nat(5000), fc.nat(5000), (a, b) => {
        const all = [held('000001.XSHE', a, a, 10), held('000002.XSHE', b, 0, 8)].filter(({ amount }) => amount > 0);
        const part = ownPart(account, all, new Map(all.map(({ security, amount }) => [security, amount])));
        expect(part.positions).toEqual(all);
        expect(part.account).toEqual(account);
      }),
    );
  });
});
