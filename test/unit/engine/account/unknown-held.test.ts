import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aHolding } from '../../domain/order/builders.ts';
import { aBrokerOrder, Bench } from '../orders/rows.ts';
import { accountParts, ScriptedLists, type AccountParts } from './parts.ts';

const MONEY = 5_005.05;

let bench: Bench;
let lists: ScriptedLists;
let parts: AccountParts;
beforeEach(() => {
  bench = new Bench();
  lists = new ScriptedLists();
  parts = accountParts(bench, { lists });
  bench.broker.held = [aHolding(1000)];
});
afterEach(async () => {
  await parts.reader.stop();
  bench.close();
});

/** The counter holds so much money. */
function freeze(money: number): void {
  const figures = { ...bench.broker.accountNow(), availableCash: bench.broker.cash - money, frozenCash: money };
  bench.broker.accountNow = () => figures;
}

async function read(): Promise<void> {
  await bench.pass(3_000);
  expect(await parts.reader.refresh()).toBe(true);
}

const unknown = (side: 'buy' | 'sell', amount = 500): void => {
  bench.hold({ state: 'unknown', side, amount, sentAt: bench.clock.now() });
};
const becomes = (event: 'live' | 'not_placed' | 'canceled'): void => {
  const brokerOrderId = event === 'not_placed' ? {} : { brokerOrderId: '7' };
  bench.book.news({ clientId: 'c1', event, ...brokerOrderId }, bench.clock.now());
};
const cash = (): number => parts.account.view()?.availableCash ?? 0;
const closeable = (): number => parts.account.view()?.positions[0]?.closeableAmount ?? 0;

describe('an order of unknown fate whose money the counter holds already', () => {
  beforeEach(async () => {
    unknown('buy');
    freeze(MONEY);
    await read();
  });

  it('is taken off once when it is found', () => {
    becomes('live');
    expect(cash()).toBeCloseTo(100_000 - MONEY, 1);
  });

  it('gives it back when it is cancelled', () => {
    becomes('canceled');
    expect(cash()).toBeCloseTo(100_000, 1);
  });
});

describe('an order of unknown fate of which the counter holds nothing', () => {
  it('reserves its money until it is known not to have been placed', async () => {
    unknown('buy');
    await read();
    expect(cash()).toBeCloseTo(100_000 - MONEY, 1);
    becomes('not_placed');
    expect(cash()).toBe(100_000);
  });

  it('gives nothing back of what an open buy of others holds', async () => {
    unknown('buy');
    lists.shown = {
      trades: [],
      orders: [aBrokerOrder({ orderId: 'theirs', remark: '', amount: 500, limitPrice: 10 })],
    };
    freeze(MONEY);
    await read();
    expect(cash()).toBeCloseTo(100_000 - 2 * MONEY, 1);
    becomes('not_placed');
    expect(cash()).toBeCloseTo(100_000 - MONEY, 1);
  });
});

describe('a sell of unknown fate', () => {
  it('whose shares the counter holds already is taken off once when it is found', async () => {
    unknown('sell');
    bench.broker.held = [aHolding(1000, { closeableAmount: 500 })];
    await read();
    becomes('live');
    expect(closeable()).toBe(500);
  });

  it('reserves its shares where what cannot be sold was bought today', async () => {
    unknown('sell');
    lists.traded({ amount: 500 });
    bench.broker.held = [aHolding(1000, { closeableAmount: 500 })];
    await read();
    expect(closeable()).toBe(0);
    becomes('not_placed');
    expect(closeable()).toBe(500);
  });
});

describe('a lend of unknown fate', () => {
  const LENT = 50_000.5;
  beforeEach(() => {
    const lend = { security: '204001.XSHG', side: 'sell', price: 1.8, amount: 500 } as const;
    bench.hold({ state: 'unknown', ...lend, sentAt: bench.clock.now() });
  });

  it('of which the counter holds nothing yet reserves its money also when it is found', async () => {
    await read();
    expect(cash()).toBeCloseTo(100_000 - LENT, 0);
    becomes('live');
    expect(cash()).toBeCloseTo(100_000 - LENT, 0);
    becomes('canceled');
    expect(cash()).toBeCloseTo(100_000, 0);
  });

  it('whose money the counter holds already is taken off once when it is found', async () => {
    freeze(LENT);
    await read();
    becomes('live');
    expect(cash()).toBeCloseTo(100_000 - LENT, 0);
    becomes('canceled');
    expect(cash()).toBeCloseTo(100_000, 0);
  });
});
