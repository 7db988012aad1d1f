import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chinaInstant } from '../../../../src/domain/time.ts';
import type { BrokerPosition } from '../../../../src/domain/trading.ts';
import type { AccountProjection } from '../../../../src/engine/account/account-projection.ts';
import type { AccountReader } from '../../../../src/engine/account/account-reader.ts';
import { nextTurn } from '../../../../src/platform/turn.ts';
import { accountParts, ScriptedLists } from './parts.ts';
import { aHolding } from '../../domain/order/builders.ts';
import { aBrokerOrder, aFill, Bench, DAY, deferred, SENT_AT, type Deferred } from '../orders/rows.ts';

let bench: Bench;
let reader: AccountReader;
let account: AccountProjection;
let lists: ScriptedLists;
let versions: number[];
let reads: number;
/** Position lists asked for and not answered yet, when a test holds them back. */
let held: Deferred<readonly BrokerPosition[]>[];
let holdBack: boolean;

beforeEach(() => {
  bench = new Bench();
  [versions, reads, held, holdBack] = [[], 0, [], false];
  bench.broker.positions = () => {
    reads += 1;
    if (bench.broker.readsFail) return Promise.reject(new Error('the link is down'));
    if (!holdBack) return Promise.resolve([...bench.broker.held]);
    const list = deferred<readonly BrokerPosition[]>();
    held.push(list);
    return list.promise;
  };
  lists = new ScriptedLists();
  ({ reader, account } = accountParts(bench, { lists }));
  bench.events.on((event) => {
    if (event.kind === 'account') versions.push(event.version);
  });
});
afterEach(async () => {
  for (const list of held) list.resolve([]);
  await reader.stop();
  bench.close();
});

/** Long enough for a snapshot to count after a change of ours. */
const SETTLED = 3_000;

/** What buying 1,000 at 10.00 costs beside its money: an order reserves it too. */
const FEES = 5.1;

const held000001 = (): number | undefined => account.view()?.positions[0]?.amount;

/** A fill of our own that the ledger has; what the broker's account says is the test's business. */
function fill(amount = 100): void {
  bench.book.reading(
    [{ clientId: 'c1', event: 'filled', filled: amount }],
    [aFill({ amount, commission: 5 })],
    bench.clock.now(),
  );
}

describe('the first reading', () => {
  it('is the truth, and before it there is nothing', async () => {
    bench.broker.held = [aHolding(300)];
    expect(account.view()).toBeNull();
    expect(reader.age()).toBe(Number.POSITIVE_INFINITY);
    expect(await reader.refresh()).toBe(true);
    expect(account.view()).toMatchObject({ availableCash: 100_000, totalValue: 103_000, startingCash: 103_000 });
    expect(held000001()).toBe(300);
    await bench.clock.walk(SENT_AT + 7_000);
    expect(reader.age()).toBe(7_000);
  });

  it('A4-11: a read that fails leaves everything as it was, however often', async () => {
    bench.broker.held = [aHolding(300)];
    await reader.refresh();
    reader.start();
    bench.broker.readsFail = true;
    expect(await reader.refresh()).toBe(false);
    await bench.pass(120_000);
    expect(held000001()).toBe(300);
    expect(bench.said('Could not read the account', 'warning')).toBeGreaterThan(2);
  });

  it('A4-11: an empty list of positions beside holdings of some worth is not whole', async () => {
    bench.broker.account = () =>
      Promise.resolve({
        accountId: null,
        availableCash: 1,
        totalValue: 3001,
        frozenCash: 0,
        transferableCash: null,
        marketValue: 3000,
      });
    expect(await reader.refresh()).toBe(false);
    expect(account.view()).toBeNull();
    bench.broker.held = [aHolding(0)];
    expect(await reader.refresh()).toBe(false);
    bench.broker.held = [aHolding(300)];
    expect(await reader.refresh()).toBe(true);
  });

  it('may have no holdings', async () => {
    expect(await reader.refresh()).toBe(true);
    expect(account.view()?.positions).toEqual([]);
  });
});

describe('a reading that own orders overtook', () => {
  it('is thrown away, and asked for again soon', async () => {
    await reader.refresh();
    reader.start();
    const intent = bench.accepted();
    await bench.pass(SETTLED);
    holdBack = true;
    const reading = reader.refresh();
    await nextTurn();
    bench.book.reading([{ clientId: intent.clientId, event: 'live', filled: 10 }], [], SENT_AT);
    held[0]?.resolve([aHolding(999)]);
    expect(await reading).toBe(false);
    expect(account.view()?.positions).toEqual([]);
    const before = reads;
    await bench.pass(SETTLED + 100);
    expect(reads).toBe(before + 1);
  });

  it('is not even asked for within 3 s of a change: snapshots lag behind what the counter did', async () => {
    await reader.refresh();
    bench.accepted({ side: 'sell', price: 9, amount: 300 });
    await bench.pass(SETTLED - 100);
    const before = reads;
    expect(await reader.refresh()).toBe(false);
    expect(reads).toBe(before);
    await bench.pass(100);
    expect(await reader.refresh()).toBe(true);
  });

  it('is taken after all when the changes never end', async () => {
    await reader.refresh();
    bench.accepted({ amount: 10_000 });
    const answers: boolean[] = [];
    for (let i = 1; i <= 20; i += 1) {
      bench.book.reading([{ clientId: 'c1', event: 'live', filled: i }], [], SENT_AT);
      await bench.pass(1_000);
      answers.push(await reader.refresh());
    }
    expect(answers.indexOf(true)).toBe(15);
  });

  it.each(['planned', 'sending', 'canceling'] as const)('also while one is %s', async (state) => {
    bench.hold({ state, ...(state === 'planned' ? {} : { sentAt: SENT_AT }) });
    await bench.pass(SETTLED);
    expect(await reader.refresh()).toBe(false);
    expect(account.view()).toBeNull();
  });

  it.each(['unknown', 'accepted', 'filled'] as const)('not while one is %s', async (state) => {
    bench.hold({ state, sentAt: SENT_AT });
    await bench.pass(SETTLED);
    expect(await reader.refresh()).toBe(true);
  });

  it('a cancel that is never confirmed does not freeze the account', async () => {
    bench.accepted({ state: 'canceling' });
    await bench.pass(SETTLED);
    expect(await reader.refresh()).toBe(false);
    await bench.pass(5_000);
    expect(await reader.refresh()).toBe(true);
  });

  it('freezes again for the next cancel', async () => {
    const answers: boolean[] = [];
    const look = async (ms: number): Promise<void> => {
      await bench.pass(ms);
      answers.push(await reader.refresh());
    };
    bench.accepted({ state: 'canceling' });
    await look(SETTLED);
    await look(5_000);
    bench.book.reading([{ clientId: 'c1', event: 'canceled' }], [], SENT_AT);
    await look(SETTLED);
    bench.accepted({ clientId: 'c2', orderId: 'o2', tag: 'bbbbbbbb', brokerOrderId: '8', state: 'canceling' });
    await look(SETTLED);
    expect(answers).toEqual([false, true, true, false]);
  });
});

describe('own fills', () => {
  it('show at once, and stay until a snapshot holds them: snapshots lag behind', async () => {
    await reader.refresh();
    reader.start();
    bench.accepted();
    fill();
    expect(account.view()).toMatchObject({ availableCash: 98_995, totalValue: 99_995 });
    expect(account.view()?.positions[0]).toMatchObject({ amount: 100, closeableAmount: 0, todayAmount: 100 });
    await bench.pass(3_000);
    expect(held000001()).toBe(100);
    expect(account.view()?.availableCash).toBe(98_995);
    // The broker's own figures, once it has them.
    bench.broker.cash = 98_994.5;
    bench.broker.held = [aHolding(100, { closeableAmount: 0 })];
    await bench.pass(5_000);
    expect(account.view()).toMatchObject({ availableCash: 98_994.5 });
    expect(held000001()).toBe(100);
    const before = reads;
    await bench.pass(10_000);
    expect(reads - before).toBeLessThanOrEqual(1);
  });

  it('estimate the fees when the broker tells none', async () => {
    await reader.refresh();
    bench.accepted();
    bench.book.reading([], [aFill({ commission: 0, tax: 0 })], SENT_AT);
    expect(account.view()?.availableCash).toBeLessThan(99_000);
  });

  it('that came before the first snapshot are in it', async () => {
    bench.accepted();
    fill();
    bench.broker.cash = 98_995;
    bench.broker.held = [aHolding(100)];
    await bench.pass(SETTLED);
    await reader.refresh();
    expect(account.view()).toMatchObject({ availableCash: 98_995 });
    expect(held000001()).toBe(100);
  });

  it('filled and not listed as a trade yet: neither cash nor holding are free meanwhile', async () => {
    await reader.refresh();
    bench.accepted({ amount: 1000 });
    bench.book.reading([{ clientId: 'c1', event: 'filled', filled: 1000 }], [], SENT_AT);
    expect(account.view()).toMatchObject({ availableCash: 90_000 - FEES, lockedCash: 10_000 + FEES });
  });

  it('every change is a new version', async () => {
    await reader.refresh();
    bench.accepted();
    fill();
    expect(versions.length).toBeGreaterThan(0);
    expect(new Set(versions).size).toBe(versions.length);
    expect(versions).toEqual(versions.toSorted((a, b) => a - b));
  });
});

describe('what an order holds back', () => {
  it('of unknown fate: money and shares that it may have taken, whatever the snapshot says', async () => {
    bench.broker.held = [aHolding(1000)];
    bench.hold({ state: 'unknown', sentAt: SENT_AT, amount: 1000 });
    bench.hold({ clientId: 'c2', orderId: 'o2', tag: 'bbbbbbbb', state: 'unknown', sentAt: SENT_AT, side: 'sell' });
    await bench.pass(SETTLED);
    await reader.refresh();
    expect(account.view()).toMatchObject({ availableCash: 90_000 - FEES });
    expect(account.view()?.positions[0]).toMatchObject({ amount: 1000, closeableAmount: 900 });
    for (const clientId of ['c1', 'c2']) bench.book.news({ clientId, event: 'not_placed' }, SENT_AT);
    expect(account.view()).toMatchObject({ availableCash: 100_000 });
    expect(account.view()?.positions[0]).toMatchObject({ closeableAmount: 1000 });
  });

  it('of unknown fate while it was read, and found since: what the reading held is not taken off twice', async () => {
    bench.broker.held = [aHolding(1000)];
    bench.hold({ state: 'unknown', sentAt: SENT_AT, amount: 1000 });
    bench.hold({ clientId: 'c2', orderId: 'o2', tag: 'bbbbbbbb', state: 'unknown', sentAt: SENT_AT, side: 'sell' });
    bench.broker.book.push(aBrokerOrder({ amount: 1000 }));
    bench.broker.held = [aHolding(1000, { closeableAmount: 900 })];
    await bench.pass(SETTLED);
    await reader.refresh();
    expect(account.view()).toMatchObject({ availableCash: 80_000 - FEES });
    bench.book.reading([{ clientId: 'c1', event: 'live', brokerOrderId: '7' }], [], SENT_AT);
    bench.book.reading([{ clientId: 'c2', event: 'live', brokerOrderId: '8' }], [], SENT_AT);
    expect(account.view()).toMatchObject({ availableCash: 90_000 });
    expect(account.view()?.positions[0]).toMatchObject({ amount: 1000, closeableAmount: 900 });
    bench.book.reading([{ clientId: 'c1', event: 'canceled' }], [], SENT_AT);
    bench.book.reading([{ clientId: 'c2', event: 'canceled' }], [], SENT_AT);
    expect(account.view()).toMatchObject({ availableCash: 100_000 });
    expect(account.view()?.positions[0]).toMatchObject({ closeableAmount: 1000 });
  });

  it('accepted: the snapshot has it already', async () => {
    bench.accepted({ amount: 1000 });
    bench.broker.book.push(aBrokerOrder({ amount: 1000 }));
    await bench.pass(SETTLED);
    await reader.refresh();
    expect(account.view()).toMatchObject({ availableCash: 90_000 });
    bench.book.reading([{ clientId: 'c1', event: 'canceled' }], [], SENT_AT);
    expect(account.view()).toMatchObject({ availableCash: 100_000 });
  });

  it('at its end the broker is asked soon', async () => {
    bench.accepted({ amount: 1000 });
    // The broker has already let go of the 10,000, and our list of orders does not say so yet.
    await bench.pass(SETTLED);
    await reader.refresh();
    reader.start();
    expect(account.view()?.availableCash).toBe(90_000 - FEES);
    bench.book.reading([{ clientId: 'c1', event: 'canceled' }], [], SENT_AT);
    // No more is given back than the reading held.
    expect(account.view()?.availableCash).toBe(100_000);
    const before = reads;
    await bench.pass(SETTLED + 100);
    expect(reads).toBeGreaterThan(before);
    expect(account.view()?.availableCash).toBe(100_000);
  });
});

describe('positions changed outside', () => {
  beforeEach(async () => {
    bench.broker.held = [aHolding(300)];
    await reader.refresh();
    bench.broker.held = [aHolding(100)];
  });

  it('are believed after three equal readings 5 s apart, and said', async () => {
    const answers: boolean[] = [];
    for (let i = 0; i < 3; i += 1) {
      answers.push(await reader.refresh());
      if (i < 2) await bench.pass(5_000);
    }
    expect(answers).toEqual([false, false, true]);
    expect([held000001(), reader.disputed().size]).toEqual([100, 0]);
    expect(bench.said(/Positions changed outside this strategy: expected 000001.XSHE 300/, 'warning')).toBe(1);
  });

  it('are believed too while an own order in the same security goes on being filled', async () => {
    bench.accepted({ amount: 300 });
    await bench.pass(SETTLED);
    expect(await reader.refresh()).toBe(false);
    fill(100);
    bench.broker.held = [aHolding(200)];
    await bench.pass(5_000);
    expect(await reader.refresh()).toBe(false);
    await bench.pass(5_000);
    expect(await reader.refresh()).toBe(true);
    expect(held000001()).toBe(200);
  });

  it('not by readings that may lag behind fills of ours', async () => {
    bench.accepted({ amount: 300 });
    const answers: boolean[] = [];
    // Something of ours moves each second, so that no snapshot is settled; after 15 s they are taken all the same.
    for (let i = 0; i < 60; i += 1) {
      bench.book.news({ clientId: 'c1', event: 'live', reason: `change ${i}` }, bench.clock.now());
      await bench.pass(1_000);
      answers.push(await reader.refresh());
    }
    expect(answers).not.toContain(true);
    expect(reader.disputed()).toEqual(new Set(['000001.XSHE']));
    await bench.pass(SETTLED);
    for (let i = 0; i < 3; i += 1) {
      answers.push(await reader.refresh());
      await bench.pass(5_000);
    }
    expect(answers.at(-1)).toBe(true);
  });

  it('not after three readings at once', async () => {
    expect(reader.disputed()).toEqual(new Set());
    for (let i = 0; i < 10; i += 1) expect(await reader.refresh()).toBe(false);
    expect(reader.disputed()).toEqual(new Set(['000001.XSHE']));
    await bench.pass(5_000);
    expect(await reader.refresh()).toBe(false);
    expect(held000001()).toBe(300);
  });

  it('not when they go on changing', async () => {
    for (let i = 0; i < 6; i += 1) {
      bench.broker.held = [aHolding(100 + i)];
      expect(await reader.refresh()).toBe(false);
      await bench.pass(5_000);
    }
  });

  it('not when what we expect is seen in between', async () => {
    await reader.refresh();
    await bench.pass(5_000);
    await reader.refresh();
    bench.broker.held = [aHolding(300)];
    await bench.pass(5_000);
    expect(await reader.refresh()).toBe(true);
    bench.broker.held = [aHolding(100)];
    await bench.pass(5_000);
    expect(await reader.refresh()).toBe(false);
  });

  it('by itself within 15 s once it reads', async () => {
    reader.start();
    await reader.refresh();
    await bench.pass(11_000);
    expect(held000001()).toBe(100);
  });
});

describe('readings', () => {
  beforeEach(async () => {
    await reader.refresh();
    reads = 0;
  });

  it('start after the call that asks for one, and never overlap', async () => {
    holdBack = true;
    const first = reader.refresh();
    const second = reader.refresh();
    const third = reader.refresh();
    await nextTurn();
    expect(reads).toBe(1);
    held[0]?.resolve([]);
    await first;
    await nextTurn();
    expect(reads).toBe(2);
    held[1]?.resolve([aHolding(5)]);
    expect(await Promise.all([second, third])).toEqual([false, false]);
    expect(reads).toBe(2);
  });

  it('come each 30 s, and end with stop', async () => {
    reader.start();
    await bench.pass(95_000);
    expect(reads).toBe(3);
    await reader.stop();
    await bench.pass(95_000);
    expect(reads).toBe(3);
    expect(await reader.refresh()).toBe(false);
  });

  it('the night makes today’s shares sellable when the broker says so', async () => {
    reader.forget();
    bench.broker.held = [aHolding(100, { closeableAmount: 0 })];
    await reader.refresh();
    await bench.clock.walk(chinaInstant('2026-07-07', '08:45:00'));
    bench.broker.held = [aHolding(100)];
    await reader.refresh();
    expect(account.view()?.positions[0]).toMatchObject({ closeableAmount: 100, todayAmount: 0 });
    expect(DAY).not.toBe('2026-07-07');
  });
});

describe('what was not expected', () => {
  it('is taken only when a second reading says the same', async () => {
    bench.broker.held = [aHolding(300)];
    const lists = [[aHolding(300)], [], [aHolding(300)], [aHolding(300)]];
    bench.broker.positions = () => Promise.resolve(lists.shift() ?? []);
    expect(await reader.refresh()).toBe(false);
    expect(await reader.refresh()).toBe(true);
    expect(held000001()).toBe(300);
  });

  it('is not taken when the second one lets other shares be sold: one of them is of yesterday', async () => {
    bench.broker.held = [aHolding(300)];
    const stale = aHolding(300, { closeableAmount: 0 });
    const lists = [[stale], [aHolding(300)], [aHolding(300)], [aHolding(300)]];
    bench.broker.positions = () => Promise.resolve(lists.shift() ?? []);
    expect(await reader.refresh()).toBe(false);
    expect(await reader.refresh()).toBe(true);
    expect(account.view()?.positions[0]).toMatchObject({ amount: 300, closeableAmount: 300 });
  });

  it('is not taken when our own lists, made after it, cannot be read or show something new', async () => {
    let answer = false;
    lists.onRead = () => {
      if (answer && bench.book.intent('c1').state === 'accepted') fill();
      return answer;
    };
    bench.accepted();
    bench.broker.held = [aHolding(100)];
    await bench.pass(SETTLED);
    expect(await reader.refresh()).toBe(false);
    answer = true;
    expect(await reader.refresh()).toBe(false);
    await bench.pass(SETTLED);
    expect(await reader.refresh()).toBe(true);
    expect(held000001()).toBe(100);
  });
});

describe('forget', () => {
  it('takes the next reading for the truth', async () => {
    bench.broker.held = [aHolding(300)];
    await reader.refresh();
    reader.forget();
    expect(account.view()).toBeNull();
    bench.broker.held = [aHolding(7)];
    expect(await reader.refresh()).toBe(true);
    expect(held000001()).toBe(7);
  });
});
