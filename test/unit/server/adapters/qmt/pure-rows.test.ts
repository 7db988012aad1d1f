import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chinaInstant } from '../../../../../src/domain/time.ts';
import { barsArguments, barsOf, dayOf } from '../../../../../src/server/adapters/qmt/bars.ts';
import { orderType, priceTerms, sideOf, styleOnRow } from '../../../../../src/server/adapters/qmt/order-terms.ts';
import { quoteOf } from '../../../../../src/server/adapters/qmt/quotes.ts';
import { instantOf, orderOf, positionOf, securityOf, tradeOf } from '../../../../../src/server/adapters/qmt/rows.ts';
import { INSTRUMENT, ORDER, POSITION, TICK, TRADE } from '../../../../../src/server/adapters/qmt/sdk-rows.ts';
import { SessionIds } from '../../../../../src/server/adapters/qmt/session-ids.ts';
import { lotOf, unitOf } from '../../../../../src/server/adapters/qmt/volume-units.ts';

const ORDER_ROW = {
  stock_code: '000001.SZ',
  order_id: '1073741825',
  order_sysid: '',
  order_time: 1_783_303_200,
  order_type: 23,
  order_volume: 100,
  price_type: 50,
  price: 10,
  traded_volume: 0,
  traded_price: 0,
  order_status: 50,
  order_remark: 'bt:abc',
};

describe('rows of the SDK', () => {
  test.each([
    [48, 'pending'],
    [49, 'pending'],
    [50, 'open'],
    [51, 'canceling'],
    [52, 'partly_canceling'],
    [53, 'partly_canceled'],
    [54, 'canceled'],
    [55, 'partly_filled'],
    [56, 'filled'],
    [57, 'rejected'],
    [255, 'unknown'],
    [99, 'unknown'],
    [null, 'unknown'],
  ])('an order of status %s is %s', (order_status, status) => {
    expect(orderOf(ORDER.parse({ ...ORDER_ROW, order_status }))).toMatchObject({ status, security: '000001.XSHE' });
  });

  test('an amount that is missing is an error, never 0', () => {
    for (const [shape, row, of] of [
      [ORDER, { ...ORDER_ROW, order_volume: null }, orderOf],
      [ORDER, { ...ORDER_ROW, traded_volume: undefined }, orderOf],
    ] as const)
      expect(() => of(shape.parse(row))).toThrow(/应答缺少/);
    const position = { stock_code: '600000.SH', volume: 100, can_use_volume: null };
    expect(() => positionOf(POSITION.parse(position), null)).toThrow('应答缺少 can_use_volume');
  });

  test('a fill without its price is no fill yet: the list is not whole', () => {
    const fill = {
      stock_code: '600000.SH',
      traded_id: 't',
      order_id: '1',
      order_type: 24,
      traded_price: 0,
      traded_volume: 100,
    };
    expect(() => tradeOf(TRADE.parse(fill))).toThrow(/成交 t/);
    expect(tradeOf(TRADE.parse({ ...fill, traded_price: 7.5, traded_time: 1_783_303_200 }))).toMatchObject({
      side: 'sell',
      price: 7.5,
      time: 1_783_303_200_000,
      commission: null,
    });
  });

  test('what a holding is worth a share is its price, its cost is in either field', () => {
    const row = { stock_code: '430047.BJ', volume: 300, can_use_volume: 0, open_price: 9, market_value: 3000 };
    expect(positionOf(POSITION.parse(row), '诺思兰德')).toMatchObject({
      security: '430047.BJ',
      closeableAmount: 0,
      avgCost: 9,
      lastPrice: 10,
      frozenAmount: null,
    });
    expect(positionOf(POSITION.parse({ ...row, avg_price: 8, volume: 0 }), null)).toMatchObject({
      avgCost: 8,
      lastPrice: null,
    });
  });

  test('codes that are no securities stay as they are; times come in seconds or milliseconds, 0 is none', () => {
    expect([securityOf('000001.SZ'), securityOf('IF2606.IF')]).toEqual(['000001.XSHE', 'IF2606.IF']);
    expect([instantOf(1_783_303_200), instantOf(1_783_303_200_000), instantOf(0), instantOf(null)]).toEqual([
      1_783_303_200_000,
      1_783_303_200_000,
      null,
      null,
    ]);
  });
});

describe('order terms', () => {
  test('operations by name: plain ones, credit ones on credit accounts only, unknown ones not at all', () => {
    expect(orderType('buy', 'buy', 'stock')).toBe(23);
    expect(orderType('sell', 'sell', 'credit')).toBe(24);
    expect(orderType('margin_buy', 'buy', 'CREDIT')).toBe(27);
    expect(orderType('short_sell', 'sell', 'credit')).toBe(28);
    expect(orderType('special_repay_cash', 'sell', 'credit')).toBe(45);
    expect(() => orderType('margin_buy', 'buy', 'stock')).toThrow(/信用账户/);
    expect(() => orderType('margin_buy', 'sell', 'credit')).toThrow(/side 不一致/);
    expect(() => orderType('buy_everything', 'buy', 'stock')).toThrow(/不支持的 operation/);
    expect([23, 24, 27, 28, 29, 30, 99, null].map(sideOf)).toEqual([
      'buy',
      'sell',
      'buy',
      'sell',
      'buy',
      null,
      null,
      null,
    ]);
  });

  test('market style by exchange: a limit, best five, or the opposite best; Shenzhen takes no price', () => {
    expect(priceTerms('000001.XSHE', 'market', 10, 'limit')).toEqual({ priceType: 11, price: 10 });
    expect(priceTerms('000001.XSHE', 'limit', 10, 'best_five')).toEqual({ priceType: 11, price: 10 });
    expect(priceTerms('600000.XSHG', 'market', 10, 'best_five')).toEqual({ priceType: 42, price: 10 });
    expect(priceTerms('830799.BJ', 'market', 10, 'best_five')).toEqual({ priceType: 42, price: 10 });
    expect(priceTerms('000001.XSHE', 'market', 10, 'best_five')).toEqual({ priceType: 47, price: -1 });
    expect(priceTerms('600000.XSHG', 'market', 10, 'opposite')).toEqual({ priceType: 44, price: 10 });
    expect([50, 88, 11, 91, null].map(styleOnRow)).toEqual(['limit', 'market', 'limit', '91', '']);
  });

  test('session numbers: another one at each connection, out of twenty', () => {
    const ids = new SessionIds(() => 0.99, null);
    const taken = Array.from({ length: 40 }, () => ids.take());
    expect(new Set(taken).size).toBe(20);
    expect(taken.every((id, at) => id !== taken[at + 1])).toBe(true);
    const own = new SessionIds(() => 0, 7);
    expect([own.take(), own.take() > 7]).toEqual([7, true]);
  });
});

describe('units of volumes', () => {
  test('a series says itself whether it counts shares or lots', () => {
    const prices = { close: [10, 10.2, 9.9] };
    const shares = [12_300, 4_000, 900];
    const money = shares.map((volume, row) => volume * (prices.close[row] ?? 0) * 1.001);
    expect(unitOf({ ...prices, volume: shares, money }, 100, 100)).toBe(1);
    expect(unitOf({ ...prices, volume: shares.map((volume) => volume / 100), money }, 100, 1)).toBe(100);
    expect(unitOf({ ...prices, volume: [0, Number.NaN], money: [0, 0] }, 100, 100)).toBe(100);
    expect([lotOf('113050.XSHG'), lotOf('600000.XSHG'), lotOf('IF2606.IF')]).toEqual([10, 100, 100]);
  });

  test('whatever prices and adjustment, the unit that the series was written in is found', () => {
    const series = fc.record({
      prices: fc.array(fc.double({ min: 0.5, max: 500, noNaN: true }), { minLength: 1, maxLength: 30 }),
      volume: fc.integer({ min: 1, max: 1e7 }),
      lot: fc.constantFrom(10, 100),
      inLots: fc.boolean(),
      factor: fc.double({ min: 0.4, max: 2.5, noNaN: true }),
    });
    fc.assert(
      fc.property(series, ({ prices, volume, lot, inLots, factor }) => {
        const shares = prices.map(() => volume * lot);
        const traded = {
          volume: shares.map((amount) => (inLots ? amount / lot : amount)),
          money: shares.map((amount, row) => amount * (prices[row] ?? 0)),
          close: prices.map((price) => price * factor),
        };
        return unitOf(traded, lot, 7) === (inLots ? lot : 1);
      }),
    );
  });
});

describe('quotes', () => {
  const tick = {
    timetag: '20260706 10:00:00',
    lastPrice: 10,
    open: 0,
    lastClose: 9.9,
    amount: 1_000_000,
    volume: 1000,
    openInt: 13,
    askPrice: [10.01, 0, 0, 0, 0],
    askVol: [5, 0, 0, 0, 0],
    bidPrice: [9.99, 9.98, 0, 0, 0],
    bidVol: [7, 8, 0, 0, 0],
  };

  test('lots become shares once, a price of 0 is none, levels that are not there are left out', () => {
    const row = INSTRUMENT.parse({
      InstrumentName: '平安银行',
      UpStopPrice: 10.89,
      DownStopPrice: 8.91,
      InstrumentStatus: 0,
    });
    const quote = quoteOf('000001.XSHE', TICK.parse(tick), row);
    expect(quote).toMatchObject({
      time: chinaInstant('2026-07-06', '10:00:00'),
      volume: 100_000,
      dayOpen: null,
      preClose: 9.9,
      bid1: 9.99,
      highLimit: 10.89,
      paused: false,
      isSt: false,
    });
    expect(quote.bids).toEqual([
      { price: 9.99, volume: 700 },
      { price: 9.98, volume: 800 },
    ]);
    expect(quote.asks).toEqual([{ price: 10.01, volume: 500 }]);
  });

  test('a security of which nothing is known has a quote of nothing; a suspension shows in either place', () => {
    expect(quoteOf('999999.XSHE', null, null)).toMatchObject({ lastPrice: null, paused: null, highLimit: null });
    const suspended = INSTRUMENT.parse({ InstrumentName: '*ST 某', InstrumentStatus: 3 });
    expect(quoteOf('000003.XSHE', TICK.parse(tick), suspended)).toMatchObject({ paused: true, isSt: true });
    expect(quoteOf('000003.XSHE', TICK.parse({ ...tick, openInt: 1 }), null).paused).toBe(true);
  });
});

describe('bars', () => {
  const request = {
    security: '000001.XSHE',
    unit: '1m',
    count: 2,
    start: null,
    end: chinaInstant('2026-07-06', '09:33:00'),
    adjust: 'pre',
  } as const;

  test('are asked for with one more, by the vendor’s words, and come within the end, the running one cut', () => {
    expect(barsArguments(request, '000001.SZ')).toMatchObject({
      period: '1m',
      count: 3,
      start: '',
      end: '20260706093300',
      dividend_type: 'front_ratio',
    });
    const index = ['20260706093100', '20260706093200', '20260706093300', '20260706093400'];
    const column = (value: number): number[] => index.map(() => value);
    const frame = {
      index,
      columns: {
        open: column(10),
        high: column(10.1),
        low: column(9.9),
        close: [10, 10, null, 10],
        volume: column(50),
        amount: column(50_000),
        suspendFlag: [0, 0, -1, 0],
      },
    };
    const bars = barsOf(frame, request);
    expect([...bars.time]).toEqual([chinaInstant('2026-07-06', '09:32:00'), chinaInstant('2026-07-06', '09:33:00')]);
    expect([...(bars.columns['volume'] ?? [])]).toEqual([5000, 5000]);
    expect([...(bars.columns['close'] ?? [])]).toEqual([10, Number.NaN]);
    expect([...(bars.columns['paused'] ?? [])]).toEqual([0, 0]);
  });

  test('days of instruments: what stands for none is none', () => {
    expect(['19910403', 19_910_403, '0', 0, '99999999', null].map(dayOf)).toEqual([
      '1991-04-03',
      '1991-04-03',
      null,
      null,
      null,
      null,
    ]);
  });
});
