import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PositionScope } from '../../../../src/engine/account/scope.ts';
import { aHolding } from '../../domain/order/builders.ts';
import { aFill, Bench } from '../orders/rows.ts';
import { accountParts, ScriptedLists, type AccountParts } from './parts.ts';

const STOCK = '000001.XSHE';
const OTHER = '600000.XSHG';

let bench: Bench;
let lists: ScriptedLists;
let parts: AccountParts;
let scope: PositionScope;
beforeEach(() => {
  bench = new Bench();
  lists = new ScriptedLists();
  scope = 'all';
  begin();
  bench.broker.held = [aHolding(1000)];
});
afterEach(async () => {
  await parts.reader.stop();
  bench.close();
});

function begin(): void {
  parts = accountParts(bench, { lists, scope: () => scope });
}

/** The counter has executed it: its list of orders says so, its list of trades does not. */
function filled(side: 'buy' | 'sell', amount = 400, clientId = 'c1'): void {
  bench.accepted({
    clientId,
    orderId: `o${clientId}`,
    tag: `${clientId}aaaaaa`,
    brokerOrderId: clientId,
    side,
    amount,
  });
  bench.book.reading([{ clientId, event: 'filled', filled: amount }], [], bench.clock.now());
}

/** The list of trades shows it after all. */
function isListed(amount = 400, clientId = 'c1'): void {
  const fill = aFill({ clientId, brokerOrderId: clientId, tradeId: `t${clientId}`, amount, commission: 5 });
  bench.book.reading([], [fill], bench.clock.now());
}

/** What the counter's account shows of it. */
function holds(amount: number, cash: number, closeableAmount = amount): void {
  bench.broker.held = [aHolding(amount, { closeableAmount })];
  bench.broker.cash = cash;
}

async function begun(): Promise<void> {
  await parts.reader.refresh();
  parts.reader.start();
}

const shown = (): unknown => {
  const view = parts.account.view();
  const held = view?.positions.find(({ security }) => security === STOCK);
  return { cash: view?.availableCash, amount: held?.amount, closeable: held?.closeableAmount };
};
const outside = (): number => bench.said('Positions changed outside');

describe('a fill that no list of trades shows', () => {
  it('of a buy: is held until a reading shows its shares, and no longer', async () => {
    await begun();
    filled('buy');
    await bench.pass(60_000);
    expect(shown()).toEqual({ cash: 100_000 - 4_005.04, amount: 1000, closeable: 1000 });
    holds(1400, 95_995, 1000);
    await bench.pass(60_000);
    expect(shown()).toEqual({ cash: 95_995, amount: 1400, closeable: 1000 });
    expect(outside()).toBe(0);
  });

  it('of a sell: binds its shares until a reading lacks them, and no longer', async () => {
    await begun();
    filled('sell');
    await bench.pass(20_000);
    expect(shown()).toEqual({ cash: 100_000, amount: 1000, closeable: 600 });
    holds(600, 103_995);
    await bench.pass(60_000);
    expect(shown()).toEqual({ cash: 103_995, amount: 600, closeable: 600 });
    expect(outside()).toBe(0);
  });

  it('counts once when it is listed after a reading has shown it', async () => {
    await begun();
    filled('buy');
    holds(1400, 95_995, 1000);
    await bench.pass(60_000);
    isListed();
    const now = { cash: 95_995, amount: 1400, closeable: 1000 };
    expect(shown()).toEqual(now);
    await bench.pass(60_000);
    expect(shown()).toEqual(now);
    expect(outside()).toBe(0);
  });

  it('is no reason to believe less: what else has changed is said', async () => {
    await begun();
    filled('buy');
    holds(1700, 95_995, 1300);
    await bench.pass(60_000);
    expect(shown()).toEqual({ cash: 95_995, amount: 1700, closeable: 1300 });
    expect(bench.said(`expected ${STOCK} 1400, the broker has ${STOCK} 1700`, 'warning')).toBe(1);
  });

  it('stays held where the account changes in something else', async () => {
    await begun();
    filled('buy');
    bench.broker.held = [aHolding(1000), aHolding(100, { security: OTHER })];
    await bench.pass(60_000);
    expect(shown()).toEqual({ cash: 100_000 - 4_005.04, amount: 1000, closeable: 1000 });
    expect(outside()).toBe(1);
  });

  it('of two, the one that a reading shows is held no more', async () => {
    await begun();
    filled('buy', 400);
    filled('buy', 300, 'c2');
    holds(1400, 95_995, 1000);
    await bench.pass(60_000);
    expect(shown()).toEqual({ cash: 95_995 - 3_005.03, amount: 1400, closeable: 1000 });
    holds(1700, 92_990, 1000);
    await bench.pass(60_000);
    expect(shown()).toEqual({ cash: 92_990, amount: 1700, closeable: 1000 });
  });

  it('with own: is his from the reading that shows it on, listed later or never, and not to be sold today', async () => {
    scope = 'own';
    await begun();
    filled('buy');
    holds(1400, 95_995, 1000);
    await bench.pass(60_000);
    const now = { cash: 95_995, amount: 400, closeable: 0 };
    expect(shown()).toEqual(now);
    isListed();
    expect(shown()).toEqual(now);
    await bench.pass(60_000);
    expect(shown()).toEqual(now);
  });
});

describe('the first reading of a run', () => {
  it('waits for the list of trades: what it shows later would be counted twice', async () => {
    filled('buy');
    holds(1400, 95_995, 1000);
    await bench.pass(3_000);
    expect(await parts.reader.refresh()).toBe(false);
    isListed();
    await bench.pass(3_000);
    expect(await parts.reader.refresh()).toBe(true);
    expect(shown()).toEqual({ cash: 95_995, amount: 1400, closeable: 1000 });
  });

  it('waits no longer than a counter lags, and contains it then', async () => {
    filled('buy');
    holds(1400, 95_995, 1000);
    await bench.pass(10_000);
    expect(await parts.reader.refresh()).toBe(true);
    const now = { cash: 95_995, amount: 1400, closeable: 1000 };
    expect(shown()).toEqual(now);
    isListed();
    expect(shown()).toEqual(now);
  });

  it('does not wait for an order that goes on being filled', async () => {
    bench.accepted({ amount: 400 });
    bench.book.reading([{ clientId: 'c1', event: 'live', filled: 100 }], [], bench.clock.now());
    await bench.pass(3_000);
    expect(await parts.reader.refresh()).toBe(true);
  });
});
