import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exchangeCalendar } from '../../../../src/domain/market/calendar.ts';
import { chinaInstant } from '../../../../src/domain/time.ts';
import { accountParts, type AccountParts } from '../account/parts.ts';
import { Gate } from '../../../../src/engine/gate/gate.ts';
import type { Tracker } from '../../../../src/engine/orders/reading/tracker.ts';
import { nextTurn } from '../../../../src/platform/turn.ts';
import type { VenueHealth } from '../../../../src/venues/broker.ts';
import { aBrokerOrder, aFill, aTrade, Bench, DAY, deferred, SENT_AT } from '../orders/rows.ts';

const calendar = exchangeCalendar();
let bench: Bench;
let gate: Gate;
let parts: AccountParts;
let account: AccountParts['account'];
let tracker: Tracker;
let stop: AbortController;
/** Whether the ends of earlier days were seen. */
let unseen: boolean;

function setUp(start = SENT_AT): void {
  bench = new Bench(start);
  stop = new AbortController();
  unseen = false;
  tracker = bench.tracker();
  parts = accountParts(bench, { lists: tracker });
  account = parts.account;
  gate = newGate();
}

/** On the bench, tracker and account of the test. */
function newGate(): Gate {
  const { broker, book, clock, timers, events } = bench;
  const { reader, identity } = parts;
  const isUnseen = (): boolean => unseen;
  const common = { broker, book, clock, timers, events, calendar, stop: stop.signal };
  return new Gate({ ...common, tracker, reader, account, identity, isUnseen });
}

beforeEach(() => setUp());
afterEach(async () => {
  stop.abort();
  await tracker.stop();
  await parts.reader.stop();
  bench.close();
});

/** Runs a reconciliation to its end while time passes: after a change of ours a snapshot counts only 3 s later. */
async function reconciled(reason: string): Promise<VenueHealth | null> {
  const opening = gate.reconcile(reason);
  const done = watch(opening);
  for (let i = 0; i < 400 && !done(); i += 1) await bench.pass(50);
  return opening;
}

/** Whether a promise has settled by now. */
function watch(promise: Promise<unknown>): () => boolean {
  let done = false;
  const end = (): void => {
    done = true;
  };
  promise.then(end, end);
  return () => done;
}

describe('the gate', () => {
  it('CppCTP#84: is closed until account, positions, orders and trades have been read', async () => {
    bench.accepted();
    bench.broker.book.push(aBrokerOrder({ status: 'filled', filled: 100 }));
    bench.broker.fills.push(aTrade());
    expect(gate.reason()).not.toBeNull();
    expect(await reconciled('start')).toMatchObject({ stub: true });
    expect(gate.reason()).toBeNull();
    expect(bench.book.intent('c1').state).toBe('filled');
    expect(account.view()).not.toBeNull();
  });

  it.each([
    ['the back end is not ready', 'back end', () => (bench.broker.backendReady = false)],
    ['health', 'does not answer', () => (bench.broker.health = () => Promise.reject(new Error('down')))],
    ['trades', 'orders and trades', () => (bench.broker.trades = () => Promise.reject(new Error('down')))],
    ['positions', 'account and positions', () => (bench.broker.positions = () => Promise.reject(new Error('down')))],
  ])('stays closed while this fails: %s', async (_, part, breakIt) => {
    breakIt();
    const done = watch(gate.reconcile('start'));
    await bench.pass(60_000);
    expect(gate.reason()).toContain(part);
    expect([done(), bench.said(/ALARM: Trading waits/, 'error')]).toEqual([false, 1]);
  });

  it('opens by itself when it gets better', async () => {
    bench.broker.readsFail = true;
    const done = watch(gate.reconcile('start'));
    await bench.pass(30_000);
    bench.broker.readsFail = false;
    await bench.pass(10_100);
    expect([done(), gate.reason()]).toEqual([true, null]);
    expect(bench.said('trading goes on')).toBe(1);
  });

  it('alarms from 09:00 only', async () => {
    stop.abort();
    bench.close();
    setUp(chinaInstant(DAY, '08:45:00'));
    bench.broker.readsFail = true;
    void gate.reconcile('the day begins');
    await bench.pass(60_000);
    expect(bench.said('ALARM')).toBe(0);
    await bench.clock.walk(chinaInstant(DAY, '09:00:00'));
    await bench.pass(11_000);
    expect(bench.said('ALARM')).toBe(1);
  });

  it('alarms beyond the calendar too, on a day that may trade', async () => {
    stop.abort();
    bench.close();
    setUp(chinaInstant('2027-01-04', '10:00:00'));
    bench.broker.readsFail = true;
    void gate.reconcile('start');
    await bench.pass(11_000);
    expect(bench.said('ALARM')).toBe(1);
  });

  it('alarms also when it was only closed, once, and not on a day without trading', async () => {
    await reconciled('start');
    gate.close('the server restarts');
    await bench.pass(60_000);
    expect(bench.said('ALARM: Trading waits: the server restarts.', 'error')).toBe(1);
    await reconciled('the connection is new');
    expect(bench.said('trading goes on', 'info')).toBe(1);
    await bench.clock.walk(chinaInstant('2026-07-11', '10:00:00'));
    gate.close('the server restarts');
    await bench.pass(60_000);
    expect(bench.said('ALARM')).toBe(1);
  });

  it('closed while it was opening, it reads again before it opens', async () => {
    const positions = deferred<readonly never[]>();
    const read = bench.broker.positions.bind(bench.broker);
    bench.broker.positions = () => positions.promise;
    const done = watch(gate.reconcile('start'));
    await nextTurn();
    gate.close('the connection is down');
    bench.broker.positions = read;
    bench.broker.readsFail = true;
    positions.resolve([]);
    await bench.pass(1_000);
    expect([done(), gate.reason()]).toEqual([false, 'the gateway does not answer (the link is down)']);
    bench.broker.readsFail = false;
    await bench.pass(10_100);
    expect([done(), gate.reason()]).toEqual([true, null]);
  });

  it('asked again while it pauses, it does not sit the pause out', async () => {
    bench.broker.readsFail = true;
    const done = watch(gate.reconcile('start'));
    await bench.pass(60_000);
    bench.broker.readsFail = false;
    void gate.reconcile('the connection is new');
    await bench.pass(50);
    expect([done(), gate.reason()]).toEqual([true, null]);
  });

  it('ends when the run is told to stop, at once and closed', async () => {
    bench.broker.readsFail = true;
    const opening = gate.reconcile('start');
    await bench.pass(60_000);
    stop.abort();
    expect(await opening).toBeNull();
    expect(gate.reason()).not.toBeNull();
    expect(await gate.reconcile('again')).toBeNull();
  });

  it('gives up when trading ends', async () => {
    bench.broker.readsFail = true;
    const opening = gate.reconcile('start');
    await bench.pass(60_000);
    gate.stop();
    expect(await opening).toBeNull();
  });
});

describe('what the gate reads at a start', () => {
  async function readings(): Promise<string[]> {
    const made: string[] = [];
    const { broker } = bench;
    const [orders, positions] = [broker.orders.bind(broker), broker.positions.bind(broker)];
    broker.orders = () => {
      made.push('orders');
      return orders();
    };
    broker.positions = () => {
      made.push('positions');
      return positions();
    };
    gate = newGate();
    await reconciled('start');
    return made;
  }

  it('is each list once, after the account, when every order is settled', async () => {
    bench.hold({ state: 'filled', filled: 100, brokerOrderId: '7', sentAt: SENT_AT });
    bench.broker.book.push(aBrokerOrder({ status: 'filled', filled: 100 }));
    bench.broker.fills.push(aTrade());
    bench.book.reading([], [aFill()], SENT_AT);
    await bench.pass(3_000);
    expect(await readings()).toEqual(['positions', 'positions', 'orders']);
  });

  it('is the lists first when an order may have been filled meanwhile: the account may hold its fill already', async () => {
    bench.accepted();
    bench.broker.book.push(aBrokerOrder());
    await bench.pass(3_000);
    expect(await readings()).toEqual(['orders', 'positions', 'positions', 'orders']);
  });
});

describe('what the gate waits for', () => {
  it('positions that changed while nobody looked are believed after three readings', async () => {
    await reconciled('start');
    bench.broker.held = [
      {
        security: '000001.XSHE',
        name: null,
        amount: 100,
        closeableAmount: 100,
        avgCost: null,
        lastPrice: 10,
        marketValue: 1000,
      },
    ];
    const done = watch(gate.reconcile('the connection is new'));
    await bench.pass(5_000);
    expect(done()).toBe(false);
    await bench.pass(20_000);
    expect([done(), account.view()?.positions[0]?.amount]).toEqual([true, 100]);
  });

  it('a cancel whose fate is not known does not keep it closed for ever', async () => {
    await reconciled('start');
    bench.accepted();
    bench.broker.book.push(aBrokerOrder());
    bench.book.news({ clientId: 'c1', event: 'cancel_requested' }, SENT_AT);
    const done = watch(gate.reconcile('the connection is new'));
    await bench.pass(20_000);
    expect([done(), bench.book.intent('c1').state]).toEqual([true, 'canceling']);
  });

  it('an order of unknown fate does not keep it closed: its own security is blocked', async () => {
    bench.hold({ state: 'unknown', sentAt: SENT_AT });
    expect(await reconciled('start')).not.toBeNull();
    expect([bench.book.doubtful().size, bench.said('ALARM')]).toEqual([1, 0]);
  });

  it('an order on its way out does', async () => {
    bench.hold({ state: 'sending', sentAt: SENT_AT });
    const done = watch(gate.reconcile('start'));
    await bench.pass(5_000);
    expect(done()).toBe(false);
    bench.book.news({ clientId: 'c1', event: 'outcome_unknown' }, SENT_AT);
    await bench.pass(10_100);
    expect(done()).toBe(true);
  });
});

describe('a new day', () => {
  const FRIDAY = '2026-07-03';

  it('closes what earlier days left open, each with its reason, before anything is read', async () => {
    const states = ['planned', 'sending', 'unknown', 'accepted', 'canceling'] as const;
    for (const [index, state] of states.entries()) {
      const id = String(index);
      bench.hold({ clientId: id, orderId: id, tag: `aaaaaaa${id}`, day: FRIDAY, state, sentAt: SENT_AT });
    }
    await reconciled('the day begins');
    // In the ledger: what a night has ended is forgotten here.
    expect(bench.ledger.intentsOnDay(FRIDAY).map(({ state, reason }) => [state, reason])).toEqual([
      ['not_sent', 'the trading day ended'],
      ['expired', 'the trading day ended'],
      ['expired', 'the trading day ended before its fate was known'],
      ['expired', 'the trading day ended'],
      ['expired', 'the trading day ended'],
    ]);
    expect(bench.said('the trading day ended')).toBe(5);
    expect([bench.book.doubtful().size, bench.book.size()]).toEqual([0, 0]);
  });

  it('whose end was not seen is asked about, once, where nothing else tells it', async () => {
    unseen = true;
    bench.accepted({ day: FRIDAY });
    bench.hold({ clientId: 'c2', orderId: 'o2', tag: 'bbbbbbbb', day: FRIDAY, state: 'planned' });
    await reconciled('the day begins');
    await reconciled('the connection is new');
    expect(bench.ledger.intentsOnDay(FRIDAY).map(({ state }) => state)).toEqual(['unknown', 'not_sent']);
    expect(
      bench.said(/ALARM: How much of order bt:k3v9x0aa .* 2026-07-03 .* bt resolve k3v9x0aa --filled SHARES/),
    ).toBe(1);
    expect([...bench.book.doubtful()]).toEqual(['000001.XSHE']);
    expect(account.view()).toMatchObject({ lockedCash: 0 });
  });

  it('takes the broker’s positions as they are then', async () => {
    await reconciled('start');
    bench.accepted({ day: FRIDAY });
    bench.broker.held = [
      {
        security: '000001.XSHE',
        name: null,
        amount: 100,
        closeableAmount: 100,
        avgCost: null,
        lastPrice: 10,
        marketValue: 1000,
      },
    ];
    await reconciled('the day begins');
    expect(account.view()?.positions[0]?.amount).toBe(100);
    expect(account.view()).toMatchObject({ lockedCash: 0 });
  });

  it('begun while the account was still being read, closes them too before the gate opens', async () => {
    await bench.clock.walk(chinaInstant(DAY, '14:59:00'));
    bench.accepted();
    bench.broker.book.push(aBrokerOrder());
    const positions = deferred<readonly never[]>();
    const read = bench.broker.positions.bind(bench.broker);
    bench.broker.positions = () => positions.promise;
    const done = watch(gate.reconcile('start'));
    await bench.pass(5_000);
    await bench.clock.walk(chinaInstant('2026-07-07', '08:45:01'));
    bench.broker.book.length = 0;
    bench.broker.positions = read;
    positions.resolve([]);
    await bench.pass(5_000);
    expect([done(), bench.ledger.intentsOnDay(DAY)[0]?.state]).toEqual([true, 'expired']);
    expect(bench.said('expired (7): the trading day ended', 'info')).toBe(1);
  });

  it('leaves today’s orders alone, also at the second reconciliation', async () => {
    bench.accepted();
    bench.broker.book.push(aBrokerOrder());
    await reconciled('start');
    await reconciled('the connection is new');
    expect(bench.book.intent('c1').state).toBe('accepted');
  });

  it('an id that the terminal uses again belongs to today’s order', async () => {
    bench.accepted({ day: FRIDAY });
    bench.hold({ clientId: 'c2', orderId: 'o2', tag: 'bbbbbbbb', state: 'unknown', sentAt: SENT_AT });
    bench.broker.book.push(aBrokerOrder({ remark: 'bt:bbbbbbbb', status: 'filled', filled: 100 }));
    bench.broker.fills.push(aTrade());
    await reconciled('the day begins');
    expect(bench.ledger.intentsOnDay(FRIDAY)).toMatchObject([{ state: 'expired', filled: 0 }]);
    expect(bench.book.view('o2')).toMatchObject({ state: 'filled', filled: 100, price: 10 });
  });
});
