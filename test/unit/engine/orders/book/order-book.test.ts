import { chinaInstant } from '../../../../../src/domain/time.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aBrokerOrder, aFill, aTrade, anIntent, anOrderRow, Bench, DAY, SENT_AT, UNKNOWN_PRICES } from '../rows.ts';
import { readNews } from '../../../../../src/engine/orders/reading/reading-news.ts';
import type { IntentRow } from '../../../../../src/domain/order/rows.ts';

let bench: Bench;
beforeEach(() => {
  bench = new Bench();
});
afterEach(() => {
  bench.close();
});

const NOW = SENT_AT + 60_000;
const AFTERNOON = chinaInstant(DAY, '13:00:00');

describe('a change', () => {
  it('is in the ledger before anybody sees it', () => {
    bench.hold();
    const seen: (string | undefined)[] = [];
    bench.book.onChange(() => seen.push(bench.durable()[0]?.state));
    bench.book.news({ clientId: 'c1', event: 'send', sentAt: SENT_AT }, SENT_AT);
    bench.book.news({ clientId: 'c1', event: 'live', brokerOrderId: '7' }, SENT_AT);
    expect(seen).toEqual(['sending', 'accepted']);
  });

  it('that cannot be written changes nothing and is told to nobody', () => {
    bench.accepted();
    let told = 0;
    bench.book.onChange(() => (told += 1));
    const stamp = bench.book.stamp();
    bench.ledger.close();
    const write = expect.objectContaining({ code: 'LEDGER_WRITE_FAILED' });
    expect(() => bench.book.news({ clientId: 'c1', event: 'filled' }, NOW)).toThrow(write);
    expect(() => bench.book.reading([{ clientId: 'c1', event: 'filled', filled: 100 }], [aFill()], NOW)).toThrow(write);
    expect(() => bench.book.enter(anOrderRow({ orderId: 'o2' }), [], NOW)).toThrow(write);
    expect(bench.book.intent('c1').state).toBe('accepted');
    expect(bench.book.fillsOfIntent('c1')).toEqual([]);
    expect(bench.book.life('o2')).toBeNull();
    expect([told, bench.book.stamp()]).toEqual([0, stamp]);
  });

  it('that a list repeats of what has ended is handed to nobody, and what still works is looked at each time', () => {
    bench.accepted();
    const looked: string[] = [];
    bench.book.driveWith((orderId) => looked.push(orderId));
    bench.book.reading([{ clientId: 'c1', event: 'live', brokerOrderId: '7' }], [], NOW);
    expect(looked).toEqual(['o1']);
    const filled = { clientId: 'c1', event: 'filled', brokerOrderId: '7', filled: 100 } as const;
    bench.book.reading([filled], [], NOW);
    expect(looked).toEqual(['o1', 'o1']);
    const stamp = bench.book.stamp();
    bench.book.reading([filled], [], NOW + 1);
    expect([looked.length, bench.book.stamp()]).toEqual([2, stamp]);
    // Its trades may still be listed.
    expect(bench.book.reading([filled], [aFill()], NOW + 2)).toEqual([aFill()]);
  });

  it('that cannot be is refused before it is written', () => {
    bench.hold();
    expect(() => bench.book.news({ clientId: 'c1', event: 'filled' }, NOW)).toThrow(/cannot take the event/);
    expect(bench.durable()[0]?.state).toBe('planned');
  });

  it('moves the stamp, and a reading without news does not', () => {
    bench.accepted();
    const stamp = bench.book.stamp();
    bench.book.reading([{ clientId: 'c1', event: 'live', brokerOrderId: '7', filled: 0 }], [], NOW);
    expect(bench.book.stamp()).toBe(stamp);
    bench.book.reading([{ clientId: 'c1', event: 'live', brokerOrderId: '7', filled: 10 }], [], NOW);
    expect(bench.book.stamp()).toBe(stamp + 1);
  });
});

describe('what may still change the account', () => {
  const rests = (which: 'all' | 'certain' = 'all'): (readonly [string, number])[] =>
    bench.book.working(DAY, which).map(({ security, rest }) => [security, rest]);

  it('is looked at again when an order that was over changes: filled after its end, listed late', () => {
    bench.accepted();
    expect(rests()).toEqual([['000001.XSHE', 100]]);
    const canceled = { clientId: 'c1', event: 'canceled', brokerOrderId: '7', filled: 0 } as const;
    bench.book.reading([canceled], [], NOW);
    expect(rests()).toEqual([]);
    // The broker calls 100 of it filled after all, and lists them later.
    bench.book.reading([{ ...canceled, filled: 100 }], [], NOW + 1);
    expect(rests()).toEqual([['000001.XSHE', 100]]);
    bench.book.reading([], [aFill()], NOW + 2);
    expect(rests()).toEqual([]);
    expect(bench.book.unlisted(DAY)).toEqual([]);
  });

  it('holds the money of a buy that has expired, and an order of unknown fate blocks its security, however often they are asked for', () => {
    bench.accepted();
    bench.book.reading([{ clientId: 'c1', event: 'expired', filled: 0 }], [], NOW);
    for (const _ of [1, 2]) expect([rests(), rests('certain')]).toEqual([[], [['000001.XSHE', 100]]]);
    bench.hold({ clientId: 'c2', orderId: 'o2', tag: 'bbbbbbbb', state: 'unknown', sentAt: SENT_AT });
    for (const _ of [1, 2]) expect([...bench.book.doubtful()]).toEqual(['000001.XSHE']);
  });
});

describe('a reading', () => {
  it('D24: replayed brings no fill twice, also after a restart', () => {
    bench.accepted();
    const apply = (): number => {
      const orders = [aBrokerOrder({ status: 'filled', filled: 100 })];
      const trades = [aTrade({ amount: 50 }), aTrade({ amount: 50 })];
      const result = readNews(
        bench.book.intents(),
        { orders, trades },
        { day: DAY, now: NOW, isOver: () => false, prices: () => UNKNOWN_PRICES },
      );
      return bench.book.reading(result.news, result.fills, NOW).length;
    };
    expect([apply(), apply()]).toEqual([2, 0]);
    bench.reopen().restore(DAY, NOW);
    expect(apply()).toBe(0);
    expect(bench.book.view('o1')).toMatchObject({ state: 'filled', filled: 100, price: 10, commission: 10 });
    expect(bench.book.trades().map((trade) => trade.tradeId)).toEqual(['t1', 't1#2']);
  });

  it('never takes back shares that were filled', () => {
    bench.accepted();
    bench.book.reading([{ clientId: 'c1', event: 'live', filled: 60 }], [], NOW);
    bench.book.reading([{ clientId: 'c1', event: 'live', filled: 0 }], [], NOW);
    expect(bench.book.intent('c1').filled).toBe(60);
  });

  it('is one commit: a fill that cannot be written leaves the order as it was', () => {
    bench.accepted();
    const orphan = aFill({ clientId: 'nobody' });
    const news = [{ clientId: 'c1', event: 'filled', filled: 100 } as const];
    expect(() => bench.book.reading(news, [orphan], NOW)).toThrow(/could not be written/);
    expect(bench.durable()[0]?.state).toBe('accepted');
  });

  it('a fill that the ledger cannot hold is an error, never dropped in silence', () => {
    bench.accepted();
    expect(() => bench.book.reading([], [aFill({ price: Number.NaN })], NOW)).toThrow(/could not be written/);
    expect(() => bench.book.reading([], [aFill({ amount: 0 })], NOW)).toThrow(/could not be written/);
    expect(bench.book.fillsOfIntent('c1')).toEqual([]);
  });
});

describe('restore', () => {
  function died(states: readonly Partial<IntentRow>[]): ReturnType<typeof bench.book.restore> {
    for (const [index, state] of states.entries()) {
      const id = String(index + 1);
      bench.hold({ clientId: `c${id}`, orderId: `o${id}`, tag: `aaaaaaa${id}`, ...state });
    }
    return bench.reopen().restore(DAY, NOW);
  }

  it('what was PLANNED was never sent; what was SENDING may have been', () => {
    const counts = died([{}, { state: 'sending', sentAt: SENT_AT }]);
    expect(counts).toMatchObject({ notSent: 1, unknown: 1 });
    expect(bench.book.intents().map((intent) => intent.state)).toEqual(['not_sent', 'unknown']);
    expect(bench.durable().map((intent) => intent.state)).toEqual(['not_sent', 'unknown']);
    expect(bench.book.doubtful()).toEqual(new Set(['000001.XSHE']));
  });

  it('a cancel under way may not have been asked for: the order is open, and can be cancelled again', () => {
    const counts = died([{ state: 'canceling', sentAt: SENT_AT, brokerOrderId: '7' }]);
    expect(counts.canceling).toBe(1);
    expect(bench.book.intent('c1').state).toBe('accepted');
  });

  it('keeps everything else as it was', () => {
    const states = ['unknown', 'accepted', 'filled', 'canceled', 'rejected', 'not_placed'] as const;
    died(states.map((state) => ({ state, sentAt: SENT_AT })));
    expect(bench.book.intents().map((intent) => intent.state)).toEqual(states);
  });

  it('a parked order is still parked: whoever drives the book sends it in its window', () => {
    bench.book.enter(anOrderRow({ phase: 'parked', opensAt: AFTERNOON }), [], NOW);
    expect(bench.reopen().restore(DAY, NOW)).toMatchObject({ parked: 1, notSent: 0 });
    expect(bench.book.view('o1')).toMatchObject({ state: 'planned', reason: null });
    expect(bench.reopen().restore(DAY, NOW)).toMatchObject({ parked: 1 });
  });

  it('one that waited for its window and was about to be sent is planned anew, and its old plan is gone', () => {
    bench.book.enter(anOrderRow({ opensAt: SENT_AT }), [anIntent()], NOW);
    bench.reopen().restore(DAY, NOW);
    expect(bench.book.life('o1')).toMatchObject({ order: { phase: 'parked' }, intents: [] });
    expect([bench.book.intents(), bench.durable()]).toEqual([[], []]);
  });

  it('one whose call was still being planned was never sent, and its caller is gone', () => {
    bench.book.enter(anOrderRow({ phase: 'new' }), [], NOW);
    bench.reopen().restore(DAY, NOW);
    expect(bench.book.life('o1')?.order).toMatchObject({
      phase: 'done',
      denied: 'not sent: bt stopped before its turn',
    });
    expect(bench.book.views()).toEqual([]);
  });

  it('a parked order of an earlier day was never sent', () => {
    bench.book.enter(anOrderRow({ phase: 'parked', opensAt: AFTERNOON }), [], NOW);
    bench.reopen().restore('2026-07-07', chinaInstant('2026-07-07', '08:00:00'));
    expect(bench.book.view('o1')).toMatchObject({
      state: 'not_sent',
      reason: 'the trading day ended before it could be sent',
    });
  });

  it('brings back the unfinished of earlier days with their fills, and nothing else of them', () => {
    const friday = '2026-07-03';
    bench.accepted({ day: friday, filled: 40 });
    bench.hold({ clientId: 'c2', orderId: 'o2', tag: 'bbbbbbbb', day: friday, state: 'filled', filled: 100 });
    bench.book.reading([], [aFill({ day: friday, amount: 40 })], NOW);
    bench.book.reading([], [aFill({ day: friday, clientId: 'c2', brokerOrderId: '8' })], NOW);
    bench.reopen().restore(DAY, NOW);
    expect(bench.book.intents().map((intent) => intent.clientId)).toEqual(['c1']);
    expect(bench.book.working(friday)).toMatchObject([{ rest: 60 }]);
    expect(bench.book.trades()).toHaveLength(1);
  });
});

describe('working', () => {
  it('counts what may still be executed, from the moment it is written down', () => {
    for (const [index, state] of (['planned', 'sending', 'unknown', 'accepted', 'canceling'] as const).entries())
      bench.hold({ clientId: `c${index}`, orderId: `o${index}`, tag: `aaaaaaa${index}`, state });
    bench.hold({ clientId: 'x', orderId: 'x', tag: 'xxxxxxxx', state: 'canceled' });
    expect(bench.book.working(DAY).map((order) => order.rest)).toEqual([100, 100, 100, 100, 100]);
  });

  it('goes down with the trades, not with the order’s own figure', () => {
    bench.accepted();
    bench.book.reading([{ clientId: 'c1', event: 'filled', filled: 100 }], [aFill({ amount: 30 })], NOW);
    expect(bench.book.working(DAY)).toEqual([
      { security: '000001.XSHE', side: 'buy', rest: 70, price: 10, day: DAY, filledMoney: 300 },
    ]);
    expect(bench.book.unlisted(DAY).map((intent) => intent.clientId)).toEqual(['c1']);
    bench.book.reading([], [aFill({ tradeId: 't2', amount: 70 })], NOW);
    expect([bench.book.working(DAY), bench.book.unlisted(DAY)]).toEqual([[], []]);
  });

  it.each(['planned', 'sending', 'unknown', 'accepted', 'canceling'] as const)(
    'counts nothing of an earlier day, also when its end was not seen (%s)',
    (state) => {
      bench.hold({ state });
      expect(bench.book.working('2026-07-07')).toEqual([]);
    },
  );

  it('forgets on the next day what the broker never listed', () => {
    bench.accepted();
    bench.book.reading([{ clientId: 'c1', event: 'filled', filled: 100 }], [], NOW);
    expect([bench.book.working('2026-07-07'), bench.book.unlisted('2026-07-07')]).toEqual([[], []]);
  });

  it('counts an expired buy with what a reading may still hold, not with what is to come', () => {
    bench.hold({ state: 'expired', brokerOrderId: '7' });
    bench.book.reading([], [aFill({ amount: 30 })], NOW);
    expect(bench.book.working(DAY)).toEqual([]);
    expect(bench.book.working(DAY, 'certain')).toMatchObject([{ rest: 70, filledMoney: 300 }]);
  });

  it('is never negative', () => {
    bench.accepted();
    bench.book.reading([], [aFill({ amount: 150 })], NOW);
    expect(bench.book.working(DAY)).toEqual([]);
  });
});

describe('an order', () => {
  it('is found by our id and by the broker’s, the latest one if a terminal used it twice', () => {
    bench.accepted({ day: '2026-07-03' });
    bench.accepted({ clientId: 'c2', orderId: 'o2', tag: 'bbbbbbbb' });
    expect(['o1', 'o2', '7', '8'].map((id) => bench.book.find(id))).toEqual(['o1', 'o2', 'o2', null]);
  });

  it('is the sum of its parts', () => {
    bench.book.enter(
      anOrderRow({ amount: 300 }),
      [
        anIntent({ state: 'accepted', brokerOrderId: '7' }),
        anIntent({ clientId: 'c2', tag: 'bbbbbbbb', state: 'accepted', brokerOrderId: '8', amount: 200 }),
      ],
      NOW,
    );
    bench.book.reading([{ clientId: 'c1', event: 'filled', filled: 100 }], [aFill()], NOW);
    expect(bench.book.view('o1')).toMatchObject({ state: 'accepted', filled: 100, brokerOrderIds: ['7', '8'] });
    bench.book.reading(
      [{ clientId: 'c2', event: 'canceled', filled: 100 }],
      [aFill({ clientId: 'c2', brokerOrderId: '8', price: 11 })],
      NOW,
    );
    expect(bench.book.view('o1')).toMatchObject({ state: 'canceled', filled: 200, price: 10.5, avgCost: 10.5 });
  });

  it('shows its doubt first', () => {
    bench.book.enter(
      anOrderRow({ amount: 300 }),
      [anIntent({ state: 'unknown' }), anIntent({ clientId: 'c2', tag: 'bbbbbbbb', state: 'not_sent' })],
      NOW,
    );
    expect(bench.book.view('o1')).toMatchObject({ state: 'unknown', unknown: true });
  });

  it('that was denied at once is no order for the strategy; one that waited is', () => {
    bench.book.enter(anOrderRow({ denied: 'no cash' }), [], NOW);
    bench.book.enter(anOrderRow({ orderId: 'o2', phase: 'parked', opensAt: AFTERNOON }), [], NOW);
    bench.book.advance('o2', [{ kind: 'denied', reason: 'no cash' }], NOW);
    expect(bench.book.views().map((order) => [order.orderId, order.state])).toEqual([['o2', 'not_sent']]);
  });

  it('that waited may come out on the other side', () => {
    bench.book.enter(anOrderRow({ phase: 'parked', opensAt: AFTERNOON }), [], NOW);
    const intents = [anIntent({ side: 'sell', amount: 300 })];
    bench.book.advance(
      'o1',
      [{ kind: 'planned', side: 'sell', amount: 300, costBefore: 9.5, quoted: 9.9, waitUntil: null, intents }],
      NOW,
    );
    expect(bench.book.view('o1')).toMatchObject({ side: 'sell', amount: 300, state: 'planned', avgCost: 9.5 });
    bench.reopen().restore(DAY, NOW);
    // Its plan was not sent, so it waits again; what it became is kept.
    expect(bench.book.view('o1')).toMatchObject({ side: 'sell', amount: 300, avgCost: 9.5, state: 'planned' });
  });
});

describe('an order that a new day has forgotten', () => {
  const NEXT = chinaInstant('2026-07-07', '00:00:00');

  it('is read from the ledger by who still waits for it, with its fills', () => {
    bench.accepted();
    bench.book.reading([{ clientId: 'c1', event: 'filled', filled: 100 }], [aFill()], NOW);
    const before = bench.book.view('o1');
    bench.book.roll('2026-07-07');
    expect([bench.book.life('o1'), bench.book.size(), bench.book.fillLog()]).toEqual([null, 0, []]);
    expect(bench.book.view('o1')).toEqual(before);
    expect(bench.book.intent('c1').state).toBe('filled');
    expect(bench.book.views()).toEqual([]);
  });

  it('takes a late answer without coming back or losing anything', () => {
    bench.accepted();
    bench.book.reading([{ clientId: 'c1', event: 'filled', filled: 100 }], [aFill()], NOW);
    bench.book.roll('2026-07-07');
    bench.book.advance('o1', [{ kind: 'cancel_failed' }], NEXT);
    bench.book.look('o1', NEXT);
    expect(bench.book.intent('c1')).toMatchObject({ state: 'filled', filled: 100 });
    expect(bench.book.view('o1')).toMatchObject({ state: 'filled', filled: 100 });
  });

  it('that was never written down is a bug that is told', () => {
    expect(() => bench.book.view('o9')).toThrow(expect.objectContaining({ code: 'NO_ORDER' }));
    expect(() => bench.book.intent('c9')).toThrow(expect.objectContaining({ code: 'NO_INTENT' }));
  });
});
