import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DataFrame, Series, talib } from 'jqdata';
import { talibSpecs } from '../../../../../runtime/indicators/talib/define.ts';
import { codeOf, untyped } from '../../helpers.ts';

const close = [10, 11, 12, 11, 13, 14, 13, 15];

describe('what a talib function takes', () => {
  test('options by position or by name, as TA-Lib spells them', () => {
    expect(talib.MA(close, 3)).toEqual(talib.SMA(close, { timeperiod: 3 }));
    expect(talib.MA(close, 3, { matype: talib.MA_Type.EMA })).toEqual(talib.EMA(close, 3));
    const [upper, middle, lower] = talib.BBANDS(close, 3, { nbdevup: 1, nbdevdn: 2 });
    expect((upper.at(-1) ?? 0) - (middle.at(-1) ?? 0)).toBeCloseTo(((middle.at(-1) ?? 0) - (lower.at(-1) ?? 0)) / 2);
  });

  test('arrays give arrays; Series give Series with their labels; a column of a table is one', () => {
    const labels = close.map((_, i) => `d${i}`);
    const series = talib.MOM(Series(close, { index: labels }), 2);
    expect(series.index.tolist()).toEqual(labels);
    expect(series.loc('d7')).toBe(1);
    expect(talib.MOM(DataFrame({ close }).col('close'), 2).at(-1)).toBe(1);
    expect(talib.MOM(Float64Array.from(close), 2)).toBeInstanceOf(Float64Array);
    expect([...talib.MOM([null, ...close], 2)]).toEqual([NaN, ...talib.MOM(close, 2)]);
    expect(talib.MOM(close, 2).mul(2).at(-1)).toBe(2 * talib.MOM(close, 2).at(-1));
  });

  test.each([
    [
      'a misspelt option',
      () => untyped(talib.MA)(close, { period: 3 }),
      /has no option 'period'; it takes timeperiod, matype/,
    ],
    ['an option twice', () => untyped(talib.MA)(close, 3, { timeperiod: 4 }), /'timeperiod' twice/],
    ['a period that is no count', () => talib.MA(close, 2.5), /whole number from 1/],
    ['a period below the least', () => talib.RSI(close, 1), /from 2/],
    ['a number as series', () => untyped(talib.MA)(5, 3), /must be an array or a Series/],
    ['texts', () => untyped(talib.MA)(['a'], 3), /must hold numbers/],
    ['series of other lengths', () => talib.ATR(close, close, [1, 2]), /8 and 2 values/],
    ['too many values', () => untyped(talib.SMA)(close, 3, 4), /at most timeperiod/],
  ])('%s is refused, with what to write', (_name, run, message) => {
    const error = codeOf(run);
    expect(error.code).toBe('BAD_ARGUMENT');
    expect(error.message).toMatch(message);
  });

  test('a name that TA-Lib does not have is refused with the nearest, one that we lack by name', () => {
    expect(codeOf(() => Reflect.get(talib, 'MACDD') as unknown).message).toContain('talib.MACD?');
    expect(codeOf(() => Reflect.get(talib, 'CDLDOJI') as unknown).code).toBe('UNSUPPORTED');
    expect(codeOf(() => talib.MA(close, 3, talib.MA_Type.MAMA)).code).toBe('UNSUPPORTED');
  });
});

describe('for any series', () => {
  const values = fc.array(fc.double({ min: 1, max: 1000, noNaN: true }), { minLength: 1, maxLength: 60 });

  test('leading gaps only move the result, for every function', () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 5 }), (series, gap) => {
        const padded = [...Array.from({ length: gap }, () => NaN), ...series];
        for (const { name, inputs, places } of talibSpecs()) {
          const run = untyped(Reflect.get(talib, name));
          const plain = list(run(...inputs.map(() => series)));
          const moved = list(run(...inputs.map(() => padded)));
          moved.forEach((one, i) => {
            const expected = Array.from(plain[i] ?? [], (value) => (places && value !== 0 ? value + gap : value));
            if (!places) expect(Array.from(one).slice(gap)).toEqual(expected);
          });
        }
      }),
      { numRuns: 30 },
    );
  });

  test('windows give what counting by hand gives', () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 2, max: 12 }), (series, n) => {
        const last = series.slice(-n);
        if (last.length < n) return;
        const mean = last.reduce((a, b) => a + b, 0) / n;
        expect(talib.SMA(series, n).at(-1)).toBeCloseTo(mean, 6);
        expect(talib.MAX(series, n).at(-1)).toBe(Math.max(...last));
        expect(talib.MIN(series, n).at(-1)).toBe(Math.min(...last));
        const spread = last.reduce((a, b) => a + (b - mean) ** 2, 0) / n;
        expect(talib.VAR(series, n).at(-1)).toBeCloseTo(spread, 4);
        const weights = last.reduce((a, b, i) => a + b * (i + 1), 0) / ((n * (n + 1)) / 2);
        expect(talib.WMA(series, n).at(-1)).toBeCloseTo(weights, 6);
        const middle = (n - 1) / 2;
        const across = last.reduce((a, _b, i) => a + (i - middle) ** 2, 0);
        const slope = last.reduce((a, b, i) => a + (i - middle) * (b - mean), 0) / across;
        expect(talib.LINEARREG_SLOPE(series, n).at(-1)).toBeCloseTo(slope, 6);
      }),
    );
  });
});

function list(answer: unknown): readonly Float64Array[] {
  return (Array.isArray(answer) ? answer : [answer]) as readonly Float64Array[];
}
