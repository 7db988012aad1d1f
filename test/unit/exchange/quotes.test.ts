import { describe, expect, it } from 'vitest';
import { chinaText } from '../../../src/domain/time.ts';
import { createExchange } from '../../../src/exchange/index.ts';
import { usualSecurities } from '../../../src/exchange/listing.ts';
import { Market } from '../../../src/exchange/market.ts';
import { given, instant, openWorld } from './world.ts';

const CODE = '000001.XSHE';
const time = (ms: number | null): string => chinaText(given(ms));

describe('the quote', () => {
  it('shows yesterday before 09:25, with the limits of today', () => {
    const world = openWorld('2026-07-06 09:24:59');
    const { quote, bids, asks, dayHigh, money } = world.exchange.tick(CODE);
    expect(quote.lastPrice).toBe(quote.preClose);
    expect(quote).toMatchObject({ dayOpen: null, bid1: null, ask1: null, volume: 0, paused: false, isSt: false });
    expect([bids, asks, dayHigh, money]).toEqual([[], [], null, 0]);
    expect(given(quote.highLimit)).toBeCloseTo(given(quote.preClose) * 1.1, 1);
    expect(time(quote.time)).toBe('2026-07-06 09:24:57');
    world.to('08:00:00');
    expect(time(openWorld('2026-07-06 08:00:00').exchange.tick(CODE).quote.time)).toBe('2026-07-03 15:00:00');
  });

  it('opens at 09:25 with the auction price and volume', () => {
    const { quote, bids, dayHigh, money } = openWorld('2026-07-06 09:25:00').exchange.tick(CODE);
    expect(quote.lastPrice).toBe(quote.dayOpen);
    expect(dayHigh).toBe(quote.dayOpen);
    expect(quote.volume).toBeGreaterThan(0);
    expect(money).toBeCloseTo(given(quote.volume) * given(quote.dayOpen), 2);
    expect(bids.length).toBe(5);
    expect(time(quote.time)).toBe('2026-07-06 09:25:00');
  });

  it('moves every three seconds in continuous auction, volume and money never falling', () => {
    const world = openWorld('2026-07-06 09:30:00');
    let before = world.exchange.tick(CODE);
    const prices = new Set<number>();
    for (let second = 1; second <= 600; second += 1) {
      world.wait(1000);
      const now = world.exchange.tick(CODE);
      expect(given(now.quote.volume)).toBeGreaterThanOrEqual(given(before.quote.volume));
      expect(now.money).toBeGreaterThanOrEqual(before.money);
      expect(given(now.dayHigh)).toBeGreaterThanOrEqual(given(now.quote.lastPrice));
      expect(given(now.dayLow)).toBeLessThanOrEqual(given(now.quote.lastPrice));
      if (second % 3 !== 0) expect(now.quote).toEqual(before.quote);
      prices.add(given(now.quote.lastPrice));
      before = now;
    }
    expect(prices.size).toBeGreaterThan(3);
  });

  it('stands still over lunch and in the closing call, and ends with the closing auction', () => {
    const world = openWorld('2026-07-06 11:29:59');
    world.to('11:30:00');
    const noon = world.exchange.tick(CODE);
    world.to('12:59:59');
    expect(world.exchange.tick(CODE)).toEqual(noon);
    expect(noon.bids.length).toBe(5);
    world.to('14:57:00');
    const call = world.exchange.tick(CODE);
    world.to('14:59:59');
    expect(world.exchange.tick(CODE).quote).toMatchObject({
      lastPrice: call.quote.lastPrice,
      volume: call.quote.volume,
      bid1: null,
      ask1: null,
    });
    world.to('15:00:00');
    const close = world.exchange.tick(CODE);
    expect(given(close.quote.volume)).toBeGreaterThan(given(call.quote.volume));
    expect([close.bids, close.asks]).toEqual([[], []]);
    world.to('2026-07-06 23:59:59');
    expect(world.exchange.tick(CODE)).toEqual(close);
    world.to('2026-07-07 00:00:00');
    expect(world.exchange.tick(CODE).quote.preClose).toBe(close.quote.lastPrice);
    expect(world.exchange.tick(CODE).quote.lastPrice).toBe(close.quote.lastPrice);
  });

  it('keeps Friday through the weekend', () => {
    const world = openWorld('2026-07-03 15:00:00');
    const friday = world.exchange.tick(CODE);
    world.to('2026-07-05 10:00:00');
    expect(world.exchange.tick(CODE)).toEqual(friday);
  });

  it('is the same market in two processes, whatever either was asked before', () => {
    const [one, other] = [openWorld('2026-07-06 09:30:00'), openWorld('2026-06-01 14:00:00')];
    other.exchange.tick('600123.XSHG');
    for (let i = 0; i < 50; i += 1) {
      one.exchange.tick(CODE);
      one.wait(61_000);
    }
    other.to(chinaText(one.now()));
    for (const security of [CODE, '600123.XSHG', '518880.XSHG']) {
      expect(one.exchange.tick(security)).toEqual(other.exchange.tick(security));
    }
    const seeded = createExchange({ clock: { now: () => one.now() }, seed: 8, accounts: [] });
    expect(seeded.tick(CODE).quote.lastPrice).not.toBe(one.exchange.tick(CODE).quote.lastPrice);
  });

  it('marks a suspended stock', () => {
    const market = new Market(7);
    const codes = Array.from({ length: 400 }, (_, n) => `600${String(n).padStart(3, '0')}.XSHG`);
    const stock = codes.map((code) => market.instrument(code)).find(({ suspensions }) => suspensions.length > 0);
    const spell = stock?.suspensions[0];
    if (stock === undefined || spell === undefined) throw new Error('none is suspended');
    const { quote, bids } = openWorld(`${market.days.day(spell.from)} 10:00:00`).exchange.tick(stock.security);
    expect(quote).toMatchObject({ paused: true, volume: 0, dayOpen: null, lastPrice: quote.preClose });
    expect(bids).toEqual([]);
  });

  it('has no limits and no book for an index', () => {
    const { quote, bids } = openWorld('2026-07-06 10:00:00').exchange.tick('000300.XSHG');
    expect(quote).toMatchObject({ highLimit: null, lowLimit: null, bid1: null, name: '沪深300' });
    expect(bids).toEqual([]);
  });
});

describe('securities', () => {
  const { exchange } = openWorld('2026-07-06 10:00:00');

  it('are found in every spelling; a malformed one is an error, an unknown one a plausible security', () => {
    for (const text of ['000001.XSHE', '000001.SZ', ' 000001.sz'])
      expect(exchange.tick(text).quote.security).toBe(CODE);
    for (const text of ['000001', '', '1.XSHE', '000001.XX', '600000.XSHGX']) {
      expect(() => exchange.tick(text)).toThrow(expect.objectContaining({ code: 'BAD_SECURITY' }));
      expect(() => exchange.securityInfo(text)).toThrow(expect.objectContaining({ code: 'BAD_SECURITY' }));
    }
    const { lastPrice } = exchange.tick('601234.XSHG').quote;
    expect(given(lastPrice) > 1 && given(lastPrice) < 200).toBe(true);
  });

  it('say their name, type and first day', () => {
    expect(exchange.securityInfo('600519.SH')).toEqual({
      security: '600519.XSHG',
      displayName: '贵州茅台',
      name: 'GZMT',
      type: 'stock',
      startDate: '2001-08-27',
      endDate: '2200-01-01',
    });
    const types = ['518880.XSHG', '161725.XSHE', '000300.XSHG', '113050.XSHG', '830799.BJ'];
    expect(types.map((code) => exchange.securityInfo(code).type)).toEqual(['etf', 'lof', 'index', 'conbond', 'stock']);
  });

  it('that are usual all have a row without gaps', () => {
    for (const security of usualSecurities()) {
      const info = exchange.securityInfo(security);
      expect(info.security).toBe(security);
      expect(info.displayName.length > 0 && info.name.length > 0).toBe(true);
      expect(info.startDate).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      expect(given(exchange.tick(security).quote.lastPrice)).toBeGreaterThan(0);
    }
  });
});

describe('trade days', () => {
  const { exchange } = openWorld('2026-07-06 10:00:00');

  it('are the real calendar, both ends included, and end where it ends', () => {
    expect(exchange.tradeDays('2026-06-17', '2026-06-23')).toEqual([
      '2026-06-17',
      '2026-06-18',
      '2026-06-22',
      '2026-06-23',
    ]);
    expect(exchange.tradeDays('2026-06-20', '2026-06-21')).toEqual([]);
    expect(exchange.tradeDays('1980-01-01', '1990-12-20')).toEqual(['1990-12-19', '1990-12-20']);
    expect(exchange.tradeDays('2004-12-30', '2005-01-05')).toEqual([
      '2004-12-30',
      '2004-12-31',
      '2005-01-04',
      '2005-01-05',
    ]);
    expect(exchange.tradeDays('2026-12-31', '2035-12-31')).toEqual(['2026-12-31']);
  });

  it('beyond the calendar there is no market, and it says so', () => {
    for (const start of ['2027-01-01 10:00:00', '2004-12-31 10:00:00', '2005-01-01 10:00:00']) {
      const clock = { now: () => instant(start) };
      expect(() => createExchange({ clock, seed: 1, accounts: [] })).toThrow(
        expect.objectContaining({ code: 'CALENDAR_EXPIRED' }),
      );
    }
  });
});
