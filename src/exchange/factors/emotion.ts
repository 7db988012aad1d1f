import { forPeriods } from './definition.ts';
import type { PriceFactor, PriceFactors } from './definition.ts';
import type { Prices } from './prices.ts';
import { deviation, ema, EMA_REACH, emas, mean, total, value } from './windows.ts';

const AR_DAYS = 26;

function ar({ bars: { open, high, low } }: Prices, at: number): number {
  const up = total(at, AR_DAYS, (i) => value(high, i) - value(open, i));
  return (100 * up) / total(at, AR_DAYS, (i) => value(open, i) - value(low, i));
}

function br({ close, bars: { high, low } }: Prices, at: number): number {
  const up = total(at, AR_DAYS, (i) => Math.max(0, value(high, i) - value(close, i - 1)));
  return (100 * up) / total(at, AR_DAYS, (i) => Math.max(0, value(close, i - 1) - value(low, i)));
}

/** Average true range, in CNY of the day. */
function atr(n: number): PriceFactor {
  return {
    intro: `${n}日均幅指标`,
    days: n + 1,
    value: ({ close, factor, bars: { high, low } }, at) =>
      total(at, n, (i) => {
        const before = value(close, i - 1);
        return Math.max(value(high, i), before) - Math.min(value(low, i), before);
      }) /
      n /
      value(factor, at),
  };
}

const WVAD_DAYS = 6;

function wvad({ close, bars: { open, high, low, volume } }: Prices, at: number): number {
  return total(at, WVAD_DAYS, (i) => {
    const range = value(high, i) - value(low, i);
    return range === 0 ? 0 : ((value(close, i) - value(open, i)) / range) * value(volume, i);
  });
}

const VR_DAYS = 24;

function vr({ change, bars: { volume } }: Prices, at: number): number {
  const of = (fits: (move: number) => boolean): number =>
    total(at, VR_DAYS, (i) => (fits(value(change, i)) ? value(volume, i) : 0));
  const even = of((move) => move === 0) / 2;
  return (of((move) => move > 0) + even) / (of((move) => move < 0) + even);
}

const [SHORT, LONG, MID] = [12, 26, 9];
const VMACD_DAYS = EMA_REACH * (LONG + MID);
const VMACD = { days: VMACD_DAYS, least: LONG + MID };

/** Short less long average of the volume, of each of the last days. */
function volumeDifferences({ bars: { volume } }: Prices, at: number): Float64Array {
  const first = at - VMACD_DAYS + 1;
  const long = emas(volume, first, at, LONG);
  return emas(volume, first, at, SHORT).map((short, i) => short - value(long, i));
}

function vdiff(prices: Prices, at: number): number {
  return volumeDifferences(prices, at).at(-1) ?? Number.NaN;
}

function vdea(prices: Prices, at: number): number {
  const differences = volumeDifferences(prices, at);
  return ema(differences, differences.length - 1, MID);
}

/** Turnover, volume and what they say about the mood. Turnover in %. */
export const EMOTION: PriceFactors = {
  ...forPeriods('VOL', [5, 10, 20, 60, 120, 240], (n) => ({
    intro: `${n}日平均换手率`,
    days: n,
    value: ({ bars }, at) => mean(bars.turnover, at, n),
  })),
  ...forPeriods('DAVOL', [5, 10, 20], (n) => ({
    intro: `${n}日平均换手率与120日平均换手率之比`,
    days: 120,
    value: ({ bars }, at) => mean(bars.turnover, at, n) / mean(bars.turnover, at, 120),
  })),
  ...forPeriods('TVMA', [6, 20], (n) => ({
    intro: `${n}日成交金额的移动平均值`,
    days: n,
    value: ({ bars }, at) => mean(bars.money, at, n),
  })),
  ...forPeriods('TVSTD', [6, 20], (n) => ({
    intro: `${n}日成交金额的标准差`,
    days: n,
    value: ({ bars }, at) => deviation(bars.money, at, n),
  })),
  ...forPeriods('VSTD', [10, 20], (n) => ({
    intro: `${n}日成交量标准差`,
    days: n,
    value: ({ bars, factor }, at) => deviation(bars.volume, at, n) * value(factor, at),
  })),
  ...forPeriods('VROC', [6, 12], (n) => ({
    intro: `${n}日量变动速率指标`,
    days: n + 1,
    value: ({ bars: { volume } }, at) => 100 * (value(volume, at) / value(volume, at - n) - 1),
  })),
  ...forPeriods('VEMA', [5, 10, 12, 26], (n) => ({
    intro: `成交量的${n}日指数移动平均`,
    days: EMA_REACH * n,
    least: n,
    value: ({ bars, factor }, at) => ema(bars.volume, at, n) * value(factor, at),
  })),
  ...forPeriods('ATR', [6, 14], atr),
  turnover_volatility: {
    intro: '换手率相对波动率',
    days: 20,
    value: ({ bars }, at) => deviation(bars.turnover, at, 20),
  },
  VOSC: {
    intro: '成交量震荡',
    days: LONG,
    value: ({ bars: { volume } }, at) => 100 * (1 - mean(volume, at, LONG) / mean(volume, at, SHORT)),
  },
  VDIFF: { intro: '计算VMACD因子的中间变量', ...VMACD, value: (p, at) => vdiff(p, at) * value(p.factor, at) },
  VDEA: { intro: '计算VMACD因子的中间变量', ...VMACD, value: (p, at) => vdea(p, at) * value(p.factor, at) },
  VMACD: {
    intro: '成交量指数平滑异同移动平均线',
    ...VMACD,
    value: (p, at) => (vdiff(p, at) - vdea(p, at)) * value(p.factor, at),
  },
  PSY: {
    intro: '心理线指标',
    days: 12,
    value: ({ change }, at) => (100 * total(at, 12, (i) => (value(change, i) > 0 ? 1 : 0))) / 12,
  },
  AR: { intro: '人气指标', days: AR_DAYS, value: ar },
  BR: { intro: '意愿指标', days: AR_DAYS + 1, value: br },
  ARBR: { intro: 'AR与BR之差', days: AR_DAYS + 1, value: (p, at) => ar(p, at) - br(p, at) },
  VR: { intro: '成交量比率', days: VR_DAYS, value: vr },
  WVAD: { intro: '威廉变异离散量', days: WVAD_DAYS, value: (p, at) => wvad(p, at) * value(p.factor, at) },
  MAWVAD: {
    intro: 'WVAD的6日均值',
    days: 2 * WVAD_DAYS - 1,
    value: (p, at) => (total(at, WVAD_DAYS, (i) => wvad(p, i)) / WVAD_DAYS) * value(p.factor, at),
  },
  money_flow_20: {
    intro: '20日资金流量',
    days: 20,
    value: ({ close, bars: { high, low, volume } }, at) =>
      total(at, 20, (i) => ((value(close, i) + value(high, i) + value(low, i)) / 3) * value(volume, i)),
  },
};
