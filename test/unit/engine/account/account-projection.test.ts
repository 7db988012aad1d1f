import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chinaInstant } from '../../../../src/domain/time.ts';
import type { AccountView, PositionView } from '../../../../src/domain/order/types.ts';
import type { PositionScope } from '../../../../src/engine/account/scope.ts';
import { aHolding } from '../../domain/order/builders.ts';
import { aBrokerOrder, aFill, Bench, DAY, SENT_AT } from '../orders/rows.ts';
import { accountParts, ScriptedLists, type AccountParts } from './parts.ts';

const STOCK = '000001.XSHE';
/** Sold on the day it was bought. */
const GOLD = '518880.XSHG';
const SETTLED = 3_000;

let bench: Bench;
let lists: ScriptedLists;
let parts: AccountParts;
let scope: PositionScope;

function begin(): void {
  lists = new ScriptedLists();
  parts = accountParts(bench, { lists, scope: () => scope });
}

beforeEach(() => {
  bench = new Bench();
  scope = 'all';
  begin();
});
afterEach(async () => {
  await parts.reader.stop();
  bench.close();
});

function view(): AccountView {
  const now = parts.account.view();
  if (now === null) throw new Error('nothing has been read');
  return now;
}

const position = (security = STOCK): PositionView | undefined =>
  view().positions.find((held) => held.security === security);

/** A reading that is believed, a while after whatever happened. */
async function read(ms = SETTLED): Promise<void> {
  await bench.pass(ms);
  expect(await parts.reader.refresh()).toBe(true);
}

/** The process dies and starts again on that day and time. */
async function restart(day = DAY, time = '10:00:00'): Promise<void> {
  await parts.reader.stop();
  await bench.clock.walk(chinaInstant(day, time));
  bench.reopen().restore(day, bench.clock.now());
  begin();
}

/** An order of ours that is filled, in our book and (with `there`) in the broker's account. */
function filled(id: string, amount: number, change: { side?: 'buy' | 'sell'; security?: string } = {}): void {
  const { side = 'buy', security = STOCK } = change;
  const clientId = `c${id}`;
  bench.accepted({ clientId, orderId: `o${id}`, tag: `aaaaaaa${id}`, brokerOrderId: id, amount, side, security });
  const fill = aFill({ clientId, brokerOrderId: id, amount, time: bench.clock.now(), commission: 5, tax: 0 });
  bench.book.reading([{ clientId, event: 'filled', filled: amount }], [fill], bench.clock.now());
}

it('a holding that nobody here ever traded is looked for in all fills of the ledger once, not at each reading', async () => {
  let asked = 0;
  const { ledger } = bench;
  const lastTrade = ledger.lastTrade.bind(ledger);
  ledger.lastTrade = (security) => {
    asked += 1;
    return lastTrade(security);
  };
  bench.broker.held = [aHolding(1000)];
  for (let reading = 0; reading < 5; reading += 1) await read();
  expect(asked).toBe(1);
  // A person may have told of a fill of an earlier day.
  parts.account.rescope();
  await read();
  expect(asked).toBe(2);
});

describe('what is his', () => {
  it('D+freqtrade#11494: shows and sells only what the ledger bought', async () => {
    scope = 'own';
    bench.broker.held = [aHolding(1000)];
    await read();
    expect(view()).toMatchObject({ positions: [], availableCash: 100_000, totalValue: 100_000 });
    filled('1', 200);
    bench.broker.held = [aHolding(1200)];
    bench.broker.cash -= 2005;
    expect(position()).toMatchObject({ amount: 200 });
    await read();
    expect(position()).toMatchObject({ amount: 200, closeableAmount: 0, value: 2_000 });
    expect(view().totalValue).toBe(99_995);
    scope = 'all';
    parts.account.rescope();
    expect([position()?.amount, view().totalValue]).toEqual([1200, 109_995]);
  });

  it('grows with a bonus overnight as the whole does, and stays so for later runs', async () => {
    scope = 'own';
    bench.broker.held = [aHolding(1000)];
    await read();
    filled('1', 1000);
    bench.broker.held = [aHolding(2000)];
    bench.broker.cash -= 10_005;
    await read();
    // The day's end is read: what differs the next morning is of the night.
    await bench.clock.walk(chinaInstant(DAY, '15:05:00'));
    await read();
    await restart('2026-07-07');
    bench.broker.held = [aHolding(4000, { lastPrice: 5, marketValue: 20_000 })];
    await read();
    expect(position()?.amount).toBe(2000);
    expect(bench.said('was 2000 at the end of the last trading day and is 4000 now', 'warning')).toBe(1);
    await restart('2026-07-07', '11:00:00');
    await read();
    expect(position()?.amount).toBe(2000);
    expect(bench.ledger.holdings('2026-07-07').get(STOCK)).toBe(2000);
  });
});

it('no night has changed what was bought in the second of the last reading, before the run died', async () => {
  scope = 'own';
  bench.broker.held = [aHolding(1000)];
  await read();
  filled('1', 200);
  await restart('2026-07-07');
  bench.broker.held = [aHolding(1200)];
  bench.broker.cash -= 2005;
  await read();
  expect(position()?.amount).toBe(200);
});

describe('a holding that grew while nobody looked', () => {
  it('is not his where the market has traded since it was last read: somebody else may have bought it', async () => {
    scope = 'own';
    await read();
    filled('1', 100);
    bench.broker.held = [aHolding(100)];
    bench.broker.cash -= 1_005;
    await read();
    await restart('2026-07-07');
    bench.broker.held = [aHolding(400)];
    await read();
    expect(position()?.amount).toBe(100);
    expect(bench.said(/was 100 when it was last read, before the close .* and is 400 now/, 'warning')).toBe(1);
    await read();
    expect(bench.said('was 100 when it was last read')).toBe(1);
  });
});

describe('since when a holding is held', () => {
  it('is the time of the buy, over snapshots and restarts', async () => {
    await read();
    const bought = bench.clock.now();
    filled('1', 200);
    expect(position()).toMatchObject({ initTime: bought, transactTime: bought });
    bench.broker.held = [aHolding(200)];
    bench.broker.cash -= 2005;
    await read();
    expect(position()).toMatchObject({ initTime: bought, transactTime: bought });
    await restart();
    await read();
    expect(position()).toMatchObject({ initTime: bought, transactTime: bought });
    await restart('2026-07-08');
    await read();
    expect(position()).toMatchObject({ initTime: bought, transactTime: bought });
  });

  it('is when it was first seen, where nobody knows more', async () => {
    bench.broker.held = [aHolding(200)];
    await read();
    const seen = view().asOf;
    await restart('2026-07-08');
    await read();
    expect(position()).toMatchObject({ initTime: seen, transactTime: null });
  });

  it('begins anew when it was sold out in between', async () => {
    await read();
    filled('1', 200);
    await bench.pass(1_000);
    filled('2', 200, { side: 'sell' });
    await bench.pass(1_000);
    const again = bench.clock.now();
    filled('3', 200);
    expect(position()?.initTime).toBe(again);
    bench.broker.held = [aHolding(200)];
    bench.broker.cash -= 2015;
    await read();
    expect(position()).toMatchObject({ initTime: again, transactTime: again });
  });

  it('begins anew also where a reading saw that there was none of it', async () => {
    bench.broker.held = [aHolding(200)];
    await read();
    filled('1', 200, { side: 'sell' });
    bench.broker.held = [];
    bench.broker.cash += 1995;
    await read();
    const again = bench.clock.now();
    filled('2', 300);
    bench.broker.held = [aHolding(300)];
    bench.broker.cash -= 3005;
    await read();
    expect(position()).toMatchObject({ initTime: again });
  });
});

describe('shares bought today', () => {
  it('of what can be sold the same day are counted all the same', async () => {
    bench.broker.held = [aHolding(500, { security: GOLD })];
    await read();
    filled('1', 200, { security: GOLD });
    expect(position(GOLD)).toMatchObject({ amount: 700, closeableAmount: 700, todayAmount: 200 });
    bench.broker.held = [aHolding(700, { security: GOLD })];
    bench.broker.cash -= 2005;
    await read();
    expect(position(GOLD)).toMatchObject({ amount: 700, closeableAmount: 700, todayAmount: 200 });
    await restart();
    await read();
    expect(position(GOLD)).toMatchObject({ todayAmount: 200 });
    await restart('2026-07-07');
    await read();
    expect(position(GOLD)).toMatchObject({ amount: 700, todayAmount: 0 });
  });

  it('of others count where all of the account is his', async () => {
    bench.broker.held = [aHolding(500, { security: GOLD })];
    await read();
    lists.traded({ security: GOLD, amount: 300 });
    bench.broker.held = [aHolding(800, { security: GOLD })];
    bench.broker.cash -= 3000;
    await read();
    expect(position(GOLD)).toMatchObject({ amount: 800, todayAmount: 300 });
  });

  it('of others count once a reading holds them: what an own sell froze in it stays known', async () => {
    bench.broker.held = [aHolding(1000, { closeableAmount: 800 })];
    bench.broker.cash = 50_000;
    bench.accepted({ clientId: 'c1', brokerOrderId: '7', side: 'sell', amount: 200 });
    await read();
    expect(position()).toMatchObject({ amount: 1000, closeableAmount: 800, lockedAmount: 200 });
    lists.traded({ amount: 300 });
    const fill = aFill({ clientId: 'c1', brokerOrderId: '7', amount: 200, time: bench.clock.now() });
    bench.book.reading([{ clientId: 'c1', event: 'filled', filled: 200 }], [fill], bench.clock.now());
    expect(position()).toMatchObject({ amount: 800, closeableAmount: 800, todayAmount: 0 });
    bench.broker.held = [aHolding(1100, { closeableAmount: 800 })];
    bench.broker.cash -= 1005;
    await read();
    expect(position()).toMatchObject({ amount: 1100, closeableAmount: 800, todayAmount: 300 });
  });
});

describe('cash', () => {
  it('that can be transferred is never more than what is available', async () => {
    bench.accepted({ amount: 1000 });
    bench.broker.book.push(aBrokerOrder({ amount: 1000 }));
    await read();
    const { availableCash, transferableCash } = view();
    expect([availableCash, transferableCash]).toEqual([90_000, 90_000]);
  });

  it('pays the smallest commission once for all fills of one order', async () => {
    await read();
    bench.accepted({ amount: 1000 });
    for (let n = 1; n <= 10; n += 1) {
      const fill = aFill({ tradeId: `t${n}`, amount: 100, commission: 0, tax: 0 });
      bench.book.reading([{ clientId: 'c1', event: n === 10 ? 'filled' : 'live', filled: n * 100 }], [fill], SENT_AT);
    }
    expect(view()).toMatchObject({ availableCash: 100_000 - 10_000 - 5.1, totalValue: 99_994.9, lockedCash: 0 });
  });

  it('is not spent twice while the counter’s figure lags, and never more than there is', async () => {
    // A counter that freezes nothing, or 6 s late.
    bench.accepted({ amount: 1000 });
    await read();
    expect(view()).toMatchObject({ availableCash: 89_994.9, lockedCash: 10_005.1, totalValue: 100_000 });
    bench.book.reading([{ clientId: 'c1', event: 'canceled' }], [], SENT_AT);
    expect(view()).toMatchObject({ availableCash: 100_000, lockedCash: 0, totalValue: 100_000 });
  });

  it('that the counter holds is the counter’s figure, and all of it comes back', async () => {
    bench.accepted({ amount: 1000 });
    const account = {
      ...bench.broker.accountNow(),
      availableCash: 89_990,
      frozenCash: 10_010,
      totalValue: 100_000,
      marketValue: 0,
    };
    bench.broker.account = () => Promise.resolve(account);
    await read();
    expect(view()).toMatchObject({ availableCash: 89_990, lockedCash: 10_010, totalValue: 100_000 });
    bench.book.reading([{ clientId: 'c1', event: 'canceled' }], [], SENT_AT);
    expect(view()).toMatchObject({ availableCash: 100_000, lockedCash: 0, totalValue: 100_000 });
  });

  it('that others hold is theirs: it is locked, and stays so when an order of ours ends', async () => {
    bench.accepted({ amount: 1000 });
    const mine = aBrokerOrder({ amount: 1000 });
    const theirs = aBrokerOrder({ orderId: '8', remark: '', amount: 2000 });
    bench.broker.book.push(mine, theirs);
    lists.shown = { trades: [], orders: [theirs] };
    await read();
    expect(view()).toMatchObject({ availableCash: 70_000, lockedCash: 30_000 });
    bench.book.reading([{ clientId: 'c1', event: 'canceled' }], [], SENT_AT);
    // With the fees that theirs will cost, which this counter does not hold.
    expect(view()).toMatchObject({ availableCash: 79_993.8, lockedCash: 20_006.2 });
  });

  it('at the start is that of the instance’s first reading, in later runs too', async () => {
    await read();
    parts.state.beginLife({ at: 0, file: '/s.ts' }, 'h', { variables: [], settings: new Map() });
    await restart('2026-07-08');
    bench.broker.cash = 120_000;
    await read();
    expect(view()).toMatchObject({ startingCash: 100_000, availableCash: 120_000 });
  });
});

describe('a projection', () => {
  it('is computed once for each change, however often it is read', async () => {
    await read();
    const [first, second] = [parts.account.view(), parts.account.view()];
    expect(first).toBe(second);
    filled('1', 100);
    const third = view();
    expect(third.version).toBeGreaterThan(first?.version ?? 0);
    expect(parts.account.view()).toBe(third);
  });

  it('shows the price that was read last, also where the reading itself is not believed', async () => {
    bench.broker.held = [aHolding(1000)];
    await read();
    bench.broker.held = [aHolding(900, { lastPrice: 8, marketValue: 7200 })];
    expect(await parts.reader.refresh()).toBe(false);
    expect(position()).toMatchObject({ amount: 1000, price: 8, value: 8000 });
    expect(view().totalValue).toBe(108_000);
  });
});
