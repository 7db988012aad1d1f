import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chinaInstant } from '../../../../../src/domain/time.ts';
import type { BrokerOrder, BrokerTrade } from '../../../../../src/domain/trading.ts';
import type { Tracker } from '../../../../../src/engine/orders/reading/tracker.ts';
import type { FillRow } from '../../../../../src/domain/order/rows.ts';
import { nextTurn } from '../../../../../src/platform/turn.ts';
import { aBrokerOrder, aTrade, Bench, DAY, deferred, SENT_AT, type Deferred } from '../rows.ts';

let bench: Bench;
let tracker: Tracker;
let fills: FillRow[];
let absences: (readonly string[])[];
let fatal: unknown[];
/** Lists asked for and not answered yet, when a test holds them back. */
let held: Deferred<readonly BrokerOrder[]>[];
let reads: number;
let open: number;
let most: number;
let orders: BrokerOrder[];
let trades: BrokerTrade[];
let holdBack: boolean;

function setUp(start = SENT_AT): void {
  bench = new Bench(start);
  [fills, absences, fatal, held, orders, trades] = [[], [], [], [], [], []];
  [reads, open, most, holdBack] = [0, 0, 0, false];
  bench.broker.orders = async () => {
    reads += 1;
    open += 1;
    most = Math.max(most, open);
    try {
      if (!holdBack) return [...orders];
      const list = deferred<readonly BrokerOrder[]>();
      held.push(list);
      return await list.promise;
    } finally {
      open -= 1;
    }
  };
  bench.broker.trades = () => Promise.resolve([...trades]);
  tracker = bench.tracker({ onFatal: (error) => fatal.push(error) });
  tracker.onReading(({ absent }) => absences.push(absent));
  bench.events.on((event) => {
    if (event.kind === 'fill') fills.push(event.fill);
  });
}

beforeEach(() => setUp());
afterEach(async () => {
  for (const list of held) list.resolve([]);
  await tracker.stop();
  bench.close();
});

/** Readings within `ms`. */
async function readsWithin(ms: number): Promise<number> {
  const before = reads;
  await bench.pass(ms);
  return reads - before;
}

describe('a reading', () => {
  it('settles orders, writes fills down before it tells of them, and names who is absent', async () => {
    bench.accepted();
    bench.hold({ clientId: 'c2', orderId: 'o2', tag: 'bbbbbbbb', state: 'unknown', sentAt: SENT_AT });
    [orders, trades] = [[aBrokerOrder({ status: 'filled', filled: 100 })], [aTrade()]];
    let durable = 0;
    bench.book.onChange(() => (durable = bench.ledger.fillsOf(DAY).length));
    expect(await tracker.readNow()).toBe(true);
    expect(bench.book.intent('c1')).toMatchObject({ state: 'filled', filled: 100 });
    expect(fills).toMatchObject([{ clientId: 'c1', amount: 100 }]);
    expect([durable, absences]).toEqual([1, [['c2']]]);
    await tracker.readNow();
    expect(fills).toHaveLength(1);
  });

  it('A4-11: that fails on either list says nothing at all', async () => {
    bench.accepted();
    bench.hold({ clientId: 'c2', orderId: 'o2', tag: 'bbbbbbbb', state: 'unknown', sentAt: SENT_AT });
    [orders, trades] = [[aBrokerOrder({ status: 'filled', filled: 100 })], [aTrade()]];
    bench.broker.trades = () => Promise.reject(new Error('the link is down'));
    expect(await tracker.readNow()).toBe(false);
    expect(bench.book.intent('c1').state).toBe('accepted');
    expect([fills, absences]).toEqual([[], []]);
    expect(bench.said('Could not read orders and trades: the link is down', 'warning')).toBe(1);
  });

  it('that straddles midnight belongs to neither day', async () => {
    await tracker.stop();
    bench.close();
    setUp(chinaInstant(DAY, '23:59:59'));
    bench.accepted();
    holdBack = true;
    const reading = tracker.readNow();
    await bench.clock.walk(chinaInstant('2026-07-07', '00:00:01'));
    held[0]?.resolve([aBrokerOrder({ status: 'canceled' })]);
    expect(await reading).toBe(false);
    expect(bench.book.intent('c1').state).toBe('accepted');
  });

  it('that the ledger cannot take is fatal, and changes nothing', async () => {
    bench.accepted();
    orders = [aBrokerOrder({ status: 'filled', filled: 100 })];
    bench.ledger.close();
    expect(await tracker.readNow()).toBe(false);
    expect(fatal).toMatchObject([{ code: 'LEDGER_WRITE_FAILED' }]);
    expect(bench.book.intent('c1').state).toBe('accepted');
    expect(absences).toEqual([]);
  });
});

describe('readings', () => {
  it('never overlap, and each caller gets one that starts after his call', async () => {
    holdBack = true;
    tracker.start();
    const first = tracker.readNow();
    // Asks again as soon as the first one ends, before the queued one has begun.
    const second = first.then(() => tracker.readNow());
    const third = tracker.readNow();
    const fourth = tracker.readNow();
    await nextTurn();
    expect(reads).toBe(1);
    held[0]?.resolve([]);
    await first;
    await nextTurn();
    expect(reads).toBe(2);
    held[1]?.resolve([]);
    expect(await Promise.all([second, third, fourth])).toEqual([true, true, true]);
    await nextTurn();
    expect([reads, most]).toEqual([2, 1]);
  });

  it('end with stop: also one that was queued does not begin any more', async () => {
    bench.accepted();
    holdBack = true;
    const first = tracker.readNow();
    const queued = tracker.readNow();
    const stopped = tracker.stop();
    held[0]?.resolve([]);
    await stopped;
    bench.ledger.close();
    expect([await first, await queued, reads]).toEqual([true, false, 1]);
    expect(fatal).toEqual([]);
    expect(await tracker.readNow()).toBe(false);
  });

  it('are seldom while nothing is in flight, often after something has moved', async () => {
    tracker.start();
    expect(await readsWithin(20_000)).toBe(4);
    bench.accepted();
    orders = [aBrokerOrder()];
    await bench.pass(5_000);
    expect(await readsWithin(10_000)).toBeGreaterThanOrEqual(12);
    orders = [aBrokerOrder({ status: 'canceled' })];
    await bench.pass(500);
    expect(await readsWithin(20_000)).toBeLessThanOrEqual(5);
  });

  it('are often while somebody waits', async () => {
    tracker.start();
    const release = tracker.watch();
    expect(await readsWithin(10_000)).toBeGreaterThanOrEqual(35);
    release();
    await bench.pass(500);
    expect(await readsWithin(10_000)).toBeLessThanOrEqual(2);
  });

  it('go on after one that failed', async () => {
    tracker.start();
    bench.broker.trades = () => Promise.reject(new Error('down'));
    expect(await readsWithin(20_000)).toBe(4);
  });

  it('are often while the trades of an order are missing', async () => {
    bench.accepted();
    orders = [aBrokerOrder({ status: 'filled', filled: 100 })];
    await tracker.readNow();
    tracker.start();
    expect(await readsWithin(2_000)).toBeGreaterThanOrEqual(7);
    trades = [aTrade()];
    await bench.pass(500);
    expect(await readsWithin(10_000)).toBeLessThanOrEqual(2);
  });

  it('leave the gateway in peace at night, whatever is left open', async () => {
    await tracker.stop();
    bench.close();
    setUp(chinaInstant(DAY, '16:00:00'));
    bench.accepted();
    orders = [aBrokerOrder()];
    tracker.start();
    expect(await readsWithin(20_000)).toBe(4);
  });
});

describe('what must be seen', () => {
  it('a contradiction is said once, not at each reading', async () => {
    bench.accepted({ state: 'canceled' });
    orders = [aBrokerOrder({ status: 'filled', filled: 100 })];
    for (let i = 0; i < 5; i += 1) await tracker.readNow();
    expect(bench.said(/ALARM: The broker contradicts the ledger/, 'error')).toBe(1);
  });

  it('an order that was taken and is not shown, after 30 s of whole lists', async () => {
    bench.accepted();
    tracker.start();
    await bench.pass(29_000);
    expect(bench.said('ALARM')).toBe(0);
    await bench.pass(3_000);
    expect(bench.said(/ALARM: The broker took bt:k3v9x0aa as 7 and does not show it/, 'error')).toBe(1);
    await bench.pass(60_000);
    expect(bench.said('ALARM')).toBe(1);
    expect(bench.book.intent('c1').state).toBe('accepted');
  });

  it('an order missing now and then is none', async () => {
    bench.accepted();
    tracker.start();
    for (let i = 0; i < 4; i += 1) {
      orders = [];
      await bench.pass(20_000);
      orders = [aBrokerOrder()];
      await bench.pass(1_000);
    }
    expect(bench.said('ALARM')).toBe(0);
  });

  it('an order that is missing again after it was shown is said again', async () => {
    bench.accepted();
    tracker.start();
    for (const shown of [[], [aBrokerOrder()], []]) {
      orders = shown;
      await bench.pass(40_000);
    }
    expect(bench.said('ALARM: The broker took bt:k3v9x0aa as 7 and does not show it')).toBe(2);
    expect(bench.said('in order again')).toBe(1);
  });

  it('what comes and goes with each list is said each 30 s at most, and so is its end', async () => {
    bench.accepted();
    for (let at = 0; at < 65; at += 1) {
      orders = at % 2 === 0 ? [aBrokerOrder(), aBrokerOrder({ orderId: '8' })] : [aBrokerOrder()];
      await tracker.readNow();
      await bench.pass(1_000);
    }
    expect(bench.said('ALARM: The broker contradicts the ledger: 2 orders bear the mark')).toBe(3);
    expect(bench.said('in order again')).toBe(3);
  });

  it('an order of unknown fate that is found; one that was given up is an alarm, and followed again', async () => {
    bench.hold({ state: 'unknown', sentAt: SENT_AT });
    bench.hold({ clientId: 'c2', orderId: 'o2', tag: 'bbbbbbbb', state: 'not_sent', sentAt: SENT_AT });
    orders = [aBrokerOrder(), aBrokerOrder({ orderId: '8', remark: 'bt:bbbbbbbb', status: 'filled', filled: 100 })];
    await tracker.readNow();
    expect(bench.said('Found: order bt:k3v9x0aa is 7', 'warning')).toBe(1);
    expect(bench.said(/ALARM: An order that was given up turns up/, 'error')).toBe(1);
    expect(bench.book.intent('c2').state).toBe('accepted');
    await tracker.readNow();
    expect(bench.book.intent('c2')).toMatchObject({ state: 'filled', filled: 100 });
    expect(bench.said('ALARM')).toBe(1);
  });
});

it('an order of ours that a reading finds is none of another, in that reading too', async () => {
  bench.hold({ state: 'unknown', sentAt: SENT_AT });
  [orders, trades] = [[aBrokerOrder({ filled: 100, status: 'filled' })], [aTrade()]];
  expect(await tracker.readNow()).toBe(true);
  expect(bench.book.intent('c1')).toMatchObject({ state: 'filled', brokerOrderId: '7' });
  expect(tracker.others()).toEqual({ trades: [], orders: [] });
});

describe('an order of somebody else that looks like one of unknown fate', () => {
  const alike = aBrokerOrder({ remark: 'by hand' });
  const look = async (): Promise<string> => {
    expect(await tracker.readNow()).toBe(true);
    return bench.book.intent('c1').state;
  };

  it('is taken for it where the gateway has shown no mark, and nothing else tells them apart', async () => {
    bench.hold({ state: 'unknown', sentAt: SENT_AT });
    orders = [alike];
    expect(await look()).toBe('accepted');
  });

  it.each(['bt:bbbbbbbb:mine', 'bt:zzzzzzzz'])(
    'is not where one has been seen (%s), also in an earlier run',
    async (mark) => {
      orders = [aBrokerOrder({ orderId: '6', security: '600000.XSHG', remark: mark })];
      expect(await tracker.readNow()).toBe(true);
      await tracker.stop();
      bench.reopen();
      tracker = bench.tracker();
      bench.hold({ state: 'unknown', sentAt: SENT_AT });
      orders = [alike];
      expect(await look()).toBe('unknown');
    },
  );
});

describe('an id that the broker has named for two orders of ours', () => {
  const other = { clientId: 'c2', orderId: 'o2', tag: 'bbbbbbbb', remark: 'bt:bbbbbbbb', security: '600000.XSHG' };
  const ofOther = aBrokerOrder({ remark: other.remark, security: other.security });
  const contested = (): boolean[] => ['c1', 'c2'].map((clientId) => tracker.isContested(clientId));

  it('is nobody’s until a list shows whose: a list of before does not count', async () => {
    bench.accepted();
    orders = [aBrokerOrder()];
    await tracker.readNow();
    expect(contested()[0]).toBe(false);
    bench.accepted(other);
    expect(contested()).toEqual([true, true]);
    orders = [];
    await tracker.readNow();
    expect(contested()).toEqual([true, true]);
    orders = [ofOther];
    await tracker.readNow();
    expect(contested()).toEqual([true, false]);
    orders = [];
    await tracker.readNow();
    expect(contested()[0]).toBe(true);
  });

  it('of which one is of another day is not in doubt', async () => {
    bench.accepted();
    bench.accepted({ ...other, day: '2026-07-03' });
    orders = [aBrokerOrder()];
    await tracker.readNow();
    expect(contested()[0]).toBe(false);
  });
});

describe('an id that was named before the connection was lost, or that the last list lacks', () => {
  it('is not touched until a list shows it as ours: a gateway that forgot its book gives it away again', async () => {
    bench.accepted();
    orders = [aBrokerOrder()];
    const looks: boolean[] = [];
    const look = async (): Promise<void> => {
      expect(await tracker.readNow()).toBe(true);
      looks.push(tracker.isContested('c1'));
    };
    expect(tracker.isContested('c1')).toBe(false);
    await look();
    tracker.lost();
    expect(tracker.isContested('c1')).toBe(true);
    await look();
    orders = [];
    await look();
    orders = [aBrokerOrder()];
    await look();
    expect(looks).toEqual([false, false, true, false]);
  });

  it('is in doubt alone: what is named since is not', () => {
    bench.accepted();
    tracker.lost();
    bench.accepted({ clientId: 'c2', orderId: 'o2', tag: 'bbbbbbbb', brokerOrderId: '8' });
    expect(['c1', 'c2'].map((clientId) => tracker.isContested(clientId))).toEqual([true, false]);
  });
});

describe('an id under which the broker has shown another order', () => {
  const theirs = (): BrokerOrder => aBrokerOrder({ amount: 700, remark: '' });
  const kinds = (): string[] =>
    bench.happened.map(({ kind }) => kind).filter((kind) => kind === 'alarm' || kind === 'all_clear');

  it('stays theirs through a list that lacks the row: no cancel goes out, and no trade under it is ours', async () => {
    bench.accepted();
    orders = [theirs()];
    expect(await tracker.readNow()).toBe(true);
    expect(tracker.isContested('c1')).toBe(true);
    orders = [];
    trades = [aTrade()];
    expect(await tracker.readNow()).toBe(true);
    expect(tracker.isContested('c1')).toBe(true);
    expect(fills).toEqual([]);
    expect(tracker.others().trades).toHaveLength(1);
    expect(kinds()).toEqual(['alarm']);
  });

  it('is ours again when a list shows it so', async () => {
    bench.accepted();
    for (const shown of [theirs(), aBrokerOrder()]) {
      orders = [shown];
      expect(await tracker.readNow()).toBe(true);
    }
    expect(tracker.isContested('c1')).toBe(false);
    expect(kinds()).toEqual(['alarm', 'all_clear']);
  });
});
