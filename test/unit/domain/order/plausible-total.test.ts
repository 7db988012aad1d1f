import { describe, expect, it } from 'vitest';
import { isConsistent, totalDoubt } from '../../../../src/domain/order/plausible-total.ts';
import type { BrokerAccount } from '../../../../src/domain/trading.ts';
import { aBrokerAccount, aHolding } from './builders.ts';

const cash = (total: number): BrokerAccount =>
  aBrokerAccount({ availableCash: total, totalValue: total, frozenCash: 0, marketValue: 0 });
const HELD = aHolding(1_000, { avgCost: 9 });

describe('totalDoubt', () => {
  it.each([
    ['a tenfold', 100_000, 10_000, false],
    ['a thousandfold of little', 100_000, 100, false],
    ['a thousandfold of much', 1e9, 1_000_000, true],
    ['lends that come back', 1_000_050, 50, true],
    ['a fall', 100, 1_000_000, false],
  ])('%s of the last reading', (_what, total, last, isDoubted) => {
    const doubt = totalDoubt(cash(total), [], { total: last, isHolding: false });
    expect([doubt !== null, doubt?.mayBeTrue ?? true]).toEqual([isDoubted, true]);
  });

  it('names both figures, and what has no measure is not measured', () => {
    const doubt = totalDoubt(cash(1_000_050), [], { total: 50, isHolding: false });
    expect(doubt?.what).toMatch(/1000050\.00 was 50\.00/);
    expect(totalDoubt(cash(1_000_050), [], null)).toBeNull();
  });

  it('all zeros are no account, unless one without holdings was believed before', () => {
    const doubt = (last: Parameters<typeof totalDoubt>[2]): unknown => totalDoubt(cash(0), [], last)?.mayBeTrue;
    expect([doubt(null), doubt({ total: 0, isHolding: true }), doubt({ total: 9, isHolding: false })]).toEqual([
      false,
      false,
      true,
    ]);
    expect(totalDoubt(cash(0), [HELD], null)).toBeNull();
  });
});

describe('isConsistent', () => {
  it('is cash and worth that make the whole', () => {
    const whole = { ...cash(100_000), availableCash: 90_000, marketValue: 10_000 };
    expect(isConsistent(whole, [HELD])).toBe(true);
    expect(isConsistent({ ...whole, availableCash: 80_000, frozenCash: 10_000 }, [HELD])).toBe(true);
    expect(isConsistent({ ...whole, availableCash: 80_000 }, [HELD])).toBe(false);
    // The account says what a holding without a price is worth.
    expect(isConsistent(whole, [{ ...HELD, lastPrice: null, marketValue: null }])).toBe(true);
  });
});
