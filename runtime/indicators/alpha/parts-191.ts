/* What stands several times in the formulas of alpha191, by what it measures. */

export const up = 'close > delay(close, 1)';
export const down = 'close < delay(close, 1)';
export const change = '(close - delay(close, 1)) / delay(close, 1)';
export const typical = '(high + low + close) / 3';
export const spread = '(close - low - (high - close)) / (high - low)';

export const changeOver = (days: number): string => `(close - delay(close, ${days})) / delay(close, ${days}) * 100`;
export const fromMean = (days: number): string => `(close - mean(close, ${days})) / mean(close, ${days}) * 100`;
export const accumulated = (days: number): string =>
  `sum(close == delay(close, 1) ? 0 : close - (${up} ? min(low, delay(close, 1)) : max(high, delay(close, 1))), ${days})`;
export const balance = (days: number): string => `sum(${up} ? volume : ${down} ? -1 * volume : 0, ${days})`;
export const wideDays = (n: number, m: number): string =>
  `sma(((high + low) / 2 - (delay(high, 1) + delay(low, 1)) / 2) * (high - low) / volume, ${n}, ${m})`;
export const strength = (of: string, n: number): string =>
  `sma(max(0, ${of} - delay(${of}, 1)), ${n}, 1) / sma(abs(${of} - delay(${of}, 1)), ${n}, 1) * 100`;
export const fromHigh = (n: number): string =>
  `sma((ts_max(high, 6) - close) / (ts_max(high, 6) - ts_min(low, 6)) * 100, ${n}, 1)`;
const moves = (which: '<=' | '>='): string =>
  `sum(high + low ${which} delay(high, 1) + delay(low, 1) ? 0 : max(abs(high - delay(high, 1)), abs(low - delay(low, 1))), 12)`;
export const share = (of: string, other: string): string => `${of} / (${of} + ${other})`;
export const [rising, falling] = [moves('<='), moves('>=')];
const gains = (test: string, value: string): string => `sum(close - delay(close, 1) ${test} 0 ? ${value} : 0, 12)`;
export const [won, lost] = [gains('>', 'close - delay(close, 1)'), gains('<', 'abs(close - delay(close, 1))')];
export const stochastic = 'sma((close - ts_min(low, 9)) / (ts_max(high, 9) - ts_min(low, 9)) * 100, 3, 1)';
export const macd = (of: string): string =>
  `sma(${of}, 13, 2) - sma(${of}, 27, 2) - sma(sma(${of}, 13, 2) - sma(${of}, 27, 2), 10, 2)`;
export const smooth = 'sma(sma(sma(log(close), 13, 2), 13, 2), 13, 2)';
export const restless = (test: string): string => `sma(close ${test} delay(close, 1) ? stddev(close, 20) : 0, 20, 1)`;
export const slope10 = '(delay(close, 20) - delay(close, 10)) / 10 - (delay(close, 10) - close) / 10';

const [a, b, c, d] = [
  'abs(high - delay(close, 1))',
  'abs(low - delay(close, 1))',
  'abs(high - delay(low, 1))',
  'abs(delay(close, 1) - delay(open, 1)) / 4',
];
/** Wilder's swing index of a day. */
export const swing = `16 * (close - delay(close, 1) + (close - open) / 2 + delay(close, 1) - delay(open, 1)) / (${a} > ${b} && ${a} > ${c} ? ${a} + ${b} / 2 + ${d} : ${b} > ${c} && ${b} > ${a} ? ${b} + ${a} / 2 + ${d} : ${c} + ${d}) * max(${a}, ${b})`;

const [falls, rises] = [
  'sum(ld > 0 && ld > hd ? ld : 0, 14) * 100 / sum(tr, 14)',
  'sum(hd > 0 && hd > ld ? hd : 0, 14) * 100 / sum(tr, 14)',
];
export const trend = `mean(abs(${falls} - ${rises}) / (${falls} + ${rises}) * 100, 6)`;
export const fromLow = (days: number): string =>
  `(close - sum(min(low, delay(close, 1)), ${days})) / sum(max(high, delay(close, 1)) - min(low, delay(close, 1)), ${days})`;
export const [slow9, slow1] = [
  'delay(sma(delay(close / delay(close, 9), 1), 9, 1), 1)',
  'delay(sma(close - delay(close, 1), 9, 1), 1)',
];
export const inverse = `(${up} ? 1 / (close - delay(close, 1)) : 1)`;
export const growth = '(close / delay(close, 19))^(1 / 20)';
