import { beforeEach, describe, expect, test } from 'vitest';
import { portfolio_optimizer as ofJqdata, Series, str } from 'jqdata';
import { Factor } from '../../../../runtime/libraries/jqfactor.ts';
import * as library from '../../../../runtime/libraries/optimizer.ts';
import { OPTIMIZER_PARTS } from '../../../../runtime/optimizer/parts.ts';
import { numbers, tableOf, texts } from '../../../../src/domain/data/table.ts';
import { bindFake, block } from '../fake-host.ts';
import type { FakeHost } from '../fake-host.ts';
import { codeOf, untyped } from '../helpers.ts';

const {
  AnnualProfitConstraint,
  AnnualStdConstraint,
  Bound,
  ExposureConstraint,
  IndustriesConstraint,
  IndustryBound,
  IndustryConstraint,
  MarketConstraint,
  MaxFactorValue,
  MaxProfit,
  MaxScore,
  MaxSharpeRatio,
  MinFactorValue,
  MinScore,
  MinTrackingError,
  MinVariance,
  portfolio_optimizer,
  RiskParity,
  WeightConstraint,
  WeightEqualConstraint,
} = library;

const A = '000001.XSHE';
const B = '600000.XSHG';
const C = '510300.XSHG';
const CODES = [A, B, C];
const DAYS = Array.from({ length: 301 }, (_, i) =>
  new Date(Date.UTC(2026, 6, 6) - (300 - i) * 86_400_000).toISOString().slice(0, 10),
);
const DATE = '2026-07-03';

/** Daily returns without luck: each code swings by its own size in its own rhythm, around its own drift. */
const SWING = new Map([
  [A, { size: 0.02, rhythm: 1, drift: 0.001 }],
  [B, { size: 0.01, rhythm: 2, drift: 0.0005 }],
  [C, { size: 0.005, rhythm: 4, drift: -0.0002 }],
]);

let host: FakeHost;
beforeEach(() => {
  host = bindFake();
  host.tradeDays = (_start, end, count) => DAYS.filter((day) => end === null || day <= end).slice(-(count ?? 0));
  host.bars = (security, { start, end, fields }) => {
    let price = 10;
    const { size, rhythm, drift } = SWING.get(security) ?? { size: 0.01, rhythm: 2, drift: 0.0005 };
    const closes = DAYS.map((_, i) => (price *= 1 + drift + (Math.floor(i / rhythm) % 2 === 0 ? size : -size)));
    const inside = DAYS.map((day, i) => ({ day, i, at: Date.parse(`${day}T00:00:00+08:00`) })).filter(
      ({ at }) => at >= (start ?? 0) && at <= (end ?? 0),
    );
    const values = inside.map(({ i }) => closes[i] ?? NaN);
    const of = (field: string): number[] => (field === 'factor' ? values.map(() => 1) : values);
    return block(
      security,
      inside.map(({ day }) => day),
      Object.fromEntries(fields.map((field) => [field, of(field)])),
    );
  };
  for (const code of CODES) {
    const type = code === C ? 'etf' : 'stock';
    const dates = { startDate: '2000-01-01', endDate: '2200-01-01' };
    host.infos.set(code, { security: code, name: code, displayName: code, type, ...dates });
  }
  host.table = (request) => {
    if (request.dataset === 'industry_members') return tableOf({ code: texts([A]) });
    if (request.dataset === 'industries_of')
      return tableOf({
        code: texts([A, B]),
        classification: texts(['jq_l1', 'jq_l1']),
        industry_code: texts(['HY007', 'HY001']),
        industry_name: texts(['', '']),
      });
    return tableOf({ code: texts([]), day: numbers('day', new Float64Array(0)) });
  };
});

type Weights = { readonly values: unknown; readonly index: { tolist(): unknown[] } } | null;

function listOf(weights: Weights): number[] {
  return weights === null ? [] : [...(weights.values as Float64Array)];
}

function expectNear(found: Weights, known: readonly number[], digits = 4): void {
  expect(listOf(found)).toHaveLength(known.length);
  known.forEach((one, i) => expect(listOf(found)[i]).toBeCloseTo(one, digits));
}

const total = (weights: Weights): number => listOf(weights).reduce((sum, one) => sum + one, 0);

describe('portfolio_optimizer', () => {
  test('gives a Series by code, over the days before and on the date; it is one function in both modules', () => {
    const found = portfolio_optimizer(DATE, CODES, MinVariance({ count: 50 }), [WeightEqualConstraint(1)]);
    expect(found?.index.tolist()).toEqual(CODES);
    expect(total(found)).toBeCloseTo(1, 6);
    const times = host.asked.map(({ start, end }) => [start ?? 0, end ?? 0].map((ms) => new Date(ms).toISOString()));
    expect(times).toEqual([['2026-05-13T16:00:00.000Z', '2026-07-03T07:00:00.000Z']]);
    expect(ofJqdata).toBe(portfolio_optimizer);
  });

  test('least risk goes to what swings least; the swings of 1, 2 and 4 days are of independent rhythms', () => {
    const found = portfolio_optimizer(DATE, CODES, MinVariance(160), WeightEqualConstraint());
    const [a, b, c] = [1 / 4e-4, 1 / 1e-4, 1 / 0.25e-4];
    expectNear(found, [a / (a + b + c), b / (a + b + c), c / (a + b + c)], 2);
  });

  test('equal risks: in inverse proportion to the swings, the sum as large as the range lets it', () => {
    const found = portfolio_optimizer({
      date: DATE,
      securities: CODES,
      target: RiskParity({ count: 160 }),
      constraints: [],
      default_port_weight_range: [0, 0.7],
    });
    expectNear(found, [0.1, 0.2, 0.4], 2);
    const budget = new Series([0.5, 0.25, 0.25], { index: CODES });
    const skewed = portfolio_optimizer(DATE, CODES, RiskParity(160, budget), []);
    expect(listOf(skewed)[0]).toBeGreaterThan(0.14);
  });

  test('profit, scores and factors take the best that bounds allow', () => {
    const bounds = [Bound(0, 0.6), Bound({ low: 0.1 })];
    expectNear(portfolio_optimizer(DATE, CODES, MaxProfit(), [WeightConstraint(0, 1)], bounds), [0.6, 0.3, 0.1]);
    const scores = new Series([1, 3, 2], { index: CODES });
    expectNear(portfolio_optimizer(DATE, CODES, MaxScore(scores), [], [Bound(0, 0.6)]), [0, 0.6, 0.4]);
    expectNear(portfolio_optimizer(DATE, CODES, MinScore({ scores }), [WeightEqualConstraint(1)]), [1, 0, 0]);
    class Price extends Factor {
      override readonly name = 'price';
      override readonly dependencies = ['close'];
      override calc(data: Parameters<Factor['calc']>[0]): never {
        return data['close']?.mean() as never;
      }
    }
    const exposed = [WeightEqualConstraint(1), ExposureConstraint(Price, 0, 11.2, 2)];
    const most = portfolio_optimizer(DATE, CODES, MaxFactorValue(Price, 2), exposed);
    const least = portfolio_optimizer(DATE, CODES, MinFactorValue({ factor: new Price() }), [WeightEqualConstraint(1)]);
    expect(listOf(least)).toEqual([0, 0, 1]);
    expect(total(most)).toBeCloseTo(1, 6);
    expect(listOf(most)[0]).toBeGreaterThan(0);
    expect(listOf(most)[0]).toBeLessThan(1);
  });

  test('the ratio has a sum of its own; a benchmark is followed by what is it', () => {
    const ratio = portfolio_optimizer(DATE, CODES, MaxSharpeRatio({ weight_sum_equal: 0.5 }), []);
    expect(total(ratio)).toBeCloseTo(0.5, 6);
    const followed = portfolio_optimizer(DATE, CODES, MinTrackingError(B), []);
    expectNear(followed, [0, 1, 0], 3);
  });

  test('constraints on industries, markets, profit and deviation hold', () => {
    const find = (constraints: unknown, bounds: unknown = []): number[] =>
      listOf(untyped(portfolio_optimizer)(DATE, CODES, MaxProfit(), constraints, bounds) as Weights);
    expect(find([IndustryConstraint(['HY007'], 0, 0.2)])[0]).toBeCloseTo(0.2, 5);
    expect(
      find([IndustriesConstraint('jq_l1', 0, 0.3)])
        .slice(0, 2)
        .map((one) => Math.round(one * 1e4)),
    ).toEqual([3000, 3000]);
    expect(find([MarketConstraint('stock', 0, 0.4)]).map((one) => Math.round(one * 1e4))).toEqual([4000, 0, 0]);
    expect(find([MarketConstraint('fund', 0.5, 1)])[2]).toBeCloseTo(0.5, 5);
    expect(find([], [Bound(), IndustryBound('HY007', 0, 0.05)])[0]).toBeCloseTo(0.05, 5);
    const calm = find([AnnualStdConstraint(0.1), WeightEqualConstraint(1)]);
    expect(calm[0]).toBeLessThan(0.4);
    expect(calm[0]).toBeGreaterThan(0.1);
    const rich = portfolio_optimizer(DATE, CODES, MinVariance(), [
      AnnualProfitConstraint(0.1),
      WeightEqualConstraint(1),
    ]);
    const poor = portfolio_optimizer(DATE, CODES, MinVariance(), [WeightEqualConstraint(1)]);
    expect(listOf(rich)[2]).toBeLessThan(listOf(poor)[2] ?? 0);
  });

  test('nothing satisfies: null and a warning, or zeros where asked', () => {
    const impossible = [WeightEqualConstraint(1), AnnualStdConstraint(0.0001)];
    expect(portfolio_optimizer(DATE, CODES, MinVariance(), impossible)).toBeNull();
    const zeros = portfolio_optimizer(DATE, CODES, MinVariance(), impossible, { return_none_if_fail: false });
    expect(listOf(zeros)).toEqual([0, 0, 0]);
    expect(host.texts('warning')).toEqual(
      Array.from(
        { length: 2 },
        () => 'portfolio_optimizer(): no weights satisfy all constraints and bounds: loosen some.',
      ),
    );
  });

  test('a day whose trading is not over does not count; a day that has not come is refused', () => {
    portfolio_optimizer('2026-07-06', CODES, MinVariance(10), [WeightEqualConstraint(1)]);
    expect(new Date(host.asked[0]?.end ?? 0).toISOString()).toBe('2026-07-05T07:00:00.000Z');
    expect(codeOf(() => portfolio_optimizer('2026-07-07', CODES, MinVariance(), [])).message).toMatch(/has not come/);
  });

  test('what has too few prices is named, not counted as calm', () => {
    const whole = host.bars;
    host.bars = (security, request) =>
      whole(security, security === B ? { ...request, start: Date.parse('2026-06-01') } : request);
    const error = codeOf(() => portfolio_optimizer(DATE, CODES, MinVariance(), []));
    expect(error.code).toBe('BAD_ARGUMENT');
    expect(error.message).toMatch(/600000\.XSHG has no prices on some of the 251 days/);
  });

  test.each([
    [[DATE, CODES, MinVariance, []], /MinVariance without its brackets/],
    [[DATE, CODES, Bound(), []], /must be MinVariance\(\)/],
    [[DATE, CODES, MinVariance(), [Bound()]], /must be WeightConstraint\(\)/],
    [[DATE, CODES, MinVariance(), [], [WeightConstraint()]], /must be Bound\(\)/],
    [[DATE, CODES, MinVariance(), [], [], [1, 0]], /the lower one first/],
    [[DATE, CODES, MaxScore(new Series([1], { index: [A] })), []], /scores has no value of 600000\.XSHG/],
    [[DATE, CODES, RiskParity(250, new Series([1, 0, 1], { index: CODES })), []], /share above 0/],
  ])('%# is refused', (args, message) => {
    const error = codeOf(() => untyped(portfolio_optimizer)(...args));
    expect([error.code, error.message]).toEqual(['BAD_ARGUMENT', expect.stringMatching(message)]);
  });

  test('a part is made with and without new, shows itself, and throws on a name that it does not have', () => {
    const one = new (Bound as unknown as new (...values: number[]) => { high: number })(0, 0.1);
    expect(str(one)).toBe('Bound(low=0, high=0.1)');
    expect(one.high).toBe(0.1);
    expect(codeOf(() => Reflect.get(one, 'hihg')).message).toMatch(/Did you mean 'high'/);
    expect(codeOf(() => untyped(Bound)({ hihg: 1 })).code).toBe('BAD_ARGUMENT');
    expect(codeOf(() => MinVariance(1)).message).toMatch(/at least 2 days/);
  });

  test('every part is exported by its name; what is known by name only says so', () => {
    const exported: Readonly<Record<string, unknown>> = library;
    for (const [name, part] of Object.entries(OPTIMIZER_PARTS)) expect(exported[name]).toBe(part);
    const others = Object.keys(exported).filter((name) => !(name in OPTIMIZER_PARTS) && name !== 'portfolio_optimizer');
    expect(others).toHaveLength(7);
    for (const name of others) expect(codeOf(() => untyped(exported[name])()).code).toBe('UNSUPPORTED');
  });
});
