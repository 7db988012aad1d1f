import { indexIndicator, indicator } from './define.ts';
import { distance, growth, minus, over, trueRange } from './lines.ts';
import { afterEma, afterSma, CROSS, DMA as movingWith, each, EMA, HHV, LLV, MA, REF, SMA, SUM } from './operators.ts';
import type { Real } from '../talib/functions/real.ts';

export const CHO = indicator('CHO', {
  params: { N1: 10, N2: 20, M: 6 },
  fields: ['high', 'low', 'close', 'volume'],
  outputs: ['CHO', 'MACHO'],
  bars: ({ N1, N2, M }) => Math.max(N1, N2) + M,
  run: ({ high, low, close, vol }, { N1, N2, M }) => {
    const flow = each([high, low, close, vol], (h = NaN, l = NaN, c = NaN, v = NaN) => (v * (2 * c - h - l)) / (h + l));
    const middle = SUM(flow, 0);
    const line = minus(MA(middle, N1), MA(middle, N2));
    return [line, MA(line, M)];
  },
});

export const CYE = indicator('CYE', {
  params: {},
  fields: ['close'],
  outputs: ['CYEL', 'CYES'],
  bars: () => 26,
  run: ({ close }) => {
    const percent = (x: Real): Real => growth(x, 1).map((value) => value * 100);
    return [percent(MA(close, 5)), percent(MA(MA(close, 20), 5))];
  },
});

export const DBQR = indexIndicator('DBQR', {
  params: { N: 5, M1: 10, M2: 20, M3: 60 },
  fields: ['close'],
  outputs: ['ZS', 'GG', 'MADBQR1', 'MADBQR2', 'MADBQR3'],
  bars: ({ N, M1, M2, M3 }) => N + Math.max(M1, M2, M3),
  run: ({ close }, index, { N, M1, M2, M3 }) => {
    const own = growth(close, N);
    return [growth(index.close, N), own, MA(own, M1), MA(own, M2), MA(own, M3)];
  },
});

export const DMA = indicator('DMA', {
  params: { N1: 10, N2: 50, M: 10 },
  fields: ['close'],
  outputs: ['DIF', 'DIFMA'],
  bars: ({ N1, N2, M }) => Math.max(N1, N2) + M,
  run: ({ close }, { N1, N2, M }) => {
    const line = minus(MA(close, N1), MA(close, N2));
    return [line, MA(line, M)];
  },
});

export const DMI = indicator('DMI', {
  params: { N: 14, MM: 6 },
  fields: ['high', 'low', 'close'],
  outputs: ['PDI', 'MDI', 'ADX', 'ADXR'],
  bars: ({ N, MM }) => 1 + afterEma(N) + 2 * afterEma(MM),
  run: (bars, { N, MM }) => {
    const range = EMA(trueRange(bars), N);
    const up = minus(bars.high, REF(bars.high, 1));
    const down = minus(REF(bars.low, 1), bars.low);
    const share = (own: Real, other: Real): Real => {
      const moves = each([own, other], (a = NaN, b = NaN) => (Number.isNaN(a) ? NaN : a > 0 && a > b ? a : 0));
      return each([EMA(moves, N), range], (move = NaN, size = NaN) => (move * 100) / size);
    };
    const plus = share(up, down);
    const less = share(down, up);
    const spread = each([plus, less], (a = NaN, b = NaN) => (Math.abs(b - a) / (b + a)) * 100);
    const adx = EMA(spread, MM);
    return [plus, less, adx, EMA(adx, MM)];
  },
});

export const DPO = indicator('DPO', {
  params: { N: 20, M: 6 },
  fields: ['close'],
  outputs: ['DPO', 'MADPO'],
  bars: ({ N, M }) => N + Math.floor(N / 2) + 1 + M,
  run: ({ close }, { N, M }) => {
    const line = minus(close, REF(MA(close, N), Math.floor(N / 2) + 1));
    return [line, MA(line, M)];
  },
});

export const EMV = indicator('EMV', {
  params: { N: 14, M: 9 },
  fields: ['high', 'low', 'volume'],
  outputs: ['EMV', 'MAEMV'],
  bars: ({ N, M }) => 2 * N + M + 1,
  run: ({ high, low, vol }, { N, M }) => {
    const both = each([high, low], (h = NaN, l = NaN) => h + l);
    const range = minus(high, low);
    const parts = [both, REF(both, 1), over(MA(vol, N), vol), range, MA(range, N)];
    const flow = each(parts, (sum = NaN, before = NaN, volume = NaN, size = NaN, mean = NaN) => {
      const value = ((100 * (sum - before)) / sum) * volume * (size / mean);
      return Number.isFinite(value) ? value : NaN;
    });
    const line = MA(flow, N);
    return [line, MA(line, M)];
  },
});

export const GDX = indicator('GDX', {
  params: { N: 30, M: 9 },
  factors: ['M'],
  fields: ['high', 'low', 'close'],
  outputs: ['JAX', 'YLX', 'ZCX'],
  bars: ({ N }) => N * 10,
  run: (bars, { N, M }) => {
    const line = movingWith(bars.close, distance(bars, N));
    return [line, line.map((value) => value * (1 + M / 100)), line.map((value) => value * (1 - M / 100))];
  },
});

export const JLHB = indicator('JLHB', {
  params: { N: 7, M: 5 },
  fields: ['high', 'low', 'close'],
  outputs: ['B', 'VAR2', 'JLHB'],
  bars: ({ N, M }) => 60 + afterSma(N, 1) + afterSma(M, 1),
  run: ({ high, low, close }, { N, M }) => {
    const place = each([close, LLV(low, 60), HHV(high, 60)], (c = NaN, floor = NaN, top = NaN) =>
      top === floor ? 0 : ((c - floor) / (top - floor)) * 80,
    );
    const fast = SMA(place, N, 1);
    const slow = SMA(fast, M, 1);
    const sign = each([CROSS(fast, slow), fast], (crossed = NaN, value = NaN) =>
      crossed === 1 && value < 40 ? 50 : 0,
    );
    return [fast, slow, sign];
  },
});

export const JS = indicator('JS', {
  params: { N: 5, M1: 5, M2: 10, M3: 20 },
  fields: ['close'],
  outputs: ['JS', 'MAJS1', 'MAJS2', 'MAJS3'],
  bars: ({ N, M1, M2, M3 }) => N + Math.max(M1, M2, M3),
  run: ({ close }, { N, M1, M2, M3 }) => {
    const line = growth(close, N).map((value) => (100 * value) / N);
    return [line, MA(line, M1), MA(line, M2), MA(line, M3)];
  },
});

/** Difference of two exponential averages, and its own exponential average. */
function difference(x: Real, short: number, long: number, middle: number): readonly [Real, Real] {
  const line = minus(EMA(x, short), EMA(x, long));
  return [line, EMA(line, middle)];
}

function differenceBars(long: number, middle: number): number {
  return afterEma(long) + afterEma(middle);
}

export const MACD = indicator('MACD', {
  params: { SHORT: 12, LONG: 26, MID: 9 },
  fields: ['close'],
  outputs: ['DIF', 'DEA', 'MACD'],
  bars: ({ SHORT, LONG, MID }) => differenceBars(Math.max(SHORT, LONG), MID),
  run: ({ close }, { SHORT, LONG, MID }) => {
    const [line, signal] = difference(close, SHORT, LONG, MID);
    return [line, signal, minus(line, signal).map((value) => value * 2)];
  },
});

export const QACD = indicator('QACD', {
  params: { N1: 12, N2: 26, M: 9 },
  fields: ['close'],
  outputs: ['DIF', 'MACD', 'DDIF'],
  bars: ({ N1, N2, M }) => differenceBars(Math.max(N1, N2), M),
  run: ({ close }, { N1, N2, M }) => {
    const [line, signal] = difference(close, N1, N2, M);
    return [line, signal, minus(line, signal)];
  },
});

export const VMACD = indicator('VMACD', {
  params: { SHORT: 12, LONG: 26, MID: 9 },
  fields: ['volume'],
  outputs: ['DIF', 'DEA', 'MACD'],
  bars: ({ SHORT, LONG, MID }) => differenceBars(Math.max(SHORT, LONG), MID),
  run: ({ vol }, { SHORT, LONG, MID }) => {
    const [line, signal] = difference(vol, SHORT, LONG, MID);
    return [line, signal, minus(line, signal)];
  },
});

export const QR = indexIndicator('QR', {
  params: { N: 21 },
  fields: ['close'],
  outputs: ['GG', 'DP', 'QRZ'],
  bars: ({ N }) => N + afterEma(2),
  run: ({ close }, index, { N }) => {
    const own = growth(close, N).map((value) => value * 100);
    const market = growth(index.close, N).map((value) => value * 100);
    return [own, market, EMA(minus(own, market), 2)];
  },
});

export const TRIX = indicator('TRIX', {
  params: { N: 12, M: 9 },
  fields: ['close'],
  outputs: ['TRIX', 'MATRIX'],
  bars: ({ N, M }) => 3 * afterEma(N) + M,
  run: ({ close }, { N, M }) => {
    const line = growth(EMA(EMA(EMA(close, N), N), N), 1).map((value) => value * 100);
    return [line, MA(line, M)];
  },
});

export const UOS = indicator('UOS', {
  params: { N1: 7, N2: 14, N3: 28, M: 6 },
  fields: ['high', 'low', 'close'],
  outputs: ['UOS', 'MAUOS'],
  bars: ({ N1, N2, N3, M }) => 1 + Math.max(N1, N2, N3) + afterEma(M),
  run: ({ high, low, close }, { N1, N2, N3, M }) => {
    const before = REF(close, 1);
    const top = each([high, before], (h = NaN, b = NaN) => Math.max(h, b));
    const floor = each([low, before], (l = NaN, b = NaN) => Math.min(l, b));
    const share = (n: number): Real => over(SUM(minus(close, floor), n), SUM(minus(top, floor), n));
    const line = each([share(N1), share(N2), share(N3)], (a = NaN, b = NaN, c = NaN) => {
      const weights = N1 * N2 + N1 * N3 + N2 * N3;
      return ((a * N2 * N3 + b * N1 * N3 + c * N1 * N2) * 100) / weights;
    });
    return [line, EMA(line, M)];
  },
});

export const VPT = indicator('VPT', {
  params: { N: 51, M: 6 },
  fields: ['close', 'volume'],
  outputs: ['VPT', 'MAVPT'],
  bars: ({ N, M }) => 1 + N + M,
  run: ({ close, vol }, { N, M }) => {
    const line = SUM(
      each([vol, growth(close, 1)], (lots = NaN, change = NaN) => lots * change),
      N,
    );
    return [line, MA(line, M)];
  },
});
