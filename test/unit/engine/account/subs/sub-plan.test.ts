import { describe, expect, it } from 'vitest';
import type { SubConfig } from '../../../../../runtime/host.ts';
import { checkSameMove, grantsOf, planOf } from '../../../../../src/engine/account/subs/sub-plan.ts';
import type { CashMove } from '../../../../../src/ledger/rows.ts';
import { aPosition, anAccount } from '../../../domain/order/builders.ts';

const configs = (...cash: number[]): SubConfig[] => cash.map((each) => ({ type: 'stock', cash: each }));
const cashOf = (...args: Parameters<typeof planOf>): number[] => planOf(...args).grants.map(({ cash }) => cash);

describe('planOf', () => {
  it('gives each its cash, and puts aside what nobody asks for', () => {
    expect(planOf(configs(60_000, 30_000), anAccount(), 7)).toEqual({
      at: 7,
      grants: configs(60_000, 30_000),
      aside: 10_000,
    });
    expect(planOf(configs(60_000, 39_999.5), anAccount(), 7)).toMatchObject({ aside: 0 });
    expect(cashOf(configs(60_000, 39_999.5), anAccount(), 7)).toEqual([60_000.5, 39_999.5]);
  });

  it('counts what the account holds to the first, and takes it for cash that is missing', () => {
    const account = anAccount({ availableCash: 40_000, positions: [aPosition({ value: 60_000 })] });
    // 90 % and 10 % of the whole: the first has 30,000 in cash, the shares, and nothing is put aside.
    expect(planOf(configs(90_000, 10_000), account, 7)).toMatchObject({ aside: 0, grants: configs(90_000, 10_000) });
    // 10,000 and 10,000 in cash: the first has the shares beside it.
    expect(planOf(configs(10_000, 10_000), account, 7)).toMatchObject({
      aside: 20_000,
      grants: configs(70_000, 10_000),
    });
  });

  it('allows for the rounding of parts', () => {
    const third = 100_000 / 3;
    expect(planOf(configs(third, third, third + 1e-9), anAccount(), 7).aside).toBe(0);
    expect(planOf(configs(33_333.34, 33_333.34, 33_333.34), anAccount(), 7).aside).toBe(0);
  });

  it.each<[string, readonly SubConfig[], Parameters<typeof anAccount>[0], RegExp]>([
    ['more than the account is worth', configs(60_000, 40_001), {}, /asks for 100001\.00 CNY in all/u],
    [
      'more cash than it has',
      configs(10_000, 60_000),
      { availableCash: 50_000 },
      /60000\.00 CNY in cash .* 50000\.00 available/u,
    ],
    ['none', [], {}, /1 to 100/u],
    ['too many', configs(...Array.from({ length: 101 }, () => 1)), {}, /was 101/u],
  ])('refuses %s', (_what, asked, change, text) => {
    expect(() => planOf(asked, anAccount(change), 7)).toThrow(expect.objectContaining({ code: 'BAD_SUBPORTFOLIOS' }));
    expect(() => planOf(asked, anAccount(change), 7)).toThrow(text);
  });
});

const aMove = (change: Partial<CashMove>): CashMove => ({
  key: 'k',
  at: 0,
  placedIn: null,
  from: 0,
  to: 1,
  cash: 5,
  ...change,
});

it('grantsOf adds what was moved', () => {
  const plan = { at: 0, grants: configs(100, 50), aside: 20 };
  const moves = [aMove({}), aMove({ from: null, to: 1, cash: 7 }), aMove({ from: 0, to: null, cash: 30 })];
  expect(grantsOf(plan, moves, 0)).toEqual({ grants: configs(65, 62), aside: 43 });
  expect(grantsOf(plan, moves, -7).grants).toEqual(configs(58, 62));
});

it('checkSameMove refuses another move under the same key', () => {
  expect(() => checkSameMove(aMove({}), { from: 0, to: 1, cash: 5 })).not.toThrow();
  for (const change of [{ from: 2 }, { to: null }, { cash: 6 }])
    expect(() => checkSameMove(aMove({}), { from: 0, to: 1, cash: 5, ...change })).toThrow(
      expect.objectContaining({ code: 'MOVE_KEY_TAKEN' }),
    );
});
