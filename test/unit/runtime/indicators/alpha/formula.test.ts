import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { daysRead, lastDayOf, lastSignOf, reachOf } from '../../../../../runtime/indicators/alpha/evaluate.ts';
import type { AlphaData } from '../../../../../runtime/indicators/alpha/evaluate.ts';
import { parseFormula } from '../../../../../runtime/indicators/alpha/formula.ts';
import { FORMULAS_191 } from '../../../../../runtime/indicators/alpha/formulas-191.ts';
import { FORMULAS } from '../../../../../runtime/indicators/alpha/formulas.ts';
import type { Panel } from '../../../../../runtime/indicators/alpha/panel.ts';

/** Days on which a security of the number n has n times the values, noted how many are asked for. */
function market(days: readonly number[], others: Readonly<Record<string, readonly number[]>> = {}) {
  const asked: [string, number][] = [];
  const data: AlphaData = {
    series: (name, rows): Panel => {
      asked.push([name, rows]);
      const values = others[name] ?? days;
      const missing = Array.from({ length: Math.max(0, rows - values.length) }, () => Float64Array.of(NaN, NaN));
      return [...missing, ...values.slice(-rows).map((value) => Float64Array.of(value, 2 * value))];
    },
    groups: () => ['a', 'a'],
  };
  return { data, asked };
}

const last = (
  text: string,
  days: readonly number[],
  others?: Readonly<Record<string, readonly number[]>>,
): number[] => [...lastDayOf(parseFormula(text), market(days, others).data)];

describe('a formula', () => {
  test('is read with the bindings of the paper', () => {
    expect(last('1 + 2 * close^2', [3])).toEqual([19, 73]);
    expect(last('close - 1 - 1', [3])).toEqual([1, 4]);
    expect(last('-1 * close + 1', [3])).toEqual([-2, -5]);
    expect(last('0 < close - 4 ? 1 : close < 2 ? 2 : 3', [3])).toEqual([3, 1]);
    expect(last('close == 3 || close == 7 ? 1 : 0', [3])).toEqual([1, 0]);
    expect(last('close >= 3 && close <= 3 || close > 9 ? 1 : 0', [3])).toEqual([1, 0]);
    expect(last('close > 3 && close < 7', [3])).toEqual([0, 1]);
  });

  test('counts days: before, change, mean volume, returns', () => {
    const days = [1, 2, 4, 8, 16];
    expect(last('delay(close, 2)', days)).toEqual([4, 8]);
    expect(last('delta(close, 1)', days)).toEqual([8, 16]);
    expect(last('sum(delta(close, 1), 2)', days)).toEqual([12, 24]);
    expect(last('returns', days)).toEqual([1, 1]);
    expect(last('adv5', days, { volume: [1, 2, 3, 4, 5] })).toEqual([3, 6]);
    expect(last('sum(close, 2.9)', days)).toEqual([24, 48]);
    expect(last('min(close, 2)', days)).toEqual([8, 16]);
    expect(last('min(close, delay(close, 1))', days)).toEqual([8, 16]);
  });

  test('a statement is 1 or 0 (1 or -1 as the answer of alpha101), and missing when it cannot be said', () => {
    const sign = (text: string, days: readonly number[]): number[] => [
      ...lastSignOf(parseFormula(text), market(days).data),
    ];
    expect(sign('close < 4', [3])).toEqual([1, -1]);
    expect(sign('(close < 4) * -1', [3])).toEqual([-1, 1]);
    expect(sign('close * 2', [3])).toEqual([6, 12]);
    expect(last('close < 4', [3])).toEqual([1, 0]);
    expect(last('sum(close < 4, 1)', [3])).toEqual([1, 0]);
    expect(last('delay(close, 9) < 4', [3])).toEqual([NaN, NaN]);
    expect(last('delay(close, 9) < 4 ? 1 : 2', [3])).toEqual([NaN, NaN]);
  });

  test('reads each series as far back as it needs of it; a recursive mean all its days', () => {
    const days = (text: string): unknown => [...daysRead(parseFormula(text))];
    expect(days('delay(close, 3) + mean(open, 5) * cap')).toEqual([
      ['close', 4],
      ['open', 5],
      ['cap', 1],
    ]);
    expect(days('sma(close, 5, 1) + open')).toEqual([
      ['close', 350],
      ['open', 350],
    ]);
  });

  test('a recursive mean begins with its first value, also where its parts need days before it', () => {
    const days = Array.from({ length: 400 }, (_, i) => 10 + Math.sin(i));
    const whole = last('delay(sma(delay(sma(close, 9, 1), 1), 9, 1), 1)', days)[0];
    let [inner, outer, before] = [NaN, NaN, NaN];
    for (const value of days.slice(-350)) {
      before = outer;
      if (!Number.isNaN(inner)) outer = Number.isNaN(outer) ? inner : outer + (inner - outer) / 9;
      inner = Number.isNaN(inner) ? value : inner + (value - inner) / 9;
    }
    expect(whole).toBeCloseTo(before, 9);
  });

  test.each(['close &', 'close = 1', 'close +', '(close', 'close)', 'close $ 2', 'sum()', 'close close', ''])(
    '%s is none',
    (text) => {
      expect(() => parseFormula(text)).toThrow(SyntaxError);
    },
  );
});

const NAMES = new Set(
  'open close high low volume amount vwap cap sector industry subindustry index_open index_close'.split(' '),
);
const SERVED = FORMULAS_191.filter((text) => text !== null);
const ALL = [...FORMULAS, ...SERVED];

describe('the formulas of paper and report', () => {
  test('are 101 and 191, each of known series and operators', () => {
    expect([FORMULAS.length, FORMULAS_191.length, SERVED.length]).toEqual([101, 191, 187]);
    const days = Array.from({ length: 400 }, (_, i) => 10 + Math.sin(i) + i / 100);
    for (const [i, text] of ALL.entries()) {
      const formula = parseFormula(text);
      expect([i + 1, [...daysRead(formula).keys()].filter((name) => !NAMES.has(name))]).toEqual([i + 1, []]);
      expect(lastDayOf(formula, market(days).data)).toHaveLength(2);
    }
  });

  test('ask for as many days as they reach back, and never for more', () => {
    for (const text of ALL) {
      const formula = parseFormula(text);
      const { data, asked } = market([1]);
      lastDayOf(formula, data);
      expect([text, Math.max(...asked.map(([, rows]) => rows))]).toEqual([text, reachOf(formula) + 1]);
    }
  });

  test('say the same whatever lies before the days they reach', () => {
    const days = fc.array(fc.double({ min: 1, max: 100, noNaN: true }), { minLength: 420, maxLength: 420 });
    fc.assert(
      fc.property(days, fc.integer({ min: 0, max: ALL.length - 1 }), (values, index) => {
        const formula = parseFormula(ALL[index] ?? '');
        const whole = lastDayOf(formula, market(values).data);
        const part = lastDayOf(formula, market(values.slice(-reachOf(formula) - 1)).data);
        expect(part).toEqual(whole);
      }),
      { numRuns: 40 },
    );
  });
});
