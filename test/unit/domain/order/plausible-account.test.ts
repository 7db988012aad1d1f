import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkAccount, worthDoubt } from '../../../../src/domain/order/plausible-account.ts';
import type { BrokerAccount, BrokerPosition } from '../../../../src/domain/trading.ts';
import { aBrokerAccount, aHolding } from './builders.ts';

const ACCOUNT = aBrokerAccount({ availableCash: 90_000, frozenCash: 0, marketValue: 10_000 });
const HELD = aHolding(1_000, { avgCost: 9 });

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

  it.each(['SHRQ88', '799999.XSHG', '000300.XSHG', '888880.XSHG', '519888.XSHG', '204001.XSHG', '131810.XSHE'])(
    '%s, which cannot be ordered or is no holding, doubts itself only, whether its worth counts or not',
    (security) => {
      const odd = { ...HELD, security, closeableAmount: 1e15, lastPrice: -1 };
      for (const marketValue of [null, 50_000, 1e9])
        for (const counted of [0, marketValue ?? 7_000])
          for (const rows of [[odd], [HELD, odd]]) {
            const worth = counted + (rows.length - 1) * 10_000;
            const account = { ...ACCOUNT, marketValue: worth, totalValue: 90_000 + worth };
            checkAccount(account, [...rows.slice(0, -1), { ...odd, marketValue }]);
          }
    },
  );

  it.each([
    [
      'convertible bonds counted by the ten',
      { security: '113050.XSHG', amount: 10, closeableAmount: 10, lastPrice: 130 },
      13_000,
    ],
    ['delisted, valued at a sixth', {}, 1_600],
    ['a split of ten, priced anew', { security: '510300.XSHG', lastPrice: 1 }, 10_000],
    ['a split of ten, worth anew', { security: '510300.XSHG' }, 1_000],
  ])('a row whose worth does not come from its price is doubted by itself: %s', (_what, change, marketValue) => {
    const row = { ...HELD, ...change, marketValue };
    expect(worthDoubt(row)).toMatch(/would be worth/);
    for (const told of [marketValue, null])
      checkAccount({ ...ACCOUNT, marketValue: told, totalValue: 90_000 + marketValue }, [row]);
  });

  it.each([
    [500, -30, null],
    [500, -109, null],
    [500, -200, 'ACCOUNT_IMPOSSIBLE'],
    [100_000, -2_000, null],
    [100_000, -3_000, 'ACCOUNT_IMPOSSIBLE'],
  ])(
    'of an account of %s a cash of %s is a fee that was charged late, or impossible',
    (worth, availableCash, expected) => {
      const held = { amount: worth / 10, closeableAmount: 0, marketValue: worth };
      expect(code({ availableCash, marketValue: worth, totalValue: worth }, held)).toBe(expected);
    },
  );
});
