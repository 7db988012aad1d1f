import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commissionOn, DEFAULT_FEES, orderFees } from '../../../../src/domain/market/fees.ts';

const fees = (security: string, side: 'buy' | 'sell', money: number, day = '2026-07-06') =>
  orderFees({ security, side, money, day }, DEFAULT_FEES);

describe('orderFees', () => {
  it('charges stamp duty on sells of shares and the transfer fee on both sides', () => {
    expect(fees('600000.XSHG', 'sell', 100_000)).toEqual({ commission: 30, stampDuty: 50, transferFee: 1 });
    expect(fees('000001.XSHE', 'buy', 100_000)).toEqual({ commission: 30, stampDuty: 0, transferFee: 1 });
    expect(fees('830799.BJ', 'sell', 100_000)).toEqual({ commission: 30, stampDuty: 50, transferFee: 1 });
  });

  it.each(['510300.XSHG', '518880.XSHG', '161725.XSHE', '113050.XSHG'])('%s pays commission only', (security) => {
    expect(fees(security, 'sell', 100_000)).toEqual({ commission: 30, stampDuty: 0, transferFee: 0 });
  });

  it('charges a lend by its term, without a minimum', () => {
    const charged = (security: string, money: number): number => fees(security, 'sell', money).commission;
    expect(['204001', '204007', '204014', '204182'].map((code) => charged(`${code}.XSHG`, 100_000))).toEqual([
      1, 5, 10, 30,
    ]);
    expect(fees('131810.XSHE', 'sell', 1000)).toEqual({ commission: 0.01, stampDuty: 0, transferFee: 0 });
  });

  it.each([
    ['2004-06-01', 'buy', 200],
    ['2005-01-24', 'buy', 100],
    ['2007-05-30', 'sell', 300],
    ['2008-04-24', 'buy', 100],
    ['2008-09-18', 'buy', 100],
    ['2008-09-19', 'buy', 0],
    ['2008-09-19', 'sell', 100],
    ['2023-08-25', 'sell', 100],
    ['2023-08-28', 'sell', 50],
  ] as const)('stamp duty on %s, %s: %d', (day, side, stampDuty) => {
    expect(fees('600000.XSHG', side, 100_000, day).stampDuty).toBe(stampDuty);
  });

  it.each([
    ['600000.XSHG', '2015-07-31', 0],
    ['600000.XSHG', '2015-08-03', 2],
    ['600000.XSHG', '2022-04-28', 2],
    ['600000.XSHG', '2022-04-29', 1],
    ['830799.BJ', '2022-04-28', 2.5],
    ['830799.BJ', '2022-04-29', 1],
  ])('transfer fee of %s on %s: %d', (security, day, transferFee) => {
    expect(fees(security, 'buy', 100_000, day).transferFee).toBe(transferFee);
  });

  it('rounds each fee to the cent, halves up, without float error', () => {
    // 33 350 × 0.0003 = 10.005; 2 010 × 0.0005 = 1.005; 100 500 × 0.00001 = 1.005
    expect(fees('600000.XSHG', 'sell', 33_350).commission).toBe(10.01);
    expect(fees('600000.XSHG', 'sell', 2010).stampDuty).toBe(1.01);
    expect(fees('600000.XSHG', 'sell', 100_500).transferFee).toBe(1.01);
  });

  it('is nothing when nothing was traded', () => {
    expect(fees('600000.XSHG', 'sell', 0)).toEqual({ commission: 0, stampDuty: 0, transferFee: 0 });
  });
});

describe('commissionOn', () => {
  it('keeps the minimum of an order, unless the account is free of it', () => {
    expect(commissionOn(1000, DEFAULT_FEES)).toBe(5);
    expect(commissionOn(16_667, DEFAULT_FEES)).toBe(5);
    expect(commissionOn(20_000, DEFAULT_FEES)).toBe(6);
    expect(commissionOn(1000, { ...DEFAULT_FEES, freeOfMinimum: true })).toBe(0.3);
    expect(commissionOn(1000, { ...DEFAULT_FEES, freeOfMinimum: false })).toBe(5);
    expect(commissionOn(0, DEFAULT_FEES)).toBe(0);
  });

  it('grows with the money and is a whole number of cents', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e9 }), fc.integer({ min: 0, max: 1e9 }), (money, more) => {
        const low = commissionOn(money / 100, DEFAULT_FEES);
        expect(commissionOn((money + more) / 100, DEFAULT_FEES)).toBeGreaterThanOrEqual(low);
        expect(String(low)).toBe(String(Number(low.toFixed(2))));
      }),
    );
  });
});
