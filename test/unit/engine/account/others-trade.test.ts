import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NO_OTHERS } from '../../../../src/engine/orders/reading/foreign-trades.ts';
import { aHolding } from '../../domain/order/builders.ts';
import { aBrokerOrder, aFill, Bench } from '../orders/rows.ts';
import { accountParts, ScriptedLists, type AccountParts } from './parts.ts';

let bench: Bench;
let lists: ScriptedLists;
let parts: AccountParts;
beforeEach(async () => {
  bench = new Bench();
  lists = new ScriptedLists();
  parts = accountParts(bench, { lists });
  hold(1000);
  await parts.reader.refresh();
  parts.reader.start();
});
afterEach(async () => {
  await parts.reader.stop();
  bench.close();
});

function hold(amount: number, price = 10): void {
  bench.broker.held = [aHolding(amount, { lastPrice: price, marketValue: amount * price })];
}

/** Somebody else buys in the same account. */
function theyBuy(amount: number, price = 10): void {
  lists.traded({ amount, price });
  hold((bench.broker.held[0]?.amount ?? 0) + amount, price);
  bench.broker.cash -= amount * price;
}

const shown = (): unknown => {
  const view = parts.account.view();
  return { cash: view?.availableCash, amount: view?.positions[0]?.amount, price: view?.positions[0]?.price };
};
const codes = (): string[] => bench.alarms().map(({ code }) => code);

describe('others who trade in the account', () => {
  it('every 8 s: what is shown follows within a reading, without an alarm', async () => {
    for (let n = 1; n <= 40; n += 1) {
      theyBuy(100, 10 - n * 0.05);
      const now = { cash: bench.broker.cash, amount: 1000 + n * 100, price: 10 - n * 0.05 };
      await bench.pass(8_000);
      if (await parts.reader.refresh()) expect(shown()).toEqual(now);
    }
    expect(parts.reader.age()).toBeLessThanOrEqual(30_000);
    expect(codes()).toEqual([]);
    expect(bench.said('Positions changed outside')).toBe(0);
  });

  it('while an order of ours is filled: neither side is counted twice', async () => {
    bench.accepted({ amount: 200 });
    for (let n = 1; n <= 2; n += 1) {
      theyBuy(300);
      hold((bench.broker.held[0]?.amount ?? 0) + 100);
      bench.broker.cash -= 1005;
      const fill = aFill({ tradeId: `t${n}`, amount: 100, commission: 5, tax: 0 });
      const news = { clientId: 'c1', event: n === 2 ? 'filled' : 'live', filled: n * 100 } as const;
      bench.book.reading([news], [fill], bench.clock.now());
      await bench.pass(4_000);
    }
    await bench.pass(20_000);
    expect(shown()).toEqual({ cash: bench.broker.cash, amount: 1800, price: 10 });
    expect(codes()).toEqual([]);
  });

  it.each([300, 100])(
    'which the list of orders shows open still: what of 300 is paid is not held again (%d)',
    async (bought) => {
      const open = aBrokerOrder({
        orderId: 'theirs',
        remark: '',
        amount: 300,
        limitPrice: 11,
        status: 'open',
        filled: 0,
      });
      lists.shown = { ...lists.shown, orders: [open] };
      lists.traded({ amount: bought, price: 10, orderId: 'theirs' });
      hold(1000 + bought);
      const paid = bought * 10 + 5;
      const rest = (300 - bought) * 11;
      bench.broker.cash -= paid;
      const account = bench.broker.accountNow.bind(bench.broker);
      bench.broker.accountNow = () => {
        const { availableCash, ...figures } = account();
        return { ...figures, availableCash: availableCash - rest, frozenCash: rest };
      };
      await bench.pass(40_000);
      expect(await parts.reader.refresh()).toBe(true);
      const cash = parts.account.view()?.availableCash ?? 0;
      expect(Math.abs(cash - (100_000 - paid - rest))).toBeLessThan(1);
    },
  );

  it('are not who traded for an order that an answer has named as ours since the lists were read', async () => {
    bench.broker.held = [aHolding(1000, { closeableAmount: 1000 })];
    await bench.pass(40_000);
    // The list was read before the broker told the order's id.
    lists.traded({ side: 'sell', amount: 200, orderId: '7' });
    lists.onRead = () => false;
    bench.accepted({ side: 'sell', amount: 200 });
    bench.broker.held = [aHolding(800, { closeableAmount: 800 })];
    bench.broker.cash += 2000;
    await bench.pass(10_000);
    expect(parts.account.view()?.positions).toEqual([expect.objectContaining({ amount: 1000, closeableAmount: 800 })]);
    lists.onRead = () => {
      const fill = aFill({ amount: 200, commission: 0, tax: 0 });
      bench.book.reading([{ clientId: 'c1', event: 'filled', filled: 200 }], [fill], bench.clock.now());
      lists.shown = NO_OTHERS;
      return true;
    };
    await bench.pass(10_000);
    expect(parts.account.view()?.positions).toEqual([expect.objectContaining({ amount: 800, closeableAmount: 800 })]);
  });

  it('whose trades the list does not show are believed when the broker insists', async () => {
    hold(1300);
    bench.broker.cash -= 3000;
    await bench.pass(60_000);
    expect(shown()).toEqual({ cash: 97_000, amount: 1300, price: 10 });
    expect(bench.said('Positions changed outside this strategy', 'warning')).toBe(1);
  });

  it('of whom nothing can be told: the prices are of now, and the rest is an alarm within a minute', async () => {
    for (let n = 1; n <= 60; n += 1) {
      hold(1000 + n * 100, 8);
      await bench.pass(2_000);
      void parts.reader.refresh();
    }
    expect(shown()).toEqual({ cash: 100_000, amount: 1000, price: 8 });
    expect(codes()).toEqual(['ACCOUNT_STALE']);
    const [alarm] = bench.happened.filter(({ kind }) => kind === 'alarm');
    expect(alarm).toMatchObject({ alarm: { text: expect.stringContaining('2026-07-06 09:35:00') } });
    await bench.pass(60_000);
    expect(shown()).toMatchObject({ amount: 7000 });
    expect(bench.happened.filter(({ kind }) => kind === 'all_clear')).toHaveLength(1);
  });
});
