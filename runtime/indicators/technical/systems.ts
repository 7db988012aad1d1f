import { indexIndicator, indicator } from './define.ts';
import { growth, meanOf, minus, over, strength } from './lines.ts';
import * as op from './operators.ts';
import type { Bars } from './bars.ts';
import type { Real } from '../talib/functions/real.ts';

export const SG_SMX = indexIndicator('SG_SMX', {
  params: { N: 50 },
  fields: ['close'],
  outputs: ['ZY1', 'ZY2', 'ZY3'],
  bars: () => op.afterEma(34),
  run: ({ close }, index) => {
    const line = over(close, index.close).map((value) => value * 2000);
    return [op.EMA(line, 3), op.EMA(line, 17), op.EMA(line, 34)];
  },
});

export const XDT = indexIndicator('XDT', {
  params: { P1: 5, P2: 10 },
  fields: ['close'],
  outputs: ['QR', 'MQR1', 'MQR2'],
  bars: ({ P1, P2 }) => Math.max(P1, P2),
  run: ({ close }, index, { P1, P2 }) => {
    const line = over(close, index.close).map((value) => value * 1000);
    return [line, op.MA(line, P1), op.MA(line, P2)];
  },
});

export const SG_LB = indexIndicator('SG_LB', {
  params: {},
  fields: ['volume'],
  outputs: ['SG_LB', 'MA5', 'MA10'],
  bars: () => 10,
  run: ({ vol }, index) => {
    const line = over(vol, index.vol).map((value) => value * 1000);
    return [line, op.MA(line, 5), op.MA(line, 10)];
  },
});

export const RAD = indexIndicator('RAD', {
  params: { D: 3, S: 30, M: 30 },
  fields: ['open', 'high', 'low', 'close'],
  outputs: ['RADER1', 'RADERMA'],
  bars: ({ D, S, M }) => D + S + op.afterSma(M, 1),
  run: (bars, index, { D, S, M }) => {
    const speed = ({ open, high, low, close }: Bars): Real => {
      const middle = op.MA(meanOf([open, high, low, close]), D);
      return over(minus(middle, op.REF(middle, 1)), middle);
    };
    const lead = minus(speed(bars), speed(index)).map((value) => value * 2);
    const line = op.SUM(lead, S).map((value) => value * 1000);
    return [line, op.SMA(line, M, 1)];
  },
});

export const SHT = indicator('SHT', {
  params: { N: 5 },
  fields: ['close', 'volume'],
  outputs: ['SHT', 'SHTMA'],
  bars: ({ N }) => 24 + N,
  run: ({ close, vol }, { N }) => {
    const flow = op.MA(growth(vol, 1), 5);
    const apart = op.each([close, op.MA(close, 24)], (price = NaN, mean = NaN) => ((price - mean) / mean) * 100);
    const line = op.each([apart, flow], (a = NaN, f = NaN) => a * (1 + f));
    return [line, op.MA(line, N)];
  },
});

export const ZLMM = indicator('ZLMM', {
  params: {},
  fields: ['close'],
  outputs: ['MMS', 'MMM', 'MML'],
  bars: () => op.afterSma(18, 1) + op.afterEma(8) + 5,
  run: ({ close }) => {
    const mixed = (a: number, b: number): Real =>
      op.each([strength(close, a), strength(close, b)], (x = NaN, y = NaN) => 3 * x - 2 * y);
    const short = op.MA(mixed(12, 16), 3);
    return [short, op.EMA(short, 8), op.MA(mixed(18, 12), 5)];
  },
});
