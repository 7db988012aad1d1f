import { indexIndicator, indicator } from './define.ts';
import { below, bias, meanOf, rsv, strength, trueRange } from './lines.ts';
import { afterEma, afterSma, AVEDEV, each, EMA, MA, REF, SLOPE, SMA, SUM } from './operators.ts';
import type { Bars } from './bars.ts';
import type { Real } from '../talib/functions/real.ts';

export const ACCER = indicator('ACCER', {
  params: { N: 8 },
  fields: ['close'],
  outputs: ['ACCER'],
  bars: ({ N }) => N,
  run: ({ close }, { N }) => [each([SLOPE(close, N), close], (slope = NaN, price = NaN) => slope / price)],
});

export const ADTM = indicator('ADTM', {
  params: { N: 23, M: 8 },
  fields: ['open', 'high', 'low'],
  outputs: ['ADTM', 'MAADTM'],
  bars: ({ N, M }) => N + M,
  run: ({ open, high, low }, { N, M }) => {
    const before = REF(open, 1);
    const up = each([open, high, before], (o = NaN, h = NaN, b = NaN) => (o <= b ? 0 : Math.max(h - o, o - b)));
    const down = each([open, low, before], (o = NaN, l = NaN, b = NaN) => (o >= b ? 0 : Math.max(o - l, o - b)));
    const line = each([SUM(up, N), SUM(down, N)], (s = NaN, t = NaN) => (s === t ? 0 : (s - t) / Math.max(s, t)));
    return [line, MA(line, M)];
  },
});

export const ATR = indicator('ATR', {
  params: { timeperiod: 14 },
  fields: ['high', 'low', 'close'],
  outputs: ['MTR', 'ATR'],
  bars: ({ timeperiod }) => timeperiod + 1,
  run: (bars, { timeperiod }) => {
    const range = trueRange(bars);
    return [range, MA(range, timeperiod)];
  },
});

export const BIAS = indicator('BIAS', {
  params: { N1: 6, N2: 12, N3: 24 },
  fields: ['close'],
  outputs: ['BIAS1', 'BIAS2', 'BIAS3'],
  bars: ({ N1, N2, N3 }) => Math.max(N1, N2, N3),
  run: ({ close }, { N1, N2, N3 }) => [bias(close, N1), bias(close, N2), bias(close, N3)],
});

export const BIAS_QL = indicator('BIAS_QL', {
  params: { N: 6, M: 6 },
  fields: ['close'],
  outputs: ['BIAS', 'BIASMA'],
  bars: ({ N, M }) => N + M,
  run: ({ close }, { N, M }) => [bias(close, N), MA(bias(close, N), M)],
});

export const BIAS_36 = indicator('BIAS_36', {
  params: { M: 6 },
  fields: ['close'],
  outputs: ['BIAS36', 'BIAS612', 'MABIAS'],
  bars: ({ M }) => 12 + M,
  run: ({ close }, { M }) => {
    const difference = (a: number, b: number): Real => each([MA(close, a), MA(close, b)], (x = NaN, y = NaN) => x - y);
    return [difference(3, 6), difference(6, 12), MA(difference(3, 6), M)];
  },
});

export const CCI = indicator('CCI', {
  params: { N: 14 },
  fields: ['high', 'low', 'close'],
  outputs: ['CCI'],
  bars: ({ N }) => N,
  run: ({ high, low, close }, { N }) => {
    const typical = each([high, low, close], (h = NaN, l = NaN, c = NaN) => (h + l + c) / 3);
    return [
      each([typical, MA(typical, N), AVEDEV(typical, N)], (price = NaN, mean = NaN, spread = NaN) =>
        spread === 0 ? 0 : (price - mean) / (0.015 * spread),
      ),
    ];
  },
});

export const DKX = indicator('DKX', {
  params: { M: 10 },
  fields: ['open', 'high', 'low', 'close'],
  outputs: ['DKX', 'MADKX'],
  bars: ({ M }) => 21 + M,
  run: ({ open, high, low, close }, { M }) => {
    const middle = each([open, high, low, close], (o = NaN, h = NaN, l = NaN, c = NaN) => (3 * c + l + o + h) / 6);
    // The formula skips the 19th day and takes the 20th with the last weight.
    const past = Array.from({ length: 20 }, (_, i) => REF(middle, i === 19 ? 20 : i));
    const line = each(past, (...values) => values.reduce((sum, value, i) => sum + (20 - i) * value, 0) / 210);
    return [line, MA(line, M)];
  },
});

const KD_BARS = ({ N, M1, M2 }: { readonly N: number; readonly M1: number; readonly M2: number }): number =>
  N + afterSma(M1, 1) + afterSma(M2, 1);

function kd(bars: Bars, N: number, M1: number, M2: number): readonly [Real, Real] {
  const k = SMA(rsv(bars, N), M1, 1);
  return [k, SMA(k, M2, 1)];
}

export const KD = indicator('KD', {
  params: { N: 9, M1: 3, M2: 3 },
  fields: ['high', 'low', 'close'],
  outputs: ['K', 'D'],
  bars: KD_BARS,
  run: (bars, { N, M1, M2 }) => kd(bars, N, M1, M2),
});

export const KDJ = indicator('KDJ', {
  params: { N: 9, M1: 3, M2: 3 },
  fields: ['high', 'low', 'close'],
  outputs: ['K', 'D', 'J'],
  bars: KD_BARS,
  run: (bars, { N, M1, M2 }) => {
    const [k, d] = kd(bars, N, M1, M2);
    return [k, d, each([k, d], (a = NaN, b = NaN) => 3 * a - 2 * b)];
  },
});

export const SKDJ = indicator('SKDJ', {
  params: { N: 9, M: 3 },
  fields: ['high', 'low', 'close'],
  outputs: ['K', 'D'],
  bars: ({ N, M }) => N + 2 * afterEma(M) + M,
  run: (bars, { N, M }) => {
    const k = EMA(EMA(rsv(bars, N), M), M);
    return [k, MA(k, M)];
  },
});

export const LWR = indicator('LWR', {
  params: { N: 9, M1: 3, M2: 3 },
  fields: ['high', 'low', 'close'],
  outputs: ['LWR1', 'LWR2'],
  bars: KD_BARS,
  run: (bars, { N, M1, M2 }) => {
    const first = SMA(below(bars, N), M1, 1);
    return [first, SMA(first, M2, 1)];
  },
});

export const WR = indicator('WR', {
  params: { N: 10, N1: 6 },
  fields: ['high', 'low', 'close'],
  outputs: ['WR', 'WR1'],
  bars: ({ N, N1 }) => Math.max(N, N1),
  run: (bars, { N, N1 }) => [below(bars, N), below(bars, N1)],
});

export const MFI = indicator('MFI', {
  params: { timeperiod: 14 },
  fields: ['high', 'low', 'close', 'volume'],
  outputs: ['MFI'],
  bars: ({ timeperiod }) => timeperiod + 1,
  run: ({ high, low, close, vol }, { timeperiod }) => {
    const typical = each([high, low, close], (h = NaN, l = NaN, c = NaN) => (h + l + c) / 3);
    const flow = (sign: number): Real =>
      SUM(
        each([typical, REF(typical, 1), vol], (now = NaN, before = NaN, lots = NaN) =>
          Number.isNaN(before) ? NaN : sign * (now - before) > 0 ? now * lots : 0,
        ),
        timeperiod,
      );
    return [each([flow(1), flow(-1)], (up = NaN, down = NaN) => 100 - 100 / (1 + up / down))];
  },
});

export const MTM = indicator('MTM', {
  params: { timeperiod: 12 },
  fields: ['close'],
  outputs: ['MTM'],
  bars: ({ timeperiod }) => timeperiod + 1,
  run: ({ close }, { timeperiod }) => [each([close, REF(close, timeperiod)], (now = NaN, then = NaN) => now - then)],
});

export const ROC = indicator('ROC', {
  params: { timeperiod: 12 },
  fields: ['close'],
  outputs: ['ROC'],
  bars: ({ timeperiod }) => timeperiod + 1,
  run: ({ close }, { timeperiod }) => [
    each([close, REF(close, timeperiod)], (now = NaN, then = NaN) => (100 * (now - then)) / then),
  ],
});

export const RSI = indicator('RSI', {
  params: { N1: 6 },
  fields: ['close'],
  outputs: ['RSI'],
  bars: ({ N1 }) => 1 + afterSma(N1, 1),
  run: ({ close }, { N1 }) => [strength(close, N1)],
});

export const MARSI = indicator('MARSI', {
  params: { M1: 10, M2: 6 },
  fields: ['close'],
  outputs: ['RSI10', 'RSI6'],
  bars: ({ M1, M2 }) => 1 + afterSma(Math.max(M1, M2), 1) + Math.max(M1, M2),
  run: ({ close }, { M1, M2 }) => [MA(strength(close, M1), M1), MA(strength(close, M2), M2)],
});

export const OSC = indicator('OSC', {
  params: { N: 20, M: 6 },
  fields: ['close'],
  outputs: ['OSC', 'MAOSC'],
  bars: ({ N, M }) => N + afterEma(M),
  run: ({ close }, { N, M }) => {
    const line = each([close, MA(close, N)], (value = NaN, mean = NaN) => 100 * (value - mean));
    return [line, EMA(line, M)];
  },
});

export const UDL = indicator('UDL', {
  params: { N1: 3, N2: 5, N3: 10, N4: 20, M: 6 },
  fields: ['close'],
  outputs: ['UDL', 'MAUDL'],
  bars: ({ N1, N2, N3, N4, M }) => Math.max(N1, N2, N3, N4) + M,
  run: ({ close }, { N1, N2, N3, N4, M }) => {
    const line = meanOf([N1, N2, N3, N4].map((n) => MA(close, n)));
    return [line, MA(line, M)];
  },
});

export const TAPI = indexIndicator('TAPI', {
  params: { M: 6 },
  fields: ['close', 'money'],
  outputs: ['TAPI', 'MATAPI'],
  bars: ({ M }) => M,
  run: ({ money }, index, { M }) => {
    const line = each([money, index.close], (yuan = NaN, points = NaN) => yuan / points);
    return [line, MA(line, M)];
  },
});
