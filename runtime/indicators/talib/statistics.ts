import { defineTalib } from './define.ts';
import { sum } from './functions/averages.ts';
import { mapped } from './functions/real.ts';
import { beta, correl, regression, stddev, variance } from './functions/statistics.ts';
import { extremePlaces, highest, lowest } from './functions/windows.ts';
import type { Real } from './functions/real.ts';
import { factor, period } from './options.ts';

/** A line through the last values, of which `f` takes what is wanted. */
function line(name: string, f: (slope: number, first: number, n: number) => number) {
  return defineTalib(name, {
    inputs: ['real'],
    options: [period('timeperiod', 14)],
    outputs: ['real'],
    run: ([x], [n]) => regression(x, n, (slope, first) => f(slope, first, n)),
  });
}

export const LINEARREG = line('LINEARREG', (slope, first, n) => first + slope * (n - 1));
export const LINEARREG_SLOPE = line('LINEARREG_SLOPE', (slope) => slope);
export const LINEARREG_ANGLE = line('LINEARREG_ANGLE', (slope) => (Math.atan(slope) * 180) / Math.PI);
export const LINEARREG_INTERCEPT = line('LINEARREG_INTERCEPT', (_slope, first) => first);
export const TSF = line('TSF', (slope, first, n) => first + slope * n);

export const STDDEV = defineTalib('STDDEV', {
  inputs: ['real'],
  options: [period('timeperiod', 5), factor('nbdev', 1)],
  outputs: ['real'],
  run: ([x], [n, deviations]) => stddev(x, n, deviations),
});
/** `nbdev` is in TA-Lib's signature and changes nothing there either. */
export const VAR = defineTalib('VAR', {
  inputs: ['real'],
  options: [period('timeperiod', 5, 1), factor('nbdev', 1)],
  outputs: ['real'],
  run: ([x], [n]) => variance(x, n),
});
export const CORREL = defineTalib('CORREL', {
  inputs: ['real0', 'real1'],
  options: [period('timeperiod', 30, 1)],
  outputs: ['real'],
  run: ([x, y], [n]) => correl(x, y, n),
});
export const BETA = defineTalib('BETA', {
  inputs: ['real0', 'real1'],
  options: [period('timeperiod', 5, 1)],
  outputs: ['real'],
  run: ([x, y], [n]) => beta(x, y, n),
});

/** A function of the last values of one series. */
function window(name: string, run: (x: Real, n: number) => Real, places = false) {
  return defineTalib(name, {
    inputs: ['real'],
    options: [period('timeperiod', 30)],
    outputs: [places ? 'integer' : 'real'],
    places,
    run: ([x], [n]) => run(x, n),
  });
}

export const MAX = window('MAX', highest);
export const MIN = window('MIN', lowest);
export const SUM = window('SUM', sum);
export const MAXINDEX = window('MAXINDEX', (x, n) => extremePlaces(x, n, 1, true), true);
export const MININDEX = window('MININDEX', (x, n) => extremePlaces(x, n, -1, true), true);
export const MINMAX = defineTalib('MINMAX', {
  inputs: ['real'],
  options: [period('timeperiod', 30)],
  outputs: ['min', 'max'],
  run: ([x], [n]) => [lowest(x, n), highest(x, n)],
});

/** Each value by itself. */
function each(name: string, f: (value: number) => number) {
  return defineTalib(name, {
    inputs: ['real'],
    options: [],
    outputs: ['real'],
    run: ([x]) => x.map((value) => f(value)),
  });
}

export const CEIL = each('CEIL', Math.ceil);
export const FLOOR = each('FLOOR', Math.floor);
export const EXP = each('EXP', Math.exp);
export const LN = each('LN', Math.log);
export const LOG10 = each('LOG10', Math.log10);
export const SQRT = each('SQRT', Math.sqrt);
export const ATAN = each('ATAN', Math.atan);

/** Each pair by itself. */
function pair(name: string, f: (a: number, b: number) => number) {
  return defineTalib(name, {
    inputs: ['real0', 'real1'],
    options: [],
    outputs: ['real'],
    run: (both) => mapped(both, (a = NaN, b = NaN) => f(a, b)),
  });
}

export const ADD = pair('ADD', (a, b) => a + b);
export const SUB = pair('SUB', (a, b) => a - b);
export const MULT = pair('MULT', (a, b) => a * b);
export const DIV = pair('DIV', (a, b) => a / b);
