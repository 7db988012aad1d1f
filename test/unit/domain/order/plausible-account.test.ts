import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkAccount } from '../../../../src/domain/order/plausible-account.ts';
import type { BrokerAccount, BrokerPosition } from '../../../../src/domain/trading.ts';

const ACCOUNT: BrokerAccount = {
  accountId: null,
  availableCash: 90_000,
  totalValue: 100_000,
  frozenCash: 0,
  transferableCash: null,
  marketValue: 10_000,
};
const HELD: BrokerPosition = {
  security: '000001.XSHE',
  name: null,
  amount: 1_000,
  closeableAmount: 1_000,
  avgCost: 9,
  lastPrice: 10,
  marketValue: 10_000,
};

function code(account: Partial<BrokerAccount>, held: Partial<BrokerPosition>): unknown {
  try {
    checkAccount({ ...ACCOUNT, ...account }, [{ ...HELD, ...held }]);
    return null;
  } catch (error) {
    return (error as { code: unknown }).code;
  }
}

describe('checkAccount', () => {
  it('takes what is true: any holdings, any cash, priced or not, a moment apart', () => {
    const holding = fc.record({
      security: fc.constantFrom(
        '000001.XSHE',
        '600519.XSHG',
        '688111.XSHG',
        '510300.XSHG',
        '113001.XSHG',
        '204001.XSHG',
      ),
      amount: fc.integer({ min: 0, max: 10_000_000 }),
      free: fc.double({ min: 0, max: 1, noNaN: true }),
      price: fc.double({ min: 0.1, max: 2_000, noNaN: true }),
      isPriced: fc.boolean(),
      later: fc.double({ min: 0.99, max: 1.01, noNaN: true }),
    });
    const account = fc.record({
      cash: fc.double({ min: 0, max: 1e9, noNaN: true }),
      frozen: fc.option(fc.double({ min: 0, max: 1e8, noNaN: true })),
      saysMarketValue: fc.boolean(),
    });
    fc.assert(
      fc.property(
        account,
        fc.uniqueArray(holding, { maxLength: 5, selector: ({ security }) => security }),
        ({ cash, frozen, saysMarketValue }, holdings) => {
          const worth = holdings.reduce((sum, { amount, price }) => sum + amount * price, 0);
          const positions = holdings.map(({ security, amount, free, price, isPriced, later }) => ({
            ...HELD,
            security,
            amount,
            closeableAmount: Math.floor(amount * free),
            lastPrice: isPriced ? price * later : null,
            marketValue: isPriced ? amount * price * later : null,
          }));
          const told = {
            availableCash: cash + 1,
            frozenCash: frozen,
            totalValue: cash + 1 + (frozen ?? 0) + worth,
            marketValue: saysMarketValue ? worth : null,
          };
          checkAccount({ ...ACCOUNT, ...told }, positions);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it.each([Number.NaN, Infinity, -Infinity, 1e308, -1e308, 1e14])('%s is no figure, wherever it stands', (figure) => {
    for (const name of ['availableCash', 'totalValue', 'frozenCash', 'marketValue', 'transferableCash'] as const)
      expect(code({ [name]: figure }, {})).toBe('ACCOUNT_IMPOSSIBLE');
    for (const name of ['amount', 'closeableAmount', 'lastPrice', 'marketValue'] as const)
      expect(code({}, { [name]: figure })).toBe('ACCOUNT_IMPOSSIBLE');
  });

  it('a missing figure contradicts nothing', () => {
    expect(code({ frozenCash: null, marketValue: null }, { lastPrice: null, marketValue: null })).toBeNull();
  });

  it('a bonus share’s day of the price, not yet of the amount, is possible; a hundred times the worth is not', () => {
    expect(code({ marketValue: null }, { lastPrice: 30 })).toBeNull();
    expect(code({ marketValue: null }, { lastPrice: 1_000 })).toBe('ACCOUNT_INCONSISTENT');
    // Priced in USD, in HKD, or by the hundred.
    expect(code({ marketValue: null }, { security: '900901.XSHG', lastPrice: 1 })).toBeNull();
  });

  it('what cannot be ordered doubts itself only', () => {
    const held = { amount: 100, closeableAmount: 1e15, lastPrice: -1, marketValue: null };
    for (const security of ['SHRQ88', '799999.XSHG', '000300.XSHG']) expect(code({}, { ...held, security })).toBeNull();
  });
});
