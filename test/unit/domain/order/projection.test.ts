import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  project,
  type OwnFill,
  type ProjectionInputs,
  type Snapshot,
} from '../../../../src/domain/order/projection.ts';
import type { Working } from '../../../../src/domain/order/reserves.ts';
import { aBrokerAccount, aHolding } from './builders.ts';

const DAY = '2026-07-06';

function base(change: Partial<Snapshot> = {}): Snapshot {
  return {
    account: aBrokerAccount({ availableCash: 90_000, frozenCash: 0, marketValue: 10_000 }),
    positions: [aHolding(1000, { avgCost: 9 })],
    requestedAt: 0,
    working: [],
    foreignHold: 0,
    ...change,
  };
}

function view(change: Partial<ProjectionInputs> = {}): ReturnType<typeof project> {
  return project({
    base: base(),
    fills: [],
    working: [],
    found: [],
    prices: new Map(),
    owned: null,
    heldSince: new Map(),
    boughtToday: new Map(),
    day: DAY,
    startingCash: 100_000,
    version: 1,
    ...change,
  });
}

const buy: OwnFill = { security: '000002.XSHE', side: 'buy', amount: 100, price: 8, fees: 5, time: 1 };

describe('project', () => {
  it.each([
    ['still shows it', 0, []],
    ['does not show it any more', 400, []],
    ['does not show it any more, and more was bought since', 400, [300]],
  ])(
    'shares of a sell that ended are given back once, beside what was bought today, where the reading %s',
    (_what, closeableAmount, since) => {
      const sell: Working = {
        security: '000001.XSHE',
        side: 'sell',
        rest: 400,
        price: 10,
        day: DAY,
        filledMoney: 0,
      };
      const fills = since.map((amount): OwnFill => ({ ...buy, security: '000001.XSHE', amount }));
      const bought = 600 + fills.reduce((sum, { amount }) => sum + amount, 0);
      const shown = view({
        base: base({ positions: [aHolding(1000, { closeableAmount })], working: [sell] }),
        boughtToday: new Map([['000001.XSHE', bought]]),
        fills,
      });
      expect(shown.positions).toMatchObject([{ amount: 400 + bought, closeableAmount: 400, todayAmount: bought }]);
    },
  );

  it('is the snapshot when nothing happened since', () => {
    expect(view()).toMatchObject({ availableCash: 90_000, totalValue: 100_000, lockedCash: 0 });
  });

  it('locks nothing with no order open, whatever its figures are apart; what the counter holds outright it shows', () => {
    const apart = (frozenCash: number | null): ReturnType<typeof view> =>
      view({ base: base({ account: { ...base().account, totalValue: 100_030.08, frozenCash } }) });
    expect(apart(null)).toMatchObject({ availableCash: 90_000, lockedCash: 0 });
    expect(apart(0)).toMatchObject({ availableCash: 90_000, lockedCash: 0 });
    expect(apart(500)).toMatchObject({ availableCash: 90_000, lockedCash: 500 });
  });

  it.each([0, 5005.15])(
    'has the money of a buy that has expired, whether its counter still holds it or not: %d',
    (held) => {
      const expired: Working = { security: '000002.XSHE', side: 'buy', rest: 500, price: 10, day: DAY, filledMoney: 0 };
      const account = { ...base().account, availableCash: 90_000 - held, frozenCash: held };
      const after = view({ base: base({ account, working: [expired] }), working: [] });
      expect(after).toMatchObject({ availableCash: 90_000, lockedCash: 0 });
    },
  );

  it('locks what a buy holds and not what is lent, where the counter counts that into the whole and says nothing of either', () => {
    const open: Working = { security: '000002.XSHE', side: 'buy', rest: 5_000, price: 10, day: DAY, filledMoney: 0 };
    const account = {
      ...base().account,
      availableCash: 349_990,
      totalValue: 500_000,
      frozenCash: null,
      marketValue: 0,
    };
    const after = view({ base: base({ account, positions: [], working: [open] }), working: [open] });
    expect(after).toMatchObject({ availableCash: 349_990, totalValue: 500_000 });
    expect(after.lockedCash).toBeGreaterThan(50_000);
    expect(after.lockedCash).toBeLessThan(50_100);
    const both = view({
      base: base({ account, positions: [], working: [open], foreignHold: 20_000 }),
      working: [open],
    });
    expect(both.lockedCash).toBeGreaterThan(70_000);
    expect(both.lockedCash).toBeLessThan(71_600);
  });

  it('adds own fills: cash with fees, T+1 shares that cannot be sold today', () => {
    const after = view({ fills: [buy] });
    expect(after.availableCash).toBe(89_195);
    expect(after.totalValue).toBe(99_995);
    expect(after.positions.find((held) => held.security === '000002.XSHE')).toMatchObject({
      amount: 100,
      closeableAmount: 0,
      todayAmount: 100,
    });
  });

  it('lets a T+0 fund be sold at once', () => {
    const gold = view({ fills: [{ ...buy, security: '518880.XSHG' }] });
    expect(gold.positions.find((held) => held.security === '518880.XSHG')).toMatchObject({
      amount: 100,
      closeableAmount: 100,
    });
  });

  it('freezes what works now and gives back what worked at the snapshot', () => {
    const sell = working({ side: 'sell', rest: 400, price: 11 });
    const frozen = view({ working: [sell] });
    expect(frozen.positions[0]).toMatchObject({ amount: 1000, closeableAmount: 600, lockedAmount: 400 });
    const held = base({ working: [sell], positions: [{ ...first(), closeableAmount: 600 }] });
    expect(view({ base: held, working: [] }).positions[0]).toMatchObject({ closeableAmount: 1000, lockedAmount: 0 });
  });

  it('gives no share back that the snapshot did not hold, though the order counted as working then', () => {
    const sell = working({ side: 'sell', rest: 1000, price: 11 });
    const ended = base({ working: [sell] });
    expect(view({ base: ended, working: [] }).positions[0]).toMatchObject({ amount: 1000, closeableAmount: 1000 });
    expect(view({ base: ended, working: [sell] }).positions[0]).toMatchObject({ amount: 1000, closeableAmount: 0 });
  });

  it('drops a position that is sold out', () => {
    const sold: OwnFill = { security: '000001.XSHE', side: 'sell', amount: 1000, price: 10, fees: 10, time: 1 };
    expect(view({ fills: [sold] }).positions).toEqual([]);
  });

  it('never shows a negative closeable amount, and the fill of a frozen order moves it only once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 }), fc.integer({ min: 0, max: 10 }), (filledLots, restLots) => {
        const amount = Math.min(1000, filledLots * 100);
        const rest = Math.min(1000 - amount, restLots * 100);
        const fills: OwnFill[] =
          amount > 0 ? [{ security: '000001.XSHE', side: 'sell', amount, price: 10, fees: 0, time: 1 }] : [];
        const open = rest > 0 ? [working({ side: 'sell', rest })] : [];
        const position = view({ fills, working: open }).positions.find((held) => held.security === '000001.XSHE');
        expect(position?.amount ?? 0).toBe(1000 - amount);
        expect(position?.closeableAmount ?? 0).toBe(1000 - amount - rest);
      }),
    );
  });
});

describe('what own buys reserve', () => {
  const small = working({ security: '600000.XSHG', rest: 100, price: 9.9 });
  const large = working({ security: '000002.XSHE', rest: 9_000, price: 10 });
  const account = (held: number): Snapshot['account'] => ({
    accountId: null,
    availableCash: 100_000 - held,
    totalValue: 100_000,
    frozenCash: held,
    transferableCash: null,
    marketValue: 0,
  });
  const read = (held: number, ...orders: Working[]): Snapshot =>
    base({ account: account(held), positions: [], working: orders });

  it('is their money and their fees, while no reading holds it', () => {
    expect(view({ base: read(0), working: [large] })).toMatchObject({ availableCash: 9972.1, lockedCash: 90_027.9 });
  });

  it.each([
    ['freezes no fees', 990],
    ['freezes more than ours', 1_000],
  ])('of a counter that %s is its figure for what it holds, and ours for what it does not hold yet', (_, held) => {
    const both = view({ base: read(held, small), working: [small, large] });
    expect(both.availableCash).toBeCloseTo(100_000 - held - 90_027.9, 2);
    expect(both.lockedCash).toBeCloseTo(held + 90_027.9, 2);
    expect(view({ base: read(held, small), working: [large] })).toMatchObject({ availableCash: 9972.1 });
  });

  it('comes back as it is filled, cancelled, or partly: never more than the reading held', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000 }), fc.integer({ min: 0, max: 100 }), (held, lots) => {
        const order = working({ security: '000002.XSHE', rest: 5_000, price: 10 });
        const rest = Math.min(5_000, lots * 50);
        const now = rest === 0 ? [] : [{ ...order, rest }];
        const after = view({ base: read(held, order), working: now });
        expect(after.availableCash).toBeLessThanOrEqual(100_000);
        expect(after.availableCash).toBeLessThanOrEqual(100_000 - rest * 10 * 0.9);
        expect(after.availableCash + after.lockedCash).toBeCloseTo(100_000, 1);
      }),
    );
  });
});

describe('an order found after a reading was made while its fate was not known', () => {
  const found = working({ security: '000002.XSHE', rest: 1_000, price: 10 });
  const cash = (held: number): Snapshot['account'] => ({
    ...base().account,
    availableCash: 90_000 - held,
    frozenCash: held,
  });

  it.each([
    ['held its money: not taken off twice', 10_005.1, 0, 79_994.9],
    ['did not hold it: it came later, or nothing is frozen', 0, 0, 79_994.9],
    ['held the money of others only', 2_000, 2_000, 77_994.9],
    ['held its money and that of others', 12_005.1, 2_000, 77_994.9],
  ])('a buy, and the reading %s', (_, held, foreignHold, available) => {
    const read = base({ account: cash(held), foreignHold });
    expect(view({ base: read, found: [found], working: [found] }).availableCash).toBeCloseTo(available, 2);
  });

  it('one of two, and the reading held its money: the other is still to come', () => {
    const other = { ...found, price: 20 };
    const read = base({ account: cash(10_005.1) });
    const both = [found, other];
    expect(view({ base: read, found: both, working: both }).availableCash).toBeCloseTo(90_000 - 10_005.1 - 20_006.2, 2);
  });

  it.each([
    ['froze its shares: not taken off twice', 600, 0, 600],
    ['did not: it came later', 1_000, 0, 600],
    ['did not, and what it may not sell was bought today', 600, 400, 200],
  ])('a sell, and the reading %s', (_, closeableAmount, bought, closeable) => {
    const sell = working({ side: 'sell', rest: 400 });
    const read = base({ positions: [{ ...first(), closeableAmount }] });
    const boughtToday = new Map([['000001.XSHE', bought]]);
    const [held] = view({ base: read, found: [sell], working: [sell], boughtToday }).positions;
    expect(held).toMatchObject({ amount: 1_000, closeableAmount: closeable, lockedAmount: 400 });
  });
});

describe('what an owner of a part may sell', () => {
  const GOLD = '518880.XSHG';
  /** Of 1,000 that may all be sold, as far as the broker says, 300 are his. */
  const part = (
    security: string,
    change: Partial<ProjectionInputs> = {},
  ): ReturnType<typeof view>['positions'][number] | undefined =>
    view({
      base: base({ positions: [{ ...first(), security }] }),
      owned: new Map([[security, 300]]),
      ...change,
    }).positions[0];

  it('is what he held in the morning: today’s shares are not sold out of what others hold', () => {
    const bought = { boughtToday: new Map([['000001.XSHE', 200]]) };
    expect(part('000001.XSHE')).toMatchObject({ amount: 300, closeableAmount: 300, todayAmount: 0 });
    expect(part('000001.XSHE', bought)).toMatchObject({ amount: 300, closeableAmount: 100, todayAmount: 200 });
  });

  it('is the same before and after the reading that holds a buy', () => {
    const fill: OwnFill = { ...buy, security: '000001.XSHE', amount: 200 };
    const before = part('000001.XSHE', {
      owned: new Map([['000001.XSHE', 100]]),
      fills: [fill],
      boughtToday: new Map([['000001.XSHE', 200]]),
    });
    expect(before).toMatchObject({ amount: 300, closeableAmount: 100, todayAmount: 200 });
  });

  it('is all of what is settled the same day', () => {
    const bought = { boughtToday: new Map([[GOLD, 200]]) };
    expect(part(GOLD, bought)).toMatchObject({ amount: 300, closeableAmount: 300, todayAmount: 200 });
  });

  it('is less what his own open sells freeze, which the broker takes from the whole', () => {
    const sell = working({ side: 'sell', rest: 100 });
    const read = base({ positions: [{ ...first(), closeableAmount: 900 }], working: [sell] });
    expect(part('000001.XSHE', { base: read, working: [sell] })).toMatchObject({
      closeableAmount: 200,
      lockedAmount: 100,
    });
    expect(part('000001.XSHE', { base: read, working: [] })).toMatchObject({ closeableAmount: 300, lockedAmount: 0 });
  });

  it('is never more than the broker lets be sold', () => {
    const read = base({ positions: [{ ...first(), closeableAmount: 50 }] });
    expect(part('000001.XSHE', { base: read })).toMatchObject({ amount: 300, closeableAmount: 50 });
  });

  it('of all of an account is what the broker says', () => {
    const bought = new Map([['000001.XSHE', 200]]);
    expect(view({ boughtToday: bought }).positions[0]).toMatchObject({ amount: 1_000, closeableAmount: 1_000 });
  });
});

function working(change: Partial<Working> = {}): Working {
  return { security: '000001.XSHE', side: 'buy', rest: 100, price: 10, day: DAY, filledMoney: 0, ...change };
}

function first(): Snapshot['positions'][number] {
  const [position] = base().positions;
  if (position === undefined) throw new Error('the base has no position');
  return position;
}
