import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { IntentRow, OrderRow } from '../../../../../src/domain/order/rows.ts';
import type { OrderBook } from '../../../../../src/engine/orders/book/order-book.ts';
import { Ledger } from '../../../../../src/ledger/ledger.ts';
import { aFill, anIntent, anOrderRow, Bench, DAY, SENT_AT } from '../rows.ts';

let bench: Bench;
beforeEach(() => {
  bench = new Bench();
});
afterEach(() => {
  vi.restoreAllMocks();
  bench.close();
});

const NOW = SENT_AT + 60_000;
const FRIDAY = '2026-07-03';
const TUESDAY = '2026-07-07';
const STATES = ['filled', 'canceled', 'rejected', 'accepted', 'not_sent'] as const;

/** Writes orders as an earlier run would have left them, each with its own ids; no intents = it was denied. */
function write(
  orders: readonly { state: (typeof STATES)[number] | null; at?: number; day?: string; why?: string }[],
): void {
  for (const [index, { state, at = index, day = DAY, why }] of orders.entries()) {
    const orderId = `o${index}`;
    const phase = state === 'accepted' ? 'working' : 'done';
    const cancelWhy = why ?? null;
    const denied = state === null ? 'no cash' : null;
    const order = anOrderRow({ orderId, day, phase, cancelWhy, denied, createdAt: SENT_AT + at });
    const ids = { clientId: `c${index}`, orderId, day, tag: `k3v9x0${String(index).padStart(2, '0')}` };
    const brokerOrderId = state === 'not_sent' ? null : String(index);
    const told = { sentAt: SENT_AT, brokerOrderId, filled: state === 'filled' ? 100 : 0, reason: cancelWhy };
    bench.ledger.record({ orders: [order], intents: state === null ? [] : [anIntent({ ...ids, ...told, state })] });
    if (state === 'filled')
      bench.ledger.record({ fills: [aFill({ clientId: ids.clientId, brokerOrderId: String(index), day })] });
  }
}

function restart(): OrderBook {
  bench.reopen();
  bench.book.restore(DAY, NOW);
  bench.book.roll(DAY);
  return bench.book;
}

/** Counts how often the rows of a day's orders are read. */
function reads(): () => number {
  const read = vi.spyOn(Ledger.prototype, 'ordersOf');
  return () => read.mock.calls.length;
}

describe('orders that had ended before a run began', () => {
  it('are shown as they were, oldest first, whatever became of them and in whatever order they are asked for', () => {
    const order = fc.record({
      state: fc.constantFrom(...STATES, null),
      at: fc.integer({ min: 0, max: 5 }),
      day: fc.constantFrom(DAY, DAY, DAY, FRIDAY),
    });
    const asked = fc.constantFrom('views', 'one', 'none');
    fc.assert(
      fc.property(fc.array(order, { maxLength: 8 }), asked, (orders, first) => {
        bench.close();
        bench = new Bench();
        write(orders);
        const rows = bench.ledger.ordersOf(DAY);
        const open = orders.flatMap(({ state, day }, at) => (state === 'accepted' && day === FRIDAY ? [`o${at}`] : []));
        const book = restart();
        if (first === 'one')
          for (const { orderId } of rows.toReversed()) expect(book.life(orderId)?.order.orderId).toBe(orderId);
        if (first === 'views') book.views();
        book.enter(anOrderRow({ orderId: 'new', createdAt: NOW }), [anIntent({ clientId: 'n', orderId: 'new' })], NOW);
        const times = new Map(bench.ledger.ordersSince(0).map(({ orderId, createdAt }) => [orderId, createdAt]));
        const shown = book.lives().map(({ order: { orderId } }) => orderId);
        const expected = [...rows.map(({ orderId }) => orderId), ...open, 'new'];
        expect(shown.toSorted()).toEqual(expected.toSorted());
        expect(shown.map((id) => times.get(id) ?? NOW)).toEqual(
          shown.map((id) => times.get(id) ?? NOW).toSorted((a, b) => a - b),
        );
        for (const { order: row, intents } of book.lives())
          expect([row, intents]).toEqual([bench.ledger.order(row.orderId), bench.ledger.intentsOfOrder(row.orderId)]);
      }),
      { numRuns: 20 },
    );
  });

  it('are not read from the ledger while the lists only say again what became of them', () => {
    write([
      { state: 'filled' },
      { state: 'canceled', why: 'cancel_order' },
      { state: 'rejected' },
      { state: 'accepted' },
    ]);
    const book = restart();
    const count = reads();
    const fill = aFill({ clientId: 'c0', brokerOrderId: '0' });
    const news = [
      { clientId: 'c0', event: 'filled', brokerOrderId: '0', filled: 100 },
      { clientId: 'c1', event: 'canceled', brokerOrderId: '1', filled: 0, reason: 'cancelled by its user' },
      { clientId: 'c2', event: 'rejected', brokerOrderId: '2', filled: 0 },
      { clientId: 'c3', event: 'live', brokerOrderId: '3', filled: 0 },
    ] as const;
    const stamp = book.stamp();
    expect(book.reading(news, [fill], NOW)).toEqual([]);
    expect([count(), book.stamp()]).toEqual([0, stamp]);
    // The reason that we had stands.
    expect(book.intent('c1').reason).toBe('cancel_order');
  });

  it('take what the lists say otherwise', () => {
    write([{ state: 'canceled' }, { state: 'filled' }]);
    const book = restart();
    book.reading(
      [{ clientId: 'c0', event: 'canceled', brokerOrderId: '0', filled: 40, reason: 'by the counter' }],
      [],
      NOW,
    );
    expect(bench.ledger.intent('c0')).toMatchObject({ state: 'canceled', filled: 40, reason: 'by the counter' });
    expect(book.lives().map(({ intents }) => intents[0]?.filled)).toEqual([40, 100]);
  });

  it('are found by the id at the broker: the latest that has it, though an earlier one still works', () => {
    write([{ state: 'accepted' }, { state: 'filled' }]);
    const again: IntentRow = { ...anIntent(), clientId: 'c9', orderId: 'o1', tag: 'k3v9x0zz', brokerOrderId: '0' };
    bench.ledger.record({ intents: [{ ...again, state: 'canceled', sentAt: SENT_AT }] });
    const book = restart();
    expect([book.find('0'), book.find('o0'), book.find('5')]).toEqual(['o1', 'o0', null]);
  });

  it('that was denied without a word to the broker is known by its id', () => {
    write([{ state: null }]);
    const book = restart();
    expect(book.life('o0')?.order.denied).toBe('no cash');
    expect(book.life('nobody')).toBeNull();
  });

  it('are forgotten with their day, and the ledger keeps them', () => {
    write([{ state: 'filled' }, { state: 'canceled' }, { state: 'accepted' }]);
    const book = restart();
    expect([book.size(), book.intents().length, book.fillLog().length]).toEqual([3, 3, 1]);
    const count = reads();
    book.roll(TUESDAY);
    expect([book.size(), book.intents().length, book.fillLog().length, count()]).toEqual([1, 1, 0, 0]);
    expect(book.lives().map(({ order }: { order: OrderRow }) => order.orderId)).toEqual(['o2']);
    expect(book.view('o0')).toMatchObject({ state: 'filled', filled: 100, price: 10 });
  });
});
