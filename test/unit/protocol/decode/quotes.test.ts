import { describe, expect, it } from 'vitest';

import { decodeLiveCurrent, decodeSnapshot, decodeTick } from '../../../../src/protocol/decode/quotes.ts';

const NOTHING = {
  security: '000001.XSHE',
  time: null,
  lastPrice: null,
  preClose: null,
  dayOpen: null,
  highLimit: null,
  lowLimit: null,
  bid1: null,
  ask1: null,
  volume: null,
  paused: null,
  isSt: null,
  name: null,
};

describe('decodeSnapshot', () => {
  it('of the qmt adapter', () => {
    const payload = { sid: '000001.XSHE', last_price: 10.1, dt: 1795138260000 };
    expect(decodeSnapshot(payload, '000001.XSHE')).toEqual({ ...NOTHING, lastPrice: 10.1, time: 1795138260000 });
  });

  it('of our stub, with five levels', () => {
    const payload = {
      sid: '000001.XSHE',
      last_price: 10.1,
      dt: '2026-11-20 09:31:00',
      pre_close: 10,
      open: 10.05,
      volume: 1200,
      bid_prices: [10.09, 10.08],
      ask_prices: [0, 10.12],
    };
    expect(decodeSnapshot(payload, '000001.SZ')).toEqual({
      ...NOTHING,
      time: 1795138260000,
      lastPrice: 10.1,
      preClose: 10,
      dayOpen: 10.05,
      volume: 1200,
      bid1: 10.09,
    });
  });

  it("with the vendor's own names", () => {
    const payload = { lastPrice: 10.1, lastClose: 9.9, time: 1795138260, bidPrice: [10], askPrice: [10.2] };
    expect(decodeSnapshot(payload, '000001.XSHE')).toMatchObject({
      lastPrice: 10.1,
      preClose: 9.9,
      time: 1795138260000,
      bid1: 10,
      ask1: 10.2,
    });
  });

  it.each([0, -1, Number.NaN, null, undefined, '', 1.7976931348623157e308])('a price of %j is missing', (price) => {
    expect(decodeSnapshot({ sid: '000001.XSHE', last_price: price }, '000001.XSHE')?.lastPrice).toBeNull();
  });

  it('keeps a volume of 0', () => {
    expect(decodeSnapshot({ last_price: 1, volume: 0 }, '000001.XSHE')?.volume).toBe(0);
  });

  it('is null for an unknown security', () => {
    expect(decodeSnapshot({}, '000001.XSHE')).toBeNull();
  });

  it.each(['600000.XSHG', 'ZZZ', "{'SECURITY': '000001.XSHE'}"])('refuses the price of %s for another', (sid) => {
    expect(() => decodeSnapshot({ sid, last_price: 10 }, '000001.XSHE')).toThrow(
      expect.objectContaining({ code: 'BAD_ANSWER', message: expect.stringContaining(sid) }),
    );
  });

  it.each([null, [], 'x'])('refuses %j', (payload) => {
    expect(() => decodeSnapshot(payload, '000001.XSHE')).toThrow(expect.objectContaining({ code: 'BAD_ANSWER' }));
  });
});

describe('decodeLiveCurrent', () => {
  it('reads limits and the suspension flag', () => {
    const payload = { last_price: 10.1, high_limit: 11.11, low_limit: 9.09, paused: false };
    expect(decodeLiveCurrent(payload, '000001.XSHE')).toEqual({
      ...NOTHING,
      lastPrice: 10.1,
      highLimit: 11.11,
      lowLimit: 9.09,
      paused: false,
    });
  });

  it('reads all our stub adds', () => {
    const payload = {
      last_price: 10.1,
      high_limit: 11,
      low_limit: 9,
      paused: true,
      pre_close: 10,
      day_open: 10.02,
      bid1: 10.09,
      ask1: 10.1,
      volume: 100,
      name: '平安银行',
      is_st: false,
      dt: '2026-11-20 09:31:00',
    };
    expect(decodeLiveCurrent(payload, '000001.XSHE')).toEqual({
      security: '000001.XSHE',
      time: 1795138260000,
      lastPrice: 10.1,
      preClose: 10,
      dayOpen: 10.02,
      highLimit: 11,
      lowLimit: 9,
      bid1: 10.09,
      ask1: 10.1,
      volume: 100,
      paused: true,
      isSt: false,
      name: '平安银行',
    });
  });

  it('limits of 0 are missing, and so is a flag that is not told', () => {
    expect(decodeLiveCurrent({ last_price: 1, high_limit: 0, low_limit: 0 }, '000001.XSHE')).toMatchObject({
      highLimit: null,
      lowLimit: null,
      paused: null,
    });
    expect(decodeLiveCurrent({ last_price: 1, paused: 1 }, '000001.XSHE')?.paused).toBe(true);
  });

  it('is null for an unknown security', () => {
    expect(decodeLiveCurrent({}, '000001.XSHE')).toBeNull();
  });
});

describe('decodeTick', () => {
  it('reads an event', () => {
    const payload = {
      symbol: '000001.SZ',
      sid: '000001.XSHE',
      last_price: 10,
      dt: '2026-04-01 09:30:00',
      volume: 1000,
    };
    expect(decodeTick(payload)).toEqual({
      ...NOTHING,
      lastPrice: 10,
      time: Date.parse('2026-04-01T01:30:00Z'),
      volume: 1000,
    });
    expect(decodeTick({ sid: '600000.XSHG', last_price: 8 })?.security).toBe('600000.XSHG');
  });

  it.each([null, [], {}, { symbol: '6' }, { symbol: 5 }, { last_price: 1 }])('ignores %j', (payload) => {
    expect(decodeTick(payload)).toBeNull();
  });
});
