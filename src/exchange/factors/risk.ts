import { forPeriods } from './definition.ts';
import type { PriceFactors } from './definition.ts';
import { deviation, kurtosis, skewness, variance, value } from './windows.ts';

const PERIODS = [20, 60, 120];
/** Trading days of a year, and what money earns without risk. */
const YEAR = 250;
const RISKLESS = 0.04;

/** How the returns of the last days are spread. */
export const RISK: PriceFactors = {
  ...forPeriods('Variance', PERIODS, (n) => ({
    intro: `${n}日年化收益方差`,
    days: n + 1,
    value: ({ change }, at) => variance(change, at, n) * YEAR,
  })),
  ...forPeriods('Skewness', PERIODS, (n) => ({
    intro: `个股收益的${n}日偏度`,
    days: n + 1,
    value: ({ change }, at) => skewness(change, at, n),
  })),
  ...forPeriods('Kurtosis', PERIODS, (n) => ({
    intro: `个股收益的${n}日峰度`,
    days: n + 1,
    value: ({ change }, at) => kurtosis(change, at, n),
  })),
  ...forPeriods('sharpe_ratio_', PERIODS, (n) => ({
    intro: `${n}日夏普比率`,
    days: n + 1,
    value: ({ change, close }, at) => {
      const earned = (value(close, at) / value(close, at - n)) ** (YEAR / n) - 1;
      return (earned - RISKLESS) / (deviation(change, at, n) * Math.sqrt(YEAR));
    },
  })),
};
