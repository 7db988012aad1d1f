import { indicator } from './define.ts';
import { distance, meanOf, over, weighted } from './lines.ts';
import * as op from './operators.ts';
import type { BarSeries, Bars } from './bars.ts';
import type { Real } from '../talib/functions/real.ts';

/** The mean of a series of the bars over `timeperiod`. */
function meanLine(name: string, timeperiod: number, fields: readonly BarSeries[], of: (bars: Bars) => Real) {
  return indicator(name, {
    params: { timeperiod },
    fields,
    outputs: [name],
    bars: ({ timeperiod: n }) => n,
    run: (bars, { timeperiod: n }) => [op.MA(of(bars), n)],
  });
}

export const MA = meanLine('MA', 5, ['close'], ({ close }) => close);
export const HMA = meanLine('HMA', 12, ['high'], ({ high }) => high);
export const LMA = meanLine('LMA', 12, ['low'], ({ low }) => low);
export const VMA = meanLine('VMA', 12, ['open', 'high', 'low', 'close'], ({ open, high, low, close }) =>
  meanOf([open, high, low, close]),
);

/** The exponential average of the closes. */
function exponential(name: string, timeperiod: number) {
  return indicator(name, {
    params: { timeperiod },
    fields: ['close'],
    outputs: [name],
    bars: ({ timeperiod: n }) => op.afterEma(n),
    run: ({ close }, { timeperiod: n }) => [op.EMA(close, n)],
  });
}

export const EMA = exponential('EMA', 30);
export const EXPMA = exponential('EXPMA', 12);

export const SMA = indicator('SMA', {
  params: { N: 7, M: 1 },
  fields: ['close'],
  outputs: ['SMA'],
  bars: ({ N, M }) => op.afterSma(N, M),
  run: ({ close }, { N, M }) => [op.SMA(close, N, M)],
});

export const BBI = indicator('BBI', {
  params: { timeperiod1: 3, timeperiod2: 6, timeperiod3: 12, timeperiod4: 24 },
  fields: ['close'],
  outputs: ['BBI'],
  bars: (periods) => Math.max(...Object.values(periods)),
  run: ({ close }, periods) => [meanOf(Object.values(periods).map((n) => op.MA(close, n)))],
});

export const BBIBOLL = indicator('BBIBOLL', {
  params: { N: 11, M: 6 },
  fields: ['close'],
  outputs: ['BBIBOLL', 'UPR', 'DWN'],
  factors: ['M'],
  bars: ({ N }) => 24 + N,
  run: ({ close }, { N, M }) => {
    const line = meanOf([3, 6, 12, 24].map((n) => op.MA(close, n)));
    const spread = op.STD(line, N);
    return [
      line,
      op.each([line, spread], (a = NaN, b = NaN) => a + M * b),
      op.each([line, spread], (a = NaN, b = NaN) => a - M * b),
    ];
  },
});

export const AMV = indicator('AMV', {
  params: { timeperiod: 13 },
  fields: ['open', 'close', 'volume'],
  outputs: ['AMV'],
  bars: ({ timeperiod }) => timeperiod,
  run: ({ open, close, vol }, { timeperiod }) => {
    const cost = op.each([open, close, vol], (o = NaN, c = NaN, v = NaN) => (v * (o + c)) / 2);
    return [over(op.SUM(cost, timeperiod), op.SUM(vol, timeperiod))];
  },
});

/** `timeperiod` is JoinQuant's count of bars to read; the lines have lengths of their own. */
export const ALLIGAT = indicator('ALLIGAT', {
  params: { timeperiod: 21 },
  fields: ['high', 'low'],
  outputs: ['UP', 'TEETH', 'DOWN'],
  bars: ({ timeperiod }) => timeperiod,
  run: ({ high, low }) => {
    const middle = meanOf([high, low]);
    return [op.REF(op.MA(middle, 5), 3), op.REF(op.MA(middle, 8), 5), op.REF(op.MA(middle, 13), 8)];
  },
});

export const Bollinger_Bands = indicator('Bollinger_Bands', {
  params: { timeperiod: 20, nbdevup: 2, nbdevdn: 2 },
  factors: ['nbdevup', 'nbdevdn'],
  fields: ['close'],
  outputs: ['UB', 'MB', 'LB'],
  bars: ({ timeperiod }) => timeperiod,
  run: ({ close }, { timeperiod, nbdevup, nbdevdn }) => {
    const middle = op.MA(close, timeperiod);
    const spread = op.STD(close, timeperiod);
    return [
      op.each([middle, spread], (m = NaN, s = NaN) => m + nbdevup * s),
      middle,
      op.each([middle, spread], (m = NaN, s = NaN) => m - nbdevdn * s),
    ];
  },
});

export const ENE = indicator('ENE', {
  params: { N: 25, M1: 6, M2: 6 },
  factors: ['M1', 'M2'],
  fields: ['close'],
  outputs: ['UPPER', 'LOWER', 'ENE'],
  bars: ({ N }) => N,
  run: ({ close }, { N, M1, M2 }) => {
    const mean = op.MA(close, N);
    const upper = mean.map((value) => (1 + M1 / 100) * value);
    const lower = mean.map((value) => (1 - M2 / 100) * value);
    return [upper, lower, meanOf([upper, lower])];
  },
});

export const MIKE = indicator('MIKE', {
  params: { timeperiod: 10 },
  fields: ['high', 'low', 'close'],
  outputs: ['STOR', 'MIDR', 'WEKR', 'WEKS', 'MIDS', 'STOS'],
  bars: ({ timeperiod }) => timeperiod + 1 + 2 * op.afterEma(3),
  run: ({ high, low, close }, { timeperiod }) => {
    const middle = op.REF(op.MA(meanOf([high, low, close]), timeperiod), 1);
    const top = op.EMA(op.HHV(high, timeperiod), 3);
    const floor = op.EMA(op.LLV(low, timeperiod), 3);
    const line = (f: (m: number, t: number, l: number) => number): Real =>
      op.EMA(
        op.each([middle, top, floor], (m = NaN, t = NaN, l = NaN) => f(m, t, l)),
        3,
      );
    return [
      line((_m, t, l) => 2 * t - l),
      line((m, t, l) => m + t - l),
      line((m, _t, l) => m * 2 - l),
      line((m, t) => m * 2 - t),
      line((m, t, l) => m - t + l),
      line((_m, t, l) => 2 * l - t),
    ];
  },
});

export const PBX = indicator('PBX', {
  params: { timeperiod: 9 },
  fields: ['close'],
  outputs: ['PBX'],
  bars: ({ timeperiod }) => Math.max(timeperiod * 4, op.afterEma(timeperiod)),
  run: ({ close }, { timeperiod: n }) => [meanOf([op.EMA(close, n), op.MA(close, n * 2), op.MA(close, n * 4)])],
});

export const XS = indicator('XS', {
  params: { timeperiod: 13 },
  fields: ['close', 'volume'],
  outputs: ['SUP', 'SDN', 'LUP', 'LDN'],
  bars: ({ timeperiod }) => op.afterEma(24) + op.afterEma(timeperiod),
  run: ({ close, vol }, { timeperiod }) => {
    const money = op.each([close, vol], (price = NaN, lots = NaN) => price * lots);
    const costs = [3, 6, 12, 24].map((n) => over(op.EMA(money, n), op.EMA(vol, n)));
    const line = op.EMA(meanOf(costs), timeperiod);
    const short = op.EMA(close, 9);
    const band = (factor: number): Real =>
      op.EMA(
        short.map((value) => value * factor),
        5,
      );
    return [line.map((value) => 1.06 * value), line.map((value) => 0.94 * value), band(1.14), band(0.86)];
  },
});

export const XS2 = indicator('XS2', {
  params: { N: 102, M: 7 },
  factors: ['N', 'M'],
  fields: ['high', 'low', 'close'],
  outputs: ['PASS1', 'PASS2', 'PASS3', 'PASS4'],
  bars: () => 200,
  run: (bars, { N, M }) => {
    const short = op.MA(weighted(bars), 5);
    const line = op.DMA(bars.close, distance(bars, 20));
    const times = (x: Real, factor: number): Real => x.map((value) => value * factor);
    return [times(short, N / 100), times(short, (200 - N) / 100), times(line, 1 + M / 100), times(line, 1 - M / 100)];
  },
});
