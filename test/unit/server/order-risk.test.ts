import { beforeEach, describe, expect, test } from 'vitest';
import { DAY } from '../../../src/domain/time.ts';
import { OrderRisk } from '../../../src/server/order-risk.ts';
import type { Holdings, SavedRisk } from '../../../src/server/order-risk.ts';
import { MORNING } from './world.ts';

const LIMITS = {
  maxOrderValue: 200_000,
  minBuyOrderValue: 500,
  maxDailyTrades: 4,
  maxDailyTradeValue: 260_000,
  maxStockCount: 1,
  maxPositionRatio: 15,
  maxDailyCancels: 3,
  maxCancelPerOrder: 1,
  minCancelIntervalSeconds: 1,
};

let now = MORNING;
const kept = new Map<string, SavedRisk>();

/** As after a restart: with what was kept. */
function started(): OrderRisk {
  return new OrderRisk(LIMITS, {
    now: () => now,
    saved: [...kept.values()].map((saved) => structuredClone(saved)),
    keep: (saved) => void kept.set(saved.accountKey, saved),
  });
}

let risk = started();
beforeEach(() => {
  now = MORNING;
  kept.clear();
  risk = started();
});

function holding(count: number): Holdings {
  return { totalValue: 1_000_000, count };
}

function order(value: number, isBuy = true, held = 0): void {
  risk.checkOrder('main', value, isBuy, isBuy ? holding(held) : null);
  risk.countOrder('main', value);
}

describe('orders', () => {
  test('the first limit that is broken is named in the recorded words', () => {
    expect(() => order(100)).toThrow('❌ 买入订单金额低于最小值: ¥100.00 < ¥500.00');
    expect(() => order(200_010)).toThrow('❌ 单笔订单金额超限: ¥200,010.00 > ¥200,000');
    expect(() => order(160_000)).toThrow('❌ 单只股票仓位超限: 16.00% > 15.0%');
    expect(() => order(1000, true, 1)).toThrow('❌ 持仓数量超限: 1 >= 1');
  });

  test('sells have no minimum and no holding limits', () => {
    expect(() => {
      order(100, false, 5);
      order(160_000, false, 5);
    }).not.toThrow();
  });

  test('the day counts orders and their value', () => {
    order(100_100);
    order(100_000);
    expect(() => order(60_000)).toThrow('❌ 当日交易金额超限: ¥260,100.00 > ¥260,000');
    order(1000);
    order(1000);
    expect(() => order(1000)).toThrow('❌ 当日交易次数超限: 4 >= 4');
  });

  test('limits themselves are allowed, an order without a value passes, accounts are apart', () => {
    order(150_000);
    for (let n = 0; n < 10; n += 1) order(0);
    expect(() => risk.checkOrder('hedge', 150_000, true, holding(0))).not.toThrow();
  });

  test('an order that was not entered is taken back', () => {
    for (let n = 0; n < 10; n += 1) {
      risk.checkOrder('main', 100_000, true, holding(0));
      risk.countOrder('main', 100_000)();
    }
    expect(() => order(100_000)).not.toThrow();
  });

  test('the next day begins anew', () => {
    for (let n = 0; n < 4; n += 1) order(1000);
    now += DAY;
    expect(() => order(1000)).not.toThrow();
  });
});

describe('cancels', () => {
  function cancel(orderId: string): void {
    risk.checkCancel('main', orderId);
    risk.countCancel('main', orderId);
  }

  test('interval, attempts of one order, number of the day', () => {
    cancel('stub-2');
    expect(() => cancel('stub-3')).toThrow('❌ 撤单过于频繁: 0.00s < 1.00s');
    now += 1000;
    expect(() => cancel('stub-2')).toThrow('❌ 单笔订单撤单次数超限: order_id=stub-2, 1 >= 1');
    cancel('stub-3');
    now += 1000;
    cancel('stub-4');
    now += 1000;
    expect(() => cancel('stub-5')).toThrow('❌ 当日撤单次数超限: 3 >= 3');
  });
});

test('a cancel that the counter did not take is not counted, whatever was counted meanwhile', () => {
  const uncount = risk.countCancel('main', 'stub-2');
  now += 1000;
  risk.countCancel('main', 'stub-3');
  uncount();
  expect(() => risk.checkCancel('main', 'stub-2')).toThrow('❌ 撤单过于频繁');
  now += 1000;
  expect(() => risk.checkCancel('main', 'stub-2')).not.toThrow();
  const last = risk.countCancel('main', 'stub-2');
  last();
  expect(() => risk.checkCancel('main', 'stub-2')).not.toThrow();
  expect(kept.get('main')).toMatchObject({ cancels: 1, cancelsOfOrder: [['stub-3', 1]] });
});

describe('a restart', () => {
  test('forgets no count of the day, and keeps none of another day', () => {
    order(150_000);
    order(1000);
    const uncount = risk.countOrder('main', 50_000);
    risk.countCancel('main', 'stub-2');
    risk.countOrder('hedge', 260_000);
    risk = started();
    uncount();
    expect(() => order(60_000)).toThrow('❌ 当日交易金额超限: ¥261,000.00 > ¥260,000');
    expect(() => risk.checkCancel('main', 'stub-3')).toThrow('❌ 撤单过于频繁: 0.00s < 1.00s');
    expect(() => risk.checkOrder('hedge', 1, false, null)).toThrow('❌ 当日交易金额超限');
    now += 2000;
    expect(() => risk.checkCancel('main', 'stub-2')).toThrow('单笔订单撤单次数超限');
    now += DAY;
    risk = started();
    expect(() => order(150_000)).not.toThrow();
    expect(() => risk.checkCancel('main', 'stub-2')).not.toThrow();
  });
});
