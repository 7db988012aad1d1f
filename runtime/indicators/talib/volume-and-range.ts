import { defineTalib } from './define.ts';
import { atr, natr, trueRange } from './functions/direction.ts';
import { mapped } from './functions/real.ts';
import { ad, adOsc, obv } from './functions/volume.ts';
import type { Real } from './functions/real.ts';
import { period } from './options.ts';

export const AD = defineTalib('AD', {
  inputs: ['high', 'low', 'close', 'volume'],
  options: [],
  outputs: ['real'],
  run: ([high, low, close, volume]) => ad(high, low, close, volume),
});
export const ADOSC = defineTalib('ADOSC', {
  inputs: ['high', 'low', 'close', 'volume'],
  options: [period('fastperiod', 3), period('slowperiod', 10)],
  outputs: ['real'],
  run: ([high, low, close, volume], [fast, slow]) => adOsc(high, low, close, volume, fast, slow),
});
export const OBV = defineTalib('OBV', {
  inputs: ['real', 'volume'],
  options: [],
  outputs: ['real'],
  run: ([close, volume]) => obv(close, volume),
});

export const TRANGE = defineTalib('TRANGE', {
  inputs: ['high', 'low', 'close'],
  options: [],
  outputs: ['real'],
  run: ([high, low, close]) => trueRange(high, low, close),
});
export const ATR = defineTalib('ATR', {
  inputs: ['high', 'low', 'close'],
  options: [period('timeperiod', 14, 1)],
  outputs: ['real'],
  run: ([high, low, close], [n]) => atr(high, low, close, n),
});
export const NATR = defineTalib('NATR', {
  inputs: ['high', 'low', 'close'],
  options: [period('timeperiod', 14, 1)],
  outputs: ['real'],
  run: ([high, low, close], [n]) => natr(high, low, close, n),
});

/** A price of each day from its prices. */
function dayPrice<const I extends readonly string[]>(name: string, inputs: I, price: (...prices: number[]) => number) {
  return defineTalib(name, {
    inputs,
    options: [],
    outputs: ['real'],
    run: (parts) => mapped(parts as unknown as readonly Real[], price),
  });
}

export const AVGPRICE = dayPrice('AVGPRICE', ['open', 'high', 'low', 'close'], (o, h, l, c) => (o + h + l + c) / 4);
export const MEDPRICE = dayPrice('MEDPRICE', ['high', 'low'], (h, l) => (h + l) / 2);
export const TYPPRICE = dayPrice('TYPPRICE', ['high', 'low', 'close'], (h, l, c) => (h + l + c) / 3);
export const WCLPRICE = dayPrice('WCLPRICE', ['high', 'low', 'close'], (h, l, c) => (h + l + c * 2) / 4);
