import { describe, expect, it } from 'vitest';
import { tallySubs, type SubTrade } from '../../../../src/domain/order/sub-tally.ts';

const [FRIDAY, MONDAY] = ['2026-07-03', '2026-07-06'];

function aTrade(change: Partial<SubTrade> = {}): SubTrade {
  return {
    pindex: 1,
    day: FRIDAY,
    security: '000001.XSHE',
    side: 'buy',
    amount: 1000,
    price: 10,
    fees: 5,
    time: 1,
    ...change,
  };
}

describe('tallySubs', () => {
  it('knows the cash, the shares and their cost of each by its own trades', () => {
    const tallies = tallySubs([aTrade(), aTrade({ pindex: 2, amount: 200, price: 20, time: 2 })], [], MONDAY);
    expect(tallies.get(1)).toMatchObject({ cash: -10_005, soldToday: 0 });
    expect(tallies.get(1)?.shares.get('000001.XSHE')).toEqual({
      amount: 1000,
      cost: 10_005,
      bought: 0,
      since: 1,
      transacted: 1,
    });
    expect(tallies.get(2)?.shares.get('000001.XSHE')).toMatchObject({ amount: 200, cost: 4005 });
    expect(tallies.get(3)).toBeUndefined();
  });

  it('takes the part of the cost along that is sold, and forgets what is sold out', () => {
    const sold = aTrade({ side: 'sell', amount: 400, price: 12, day: MONDAY, time: 5 });
    const part = tallySubs([aTrade(), sold], [], MONDAY).get(1);
    expect(part).toMatchObject({ cash: -10_005 + 4795, soldToday: 4795 });
    expect(part?.shares.get('000001.XSHE')).toMatchObject({ amount: 600, cost: 6003, since: 1, transacted: 5 });
    const all = tallySubs(
      [aTrade(), { ...sold, amount: 1000 }, aTrade({ day: MONDAY, price: 11, time: 9 })],
      [],
      MONDAY,
    );
    expect(all.get(1)?.shares.get('000001.XSHE')).toMatchObject({ amount: 1000, cost: 11_005, bought: 1000, since: 9 });
  });

  it("counts as bought today and sold today what is of the day's orders alone", () => {
    const trades = [
      aTrade(),
      aTrade({ day: MONDAY, amount: 300, time: 4 }),
      aTrade({ side: 'sell', amount: 100, time: 2 }),
    ];
    const { soldToday, shares } = tallySubs(trades, [], MONDAY).get(1) ?? { soldToday: null, shares: new Map() };
    expect(soldToday).toBe(0);
    expect(shares.get('000001.XSHE')).toMatchObject({ amount: 1200, bought: 300 });
  });

  it('adds what a night has given before the trades of its day, at no cost', () => {
    const bonus = { pindex: 1, security: '000001.XSHE', day: MONDAY, shares: 500 };
    const sold = aTrade({ side: 'sell', amount: 1500, price: 7, day: MONDAY });
    const held = tallySubs([aTrade()], [bonus], MONDAY).get(1)?.shares.get('000001.XSHE');
    expect(held).toMatchObject({ amount: 1500, cost: 10_005, bought: 0 });
    expect(tallySubs([aTrade(), sold], [bonus], MONDAY).get(1)?.shares.size).toBe(0);
    // Of what is not held any more nothing is given.
    expect(tallySubs([], [bonus], MONDAY).get(1)?.shares.size).toBe(0);
  });
});
