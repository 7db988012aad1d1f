import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planOrder, type PlanInputs } from '../../../../src/domain/order/plan.ts';
import { holdOf } from '../../../../src/domain/order/reserves.ts';
import { denial } from '../../../../src/domain/order/risk/last-look.ts';
import { aPosition, aQuote, aRequest, anAccount } from './builders.ts';

const PRICES = { buyPercent: 0.015, sellPercent: -0.015, continuous: true };

function inputs(change: Partial<PlanInputs> = {}): PlanInputs {
  return {
    account: anAccount(),
    quote: aQuote(),
    day: '2026-07-06',
    openBuy: 0,
    openSell: 0,
    prices: PRICES,
    ...change,
  };
}

function orders(...args: Parameters<typeof planOrder>): readonly { side: string; amount: number; price: number }[] {
  const plan = planOrder(...args);
  if (plan.kind === 'refused') throw new Error(plan.reason);
  return plan.orders.map(({ side, amount, price }) => ({ side, amount, price }));
}

function reason(...args: Parameters<typeof planOrder>): string {
  const plan = planOrder(...args);
  return plan.kind === 'refused' ? plan.reason : 'it was planned';
}

describe('planOrder', () => {
  it('protects a market buy at 1.5 % above the last price and a sell below it', () => {
    expect(orders(aRequest(), inputs())).toEqual([{ side: 'buy', amount: 100, price: 10.15 }]);
    const account = anAccount({ positions: [aPosition()] });
    expect(orders(aRequest({ quantity: -100 }), inputs({ account }))).toEqual([
      { side: 'sell', amount: 100, price: 9.85 },
    ]);
  });

  it('never passes the worst price the author gave to a market order', () => {
    const style = { kind: 'market', limitPrice: 10.05 } as const;
    expect(orders(aRequest({ style }), inputs())[0]?.price).toBe(10.05);
  });

  it('brings a buy limit down to the day limit and the cage, never up', () => {
    const dear = { kind: 'limit', limitPrice: 12 } as const;
    expect(orders(aRequest({ style: dear }), inputs({ prices: { ...PRICES, continuous: false } }))[0]?.price).toBe(11);
    // From 9.99, a tick below the ask of 10: it may move there while the order is on its way.
    expect(orders(aRequest({ style: dear }), inputs())[0]?.price).toBe(10.18);
    expect(orders(aRequest({ style: { kind: 'limit', limitPrice: 9.905 } }), inputs())[0]?.price).toBe(9.9);
  });

  it('refuses a buy limit that the exchange would refuse', () => {
    expect(reason(aRequest({ style: { kind: 'limit', limitPrice: 8.5 } }), inputs())).toMatch(/lower limit 9/);
  });

  it.each([
    ['no quote', { quote: null }],
    ['suspended', { quote: aQuote({ paused: true }) }],
    ['not known whether it is suspended', { quote: aQuote({ paused: null }) }],
    ['no price', { quote: aQuote({ lastPrice: null, preClose: null }) }],
  ])('sends nothing in doubt: %s', (_, change) => {
    expect(planOrder(aRequest(), inputs(change)).kind).toBe('refused');
  });

  it('reduces a buy to the available cash, fees included, and says so', () => {
    const plan = planOrder(aRequest({ quantity: 100_000 }), inputs());
    if (plan.kind === 'refused') throw new Error(plan.reason);
    expect(plan.orders[0]?.amount).toBe(9800);
    expect(plan.notes.join(' ')).toContain('available cash');
  });

  it('A4-12: a closeable amount of 0 means nothing can be sold, never everything', () => {
    const account = anAccount({ positions: [aPosition({ closeableAmount: 0 })] });
    expect(reason(aRequest({ kind: 'target', quantity: 0 }), inputs({ account }))).toContain('none can be sold today');
  });

  it('A4-13: a full liquidation takes the odd tail along in one order', () => {
    for (const held of [250, 150, 50]) {
      const account = anAccount({ positions: [aPosition({ amount: held, closeableAmount: held })] });
      expect(orders(aRequest({ kind: 'target', quantity: 0 }), inputs({ account }))[0]?.amount).toBe(held);
    }
  });

  it('counts what is under way into a target', () => {
    const account = anAccount({ positions: [aPosition({ amount: 300, closeableAmount: 300 })] });
    const request = aRequest({ kind: 'target', quantity: 1000 });
    expect(orders(request, inputs({ account, openBuy: 400 }))[0]).toMatchObject({ side: 'buy', amount: 300 });
  });

  it('turns a value into lots at the price that counts', () => {
    expect(orders(aRequest({ kind: 'value', quantity: 30_000 }), inputs())[0]?.amount).toBe(3000);
    const style = { kind: 'limit', limitPrice: 9.5 } as const;
    expect(orders(aRequest({ kind: 'value', quantity: 9500, style }), inputs())[0]?.amount).toBe(1000);
    expect(orders(aRequest({ kind: 'target_value', quantity: 20_000 }), inputs())[0]?.amount).toBe(2000);
  });

  it('sends nothing for an amount that comes out as 0', () => {
    expect(planOrder(aRequest({ quantity: 99 }), inputs()).kind).toBe('refused');
    expect(planOrder(aRequest({ kind: 'target', quantity: 0 }), inputs()).kind).toBe('refused');
  });

  it('splits at the board’s maximum so that the server never does', () => {
    const account = anAccount({ availableCash: 1e9, totalValue: 1e9 });
    const amounts = orders(
      aRequest({ quantity: 2_500_000, style: { kind: 'limit', limitPrice: 10 } }),
      inputs({ account }),
    ).map((order) => order.amount);
    expect(amounts).toEqual([1_000_000, 1_000_000, 500_000]);
  });

  it('keeps every plan inside cash, closeable amount, limits and cage', () => {
    const request = fc.record({
      kind: fc.constantFrom('amount', 'target', 'value', 'target_value'),
      quantity: fc.integer({ min: -200_000, max: 200_000 }),
      limit: fc.option(fc.integer({ min: 850, max: 1150 }).map((ticks) => ticks / 100)),
      closeable: fc.integer({ min: 0, max: 5000 }),
      cash: fc.integer({ min: 0, max: 500_000 }),
    });
    fc.assert(
      fc.property(request, ({ kind, quantity, limit, closeable, cash }) => {
        const positions = [aPosition({ amount: closeable + 300, closeableAmount: closeable })];
        const style =
          limit === null
            ? ({ kind: 'market', limitPrice: null } as const)
            : ({ kind: 'limit', limitPrice: limit } as const);
        const plan = planOrder(
          aRequest({ kind, quantity, style }),
          inputs({ account: anAccount({ availableCash: cash, positions }) }),
        );
        if (plan.kind === 'refused') return;
        const total = plan.orders.reduce((sum, order) => sum + order.amount, 0);
        for (const order of plan.orders) {
          expect(order.amount).toBeGreaterThan(0);
          expect(order.price).toBeGreaterThanOrEqual(9);
          expect(order.price).toBeLessThanOrEqual(11);
          if (limit !== null) expect(order.side === 'buy' ? order.price <= limit : order.price >= limit).toBe(true);
          if (order.side === 'buy') expect(total * order.price).toBeLessThanOrEqual(cash);
          else expect(total).toBeLessThanOrEqual(closeable);
        }
      }),
    );
  });
});

describe('a plan for a repo', () => {
  const GC001 = '204001.XSHG';
  const quote = aQuote({ security: GC001, lastPrice: 1.63, bid1: 1.63, ask1: 1.635, highLimit: null, lowLimit: null });
  const lend = (change: Parameters<typeof aRequest>[0], cash = 1_000_000): ReturnType<typeof planOrder> =>
    planOrder(aRequest({ security: GC001, ...change }), inputs({ quote, account: anAccount({ availableCash: cash }) }));
  const limit = { kind: 'limit', limitPrice: 1.6 } as const;

  it('is a sell of units of 100 CNY, without a holding', () => {
    expect(lend({ quantity: -1000, style: limit })).toMatchObject({
      kind: 'send',
      orders: [{ security: GC001, side: 'sell', amount: 1000, price: 1.6 }],
    });
    expect(lend({ kind: 'value', quantity: -100_000, style: limit })).toMatchObject({ orders: [{ amount: 1000 }] });
  });

  it('takes at a market-style order any rate down to 1.5 % below the last, on the tick of 0.005', () => {
    expect(lend({ quantity: -10 })).toMatchObject({ orders: [{ price: 1.61 }] });
  });

  it('lends whole lots, and no more than the cash with its commission', () => {
    expect(lend({ quantity: -1005 })).toMatchObject({
      orders: [{ amount: 1000 }],
      notes: [expect.stringMatching(/lot/)],
    });
    expect(lend({ quantity: -9 })).toMatchObject({
      kind: 'refused',
      reason: expect.stringMatching(/smallest lend of 10/),
    });
    expect(lend({ quantity: -5000 }, 100_000)).toMatchObject({
      orders: [{ amount: 990 }],
      notes: [expect.stringMatching(/available cash of 100000.00/)],
    });
    expect(lend({ quantity: -10 }, 999)).toMatchObject({ kind: 'refused' });
  });

  it('splits at 1,000,000 units', () => {
    expect(lend({ quantity: -1_500_000 }, 1e9)).toMatchObject({ orders: [{ amount: 1_000_000 }, { amount: 500_000 }] });
  });

  it.each([
    ['a buy', { quantity: 1000 }, /to borrow/],
    ['a buy by value', { kind: 'value', quantity: 100_000 }, /to borrow/],
    ['a target', { kind: 'target', quantity: 1000 }, /no holding/],
    ['a target of nothing', { kind: 'target', quantity: 0 }, /no holding/],
    ['a target value', { kind: 'target_value', quantity: 100_000 }, /no holding/],
  ] as const)('refuses %s and says how to lend', (_, change, why) => {
    const plan = lend(change);
    expect(plan).toMatchObject({ kind: 'refused', reason: expect.stringMatching(why) });
    expect(plan).toMatchObject({ reason: expect.stringContaining("order('204001.XSHG', -units)") });
  });

  it.each(['900901.XSHG', '000300.XSHG', '019742.XSHG', '519888.XSHG', '400001.BJ', '204005.XSHG'])(
    'refuses %s by its kind, and names what is served',
    (security) => {
      const why = reason(aRequest({ security }), inputs({ quote: aQuote({ security }) }));
      expect(why).toMatch(/ cannot be ordered\. Served are A shares .* lending by repo/);
    },
  );

  it('costs no more than the cash, whatever is asked', () => {
    const asked = fc.record({
      security: fc.constantFrom('204001.XSHG', '204182.XSHG', '131810.XSHE'),
      quantity: fc.integer({ min: -200_000, max: -1 }),
      cash: fc.integer({ min: 0, max: 10_000_000 }).map((cents) => cents / 100),
    });
    fc.assert(
      fc.property(asked, ({ security, quantity, cash }) => {
        const account = anAccount({ availableCash: cash });
        const plan = planOrder(aRequest({ security, quantity }), inputs({ account, quote: { ...quote, security } }));
        if (plan.kind === 'refused') return;
        const units = plan.orders.reduce((sum, { amount }) => sum + amount, 0);
        const working = { security, side: 'sell', rest: units, price: 1.6, day: '2026-07-06', filledMoney: 0 } as const;
        expect([units % 10, holdOf([working]) <= cash]).toEqual([0, true]);
        expect(denial(plan.orders, { account, doubtful: new Set(), closed: null })).toBeNull();
      }),
    );
  });
});
