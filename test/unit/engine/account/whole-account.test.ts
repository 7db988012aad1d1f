import { describe, expect, it } from 'vitest';
import type { BrokerAccount, BrokerPosition } from '../../../../src/domain/trading.ts';
import { wholePositions } from '../../../../src/engine/account/whole-account.ts';
import { aBrokerAccount, aHolding } from '../../domain/order/builders.ts';

const ACCOUNT = aBrokerAccount({ availableCash: 80_000 });

const lot = (amount: number): BrokerPosition => aHolding(amount, { avgCost: 9 });

describe('two rows of one security', () => {
  it('are one holding', () => {
    expect(wholePositions(ACCOUNT, [lot(1500), lot(500)]).positions).toMatchObject([
      { security: '000001.XSHE', amount: 2000, closeableAmount: 2000, avgCost: 9, marketValue: 20_000 },
    ]);
  });

  it('that are worth more than the account are one row told twice: no reading', () => {
    expect(() => wholePositions(ACCOUNT, [lot(2000), lot(2000)])).toThrow(
      /are worth 40000\.00, the account says 20000/,
    );
  });

  it('are read while an own buy holds cash of which the account says nothing', () => {
    expect(wholePositions({ ...ACCOUNT, availableCash: 70_000 }, [lot(1500), lot(500)]).positions).toHaveLength(1);
    const told = { ...ACCOUNT, availableCash: 70_000, frozenCash: 0 };
    expect(() => wholePositions(told, [lot(1500), lot(500)])).toThrow(/the account says 30000/);
  });
});

describe('the worth of what cannot be ordered', () => {
  const odd = { ...lot(1_000), security: '888880.XSHG', lastPrice: 100, marketValue: 100_000 };
  const worths = (account: Partial<BrokerAccount>): unknown =>
    wholePositions({ ...ACCOUNT, ...account }, [lot(2_000), odd]).positions.map(({ marketValue }) => marketValue);

  it('counts when the account counts it, by its market value or by its whole', () => {
    expect(worths({ marketValue: 120_000, totalValue: 200_000 })).toEqual([20_000, 100_000]);
    expect(worths({ frozenCash: 0, totalValue: 200_000 })).toEqual([20_000, 100_000]);
  });

  it('is none when the account leaves it out', () => {
    expect(worths({ marketValue: 20_000, totalValue: 100_000 })).toEqual([20_000, null]);
    expect(worths({ frozenCash: 0, totalValue: 100_000 })).toEqual([20_000, null]);
  });

  it('of a lend is never its rate', () => {
    const lent = { ...lot(500), security: '204001.XSHG', lastPrice: 1.8, marketValue: null };
    const told = { ...ACCOUNT, marketValue: 70_000, totalValue: 150_000 };
    expect(wholePositions(told, [lot(2_000), lent]).positions).toMatchObject([
      { marketValue: 20_000 },
      { lastPrice: null, marketValue: null },
    ]);
  });
});
