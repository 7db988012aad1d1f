import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { talib } from '../../../../../runtime/indicators/talib/index.ts';
import * as ta from '../../../../../runtime/indicators/technical/index.ts';
import * as op from '../../../../../runtime/indicators/technical/operators.ts';
import { marketOf, wander } from './market.ts';

const CODE = '000001.XSHE';
const INDEX = '000300.XSHG';
const DAY = '2026-07-03';
const bars = wander(900, 7);
const index = wander(900, 8);
const column = (name: string): number[] => [...(bars[name] ?? [])];
const [open, high, low, close, volume] = ['open', 'high', 'low', 'close', 'volume'].map(column) as [
  number[],
  number[],
  number[],
  number[],
  number[],
];
const last = (values: ArrayLike<number>, back = 1): number => values[values.length - back] ?? NaN;
const mean = (values: readonly number[], n: number): number => values.slice(-n).reduce((a, b) => a + b, 0) / n;
const of = (dict: { get(code: string): number | null }): number => dict.get(CODE) ?? NaN;

/** Both missing, or equal to six places. */
function near(value: number, expected: number): void {
  if (Number.isNaN(expected)) expect(value).toBeNaN();
  else expect(value).toBeCloseTo(expected, 6);
}

beforeEach(() => {
  marketOf({ [CODE]: bars, [INDEX]: index });
});

describe('an indicator is the formula of the terminals', () => {
  test('averages', () => {
    expect(of(ta.MA(CODE, DAY, 20))).toBeCloseTo(mean(close, 20), 9);
    expect(of(ta.HMA(CODE, DAY, { timeperiod: 7 }))).toBeCloseTo(mean(high, 7), 9);
    expect(of(ta.EMA(CODE, DAY, 30))).toBeCloseTo(last(talib.EMA(close, 30)), 6);
    expect(of(ta.BBI(CODE, DAY))).toBeCloseTo([3, 6, 12, 24].reduce((sum, n) => sum + mean(close, n), 0) / 4, 9);
    const [upper, middle, lower] = ta.Bollinger_Bands(CODE, DAY, 20, { nbdevup: 2, nbdevdn: 3 });
    const bands = talib.BBANDS(close, 20, 2, 3);
    [upper, middle, lower].forEach((dict, i) => expect(of(dict)).toBeCloseTo(last(bands[i] ?? []), 6));
    const smoothed = close.reduce((y, x) => (x + 6 * y) / 7);
    expect(of(ta.SMA(CODE, DAY))).toBeCloseTo(smoothed, 6);
  });

  test('MACD is twice what TA-Lib calls the histogram', () => {
    const [dif, dea, macd] = ta.MACD(CODE, DAY);
    const [line, signal, hist] = talib.MACD(close);
    expect(of(dif)).toBeCloseTo(last(line), 6);
    expect(of(dea)).toBeCloseTo(last(signal), 6);
    expect(of(macd)).toBeCloseTo(2 * last(hist), 6);
  });

  test('KDJ, by hand from its first day', () => {
    let [k, d] = [NaN, NaN];
    for (let i = 8; i < close.length; i += 1) {
      const top = Math.max(...high.slice(i - 8, i + 1));
      const floor = Math.min(...low.slice(i - 8, i + 1));
      const raw = (((close[i] ?? NaN) - floor) / (top - floor)) * 100;
      k = Number.isNaN(k) ? raw : (raw + 2 * k) / 3;
      d = Number.isNaN(d) ? k : (k + 2 * d) / 3;
    }
    const [K, D, J] = ta.KDJ(CODE, DAY);
    expect(of(K)).toBeCloseTo(k, 6);
    expect(of(D)).toBeCloseTo(d, 6);
    expect(of(J)).toBeCloseTo(3 * k - 2 * d, 6);
    expect(of(ta.KD(CODE, DAY)[1])).toBeCloseTo(d, 6);
  });

  test('momentum', () => {
    expect(of(ta.RSI(CODE, DAY, 6))).toBeCloseTo(last(talib.RSI(close, 6)), 6);
    expect(of(ta.CCI(CODE, DAY))).toBeCloseTo(last(talib.CCI(high, low, close, 14)), 6);
    expect(of(ta.ROC(CODE, DAY, 12))).toBeCloseTo(last(talib.ROC(close, 12)), 9);
    expect(of(ta.MTM(CODE, DAY))).toBeCloseTo(last(talib.MOM(close, 12)), 9);
    expect(of(ta.MFI(CODE, DAY))).toBeCloseTo(last(talib.MFI(high, low, close, volume, 14)), 6);
    expect(of(ta.WR(CODE, DAY)[0])).toBeCloseTo(-last(talib.WILLR(high, low, close, 10)), 6);
    expect(of(ta.ATR(CODE, DAY)[1])).toBeCloseTo(mean(Array.from(talib.TRANGE(high, low, close)), 14), 6);
    expect(of(ta.ACCER(CODE, DAY))).toBeCloseTo(last(talib.LINEARREG_SLOPE(close, 8)) / last(close), 9);
    expect(of(ta.BIAS(CODE, DAY)[1])).toBeCloseTo((last(close) / mean(close, 12) - 1) * 100, 9);
    expect(of(ta.PSY(CODE, DAY))).toBeCloseTo(
      (close.slice(-12).filter((value, i) => value > last(close, 13 - i)).length / 12) * 100,
    );
  });

  test('volume is in lots, OBV in shares of its own bars', () => {
    expect(of(ta.VOL(CODE, DAY)[0])).toBeCloseTo(last(volume) / 100, 9);
    expect(of(ta.VOL(CODE, DAY)[2])).toBeCloseTo(mean(volume, 10) / 100, 9);
    expect(of(ta.OBV(CODE, DAY))).toBe(last(talib.OBV(close.slice(-30), volume.slice(-30))));
    const rising = close.slice(-26).map((value, i) => (value > last(close, 27 - i) ? (volume.slice(-26)[i] ?? 0) : 0));
    const up = rising.reduce((a, b) => a + b, 0);
    const all = volume.slice(-26).reduce((a, b) => a + b, 0);
    expect(of(ta.VR(CODE, DAY)[0])).toBeCloseTo((100 * up) / (all - up), 6);
    expect(of(ta.BRAR(CODE, DAY)[1])).toBeCloseTo(
      (mean(
        high.map((h, i) => h - (open[i] ?? 0)),
        26,
      ) /
        mean(
          open.map((o, i) => o - (low[i] ?? 0)),
          26,
        )) *
        100,
      6,
    );
  });

  test('against an index on the same days', () => {
    const closes = [...index.close];
    const [line, short] = ta.XDT(INDEX, CODE, DAY);
    const ratios = close.map((value, i) => (value / (closes[i] ?? NaN)) * 1000);
    expect(of(line)).toBeCloseTo(last(ratios), 9);
    expect(of(short)).toBeCloseTo(mean(ratios, 5), 9);
    expect(ta.ZSDB(INDEX, DAY)[1].get(INDEX)).toBeCloseTo((last(closes) / last(closes, 2) - 1) * 100, 9);
  });
});

describe('the operators, for any series', () => {
  const values = fc.array(fc.double({ min: 0.5, max: 500, noNaN: true }), { minLength: 1, maxLength: 40 });

  test('windows give what counting by hand gives', () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 9 }), (series, n) => {
        const x = Float64Array.from(series);
        const window = series.slice(-n);
        const full = window.length === n;
        const expected = (value: number): number => (full ? value : NaN);
        const average = window.reduce((a, b) => a + b, 0) / n;
        near(last(op.MA(x, n)), expected(average));
        near(last(op.SUM(x, n)), expected(average * n));
        expect(last(op.HHV(x, n))).toBe(expected(Math.max(...window)));
        expect(last(op.LLV(x, n))).toBe(expected(Math.min(...window)));
        near(last(op.STD(x, n)), expected(Math.sqrt(window.reduce((a, b) => a + (b - average) ** 2, 0) / n)));
        near(last(op.AVEDEV(x, n)), expected(window.reduce((a, b) => a + Math.abs(b - average), 0) / n));
        expect(last(op.HHVBARS(x, n))).toBe(expected(n - 1 - window.lastIndexOf(Math.max(...window))));
        expect(last(op.REF(x, n))).toBe(series[series.length - 1 - n] ?? NaN);
        near(
          last(op.SUM(x, 0)),
          series.reduce((a, b) => a + b, 0),
        );
      }),
    );
  });

  test('the recursive ones follow their equation from the first value on', () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 2, max: 30 }), fc.integer({ min: 1, max: 2 }), (series, n, m) => {
        const x = Float64Array.from(series);
        near(
          last(op.SMA(x, n, m)),
          series.reduce((y, value) => (m * value + (n - m) * y) / n),
        );
        near(
          last(op.EMA(x, n)),
          series.reduce((y, value) => (2 * value + (n - 1) * y) / (n + 1)),
        );
        const weights = Float64Array.from(series, (value) => value / 400);
        const weight = (i: number): number => Math.min(Math.max(weights[i] ?? 0, 0.0001), 0.9999);
        near(
          last(op.DMA(x, weights)),
          series.reduce((y, value, i) => weight(i) * value + (1 - weight(i)) * y),
        );
      }),
    );
  });

  test('the bars read are enough: more of the past changes nothing', () => {
    const prefix = wander(300, 99).close;
    for (const n of [2, 12, 26, 60]) {
      const enough = close.slice(-op.afterEma(n));
      const more = [...prefix, ...enough];
      near(last(op.EMA(Float64Array.from(more), n)), last(op.EMA(Float64Array.from(enough), n)));
    }
  });
});
