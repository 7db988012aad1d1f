import { describe, expect, it } from 'vitest';
import type { BrokerAccount, BrokerPosition } from '../../../../src/domain/trading.ts';
import { wholePositions } from '../../../../src/engine/account/whole-account.ts';

const ACCOUNT: BrokerAccount = {
  accountId: null,
  availableCash: 80_000,
  totalValue: 100_000,
  frozenCash: null,
  transferableCash: null,
  marketValue: null,
};

function lot(amount: number): BrokerPosition {
  const marketValue = amount * 10;
  return {
    security: '000001.XSHE',
    name: null,
    amount,
    closeableAmount: amount,
    avgCost: 9,
    lastPrice: 10,
    marketValue,
  };
}

describe('two rows of one security', () => {
  it('are one holding', () => {
    expect(wholePositions(ACCOUNT, [lot(1500), lot(500)])).toMatchObject([
      { security: '000001.XSHE', amount: 2000, closeableAmount: 2000, avgCost: 9, marketValue: 20_000 },
    ]);
  });

  it('that are worth more than the account are one row told twice: no reading', () => {
    expect(() => wholePositions(ACCOUNT, [lot(2000), lot(2000)])).toThrow(
      /are worth 40000\.00, the account says 20000/,
    );
  });

  it('are read while an own buy holds cash of which the account says nothing', () => {
    expect(wholePositions({ ...ACCOUNT, availableCash: 70_000 }, [lot(1500), lot(500)])).toHaveLength(1);
    const told = { ...ACCOUNT, availableCash: 70_000, frozenCash: 0 };
    expect(() => wholePositions(told, [lot(1500), lot(500)])).toThrow(/the account says 30000/);
  });
});
