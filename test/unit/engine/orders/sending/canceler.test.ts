import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chinaInstant } from '../../../../../src/domain/time.ts';
import { Canceler } from '../../../../../src/engine/orders/sending/canceler.ts';
import type { Tracker } from '../../../../../src/engine/orders/reading/tracker.ts';
import type { BrokerTrade } from '../../../../../src/domain/trading.ts';
import type { CancelOutcome } from '../../../../../src/venues/broker.ts';
import { aBrokerOrder, Bench, deferred, SENT_AT } from '../rows.ts';

let bench: Bench;
let canceler: Canceler;
let tracker: Tracker;
let otherAccount: string | null;

function setUp(start = SENT_AT): void {
  bench = new Bench(start);
  otherAccount = null;
  const { broker, book, clock, timers, events } = bench;
  tracker = bench.tracker({ otherAccount: () => otherAccount });
  canceler = new Canceler({ broker, book, tracker, clock, timers, events });
}

beforeEach(() => setUp());
afterEach(async () => {
  await tracker.stop();
  bench.close();
});

/** Runs a cancel to its end; the wall ms it took. */
async function cancel(clientId = 'c1'): Promise<number> {
  const began = bench.timers.monotonic();
  let done = false;
  const work = canceler.cancel(clientId, 'cancel_order').finally(() => {
    done = true;
  });
  const finished = (): boolean => done;
  for (let steps = 0; !finished() && steps < 1_000; steps += 1) await bench.pass(50);
  await work;
  return bench.timers.monotonic() - began;
}

const state = (clientId = 'c1'): string => bench.book.intent(clientId).state;

describe('a cancel', () => {
  it('ends with what the broker’s list says, whatever the answer was', async () => {
    bench.accepted();
    bench.broker.book.push(aBrokerOrder());
    bench.broker.onCancel = (orderId, broker) => {
      broker.fill(orderId, 100);
      return { kind: 'final', order: null, status: 'canceled' };
    };
    await cancel();
    expect(state()).toBe('filled');
  });

  it('is CANCELING in the ledger before it is asked for', async () => {
    bench.accepted();
    bench.broker.book.push(aBrokerOrder());
    let durable: string | undefined;
    bench.broker.onCancel = (orderId, broker) => {
      durable = bench.durable()[0]?.state;
      return broker.drop(orderId);
    };
    await cancel();
    expect([durable, state()]).toEqual(['canceling', 'canceled']);
    expect(bench.book.intent('c1').reason).toBe('cancel_order');
  });

  it('refused leaves the order open, and says so', async () => {
    bench.accepted();
    bench.broker.book.push(aBrokerOrder());
    bench.broker.onCancel = () => ({ kind: 'refused', reason: '撤单过于频繁' });
    expect(await cancel()).toBeLessThan(4_000);
    expect([state(), bench.broker.cancels.length]).toEqual(['accepted', 1]);
    expect(bench.said('撤单过于频繁', 'warning')).toBe(1);
  });

  it('does not reach into another day, when its id may be anybody’s', async () => {
    bench.accepted();
    bench.broker.readsFail = true;
    const work = canceler.cancel('c1', 'cancel_order');
    await bench.pass(1_000);
    await bench.clock.walk(chinaInstant('2026-07-07', '08:44:00'));
    await bench.pass(10_000);
    await work;
    expect([state(), bench.broker.cancels.length, bench.said('ALARM')]).toEqual(['accepted', 0, 0]);
  });

  it('answered on another day changes nothing any more: the order is the gate’s', async () => {
    bench.accepted();
    bench.broker.book.push(aBrokerOrder());
    const answer = deferred<CancelOutcome>();
    bench.broker.cancel = () => answer.promise;
    const work = canceler.cancel('c1', 'cancel_order');
    await bench.pass(1_000);
    expect(state()).toBe('canceling');
    await bench.clock.walk(chinaInstant('2026-07-07', '08:45:00'));
    bench.book.news({ clientId: 'c1', event: 'end_unseen' }, bench.clock.now());
    answer.resolve({ kind: 'refused', reason: 'may be another order by now' });
    await bench.pass(100);
    await work;
    expect(state()).toBe('unknown');
  });

  it('asks once more whether the order is still its own when the request is about to be written', async () => {
    bench.accepted();
    bench.broker.book.push(aBrokerOrder());
    bench.broker.onCancel = () => ({ kind: 'refused', reason: 'no' });
    await cancel();
    expect(bench.broker.isOurs()).toBe(true);
    await bench.clock.walk(chinaInstant('2026-07-07', '08:44:00'));
    expect(bench.broker.isOurs()).toBe(false);
  });

  it('refused because the order is final waits for the list to say so', async () => {
    bench.accepted();
    bench.broker.book.push(aBrokerOrder());
    bench.broker.onCancel = () => {
      bench.timers.after(1_000, () => bench.broker.fill('7', 100));
      return { kind: 'refused', reason: 'final' };
    };
    await cancel();
    expect(state()).toBe('filled');
  });

  it('without an answer, or with an exception, is asked for again', async () => {
    bench.accepted();
    bench.broker.book.push(aBrokerOrder());
    bench.broker.onCancel = (orderId, broker) => {
      if (broker.cancels.length === 1) throw new Error('a bug');
      if (broker.cancels.length === 2) return { kind: 'unknown', reason: 'lost' };
      return broker.drop(orderId);
    };
    await cancel();
    expect([state(), bench.broker.cancels.length]).toEqual(['canceled', 3]);
  });

  it('that is never confirmed ends after 20 s with an alarm, and can be asked for again', async () => {
    bench.accepted();
    bench.broker.book.push(aBrokerOrder());
    bench.broker.onCancel = () => ({ kind: 'requested', order: null });
    expect(await cancel()).toBeLessThan(21_000);
    expect([state(), bench.said(/ALARM: The cancel of bt:k3v9x0aa/, 'error')]).toEqual(['accepted', 1]);
    bench.broker.onCancel = (orderId, broker) => broker.drop(orderId);
    await cancel();
    expect(state()).toBe('canceled');
  });

  it('is never asked for by an id that is somebody else’s order now', async () => {
    bench.accepted();
    bench.broker.book.push(aBrokerOrder({ security: '000002.XSHE', remark: '' }));
    await cancel();
    expect([bench.broker.cancels, state()]).toEqual([[], 'accepted']);
    expect(bench.said('contradicts the ledger', 'error')).toBe(1);
  });

  it('is not asked for while the gateway shows another account, whose order its id may be', async () => {
    bench.accepted();
    bench.broker.book.push(aBrokerOrder());
    otherAccount = 'the gateway shows account 8, and this instance trades 7';
    await cancel();
    expect([bench.broker.cancels, state()]).toEqual([[], 'accepted']);
    otherAccount = null;
    await cancel();
    expect(bench.broker.cancels).toEqual(['7']);
  });

  it('waits for a look at the list, but not for ever', async () => {
    bench.accepted();
    bench.broker.book.push(aBrokerOrder());
    bench.broker.trades = () => Promise.reject(new Error('one row is malformed'));
    let askedAt = 0;
    bench.broker.onCancel = (orderId, broker) => {
      askedAt = bench.timers.monotonic();
      return broker.drop(orderId);
    };
    await cancel();
    expect(askedAt).toBe(5_000);
  });

  it('waits no longer for a list that does not come, and ends all the same', async () => {
    bench.accepted();
    const trades = deferred<readonly BrokerTrade[]>();
    bench.broker.trades = () => trades.promise;
    let askedAt = 0;
    bench.broker.onCancel = () => {
      askedAt = bench.timers.monotonic();
      return { kind: 'requested', order: null };
    };
    expect(await cancel()).toBeLessThan(21_000);
    expect([askedAt, bench.broker.cancels]).toEqual([5_000, ['7']]);
    trades.resolve([]);
  });

  it.each([
    ['the connection was lost since its id was named', (): Promise<void> => Promise.resolve(tracker.lost())],
    ['the last list lacked it', (): Promise<boolean> => tracker.readNow()],
  ])('goes out without a look only by an id that is sure: not when %s', async (_, happened) => {
    bench.accepted();
    await happened();
    bench.broker.readsFail = true;
    await cancel();
    expect([bench.broker.cancels, state()]).toEqual([[], 'accepted']);
    expect(bench.said(/ALARM: The cancel of bt:k3v9x0aa/, 'error')).toBe(1);
    bench.broker.readsFail = false;
    bench.broker.book.push(aBrokerOrder());
    await cancel();
    expect(state()).toBe('canceled');
  });

  it('of an order that ended meanwhile asks nothing', async () => {
    bench.accepted({ state: 'filled' });
    await cancel();
    expect(bench.broker.cancels).toEqual([]);
  });
});
