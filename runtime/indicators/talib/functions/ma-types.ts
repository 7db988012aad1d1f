import { BtError } from '../../../../src/domain/errors.ts';
import { dema, ema, kama, sma, t3, tema, trima, wma } from './averages.ts';
import { afterGaps } from './real.ts';
import type { Real } from './real.ts';

/** TA-Lib's numbers of the kinds of averages; `talib.MA_Type` in a strategy. */
export const MA_Type = {
  SMA: 0,
  EMA: 1,
  WMA: 2,
  DEMA: 3,
  TEMA: 4,
  TRIMA: 5,
  KAMA: 6,
  MAMA: 7,
  T3: 8,
} as const;

const KINDS: readonly ((x: Real, n: number) => Real)[] = [
  sma,
  ema,
  wma,
  dema,
  tema,
  trima,
  kama,
  () => {
    throw new BtError('UNSUPPORTED', 'matype 7 (MAMA) is not supported: take another average, as talib.MA_Type.KAMA.', {
      fault: 'strategy',
    });
  },
  (x, n) => t3(x, n, 0.7),
];

/** The average of that kind; one day is the value itself, whatever the kind. */
export function ma(x: Real, n: number, type: number): Real {
  const kind = KINDS[type];
  if (kind === undefined) throw new Error(`no kind of average has the number ${type}`);
  return n === 1 ? x.slice() : kind(x, n);
}

/** The average of what another function gave. */
export function maOf(x: Real, n: number, type: number): Real {
  return afterGaps(x, (y) => ma(y, n, type));
}
