import { defineTalib } from './define.ts';
import { dema, ema, kama, sma, t3, tema, trima, wma } from './functions/averages.ts';
import { htTrendline } from './functions/cycle.ts';
import { ma } from './functions/ma-types.ts';
import { bbands } from './functions/statistics.ts';
import { sar } from './functions/trend.ts';
import { midpoint } from './functions/windows.ts';
import type { Real } from './functions/real.ts';
import { factor, maType, period } from './options.ts';

/** A function of one series and a period, with one result. */
function average(name: string, fallback: number, run: (x: Real, n: number) => Real, min = 2) {
  return defineTalib(name, {
    inputs: ['real'],
    options: [period('timeperiod', fallback, min)],
    outputs: ['real'],
    run: ([x], [n]) => run(x, n),
  });
}

export const SMA = average('SMA', 30, sma);
export const EMA = average('EMA', 30, (x, n) => ema(x, n));
export const WMA = average('WMA', 30, wma);
export const DEMA = average('DEMA', 30, dema);
export const TEMA = average('TEMA', 30, tema);
export const TRIMA = average('TRIMA', 30, trima);
export const KAMA = average('KAMA', 30, kama);
export const MIDPOINT = average('MIDPOINT', 14, (x, n) => midpoint(x, x, n));

export const MA = defineTalib('MA', {
  inputs: ['real'],
  options: [period('timeperiod', 30, 1), maType('matype')],
  outputs: ['real'],
  run: ([x], [n, type]) => ma(x, n, type),
});
export const T3 = defineTalib('T3', {
  inputs: ['real'],
  options: [period('timeperiod', 5), factor('vfactor', 0.7, 0, 1)],
  outputs: ['real'],
  run: ([x], [n, v]) => t3(x, n, v),
});
export const BBANDS = defineTalib('BBANDS', {
  inputs: ['real'],
  options: [period('timeperiod', 5), factor('nbdevup', 2), factor('nbdevdn', 2), maType('matype')],
  outputs: ['upperband', 'middleband', 'lowerband'],
  run: ([x], [n, up, down, type]) => bbands(x, n, up, down, type),
});
export const MIDPRICE = defineTalib('MIDPRICE', {
  inputs: ['high', 'low'],
  options: [period('timeperiod', 14)],
  outputs: ['real'],
  run: ([high, low], [n]) => midpoint(high, low, n),
});
export const SAR = defineTalib('SAR', {
  inputs: ['high', 'low'],
  options: [factor('acceleration', 0.02, 0), factor('maximum', 0.2, 0)],
  outputs: ['real'],
  run: ([high, low], [acceleration, maximum]) => sar(high, low, acceleration, maximum),
});
export const HT_TRENDLINE = defineTalib('HT_TRENDLINE', {
  inputs: ['real'],
  options: [],
  outputs: ['real'],
  run: ([x]) => htTrendline(x),
});
