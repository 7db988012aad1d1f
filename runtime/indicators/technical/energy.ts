import { indexIndicator, indicator } from './define.ts';
import { afterEma, afterSma, COUNT, each, EMA, HHVBARS, LLVBARS, MA, REF, SUM } from './operators.ts';
import { growth, minus, over, strength } from './lines.ts';
import { obv } from '../talib/functions/volume.ts';
import type { Real } from '../talib/functions/real.ts';

export const BRAR = indicator('BRAR', {
  params: { N: 26 },
  fields: ['open', 'high', 'low', 'close'],
  outputs: ['BR', 'AR'],
  bars: ({ N }) => N + 1,
  run: ({ open, high, low, close }, { N }) => {
    const before = REF(close, 1);
    const sum = (a: Real, b: Real): Real =>
      SUM(
        minus(a, b).map((value) => Math.max(0, value)),
        N,
      );
    const share = (a: Real, b: Real): Real => over(a, b).map((value) => value * 100);
    return [share(sum(high, before), sum(before, low)), share(SUM(minus(high, open), N), SUM(minus(open, low), N))];
  },
});

export const CR = indicator('CR', {
  params: { N: 26, M1: 10, M2: 20, M3: 40, M4: 62 },
  fields: ['high', 'low'],
  outputs: ['CR', 'MA1', 'MA2', 'MA3', 'MA4'],
  bars: ({ N, M1, M2, M3, M4 }) => 3 + N + Math.ceil(1.4 * Math.max(M1, M2, M3, M4)),
  run: ({ high, low }, { N, M1, M2, M3, M4 }) => {
    const middle = REF(
      each([high, low], (h = NaN, l = NaN) => (h + l) / 2),
      1,
    );
    const sum = (a: Real, b: Real): Real =>
      SUM(
        minus(a, b).map((value) => Math.max(0, value)),
        N,
      );
    const line = over(sum(high, middle), sum(middle, low)).map((value) => value * 100);
    return [line, ...[M1, M2, M3, M4].map((n) => REF(MA(line, n), Math.floor(n / 2.5 + 1)))];
  },
});

/** Average price of n bars: exponential averages of money and lots. */
function costOf(money: Real, vol: Real, n: number): Real {
  return over(EMA(money, n), EMA(vol, n)).map((value) => value * 0.01);
}

export const CYR = indicator('CYR', {
  params: { N: 13, M: 5 },
  fields: ['volume', 'money'],
  outputs: ['CYR', 'MACYR'],
  bars: ({ N, M }) => 1 + afterEma(N) + M,
  run: ({ vol, money }, { N, M }) => {
    const line = growth(costOf(money, vol, N), 1).map((value) => value * 100);
    return [line, MA(line, M)];
  },
});

export const CYS = indicator('CYS', {
  params: {},
  fields: ['close', 'volume', 'money'],
  outputs: ['CYS'],
  bars: () => afterEma(13),
  run: ({ close, vol, money }) => {
    const cost = costOf(money, vol, 13);
    return [each([close, cost], (price = NaN, mean = NaN) => ((price - mean) / mean) * 100)];
  },
});

export const CYW = indicator('CYW', {
  params: {},
  fields: ['high', 'low', 'close', 'volume'],
  outputs: ['CYW'],
  bars: () => 10,
  run: ({ high, low, close, vol }) => {
    const flow = each([high, low, close, vol], (h = NaN, l = NaN, c = NaN, v = NaN) =>
      h > l ? ((c - l) / (h - l) + (c - h) / (h - l)) * v : 0,
    );
    return [SUM(flow, 10).map((value) => value / 10_000)];
  },
});

export const MASS = indicator('MASS', {
  params: { N1: 9, N2: 25, M: 6 },
  fields: ['high', 'low'],
  outputs: ['MASS', 'MAMASS'],
  bars: ({ N1, N2, M }) => 2 * N1 + N2 + M,
  run: ({ high, low }, { N1, N2, M }) => {
    const range = MA(minus(high, low), N1);
    const line = SUM(over(range, MA(range, N1)), N2);
    return [line, MA(line, M)];
  },
});

export const PCNT = indicator('PCNT', {
  params: { M: 5 },
  fields: ['close'],
  outputs: ['PCNT', 'MAPCNT'],
  bars: ({ M }) => 1 + afterEma(M),
  run: ({ close }, { M }) => {
    const line = each([close, REF(close, 1)], (now = NaN, before = NaN) => ((now - before) / now) * 100);
    return [line, EMA(line, M)];
  },
});

export const PSY = indicator('PSY', {
  params: { timeperiod: 12 },
  fields: ['close'],
  outputs: ['PSY'],
  bars: ({ timeperiod }) => timeperiod + 1,
  run: ({ close }, { timeperiod }) => {
    const rose = each([close, REF(close, 1)], (now = NaN, before = NaN) =>
      Number.isNaN(before) ? NaN : now > before ? 1 : 0,
    );
    return [COUNT(rose, timeperiod).map((days) => (days / timeperiod) * 100)];
  },
});

export const VR = indicator('VR', {
  params: { N: 26, M: 6 },
  fields: ['close', 'volume'],
  outputs: ['VR', 'MAVR'],
  bars: ({ N, M }) => 1 + N + M,
  run: ({ close, vol }, { N, M }) => {
    const change = minus(close, REF(close, 1));
    const lots = (sign: number): Real =>
      SUM(
        each([change, vol], (move = NaN, v = NaN) => (Number.isNaN(move) ? NaN : Math.sign(move) === sign ? v : 0)),
        N,
      );
    const line = each([lots(1), lots(-1), lots(0)], (up = NaN, down = NaN, still = NaN) => {
      return (100 * (up * 2 + still)) / (down * 2 + still);
    });
    return [line, MA(line, M)];
  },
});

export const AMO = indicator('AMO', {
  params: { M1: 5, M2: 10 },
  fields: ['money'],
  outputs: ['AMOW', 'AMO1', 'AMO2'],
  bars: ({ M1, M2 }) => Math.max(M1, M2),
  run: ({ money }, { M1, M2 }) => {
    const line = money.map((yuan) => yuan / 10_000);
    return [line, MA(line, M1), MA(line, M2)];
  },
});

/** Volume in shares, over the last bars only: the total of all history would depend on where it begins. */
export const OBV = indicator('OBV', {
  params: { timeperiod: 30 },
  fields: ['close', 'volume'],
  outputs: ['OBV'],
  bars: ({ timeperiod }) => timeperiod,
  run: ({ close, volume }) => [obv(close, volume)],
});

export const VOL = indicator('VOL', {
  params: { M1: 5, M2: 10 },
  fields: ['volume'],
  outputs: ['VOL', 'MAVOL1', 'MAVOL2'],
  bars: ({ M1, M2 }) => Math.max(M1, M2),
  run: ({ vol }, { M1, M2 }) => [vol, MA(vol, M1), MA(vol, M2)],
});

export const VRSI = indicator('VRSI', {
  params: { N1: 6, N2: 12, N3: 24 },
  fields: ['volume'],
  outputs: ['RSI1', 'RSI2', 'RSI3'],
  bars: ({ N1, N2, N3 }) => 1 + afterSma(Math.max(N1, N2, N3), 1),
  run: ({ vol }, { N1, N2, N3 }) => [strength(vol, N1), strength(vol, N2), strength(vol, N3)],
});

export const DBLB = indexIndicator('DBLB', {
  params: { N: 5, M: 5 },
  fields: ['volume'],
  outputs: ['DBLB', 'MADBLB'],
  bars: ({ N, M }) => 1 + N + M,
  run: ({ vol }, index, { N, M }) => {
    const share = (x: Real): Real => over(x, SUM(REF(x, 1), N));
    const line = over(share(vol), share(index.vol));
    return [line, MA(line, M)];
  },
});

export const DBQRV = indexIndicator('DBQRV', {
  params: { N: 5 },
  fields: ['volume'],
  outputs: ['ZS', 'GG'],
  bars: ({ N }) => 1 + N,
  run: ({ vol }, index, { N }) => [growth(index.vol, N), growth(vol, N)],
});

export const AROON = indicator('AROON', {
  params: { N: 25 },
  fields: ['high', 'low'],
  outputs: ['UP', 'DOWN'],
  bars: ({ N }) => N,
  run: ({ high, low }, { N }) =>
    [HHVBARS(high, N), LLVBARS(low, N)].map((x) => x.map((days) => ((N - days) / N) * 100)),
});

export const ZX = indicator('ZX', {
  params: {},
  fields: ['volume', 'money'],
  outputs: ['AV'],
  bars: () => 1,
  run: ({ vol, money }) => [over(money, vol).map((value) => value * 0.01)],
});

export const PUCU = indicator('PUCU', {
  params: { N: 24 },
  fields: ['close', 'volume'],
  outputs: ['PU', 'CU'],
  bars: ({ N }) => N,
  run: ({ close, vol }, { N }) => [MA(close, N), MA(vol, N)],
});

export const WVAD = indicator('WVAD', {
  params: { N: 24, M: 6 },
  fields: ['open', 'high', 'low', 'close', 'volume'],
  outputs: ['WVAD', 'MAWVAD'],
  bars: ({ N, M }) => N + M,
  run: ({ open, high, low, close, vol }, { N, M }) => {
    const flow = each([open, high, low, close, vol], (o = NaN, h = NaN, l = NaN, c = NaN, v = NaN) =>
      h === l ? NaN : ((c - o) / (h - l)) * v,
    );
    const line = SUM(flow, N).map((value) => value / 10_000);
    return [line, MA(line, M)];
  },
});
