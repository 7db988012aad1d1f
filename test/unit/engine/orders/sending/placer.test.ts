import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Placer } from '../../../../../src/engine/orders/sending/placer.ts';
import type { IntentRow } from '../../../../../src/domain/order/rows.ts';
import { nextTurn } from '../../../../../src/platform/turn.ts';
import type { PlaceOutcome } from '../../../../../src/venues/broker.ts';
import { chinaInstant } from '../../../../../src/domain/time.ts';
import { anIntent, anOrderRow, Bench, DAY, deferred, SENT_AT } from '../rows.ts';

let bench: Bench;
let placer: Placer;
let closed: string | null;
let waits: string | null;
let unknowns: [string, boolean][];
let fatal: unknown[];

let implausible: Set<string>;

function setUp(start = SENT_AT): void {
  bench = new Bench(start);
  closed = null;
  waits = null;
  implausible = new Set();
  unknowns = [];
  fatal = [];
  placer = new Placer({
    broker: bench.broker,
    book: bench.book,
    clock: bench.clock,
    timers: bench.timers,
    events: bench.events,
    tracker: { implausible: () => implausible },
    pace: { turn: () => null },
    waits: () => waits,
    closed: () => closed,
    onUnknown: (clientId, answered) => unknowns.push([clientId, answered]),
    onFatal: (error) => fatal.push(error),
  });
}

beforeEach(() => setUp());
afterEach(() => {
  bench.close();
});

/** One order cut into parts. */
function parts(count: number, change: Partial<IntentRow> = {}): IntentRow[] {
  const orderId = `o${bench.book.size()}`;
  const intents = Array.from({ length: count }, (_, index) =>
    anIntent({ orderId, clientId: `${orderId}-${index}`, tag: `${orderId}aaaaa${index}`, ...change }),
  );
  bench.book.enter(anOrderRow({ orderId, amount: 100 * count }), intents, SENT_AT);
  return intents;
}

const states = (): string[] => bench.book.intents().map((intent) => intent.state);
const LOST: PlaceOutcome = { kind: 'unknown', code: 'LINK_LOST', reason: 'lost', answered: false };

describe('sending', () => {
  it('is durable as SENDING, with its time, when the bytes are written', async () => {
    let atWrite: Partial<IntentRow> | undefined;
    bench.broker.onPlace = (request, broker) => {
      [atWrite] = bench.durable();
      return broker.accept(request);
    };
    await placer.send(parts(1));
    expect(atWrite).toMatchObject({ state: 'sending', sentAt: SENT_AT });
    expect(bench.durable()[0]).toMatchObject({ state: 'accepted', brokerOrderId: '1000' });
    expect(bench.broker.placed[0]).toMatchObject({ clientId: 'o0-0', security: '000001.XSHE', amount: 100, price: 10 });
  });

  it('a ledger that cannot be written lets nothing out, and is told', async () => {
    const intents = parts(2);
    bench.ledger.close();
    await placer.send(intents);
    expect(bench.broker.placed).toEqual([]);
    expect(fatal).toHaveLength(2);
    expect(fatal[0]).toMatchObject({ code: 'LEDGER_WRITE_FAILED' });
  });

  it('goes one at a time, whoever asks', async () => {
    const first = deferred<PlaceOutcome>();
    bench.broker.onPlace = (request, broker) => (broker.placed.length === 1 ? first.promise : broker.accept(request));
    const all = Promise.all([placer.send(parts(2)), placer.send(parts(1))]);
    await nextTurn();
    expect(bench.broker.placed).toHaveLength(1);
    first.resolve({ kind: 'accepted', orderId: '500', order: null });
    await all;
    expect(bench.broker.placed.map((request) => request.clientId).toSorted()).toEqual(['o0-0', 'o0-1', 'o1-0']);
    expect(states()).toEqual(['accepted', 'accepted', 'accepted']);
  });

  it('the parts behind one of unknown fate are not sent', async () => {
    bench.broker.onPlace = () => LOST;
    await placer.send(parts(3));
    expect(bench.broker.placed).toHaveLength(1);
    expect(states()).toEqual(['unknown', 'not_sent', 'not_sent']);
    expect(bench.book.intents()[1]?.reason).toContain('unknown fate');
    expect(unknowns).toEqual([['o0-0', false]]);
  });

  it('nor is another order in that security that passed its checks before', async () => {
    bench.broker.onPlace = () => LOST;
    await Promise.all([
      placer.send(parts(1)),
      placer.send(parts(1)),
      placer.send(parts(1, { security: '600000.XSHG' })),
    ]);
    expect(states()).toEqual(['unknown', 'not_sent', 'unknown']);
  });

  it('nor one where the lists have come to show what cannot be true, until they do not', async () => {
    implausible.add('000001.XSHE');
    await placer.send(parts(1));
    await placer.send(parts(1, { security: '600000.XSHG' }));
    implausible.clear();
    await placer.send(parts(1));
    expect(states()).toEqual(['not_sent', 'accepted', 'accepted']);
    expect(bench.book.intents()[0]?.reason).toMatch(/what cannot be true/);
  });

  it('an order of yesterday does not go out today', async () => {
    const intents = parts(1);
    await bench.clock.walk(chinaInstant('2026-07-07', '10:00:00'));
    await placer.send(intents);
    expect([states(), bench.broker.placed]).toEqual([['not_sent'], []]);
    expect(bench.book.intents()[0]?.reason).toBe('the trading day ended before its turn');
  });

  it('nor one whose machine slept while it waited, for the link or for its turn', async () => {
    bench.broker.ready = false;
    const sent = placer.send(parts(1));
    await bench.pass(1_000);
    bench.timers.setWall(bench.timers.wallNow() + 1_800_000);
    bench.broker.ready = true;
    await bench.pass(100);
    await sent;
    const first = deferred<PlaceOutcome>();
    bench.broker.onPlace = () => first.promise;
    const [slow, behind] = [placer.send(parts(1)), placer.send(parts(1))];
    await nextTurn();
    bench.timers.setWall(bench.timers.wallNow() + 1_800_000);
    first.resolve({ kind: 'accepted', orderId: '500', order: null });
    await Promise.all([slow, behind]);
    expect([states(), bench.broker.placed.length]).toEqual([['not_sent', 'accepted', 'not_sent'], 1]);
  });

  it('a refused part does not hold back the others', async () => {
    bench.broker.onPlace = (request, broker) =>
      broker.placed.length === 1
        ? { kind: 'rejected', code: 'REQUEST_FAILED', reason: 'no', orderId: null }
        : broker.accept(request);
    await placer.send(parts(2));
    expect(states()).toEqual(['rejected', 'accepted']);
  });
});

describe('what stops an order before it is written', () => {
  it('the reason is looked at again at its turn', async () => {
    const first = deferred<PlaceOutcome>();
    bench.broker.onPlace = () => first.promise;
    const done = placer.send(parts(2));
    await nextTurn();
    closed = 'the gate is closed';
    first.resolve({ kind: 'accepted', orderId: '500', order: null });
    await done;
    expect(states()).toEqual(['accepted', 'not_sent']);
    expect(bench.book.intents()[1]?.reason).toBe('the gate is closed');
  });

  it('the sending window may close before its turn', async () => {
    bench.close();
    setUp(chinaInstant(DAY, '11:29:59'));
    bench.broker.ready = false;
    const done = placer.send(parts(1));
    await bench.pass(1_500);
    bench.broker.ready = true;
    await bench.pass(100);
    await done;
    expect(bench.broker.placed).toEqual([]);
    expect(bench.book.intents()[0]).toMatchObject({ state: 'not_sent', sentAt: null });
  });

  it('a place session that stays down ends it after 15 s, and at once when trading is closed', async () => {
    bench.broker.ready = false;
    const done = placer.send(parts(2));
    await bench.pass(14_900);
    expect(states()).toEqual(['planned', 'planned']);
    await bench.pass(200);
    await done;
    expect(states()).toEqual(['not_sent', 'not_sent']);
    closed = 'the connection is down';
    await placer.send(parts(1));
    expect(bench.book.intents()[2]).toMatchObject({ state: 'not_sent', reason: 'the connection is down' });
    expect(bench.broker.placed).toEqual([]);
  });

  it('a cancel while it waits for its turn', async () => {
    bench.broker.ready = false;
    const done = placer.send(parts(1));
    await bench.pass(100);
    bench.book.news({ clientId: 'o0-0', event: 'not_sent', reason: 'cancelled before it was sent' }, SENT_AT);
    bench.broker.ready = true;
    await bench.pass(100);
    await done;
    expect(bench.broker.placed).toEqual([]);
    expect([states(), fatal]).toEqual([['not_sent'], []]);
  });
});

describe('the answer', () => {
  const answer = async (outcome: PlaceOutcome): Promise<IntentRow> => {
    bench.broker.onPlace = () => outcome;
    const [intent] = parts(1);
    if (intent === undefined) throw new Error('no part');
    await placer.send([intent]);
    return bench.book.intent(intent.clientId);
  };

  it('rejected, with or without an order row', async () => {
    const row: PlaceOutcome = { kind: 'rejected', code: 'REJECTED', reason: '资金不足', orderId: '9' };
    expect(await answer(row)).toMatchObject({ state: 'rejected', reason: '资金不足', brokerOrderId: '9' });
    expect(await answer({ ...row, orderId: null })).toMatchObject({ state: 'rejected', brokerOrderId: null });
    expect(await answer(row)).toMatchObject({ state: 'rejected', brokerOrderId: null });
  });

  it('not sent: nothing was written, which is not a rejection', async () => {
    const outcome: PlaceOutcome = { kind: 'rejected', code: 'NOT_SENT', reason: 'down', orderId: null };
    expect(await answer(outcome)).toMatchObject({ state: 'not_sent', reason: 'down' });
  });

  it('unknown: it is searched for, with what the server said', async () => {
    expect(await answer({ ...LOST, answered: true })).toMatchObject({ state: 'unknown', reason: 'LINK_LOST: lost' });
    expect(unknowns).toEqual([['o0-0', true]]);
  });

  it('an exception out of the venue is of unknown fate, never forgotten', async () => {
    bench.broker.onPlace = () => Promise.reject(new Error('a bug'));
    await placer.send(parts(1));
    expect(states()).toEqual(['unknown']);
    expect([unknowns, fatal]).toEqual([[['o0-0', false]], []]);
  });

  it('D2: an id that another order has is no acceptance', async () => {
    expect(await answer({ kind: 'accepted', orderId: '9', order: null })).toMatchObject({ state: 'accepted' });
    const second = await answer({ kind: 'accepted', orderId: '9', order: null });
    expect(second).toMatchObject({ state: 'unknown', brokerOrderId: null });
    expect(fatal).toEqual([]);
  });

  it('an id that another order had on another day is one', async () => {
    bench.accepted({ clientId: 'old', orderId: 'old', tag: 'oldaaaaa', day: '2026-07-03', brokerOrderId: '9' });
    expect(await answer({ kind: 'accepted', orderId: '9', order: null })).toMatchObject({ state: 'accepted' });
  });
});

describe('an answer that comes after a reading has found the order', () => {
  async function late(outcome: PlaceOutcome): Promise<IntentRow> {
    const reply = deferred<PlaceOutcome>();
    bench.broker.onPlace = () => reply.promise;
    const done = placer.send(parts(1));
    await nextTurn();
    bench.book.news({ clientId: 'o0-0', event: 'filled', brokerOrderId: '77', filled: 100 }, SENT_AT);
    reply.resolve(outcome);
    await done;
    return bench.book.intent('o0-0');
  }

  it('changes nothing when it agrees', async () => {
    const intent = await late({ kind: 'accepted', orderId: '77', order: null });
    expect(intent).toMatchObject({ state: 'filled', brokerOrderId: '77' });
    expect(bench.said('ALARM')).toBe(0);
  });

  it('is an alarm when it names another order, or says that it was rejected', async () => {
    await late({ kind: 'accepted', orderId: '78', order: null });
    expect(bench.said(/ALARM.*found as 77.*names 78/, 'error')).toBe(1);
    bench.close();
    setUp();
    const intent = await late({ kind: 'rejected', code: 'REQUEST_FAILED', reason: 'no', orderId: null });
    expect(intent.state).toBe('filled');
    expect(bench.said(/ALARM.*although its request was answered with: no/, 'error')).toBe(1);
  });

  it('unknown no longer matters', async () => {
    expect(await late(LOST)).toMatchObject({ state: 'filled' });
    expect(unknowns).toEqual([]);
  });
});
