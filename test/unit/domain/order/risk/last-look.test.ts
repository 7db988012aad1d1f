import { describe, expect, it } from 'vitest';
import type { PlannedOrder } from '../../../../../src/domain/order/plan.ts';
import { denial, type RiskInputs } from '../../../../../src/domain/order/risk/last-look.ts';
import { aPosition, anAccount } from '../builders.ts';

const order: PlannedOrder = { security: '000001.XSHE', side: 'buy', amount: 100, price: 10, style: 'limit' };
const inputs = (change: Partial<RiskInputs> = {}): RiskInputs => ({
  account: anAccount({ positions: [aPosition()] }),
  doubtful: new Set(),
  closed: null,
  ...change,
});

describe('denial', () => {
  it('lets a covered order through', () => {
    expect(denial([order], inputs())).toBeNull();
    expect(denial([{ ...order, side: 'sell', amount: 1000 }], inputs())).toBeNull();
  });

  it('asks about cash for buys only: what brings money is never blocked by the lack of it', () => {
    const account = anAccount({ availableCash: -3.2, positions: [aPosition()] });
    expect(denial([{ ...order, side: 'sell', amount: 1000 }], inputs({ account }))).toBeNull();
    expect(denial([order], inputs({ account }))).toMatch(/available cash of -3.20/);
  });

  it.each([
    ['a closed gate', [order], { closed: 'closed for now' }, /closed for now/],
    ['a security in doubt', [order], { doubtful: new Set(['000001.XSHE']) }, /fate is not known/],
    ['an amount of 0', [{ ...order, amount: 0 }], {}, /amount/],
    ['a fraction', [{ ...order, amount: 0.5 }], {}, /amount/],
    ['NaN', [{ ...order, price: Number.NaN }], {}, /price/],
    [
      'more than the cash, together',
      [
        { ...order, amount: 6000 },
        { ...order, amount: 6000 },
      ],
      {},
      /available cash/,
    ],
    [
      'more than can be sold, together',
      [
        { ...order, side: 'sell' as const, amount: 600 },
        { ...order, side: 'sell' as const, amount: 600 },
      ],
      {},
      /only 1000/,
    ],
  ])('denies %s', (_, orders, change, text) => {
    expect(denial(orders, inputs(change))).toMatch(text);
  });
});
