import { defineTalib } from './define.ts';
import { adx, adxr, directionalIndex, directionalMovement, dx } from './functions/direction.ts';
import * as momentum from './functions/momentum.ts';
import { mfi } from './functions/volume.ts';
import { withPast } from './functions/windows.ts';
import type { Real } from './functions/real.ts';
import { maType, period } from './options.ts';

/** A function of one series and a period, with one result. */
function ofOne(name: string, fallback: number, min: number, run: (x: Real, n: number) => Real) {
  return defineTalib(name, {
    inputs: ['real'],
    options: [period('timeperiod', fallback, min)],
    outputs: ['real'],
    run: ([x], [n]) => run(x, n),
  });
}

/** The same of high, low and close. */
function ofPrices(name: string, min: number, run: (high: Real, low: Real, close: Real, n: number) => Real) {
  return defineTalib(name, {
    inputs: ['high', 'low', 'close'],
    options: [period('timeperiod', 14, min)],
    outputs: ['real'],
    run: ([high, low, close], [n]) => run(high, low, close, n),
  });
}

/** The same of high and low. */
function ofRange(name: string, min: number, run: (high: Real, low: Real, n: number) => Real) {
  return defineTalib(name, {
    inputs: ['high', 'low'],
    options: [period('timeperiod', 14, min)],
    outputs: ['real'],
    run: ([high, low], [n]) => run(high, low, n),
  });
}

export const RSI = ofOne('RSI', 14, 2, momentum.rsi);
export const CMO = ofOne('CMO', 14, 2, momentum.cmo);
export const MOM = ofOne('MOM', 10, 1, (x, n) => withPast(x, n, (now, before) => now - before));
export const ROC = ofOne('ROC', 10, 1, momentum.rateOfChange);
export const ROCP = ofOne('ROCP', 10, 1, (x, n) =>
  withPast(x, n, (now, before) => (before === 0 ? 0 : (now - before) / before)),
);
export const ROCR = ofOne('ROCR', 10, 1, (x, n) => withPast(x, n, (now, before) => (before === 0 ? 0 : now / before)));
export const ROCR100 = ofOne('ROCR100', 10, 1, (x, n) =>
  withPast(x, n, (now, before) => (before === 0 ? 0 : (now / before) * 100)),
);
export const TRIX = ofOne('TRIX', 30, 1, momentum.trix);

export const ADX = ofPrices('ADX', 2, adx);
export const ADXR = ofPrices('ADXR', 2, adxr);
export const DX = ofPrices('DX', 2, dx);
export const PLUS_DI = ofPrices('PLUS_DI', 1, (h, l, c, n) => directionalIndex(h, l, c, n, 1));
export const MINUS_DI = ofPrices('MINUS_DI', 1, (h, l, c, n) => directionalIndex(h, l, c, n, -1));
export const CCI = ofPrices('CCI', 2, momentum.cci);
export const WILLR = ofPrices('WILLR', 2, momentum.willR);
export const PLUS_DM = ofRange('PLUS_DM', 1, (h, l, n) => directionalMovement(h, l, n, 1));
export const MINUS_DM = ofRange('MINUS_DM', 1, (h, l, n) => directionalMovement(h, l, n, -1));
export const AROONOSC = ofRange('AROONOSC', 2, momentum.aroonOsc);

export const AROON = defineTalib('AROON', {
  inputs: ['high', 'low'],
  options: [period('timeperiod', 14)],
  outputs: ['aroondown', 'aroonup'],
  run: ([high, low], [n]) => momentum.aroon(high, low, n),
});
export const BOP = defineTalib('BOP', {
  inputs: ['open', 'high', 'low', 'close'],
  options: [],
  outputs: ['real'],
  run: ([open, high, low, close]) => momentum.bop(open, high, low, close),
});
export const MFI = defineTalib('MFI', {
  inputs: ['high', 'low', 'close', 'volume'],
  options: [period('timeperiod', 14)],
  outputs: ['real'],
  run: ([high, low, close, volume], [n]) => mfi(high, low, close, volume, n),
});
export const ULTOSC = defineTalib('ULTOSC', {
  inputs: ['high', 'low', 'close'],
  options: [period('timeperiod1', 7, 1), period('timeperiod2', 14, 1), period('timeperiod3', 28, 1)],
  outputs: ['real'],
  run: ([high, low, close], periods) => momentum.ultimate(high, low, close, periods),
});

const FAST_AND_SLOW = [period('fastperiod', 12), period('slowperiod', 26)] as const;

export const APO = defineTalib('APO', {
  inputs: ['real'],
  options: [...FAST_AND_SLOW, maType('matype')],
  outputs: ['real'],
  run: ([x], [fast, slow, type]) => momentum.oscillator(x, fast, slow, type, false),
});
export const PPO = defineTalib('PPO', {
  inputs: ['real'],
  options: [...FAST_AND_SLOW, maType('matype')],
  outputs: ['real'],
  run: ([x], [fast, slow, type]) => momentum.oscillator(x, fast, slow, type, true),
});

const MACD_OUTPUTS = ['macd', 'macdsignal', 'macdhist'] as const;

export const MACD = defineTalib('MACD', {
  inputs: ['real'],
  options: [...FAST_AND_SLOW, period('signalperiod', 9, 1)],
  outputs: MACD_OUTPUTS,
  run: ([x], [fast, slow, signal]) => momentum.macd(x, fast, slow, signal),
});
export const MACDFIX = defineTalib('MACDFIX', {
  inputs: ['real'],
  options: [period('signalperiod', 9, 1)],
  outputs: MACD_OUTPUTS,
  run: ([x], [signal]) => momentum.macd(x, 12, 26, signal, true),
});
export const MACDEXT = defineTalib('MACDEXT', {
  inputs: ['real'],
  options: [
    period('fastperiod', 12),
    maType('fastmatype'),
    period('slowperiod', 26),
    maType('slowmatype'),
    period('signalperiod', 9, 1),
    maType('signalmatype'),
  ],
  outputs: MACD_OUTPUTS,
  run: ([x], [fast, fastType, slow, slowType, signal, signalType]) =>
    momentum.macdExt(x, { n: fast, type: fastType }, { n: slow, type: slowType }, { n: signal, type: signalType }),
});

export const STOCH = defineTalib('STOCH', {
  inputs: ['high', 'low', 'close'],
  options: [
    period('fastk_period', 5, 1),
    period('slowk_period', 3, 1),
    maType('slowk_matype'),
    period('slowd_period', 3, 1),
    maType('slowd_matype'),
  ],
  outputs: ['slowk', 'slowd'],
  run: ([high, low, close], [k, slowK, slowKType, slowD, slowDType]) =>
    momentum.stoch({ high, low, close }, k, { n: slowK, type: slowKType }, { n: slowD, type: slowDType }),
});
export const STOCHF = defineTalib('STOCHF', {
  inputs: ['high', 'low', 'close'],
  options: [period('fastk_period', 5, 1), period('fastd_period', 3, 1), maType('fastd_matype')],
  outputs: ['fastk', 'fastd'],
  run: ([high, low, close], [k, d, type]) => momentum.stochF({ high, low, close }, k, { n: d, type }),
});
export const STOCHRSI = defineTalib('STOCHRSI', {
  inputs: ['real'],
  options: [
    period('timeperiod', 14),
    period('fastk_period', 5, 1),
    period('fastd_period', 3, 1),
    maType('fastd_matype'),
  ],
  outputs: ['fastk', 'fastd'],
  run: ([x], [n, k, d, type]) => momentum.stochRsi(x, n, k, { n: d, type }),
});
