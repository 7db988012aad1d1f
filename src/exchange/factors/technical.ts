import { forPeriods } from './definition.ts';
import type { PriceFactor, PriceFactors } from './definition.ts';
import type { Prices } from './prices.ts';
import { deviation, ema, EMA_REACH, emas, mean, total, value } from './windows.ts';

const band = (intro: string, sign: 1 | -1): PriceFactor => ({
  intro,
  days: 20,
  value: ({ close }, at) => (mean(close, at, 20) + sign * 2 * deviation(close, at, 20)) / value(close, at),
});

const average = (n: number): PriceFactor => ({
  intro: `${n}日指数移动均线与收盘价之比`,
  days: EMA_REACH * n,
  least: n,
  value: ({ close }, at) => ema(close, at, n) / value(close, at),
});

const [SHORT, LONG, MID] = [12, 26, 9];
const MACD_DAYS = EMA_REACH * (LONG + MID);

function macd({ close }: Prices, at: number): number {
  const first = at - MACD_DAYS + 1;
  const long = emas(close, first, at, LONG);
  const differences = emas(close, first, at, SHORT).map((short, i) => short - value(long, i));
  const last = differences.length - 1;
  return (2 * (value(differences, last) - ema(differences, last, MID))) / value(close, at);
}

function mfi({ close, bars: { high, low, volume } }: Prices, at: number): number {
  const typical = (i: number): number => (value(close, i) + value(high, i) + value(low, i)) / 3;
  const flow = (direction: 1 | -1): number =>
    total(at, 14, (i) => (direction * (typical(i) - typical(i - 1)) > 0 ? 1 : 0) * typical(i) * value(volume, i));
  return 100 - 100 / (1 + flow(1) / flow(-1));
}

/** Indicators of the chart, as parts of the day's close. */
export const TECHNICAL: PriceFactors = {
  ...forPeriods('MAC', [5, 10, 20, 60, 120], (n) => ({
    intro: `${n}日移动均线与收盘价之比`,
    days: n,
    value: ({ close }, at) => mean(close, at, n) / value(close, at),
  })),
  ...forPeriods('EMAC', [10, 12, 20, 26, 120], average),
  EMA5: average(5),
  MACDC: { intro: '平滑异同移动平均与收盘价之比', days: MACD_DAYS, least: LONG + MID, value: macd },
  boll_up: band('上轨线（布林线）指标', 1),
  boll_down: band('下轨线（布林线）指标', -1),
  MFI14: { intro: '资金流量指标', days: 15, value: mfi },
  price_no_fq: { intro: '不复权价格', days: 1, value: ({ close, factor }, at) => value(close, at) / value(factor, at) },
};
