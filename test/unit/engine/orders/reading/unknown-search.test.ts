import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UnknownSearch } from '../../../../../src/engine/orders/reading/unknown-search.ts';
import { nextTurn } from '../../../../../src/platform/turn.ts';
import { chinaInstant } from '../../../../../src/domain/time.ts';
import { Bench, SENT_AT } from '../rows.ts';

let bench: Bench;
let search: UnknownSearch;
/** Wall ms at which the lists were read. */
let reads: number[];
let read: () => Promise<boolean>;

beforeEach(() => {
  bench = new Bench();
  reads = [];
  read = () => Promise.resolve(true);
  search = new UnknownSearch({
    broker: bench.broker,
    book: bench.book,
    clock: bench.clock,
    timers: bench.timers,
    events: bench.events,
    read: () => {
      reads.push(bench.timers.monotonic());
      return read();
    },
  });
});
afterEach(() => {
  search.stop();
  bench.close();
});

function lose(answered: boolean, id = '1'): void {
  bench.hold({ clientId: `c${id}`, orderId: `o${id}`, tag: `aaaaaaa${id}`, state: 'unknown', sentAt: SENT_AT });
  search.add(`c${id}`, answered);
}

const state = (): string => bench.book.intent('c1').state;

/** Whole readings without the order, as often as the tracker makes them. */
async function absent(ms: number, every = 1_000): Promise<void> {
  for (let passed = 0; passed < ms; passed += every) {
    await search.absent(['c1']);
    await bench.pass(every);
  }
}

describe('searching', () => {
  it('looks after 0.5, 1, 2, 5, 10 s, then each 30 s', async () => {
    lose(false);
    await bench.pass(80_000);
    expect(reads).toEqual([500, 1_000, 2_000, 5_000, 10_000, 40_000, 70_000]);
  });

  it('alarms at 10 s, once, also while the reading itself hangs', async () => {
    read = () => new Promise(() => undefined);
    lose(false);
    await bench.pass(9_950);
    expect(bench.said('ALARM')).toBe(0);
    await bench.pass(50);
    expect(bench.said(/ALARM: The fate of order bt:k3v9x0aa \(000001.XSHE\)/, 'error')).toBe(1);
    await bench.pass(60_000);
    expect(bench.said('ALARM')).toBe(1);
  });

  it('ends when the order is settled, without an alarm', async () => {
    lose(false);
    await bench.pass(3_000);
    bench.book.news({ clientId: 'c1', event: 'live', brokerOrderId: '7' }, SENT_AT);
    await bench.pass(60_000);
    expect([reads.length, bench.said('ALARM')]).toEqual([3, 0]);
  });

  it('ends with the day: no list shows the order any more', async () => {
    lose(false);
    await bench.clock.walk(chinaInstant('2026-07-07', '08:00:00'));
    await bench.pass(80_000);
    expect([reads, bench.said('ALARM')]).toEqual([[500], 0]);
  });

  it('makes the venue come back quickly until the last order is settled', () => {
    const asked: boolean[] = [];
    bench.broker.setUrgent = (urgent) => asked.push(urgent);
    lose(false);
    lose(false, '2');
    bench.book.news({ clientId: 'c1', event: 'live', brokerOrderId: '7' }, SENT_AT);
    expect(asked).toEqual([true, true]);
    bench.book.news({ clientId: 'c2', event: 'live', brokerOrderId: '8' }, SENT_AT);
    expect(asked).toEqual([true, true, false]);
  });

  it('goes on while readings fail, and for each order by itself', async () => {
    read = () => Promise.resolve(false);
    lose(false);
    await bench.pass(5_000);
    lose(false, '2');
    await bench.pass(10_000);
    expect(reads).toEqual([500, 1_000, 2_000, 5_000, 5_500, 6_000, 7_000, 10_000, 10_000, 15_000]);
    expect(bench.said('ALARM')).toBe(2);
  });

  it('at once when the link is back, if there is anything to look for', async () => {
    await search.searchNow();
    expect(reads).toEqual([]);
    lose(false);
    await search.searchNow();
    expect(reads).toEqual([0]);
  });

  it('ends with stop', async () => {
    lose(false);
    search.stop();
    lose(false, '2');
    await bench.pass(60_000);
    expect([reads, bench.said('ALARM')]).toEqual([[], 0]);
  });
});

describe('absence', () => {
  it('nautilus#4958: is no evidence by itself, however long', async () => {
    lose(false);
    await absent(300_000, 10_000);
    expect(state()).toBe('unknown');
  });

  it('ends as NOT PLACED after an answered error and two whole lists 10 s apart', async () => {
    lose(true);
    await absent(10_000);
    expect(state()).toBe('unknown');
    await search.absent(['c1']);
    expect(bench.book.intent('c1')).toMatchObject({
      state: 'not_placed',
      reason: 'answered with an error; two whole lists do not show it',
    });
    expect(bench.book.doubtful().size).toBe(0);
    expect(bench.said(': not placed: ', 'warning')).toBe(1);
  });

  it('one list is not two', async () => {
    lose(true);
    await bench.pass(60_000);
    await search.absent(['c1']);
    expect(state()).toBe('unknown');
  });

  it('lists of a back end that is not ready do not count, at either end', async () => {
    bench.broker.backendReady = false;
    lose(true);
    await absent(30_000);
    bench.broker.backendReady = true;
    await absent(10_000);
    expect(state()).toBe('unknown');
    bench.broker.backendReady = false;
    await search.absent(['c1']);
    bench.broker.backendReady = true;
    await absent(10_000);
    expect(state()).toBe('unknown');
    await search.absent(['c1']);
    expect(state()).toBe('not_placed');
  });

  it('nor those of a venue that does not answer', async () => {
    lose(true);
    bench.broker.readsFail = true;
    await absent(30_000);
    expect(state()).toBe('unknown');
  });

  it('that the order itself overtakes is none', async () => {
    lose(true);
    await absent(10_000);
    bench.broker.health = () => {
      bench.book.news({ clientId: 'c1', event: 'live', brokerOrderId: '7' }, SENT_AT);
      return Promise.resolve({ stub: true, backendReady: true, detail: '', clock: null });
    };
    await search.absent(['c1']);
    expect(state()).toBe('accepted');
  });

  it('that cannot be written leaves the order of unknown fate, alarms and rejects nowhere', async () => {
    lose(true);
    await absent(10_000);
    bench.ledger.close();
    await search.absent(['c1']);
    expect(state()).toBe('unknown');
    expect(bench.said(/ALARM: The ledger could not be written/, 'error')).toBe(1);
  });

  it('changes nothing after stop', async () => {
    lose(true);
    await absent(10_000);
    const last = search.absent(['c1']);
    search.stop();
    await last;
    await nextTurn();
    expect(state()).toBe('unknown');
  });

  it('of orders that are not searched for means nothing', async () => {
    bench.hold({ clientId: 'c1', state: 'unknown', sentAt: SENT_AT });
    await absent(30_000);
    expect(state()).toBe('unknown');
  });
});
