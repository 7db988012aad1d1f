import { forPeriods } from './definition.ts';
import type { PriceFactor, PriceFactors } from './definition.ts';
import type { Prices } from './prices.ts';
import { ema, EMA_REACH, emas, mean, meanDistance, slope, stepsSince, sum, total, value } from './windows.ts';

function typical({ close, bars: { high, low } }: Prices, at: number, n: number): Float64Array {
  return Float64Array.from({ length: n }, (_, k) => {
    const i = at - n + 1 + k;
    return (value(close, i) + value(high, i) + value(low, i)) / 3;
  });
}

function cci(n: number): PriceFactor {
  return {
    intro: `${n}日顺势指标`,
    days: n,
    value: (prices, at) => {
      const series = typical(prices, at, n);
      const last = n - 1;
      return (value(series, last) - mean(series, last, n)) / (0.015 * meanDistance(series, last, n));
    },
  };
}

/** The average of the average of the average, and by how much in % it grew since the day before. */
function trix(n: number): PriceFactor {
  return {
    intro: `${n}日终极指标TRIX`,
    days: 3 * EMA_REACH * n,
    least: 3 * n,
    value: ({ close }, at) => {
      let series: Float64Array = emas(close, at - 3 * EMA_REACH * n + 1, at, n);
      for (let round = 0; round < 2; round += 1) series = emas(series, 0, series.length - 1, n);
      const [now, before] = [value(series, series.length - 1), value(series, series.length - 2)];
      return 100 * (now / before - 1);
    },
  };
}

/** CNY that a day's move was worth: relative move × shares. */
function vpt({ change, bars: { volume }, factor }: Prices, at: number, i: number): number {
  return value(change, i) * value(volume, i) * value(factor, at);
}

function mass({ bars: { high, low } }: Prices, at: number): number {
  const [n, days] = [9, 25];
  const first = at - (2 * EMA_REACH * n + days) + 1;
  const ranges = Float64Array.from(
    { length: at - first + 1 },
    (_, k) => value(high, first + k) - value(low, first + k),
  );
  const once = emas(ranges, 0, ranges.length - 1, n);
  const twice = emas(once, 0, once.length - 1, n);
  return total(ranges.length - 1, days, (i) => value(once, i) / value(twice, i));
}

function cr({ bars: { high, low } }: Prices, at: number): number {
  const middle = (i: number): number => (value(high, i) + value(low, i)) / 2;
  const up = total(at, 20, (i) => Math.max(0, value(high, i) - middle(i - 1)));
  return (100 * up) / total(at, 20, (i) => Math.max(0, middle(i - 1) - value(low, i)));
}

const aroon = (intro: string, isBeyond: (a: number, b: number) => boolean): PriceFactor => ({
  intro,
  days: 25,
  value: ({ close }, at) => (100 * (25 - stepsSince(close, at, 25, isBeyond))) / 25,
});

const power = (intro: string, side: 'high' | 'low'): PriceFactor => ({
  intro,
  days: 13 * EMA_REACH,
  least: 13,
  value: ({ close, bars }, at) => (value(bars[side], at) - ema(close, at, 13)) / value(close, at),
});

const overMean = (intro: string, n: number): PriceFactor => ({
  intro,
  days: n,
  value: ({ close }, at) => value(close, at) / mean(close, at, n) - 1,
});

/** Where the price stands against where it was. */
export const MOMENTUM: PriceFactors = {
  ...forPeriods('BIAS', [5, 10, 20, 60], (n) => ({
    intro: `${n}日乖离率`,
    days: n,
    value: ({ close }, at) => 100 * (value(close, at) / mean(close, at, n) - 1),
  })),
  ...forPeriods('ROC', [6, 12, 20, 60, 120], (n) => ({
    intro: `${n}日变动速率`,
    days: n + 1,
    value: ({ close }, at) => 100 * (value(close, at) / value(close, at - n) - 1),
  })),
  fifty_two_week_close_rank: {
    intro: '当前价格处于过去1年股价的位置',
    days: 250,
    value: ({ close }, at) => 1 + total(at, 250, (i) => (value(close, i) > value(close, at) ? 1 : 0)),
  },
  ...forPeriods('PLRC', [6, 12, 24], (n) => ({
    intro: `${n}日收盘价格线性回归系数`,
    days: n,
    value: ({ close }, at) => slope(close, at, n) / mean(close, at, n),
  })),
  ...forPeriods('CCI', [10, 15, 20, 88], cci),
  ...forPeriods('TRIX', [5, 10], trix),
  Price1M: overMean('当前股价除以过去一个月股价均值再减1', 21),
  Price3M: overMean('当前股价除以过去三个月股价均值再减1', 61),
  Price1Y: overMean('当前股价除以过去一年股价均值再减1', 252),
  BBIC: {
    intro: 'BBI动量',
    days: 24,
    value: ({ close }, at) => [3, 6, 12, 24].reduce((all, n) => all + mean(close, at, n), 0) / 4 / value(close, at),
  },
  CR20: { intro: '20日CR指标', days: 21, value: cr },
  MASS: { intro: '梅斯线', days: 2 * EMA_REACH * 9 + 25, least: 2 * 9 + 25, value: mass },
  single_day_VPT: { intro: '单日价量趋势', days: 1, value: (p, at) => vpt(p, at, at) },
  single_day_VPT_6: {
    intro: '单日价量趋势6日均值',
    days: 6,
    value: (p, at) => total(at, 6, (i) => vpt(p, at, i)) / 6,
  },
  single_day_VPT_12: {
    intro: '单日价量趋势12日均值',
    days: 12,
    value: (p, at) => total(at, 12, (i) => vpt(p, at, i)) / 12,
  },
  Volume1M: {
    intro: '当前交易量与过去一个月日均交易量之比，乘以日均收益率',
    days: 20,
    value: ({ change, bars: { volume } }, at) =>
      (value(volume, at) / mean(volume, at, 20)) * (sum(change, at, 20) / 20),
  },
  bull_power: power('多头力道', 'high'),
  bear_power: power('空头力道', 'low'),
  arron_up_25: aroon('Aroon指标上轨', (a, b) => a > b),
  arron_down_25: aroon('Aroon指标下轨', (a, b) => a < b),
};
