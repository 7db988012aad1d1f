import { describe, expect, it } from 'vitest';
import { NO_RISK_LIMITS } from '../../../../../src/domain/order/risk/limits.ts';
import { lossDenials, marked } from '../../../../../src/domain/order/risk/loss.ts';

const D1 = '2026-07-06';
const D2 = '2026-07-07';

describe('what losses are reckoned from', () => {
  it('is the first value of the day and the best one so far', () => {
    const first = marked(null, D1, 100);
    const risen = marked(first, D1, 120);
    expect(risen).toEqual({ day: D1, first: 100, best: 120 });
    expect(marked(risen, D2, 110)).toEqual({ day: D2, first: 110, best: 120 });
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 0, -5])('is not moved by %s, which is no value', (value) => {
    const marks = marked(null, D1, 100);
    expect(marked(marks, D2, value)).toBe(marks);
  });
});

const rulesOf = (...asked: Parameters<typeof lossDenials>): readonly string[] =>
  lossDenials(...asked).map(({ rule }) => rule);

describe('a loss', () => {
  const marks = { day: D1, first: 100, best: 200 };
  it('of the day stops from its limit on', () => {
    const limits = { ...NO_RISK_LIMITS, maxDailyLoss: 5 };
    expect(rulesOf(limits, marks, 95.01)).toEqual([]);
    expect(rulesOf(limits, marks, 95)).toEqual(['daily_loss']);
  });

  it('from the best value stops from its limit on', () => {
    const limits = { ...NO_RISK_LIMITS, maxDrawdown: 50 };
    expect(rulesOf(limits, marks, 100.01)).toEqual([]);
    expect(rulesOf(limits, marks, 100)).toEqual(['drawdown']);
    expect(rulesOf(NO_RISK_LIMITS, marks, 1)).toEqual([]);
  });
  it('that is too large by both counts stops for the day, and beyond it', () => {
    expect(rulesOf({ ...NO_RISK_LIMITS, maxDailyLoss: 5, maxDrawdown: 50 }, marks, 90)).toEqual([
      'daily_loss',
      'drawdown',
    ]);
  });
});
