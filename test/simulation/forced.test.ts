import { describe, expect, it } from 'vitest';
import { FOLLOWED, IN_FORCE, STREAMED, type Scope } from './plan/axes.ts';
import { drawPlan } from './plan/draw.ts';
import { replayCommand } from './report/tally.ts';

const OPERATED: Scope = { ...IN_FORCE, forced: 'operator' };
const SEEDS = Array.from({ length: 500 }, (_, index) => index + 1);

describe('a forced axis', () => {
  it('gives each world signals', () => {
    expect(SEEDS.filter((seed) => drawPlan(seed, FOLLOWED).signals.length === 0)).toEqual([]);
  });

  it('pushes orders and fills in each world', () => {
    expect(SEEDS.filter((seed) => drawPlan(seed, STREAMED).stream === null)).toEqual([]);
  });

  it('gives each world a person or a limit of orders, and a part of them a person', () => {
    const plans = SEEDS.map((seed) => drawPlan(seed, OPERATED));
    expect(plans.filter(({ operator, maxDailyOrders }) => operator.length === 0 && maxDailyOrders === null)).toEqual(
      [],
    );
    const share = plans.filter(({ operator }) => operator.length > 0).length / plans.length;
    expect(share).toBeGreaterThan(0.5);
    expect(share).toBeLessThan(0.75);
  });

  it('leaves out months, and all the rest is drawn', () => {
    const kinds = new Set(SEEDS.map((seed) => drawPlan(seed, FOLLOWED).kind));
    expect([...kinds].toSorted()).toEqual(['busy', 'days', 'hours', 'moment']);
  });

  it('is named by what shows a failing seed again, as is any scope that is not the usual one', () => {
    expect(replayCommand(7)).toBe('npm run simulate -- --seed 7 --trace');
    expect(replayCommand(7, FOLLOWED)).toBe('npm run simulate -- --seed 7 --trace --axis signals');
    const few: Scope = { axes: new Set(['days']), laws: new Set() };
    expect(replayCommand(7, few)).toBe('npm run simulate -- --seed 7 --trace --axes days --laws none');
  });
});
