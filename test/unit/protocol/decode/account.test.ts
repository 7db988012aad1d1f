import { describe, expect, it } from 'vitest';

import { decodeAccount, decodePositions } from '../../../../src/protocol/decode/account.ts';

function badAnswer(field: string): Error {
  return expect.objectContaining({
    code: 'BAD_ANSWER',
    fault: 'venue',
    message: expect.stringContaining(field),
  }) as Error;
}

const VALUE = { account_id: '123456', available_cash: 500000, total_value: 510100 };

describe('decodeAccount', () => {
  it('reads `value` alone, as the qmt adapter sends it', () => {
    expect(decodeAccount({ dtype: 'dict', value: VALUE })).toEqual({
      accountId: '123456',
      availableCash: 500000,
      totalValue: 510100,
      frozenCash: null,
      transferableCash: null,
      marketValue: null,
    });
  });

  it('reads flat copies alone, and prefers `value` when both are there', () => {
    expect(decodeAccount(VALUE).availableCash).toBe(500000);
    expect(decodeAccount({ ...VALUE, available_cash: 1, value: VALUE }).availableCash).toBe(500000);
  });

  it('keeps a 0 of money', () => {
    const account = { ...VALUE, available_cash: 0, frozen_cash: 0, transferable_cash: 0, market_value: 0 };
    expect(decodeAccount({ value: account })).toMatchObject({
      availableCash: 0,
      frozenCash: 0,
      transferableCash: 0,
      marketValue: 0,
    });
  });

  it('reads the aliases, numbers in text, and a numeric account id', () => {
    const answer = { account_id: 55, available_cash: '12.5', total_asset: 20, locked_cash: 3 };
    expect(decodeAccount({ value: answer })).toMatchObject({
      accountId: '55',
      availableCash: 12.5,
      totalValue: 20,
      frozenCash: 3,
    });
  });

  it.each(['available_cash', 'total_value'])('never takes a missing %s for 0', (name) => {
    for (const wrong of [undefined, null, Number.NaN, Infinity, 1e308, '9'.repeat(400), '', 'x', true, {}]) {
      expect(() => decodeAccount({ value: { ...VALUE, [name]: wrong } })).toThrow(badAnswer(name));
    }
  });

  it.each([null, [], 'x', { value: 5 }, {}])('refuses %j', (payload) => {
    expect(() => decodeAccount(payload)).toThrow(expect.objectContaining({ code: 'BAD_ANSWER' }));
  });
});

const ROW = {
  security: '000001.XSHE',
  name: '平安银行',
  amount: 1000,
  closeable_amount: 800,
  avg_cost: 9.5,
  current_price: 10.1,
  market_value: 10100,
};

describe('decodePositions', () => {
  it('reads a row', () => {
    expect(decodePositions([ROW])).toEqual([
      {
        security: '000001.XSHE',
        name: '平安银行',
        amount: 1000,
        closeableAmount: 800,
        avgCost: 9.5,
        lastPrice: 10.1,
        marketValue: 10100,
      },
    ]);
    expect(decodePositions([])).toEqual([]);
  });

  it('keeps a closeable amount of 0, whatever stands in its aliases', () => {
    const row = { ...ROW, closeable_amount: 0, available_amount: 1000, can_use_volume: 1000 };
    expect(decodePositions([row])[0]?.closeableAmount).toBe(0);
  });

  it('reads prices of 0 as missing, quantities of 0 as 0', () => {
    const row = { ...ROW, amount: 0, closeable_amount: 0, avg_cost: 0, current_price: 0, market_value: 0 };
    expect(decodePositions([row])[0]).toMatchObject({
      amount: 0,
      closeableAmount: 0,
      avgCost: null,
      lastPrice: null,
      marketValue: 0,
    });
    expect(decodePositions([{ ...ROW, market_value: 0 }])[0]?.marketValue).toBeNull();
  });

  it('keeps a negative cost, which is a gain taken out', () => {
    expect(decodePositions([{ ...ROW, avg_cost: -1.25 }])[0]?.avgCost).toBe(-1.25);
  });

  it("makes the vendor's codes canonical and keeps those of markets we do not know", () => {
    const codes = ['600000.SH', '000001.sz', '830799.BJ', '00700.HGT'].map((security) => ({ ...ROW, security }));
    expect(decodePositions(codes).map((row) => row.security)).toEqual([
      '600000.XSHG',
      '000001.XSHE',
      '830799.BJ',
      '00700.HGT',
    ]);
  });

  it.each(['security', 'amount', 'closeable_amount'])('refuses the whole list when a row lacks %s', (name) => {
    const { [name as 'amount']: _left, ...row } = ROW;
    expect(() => decodePositions([ROW, row])).toThrow(badAnswer(`row 2) cannot be used: ${name} `));
  });

  it.each([Number.NaN, 0.5, -100, '', 'x', Infinity])('refuses an amount of %j', (amount) => {
    expect(() => decodePositions([{ ...ROW, amount }])).toThrow(badAnswer('amount'));
  });

  it.each(['000198', '519888.SH', '110022.OF', '888880.SH', '204001.SH'])(
    'reads on beside an odd amount of %s',
    (security) => {
      for (const amount of [1234.56, -100, 'x']) {
        const rows = decodePositions([ROW, { ...ROW, security, amount, market_value: 50 }]);
        const odd = { amount: 0, closeableAmount: 0, marketValue: 50, unreadable: 'amount is missing or not usable' };
        expect(rows).toMatchObject([{ amount: ROW.amount }, odd]);
        expect(rows[0]?.unreadable).toBeUndefined();
      }
    },
  );

  it.each([null, {}, { value: [] }, [[]], [null], ['x']])('refuses %j', (payload) => {
    expect(() => decodePositions(payload)).toThrow(expect.objectContaining({ code: 'BAD_ANSWER' }));
  });
});
