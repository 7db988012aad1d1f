import { indexIndicator, indicator } from './define.ts';
import * as op from './operators.ts';
import { distance, growth, meanOf, minus, over, rsv, trueRange, weighted } from './lines.ts';
import type { Real } from '../talib/functions/real.ts';

/** The same number at each bar. */
function constant(like: Real, value: number): Real {
  return like.map(() => value);
}

export const BDZX = indicator('BDZX', {
  params: { timeperiod: 40 },
  fields: ['high', 'low', 'close'],
  outputs: ['AK', 'AD1', 'AJ', 'AA', 'BB', 'CC', 'BUY', 'SELL'],
  bars: () => op.afterEma(21) + op.afterEma(5),
  run: (bars) => {
    const price = weighted(bars);
    const scaled = op.each([price, op.EMA(price, 21), op.STD(price, 21)], (p = NaN, mean = NaN, spread = NaN) =>
      spread === 0 ? NaN : (((p - mean) / spread) * 100 + 200) / 4,
    );
    const base = op.EMA(scaled, 5).map((value) => (value - 25) * 1.56);
    const fast = op.EMA(base, 2).map((value) => value * 1.22);
    const slow = op.EMA(fast, 2);
    const sign = (a: Real, b: Real): Real => op.CROSS(a, b).map((crossed) => (crossed === 1 ? 58 : 20));
    const j = op.each([fast, slow], (a = NaN, b = NaN) => 3 * a - 2 * b);
    const lines = [100, 0, 80].map((value) => constant(price, value));
    return [fast, slow, j, ...lines, sign(fast, slow), sign(slow, fast)];
  },
});

/** `timeperiod` is JoinQuant's count of bars to read; yesterday's prices are what it takes. */
export const CDP_STD = indicator('CDP_STD', {
  params: { timeperiod: 2 },
  fields: ['high', 'low', 'close'],
  outputs: ['CDP', 'AH', 'NH', 'NL', 'AL'],
  bars: ({ timeperiod }) => timeperiod + 1,
  run: ({ high, low, close }) => {
    const past = [high, low, close].map((x) => op.REF(x, 1));
    const line = (f: (cdp: number, h: number, l: number) => number): Real =>
      op.each(past, (h = NaN, l = NaN, c = NaN) => f((h + l + c) / 3, h, l));
    return [
      line((cdp) => cdp),
      line((cdp, h, l) => 2 * cdp + h - 2 * l),
      line((cdp, _h, l) => 2 * cdp - l),
      line((cdp, h) => 2 * cdp - h),
      line((cdp, h, l) => 2 * cdp - 2 * h + l),
    ];
  },
});

export const CJDX = indicator('CJDX', {
  params: { timeperiod: 16 },
  fields: ['high', 'low', 'close'],
  outputs: ['J', 'D', 'X'],
  bars: () => 3 * op.afterEma(4) + 4,
  run: (bars) => {
    const line = growth(op.EMA(op.EMA(op.EMA(weighted(bars), 4), 4), 4), 1).map((value) => value * 100);
    return [line, op.MA(line, 3), line];
  },
});

export const CYHT = indicator('CYHT', {
  params: { timeperiod: 60 },
  fields: ['open', 'high', 'low', 'close'],
  outputs: ['HIGH', 'SK', 'SD', 'LOW', 'MIDDLE', 'SELL', 'BUY'],
  bars: () => 34 + op.afterEma(13) + op.afterEma(3),
  run: ({ open, high, low, close }) => {
    const price = op.each([open, high, low, close], (o = NaN, h = NaN, l = NaN, c = NaN) => (2 * c + h + l + o) / 5);
    const place = op.each([price, op.LLV(low, 34), op.HHV(high, 34)], (p = NaN, floor = NaN, top = NaN) =>
      top === floor ? NaN : ((p - floor) / (top - floor)) * 100,
    );
    const fast = op.EMA(place, 13);
    const slow = op.EMA(fast, 3);
    const buy = op.CROSS(fast, slow).map((crossed) => (crossed === 1 ? 40 : 22));
    const sell = op.CROSS(slow, fast).map((crossed) => (crossed === 1 ? 60 : 78));
    return [constant(price, 80), fast, slow, constant(price, 20), constant(price, 50), sell, buy];
  },
});

export const JAX = indicator('JAX', {
  params: { timeperiod: 30 },
  fields: ['high', 'low', 'close'],
  outputs: ['JAX', 'J', 'A', 'X'],
  bars: ({ timeperiod }) => timeperiod * 10,
  run: (bars, { timeperiod }) => {
    const price = weighted(bars);
    const line = op.DMA(price, distance(bars, timeperiod));
    const short = op.MA(
      op.each([bars.close, line, price], (close = NaN, mean = NaN, p = NaN) => (close / mean) * p),
      3,
    );
    const lead = op.each([short, line], (a = NaN, mean = NaN) => a - ((a - mean) / mean / 3) * a);
    const when = (shown: Real): Real =>
      op.each([lead, line, shown], (a = NaN, mean = NaN, value = NaN) => (a <= mean ? value : NaN));
    return [line, when(line), lead, when(lead)];
  },
});

export const JFZX = indicator('JFZX', {
  params: { timeperiod: 30 },
  fields: ['open', 'close', 'volume'],
  outputs: ['LONG', 'SHORT', 'BALANCE'],
  bars: ({ timeperiod }) => timeperiod,
  run: ({ open, close, vol }, { timeperiod }) => {
    const rising = op.each([open, close, vol], (o = NaN, c = NaN, v = NaN) => (c > o ? v : 0));
    const share = over(op.SUM(rising, timeperiod), op.SUM(vol, timeperiod)).map((value) => value * 100);
    return [share, share.map((value) => 100 - value), constant(share, 50)];
  },
});

export const JYJL = indicator('JYJL', {
  params: { N: 120, M: 5 },
  factors: ['M'],
  fields: ['volume'],
  outputs: ['TOTAL', 'MEAN'],
  bars: ({ N }) => N,
  run: ({ vol }, { N, M }) => {
    const total = op.SUM(vol, N).map((value) => value * 100);
    return [total, total.map((value) => value / (N / M))];
  },
});

/** `timeperiod` is JoinQuant's count of bars to read. */
export const LHXJ = indicator('LHXJ', {
  params: { timeperiod: 100 },
  fields: ['high', 'low', 'close'],
  outputs: ['LEAVE', 'HOLD'],
  bars: () => op.afterEma(34) + op.afterEma(5),
  run: (bars) => {
    const price = weighted(bars);
    const line = minus(op.EMA(price, 13), op.EMA(price, 34));
    const apart = minus(line, op.EMA(line, 5));
    return [apart.map((value) => -2 * value * 3.8), apart.map((value) => 2 * value * 3.8)];
  },
});

export const LYJH = indicator('LYJH', {
  params: { M: 80, M1: 50 },
  factors: ['M', 'M1'],
  fields: ['high', 'low', 'close'],
  outputs: ['EMPTY', 'MOST', 'LH', 'LH1'],
  bars: () => 36 + op.afterSma(5, 1),
  run: (bars, { M, M1 }) => {
    const { high, low, close } = bars;
    const below = op.each([close, op.LLV(low, 36), op.HHV(high, 36)], (c = NaN, floor = NaN, top = NaN) =>
      top === floor ? 0 : ((top - c) / (top - floor)) * 100,
    );
    const most = op.SMA(rsv(bars, 9), 5, 1).map((value) => value - 8);
    return [op.SMA(below, 2, 1), most, constant(close, M), constant(close, M1)];
  },
});

export const TBP_STD = indicator('TBP_STD', {
  params: { timeperiod: 30 },
  fields: ['high', 'low', 'close'],
  outputs: ['TBP', 'LONG_GAIN', 'LONG_STOP', 'SHORT_COVER', 'SHORT_STOP'],
  bars: ({ timeperiod }) => Math.max(timeperiod, 30) + 5,
  run: (bars) => {
    const { high, low, close } = bars;
    const typical = meanOf([high, low, close]);
    const range = trueRange(bars);
    const force = minus(close, op.REF(close, 2));
    const [one, two] = [op.REF(force, 1), op.REF(force, 2)];
    const last = (sign: number): Real =>
      op.BARSLAST(
        op.each([force, one, two], (a = NaN, b = NaN, c = NaN) => (sign * (a - b) > 0 && sign * (a - c) > 0 ? 1 : 0)),
      );
    const long = op.each([last(1), last(-1)], (up = NaN, down = NaN) => (up < down || Number.isNaN(down) ? 1 : 0));
    const turn = op.each([op.REF(close, 1), long, force, one], (before = NaN, isLong = NaN, a = NaN, b = NaN) =>
      isLong === 1 ? before + Math.min(a, b) : before + Math.max(a, b),
    );
    const when = (wanted: number, f: (p: number, r: number, h: number, l: number) => number): Real =>
      op.REF(
        op.each([long, typical, range, high, low], (isLong = NaN, p = NaN, r = NaN, h = NaN, l = NaN) =>
          isLong === wanted ? f(p, r, h, l) : NaN,
        ),
        1,
      );
    return [
      op.REF(turn, 1),
      when(1, (p, _r, _h, l) => p * 2 - l),
      when(1, (p, r) => p - r),
      when(0, (p, _r, h) => p * 2 - h),
      when(0, (p, r) => p + r),
    ];
  },
});

export const ZBCD = indicator('ZBCD', {
  params: { timeperiod: 10 },
  fields: ['open', 'high', 'low', 'close', 'volume', 'money'],
  outputs: ['ZBCD'],
  bars: ({ timeperiod }) => timeperiod * 20,
  run: ({ open, high, low, close, vol, money }, { timeperiod }) => {
    const cost = over(money, vol).map((value) => value / 7);
    const price = op.each(
      [open, high, low, close],
      (o = NaN, h = NaN, l = NaN, c = NaN) => (3 * h + l + o + 2 * c) / 7,
    );
    const lots = over(op.SUM(money, timeperiod), cost).map((value) => value / 7);
    const line = op.DMA(price, over(vol, lots));
    return [op.each([close, line], (c = NaN, mean = NaN) => ((c - mean) / mean) * 100)];
  },
});

export const SG_PF = indexIndicator('SG_PF', {
  params: {},
  fields: ['close'],
  outputs: ['SG_PF'],
  bars: () => 11,
  run: ({ close }, index) => {
    const line = over(close, index.close).map((value) => value * 1000);
    const points = (n: number, value: number): Real =>
      op.each([line, op.HHV(line, n)], (now = NaN, top = NaN) => (now >= top ? value : 0));
    const rises = op.each([line, op.REF(line, 1)], (now = NaN, before = NaN) => (now > before ? 1 : 0));
    const parts = [points(3, 10), points(5, 15), points(10, 20), points(2, 10), op.COUNT(rises, 9).map((n) => n * 5)];
    return [op.each(parts, (...values) => values.reduce((sum, value) => sum + value, 0))];
  },
});

export const CFJT = indicator('CFJT', {
  params: { MM: 200 },
  fields: ['close'],
  outputs: ['BREAK', 'A1X', 'LONG', 'SHORT'],
  bars: ({ MM }) => MM + op.afterEma(14),
  run: ({ close }) => {
    const line = op.REF(op.EMA(close, 14), 1);
    const fast = op.EMA(close, 10);
    const apart = op.each([fast, line], (a = NaN, b = NaN) => ((a - b) / b) * 100);
    const zero = constant(apart, 0);
    const before = (since: Real): Real => since.map((bars, i) => fast[i - bars - 1] ?? NaN);
    const up = before(op.BARSLAST(op.CROSS(apart, zero)));
    const down = before(op.BARSLAST(op.CROSS(zero, apart)));
    return [
      line,
      apart,
      op.each([apart, up], (a = NaN, value = NaN) => (a >= 0 ? value : NaN)),
      op.each([apart, down], (a = NaN, value = NaN) => (a < 0 ? value : NaN)),
    ];
  },
});
