import { describe, expect, it } from 'vitest';
import type { PlannedOrder } from '../../../../../src/domain/order/plan.ts';
import { DEFAULT_RISK_LIMITS, NO_RISK_LIMITS, type RiskLimits } from '../../../../../src/domain/order/risk/limits.ts';
import { equalBefore, limitDenial } from '../../../../../src/domain/order/risk/rules.ts';
import type { RuleInputs } from '../../../../../src/domain/order/risk/rule.ts';
import { emptyTally } from '../../../../../src/domain/order/risk/tally.ts';
import { aPosition, anAccount } from '../builders.ts';

const NOW = 1_783_300_000_000;
const buy: PlannedOrder = { security: '600000.XSHG', side: 'buy', amount: 100, price: 10, style: 'limit' };
const inputs = (limits: Partial<RiskLimits>, change: Partial<RuleInputs> = {}): RuleInputs => ({
  limits: { ...NO_RISK_LIMITS, ...limits },
  tally: emptyTally('2026-07-06'),
  account: anAccount({
    totalValue: 100_000,
    positions: [aPosition({ security: '000001.XSHE', amount: 1000, price: 10, value: 10_000 })],
  }),
  working: [],
  lastPrice: 10,
  recent: [],
  security: { isSt: false, listedDays: 4_000 },
  now: NOW,
  ...change,
});
const rule = (
  order: PlannedOrder | readonly PlannedOrder[],
  limits: Partial<RiskLimits>,
  change?: Partial<RuleInputs>,
): string | null =>
  limitDenial(
    Array.isArray(order) ? (order as readonly PlannedOrder[]) : [order as PlannedOrder],
    inputs(limits, change),
  )?.rule ?? null;
const open = { security: '600000.XSHG', side: 'buy', rest: 500, price: 10, day: '2026-07-06', filledMoney: 0 } as const;

describe('a limit', () => {
  it.each<[string, Partial<RiskLimits>, Partial<RuleInputs>, Partial<RiskLimits>]>([
    ['order_value', { maxOrderValue: 999.99 }, {}, { maxOrderValue: 1_000 }],
    ['order_amount', { maxOrderAmount: 99 }, {}, { maxOrderAmount: 100 }],
    ['min_order_value', { minOrderValue: 1_000.01 }, {}, { minOrderValue: 1_000 }],
    [
      'daily_value',
      { maxDailyValue: 5_999 },
      { tally: { ...emptyTally('2026-07-06'), value: 5_000 } },
      { maxDailyValue: 6_000 },
    ],
    [
      'daily_orders',
      { maxDailyOrders: 7 },
      { tally: { ...emptyTally('2026-07-06'), orders: 7 } },
      { maxDailyOrders: 8 },
    ],
    [
      'daily_actions',
      { maxDailyActions: 9 },
      { tally: { ...emptyTally('2026-07-06'), orders: 4, cancels: 5 } },
      { maxDailyActions: 10 },
    ],
    ['allowed', { allowed: new Set(['000001.XSHE']) }, {}, { allowed: new Set(['600000.XSHG']) }],
    ['denied', { denied: new Set(['600000.XSHG']) }, {}, { denied: new Set(['000001.XSHE']) }],
    ['st', { noSt: true }, { security: { isSt: true, listedDays: 1 } }, { noSt: false }],
    ['st', { noSt: true }, { security: { isSt: null, listedDays: 1 } }, { noSt: false }],
    ['new_listing', { minListedDays: 60 }, { security: { isSt: false, listedDays: 59 } }, { minListedDays: 59 }],
    ['new_listing', { minListedDays: 60 }, { security: { isSt: false, listedDays: null } }, { minListedDays: null }],
    ['price_deviation', { maxPriceDeviation: 2 }, { lastPrice: 9.7 }, { maxPriceDeviation: 3.1 }],
    ['price_deviation', { maxPriceDeviation: 2 }, { lastPrice: null }, { maxPriceDeviation: null }],
    ['names', { maxNames: 1 }, {}, { maxNames: 2 }],
    ['names', { maxNames: 2 }, { working: [{ ...open, security: '600519.XSHG' }] }, { maxNames: 3 }],
    ['weight', { maxWeight: 5.99 }, { working: [open] }, { maxWeight: 6 }],
    ['exposure', { maxExposure: 15.99 }, { working: [open] }, { maxExposure: 16 }],
  ])('%s refuses what is beyond it and lets through what just keeps it', (name, limits, change, wider) => {
    expect(rule(buy, limits, change)).toBe(name);
    expect(rule(buy, wider, change)).toBeNull();
  });

  it('counts all exchange orders of one call together', () => {
    const parts = [buy, buy];
    expect(rule(parts, { maxOrderValue: 1_999 })).toBe('order_value');
    expect(rule(parts, { maxDailyOrders: 1 })).toBe('daily_orders');
  });

  it('of buying never stands in the way of a sell', () => {
    const all: Partial<RiskLimits> = {
      maxOrderValue: 1,
      maxOrderAmount: 1,
      minOrderValue: 1e9,
      maxDailyValue: 1,
      maxNames: 1,
      maxWeight: 1,
      maxExposure: 1,
      allowed: new Set(),
      denied: new Set(['600000.XSHG']),
      noSt: true,
      minListedDays: 1e6,
      maxPriceDeviation: 0.001,
    };
    const doubt = { security: { isSt: null, listedDays: null }, lastPrice: null };
    expect(rule(buy, all, doubt)).not.toBeNull();
    expect(rule({ ...buy, side: 'sell' }, all, doubt)).toBeNull();
  });

  it('does not take a holding without any price for nothing', () => {
    const account = anAccount({
      totalValue: 100_000,
      positions: [aPosition({ security: '000001.XSHE', amount: 9, price: null, avgCost: null, value: null })],
    });
    expect(limitDenial([buy], inputs({ maxExposure: 50 }, { account }))?.text).toMatch(/has no price/);
  });

  it('ends with the setting that moves it', () => {
    expect(limitDenial([buy], inputs({ maxOrderValue: 1 }))?.text).toMatch(
      /^limit order_value: .*\(MAX_ORDER_VALUE\)\.$/,
    );
  });

  it('that is not set refuses nothing, and the defaults let an everyday order through', () => {
    expect(rule({ ...buy, amount: 1_000_000_000 }, {})).toBeNull();
    expect(rule(buy, DEFAULT_RISK_LIMITS)).toBeNull();
    expect(rule({ ...buy, amount: 100_100 }, DEFAULT_RISK_LIMITS)).toBe('order_value');
  });
});

describe('the guard against the same order again and again', () => {
  const same = (at: number): RuleInputs['recent'][number] => ({ ...buy, at });
  it('refuses the third one within its time and counts only equal ones', () => {
    const limits = { duplicateSeconds: 3 };
    expect(rule(buy, limits, { recent: [same(NOW - 2_900), same(NOW - 100)] })).toBe('duplicate');
    expect(rule(buy, limits, { recent: [same(NOW - 3_100), same(NOW - 100)] })).toBeNull();
    expect(rule(buy, limits, { recent: [same(NOW - 100), { ...same(NOW - 50), price: 10.01 }] })).toBeNull();
    expect(equalBefore([buy], inputs(limits, { recent: [same(NOW - 100)] }))).toBe(1);
    expect(equalBefore([buy], inputs({ duplicateSeconds: null }, { recent: [same(NOW - 100)] }))).toBe(0);
  });
});
