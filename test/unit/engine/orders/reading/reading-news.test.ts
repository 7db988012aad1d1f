import { describe, expect, it } from 'vitest';
import {
  readNews,
  type Reading,
  type ReadingNews,
  type ReadingTime,
} from '../../../../../src/engine/orders/reading/reading-news.ts';
import type { IntentRow } from '../../../../../src/domain/order/rows.ts';
import { aBrokerOrder, aTrade, anIntent, DAY, SENT_AT, UNKNOWN_PRICES } from '../rows.ts';

const NOW = SENT_AT + 5_000;

function read(
  intents: readonly IntentRow[],
  reading: Partial<Reading>,
  time: Pick<ReadingTime, 'marksKept'> = {},
): ReadingNews {
  return readNews(
    intents,
    { orders: [], trades: [], ...reading },
    { day: DAY, now: NOW, isOver: () => false, prices: () => UNKNOWN_PRICES, ...time },
  );
}

const unknown = anIntent({ state: 'unknown', sentAt: SENT_AT, reason: 'LINK_LOST: the link was lost' });
const accepted = anIntent({ state: 'accepted', sentAt: SENT_AT, brokerOrderId: '7' });

describe('what an order row says', () => {
  it.each([
    ['pending', 'live'],
    ['open', 'live'],
    ['partly_filled', 'live'],
    ['canceling', 'live'],
    ['filled', 'filled'],
    ['canceled', 'canceled'],
    ['partly_canceled', 'canceled'],
    ['rejected', 'rejected'],
  ] as const)('%s is the news %s', (status, event) => {
    expect(read([accepted], { orders: [aBrokerOrder({ status })] }).news).toMatchObject([
      { clientId: 'c1', event, brokerOrderId: '7' },
    ]);
  });

  it('a status that cannot be read proves that the order exists, and ends nothing', () => {
    const { news, absent } = read([unknown], { orders: [aBrokerOrder({ status: 'unknown', filled: 30 })] });
    expect(news).toMatchObject([{ event: 'live', brokerOrderId: '7', filled: 30 }]);
    expect(absent).toEqual([]);
  });

  it('takes the broker’s words for an end, and drops the doubt of an order that is found', () => {
    const rejected = aBrokerOrder({ status: 'rejected', statusText: '资金不足' });
    expect(read([accepted], { orders: [rejected] }).news[0]?.reason).toBe('not enough cash (资金不足)');
    expect(read([unknown], { orders: [aBrokerOrder()] }).news[0]?.reason).toBeNull();
    expect(read([accepted], { orders: [aBrokerOrder()] }).news[0]).not.toHaveProperty('reason');
  });

  it('looks only at what was sent today', () => {
    const orders = [aBrokerOrder()];
    expect(read([anIntent({ sentAt: null })], { orders }).news).toEqual([]);
    expect(read([anIntent({ sentAt: SENT_AT, state: 'unknown', day: '2026-07-03' })], { orders }).news).toEqual([]);
  });
});

describe('a trade without a price', () => {
  it('is no fill until it has one; the others of its list are', () => {
    const orders = [aBrokerOrder({ status: 'open', filled: 60 })];
    const priced = aTrade({ tradeId: 't1', amount: 20 });
    const late = aTrade({ tradeId: 't2', amount: 40 });
    expect(read([accepted], { orders, trades: [priced, { ...late, price: null }] }).fills).toMatchObject([
      { tradeId: 't1', amount: 20 },
    ]);
    expect(read([accepted], { orders, trades: [priced, late] }).fills).toHaveLength(2);
  });
});

describe('who an order belongs to', () => {
  it('D2: an id that one order has is not given to another', () => {
    const other = anIntent({
      clientId: 'c2',
      tag: 'bbbbbbbb',
      remark: 'bt:bbbbbbbb',
      state: 'unknown',
      sentAt: SENT_AT,
    });
    const { news, absent } = read([other, accepted], { orders: [aBrokerOrder({ remark: '' })] });
    expect(news.map((item) => item.clientId)).toEqual(['c1']);
    expect(absent).toEqual(['c2']);
  });

  it('an id of yesterday does not hide today’s order: terminals use ids again', () => {
    const yesterday = { ...accepted, clientId: 'c0', tag: 'aaaaaaaa', remark: 'bt:aaaaaaaa', day: '2026-07-03' };
    expect(read([yesterday, unknown], { orders: [aBrokerOrder()] }).news).toMatchObject([{ clientId: 'c1' }]);
  });

  it('recognises by its looks only an order whose fate is open', () => {
    const orders = [aBrokerOrder({ remark: 'bullet-trade' })];
    expect(read([unknown], { orders }).news).toMatchObject([{ clientId: 'c1', event: 'live' }]);
    for (const state of ['sending', 'rejected', 'not_sent', 'not_placed'] as const) {
      const intent = anIntent({ state, sentAt: SENT_AT });
      expect(read([intent], { orders })).toMatchObject({ news: [], fills: [] });
    }
  });

  it('a refused order does not take away the order of the next one', () => {
    const refused = anIntent({ state: 'rejected', sentAt: SENT_AT });
    const next = anIntent({ clientId: 'c2', tag: 'bbbbbbbb', state: 'unknown', sentAt: SENT_AT });
    const { news } = read([refused, next], { orders: [aBrokerOrder({ remark: '' })] });
    expect(news.map((item) => item.clientId)).toEqual(['c2']);
  });

  it('does not go by looks at a server that shows marks', () => {
    const orders = [aBrokerOrder({ remark: '' })];
    expect(read([unknown], { orders }).news).toHaveLength(1);
    expect(read([unknown], { orders }, { marksKept: true }).news).toEqual([]);
  });

  it('an order without a mark that may be it, though its price was moved, or one of two, is no absence', () => {
    const moved = aBrokerOrder({ remark: '', limitPrice: 9.9 });
    const twins = [aBrokerOrder({ remark: '' }), aBrokerOrder({ remark: '', orderId: '8' })];
    for (const orders of [[moved], twins]) {
      for (const marksKept of [true, false])
        expect(read([unknown], { orders }, { marksKept })).toMatchObject({ news: [], absent: [] });
    }
    expect(read([unknown], { orders: [aBrokerOrder({ remark: '', amount: 700 })] }).absent).toEqual(['c1']);
  });

  it('one order without a mark is not two intents', () => {
    const twin = { ...unknown, clientId: 'c2', tag: 'bbbbbbbb' };
    const { news, absent } = read([unknown, twin], { orders: [aBrokerOrder({ remark: '' })] });
    expect([news.map((item) => item.clientId), absent]).toEqual([['c1'], ['c2']]);
  });

  it('an id that was answered wrongly is a contradiction, not our order', () => {
    const foreign = aBrokerOrder({ security: '000002.XSHE', status: 'filled', filled: 500 });
    const result = read([accepted], { orders: [foreign], trades: [aTrade()] });
    expect(result).toMatchObject({ news: [], fills: [], missing: ['c1'] });
    expect(result.contradictions[0]?.text).toContain('000002.XSHE');
    const marked = aBrokerOrder({ remark: 'bt:zzzzzzzz' });
    expect(read([accepted], { orders: [marked] }).contradictions).toHaveLength(1);
  });

  it('A4-1: two orders with one mark are seen, whatever we know of the first', () => {
    const orders = [aBrokerOrder(), aBrokerOrder({ orderId: '8' })];
    for (const intent of [accepted, unknown])
      expect(read([intent], { orders }).contradictions[0]?.text).toContain('2 orders bear the mark');
  });
});

describe('what a reading does not show', () => {
  it('names an unknown order as absent, and says nothing else about it', () => {
    expect(read([unknown], {})).toMatchObject({ news: [], absent: ['c1'], missing: [], contradictions: [] });
  });

  it('absence means nothing for an order whose answer is still out', () => {
    expect(read([anIntent({ state: 'sending', sentAt: SENT_AT })], {})).toMatchObject({ news: [], absent: [] });
  });

  it('a list without an order that the broker has named is not whole', () => {
    const other = { ...accepted, clientId: 'c2', tag: 'bbbbbbbb' };
    expect(read([unknown, other], {})).toMatchObject({ absent: [], missing: ['c2'] });
    const ended = { ...other, state: 'filled' } as const;
    expect(read([unknown, ended], {})).toMatchObject({ absent: ['c1'], missing: [] });
  });

  it('a trade without its order in the same security is no absence', () => {
    expect(read([unknown], { trades: [aTrade({ orderId: '99' })] }).absent).toEqual([]);
    expect(read([unknown], { trades: [aTrade({ orderId: '99', security: '000002.XSHE' })] }).absent).toEqual(['c1']);
  });
});

describe('ten thousand orders', () => {
  it('are looked through in one pass: each finds its own', () => {
    const intents = Array.from({ length: 10_000 }, (_, index) => {
      const tag = String(index).padStart(8, 'a');
      return anIntent({
        clientId: tag,
        tag,
        remark: `bt:${tag}`,
        state: 'accepted',
        sentAt: SENT_AT,
        brokerOrderId: tag,
      });
    });
    const filled = { status: 'filled', filled: 100 } as const;
    const orders = intents.map(({ tag, remark }) => aBrokerOrder({ orderId: tag, remark, ...filled })).toReversed();
    const trades = orders.map(({ orderId }) => aTrade({ orderId }));
    const result = read(intents, { orders, trades });
    expect([result.news.length, result.fills.length, result.contradictions]).toEqual([10_000, 10_000, []]);
    expect(result.news.every((item) => item.brokerOrderId === item.clientId)).toBe(true);
    expect(result.fills.every((fill) => fill.brokerOrderId === fill.clientId)).toBe(true);
  });
});

describe('fills', () => {
  it('A4: equal trade ids in one list are two fills', () => {
    const trades = [aTrade({ amount: 50 }), aTrade({ amount: 50 })];
    const { fills } = read([accepted], { orders: [aBrokerOrder({ filled: 100, status: 'filled' })], trades });
    expect(fills).toMatchObject([
      { clientId: 'c1', day: DAY, tradeId: 't1', ordinal: 1, amount: 50 },
      { clientId: 'c1', day: DAY, tradeId: 't1', ordinal: 2, amount: 50 },
    ]);
  });

  it('come also when the list of orders lags behind', () => {
    expect(read([accepted], { trades: [aTrade()] }).fills).toHaveLength(1);
  });

  it('of a found order come with it', () => {
    const orders = [aBrokerOrder({ status: 'filled', filled: 100 })];
    expect(read([unknown], { orders, trades: [aTrade()] }).fills).toHaveLength(1);
  });

  it('are not taken while they are more than the order’s own row calls filled', () => {
    const trades = [aTrade({ amount: 50 }), aTrade({ amount: 50 })];
    expect(read([accepted], { orders: [aBrokerOrder({ filled: 50 })], trades }).fills).toEqual([]);
    expect(read([accepted], { orders: [aBrokerOrder({ filled: 100 })], trades }).fills).toHaveLength(2);
    expect(read([accepted], { trades: [...trades, aTrade()] }).fills).toEqual([]);
  });

  it('are counted once while no row of the order vouches for those that look alike', () => {
    const trades = [aTrade({ amount: 40 }), aTrade({ amount: 20, price: 9.9 }), aTrade({ amount: 40 })];
    const of = (intent: IntentRow, orders: Reading['orders'] = []): number[] =>
      read([intent], { orders, trades }).fills.map(({ amount }) => amount);
    expect(of(accepted)).toEqual([40, 20]);
    expect(of({ ...accepted, filled: 60 })).toEqual([40, 20]);
    expect(of({ ...accepted, filled: 100 })).toEqual([40, 20, 40]);
    expect(of(accepted, [aBrokerOrder({ filled: 100, status: 'filled' })])).toEqual([40, 20, 40]);
  });

  it('leave out other people’s, and rows of 0 shares', () => {
    const trades = [aTrade({ orderId: '8' }), aTrade({ amount: 0 })];
    expect(read([accepted], { orders: [aBrokerOrder()], trades }).fills).toEqual([]);
  });

  it('have the time of the reading when the broker gives none', () => {
    expect(read([accepted], { trades: [aTrade({ time: null })] }).fills[0]?.time).toBe(NOW);
  });
});

describe('an order that was given up', () => {
  it.each(['rejected', 'not_sent'] as const)('%s by its answer and shown by the broker is adopted', (state) => {
    for (const status of ['open', 'filled', 'canceled'] as const) {
      const result = read([anIntent({ state, sentAt: SENT_AT })], { orders: [aBrokerOrder({ status })] });
      expect(result.news).toMatchObject([{ event: 'adopted', brokerOrderId: '7', reason: null }]);
      expect(result.adopted).toHaveLength(1);
    }
  });

  it('not placed and shown by the broker is adopted with what it became', () => {
    const intent = anIntent({ state: 'not_placed', sentAt: SENT_AT, reason: 'not placed: x' });
    const result = read([intent], { orders: [aBrokerOrder({ status: 'filled', filled: 100 })] });
    expect(result.news).toMatchObject([{ event: 'filled', filled: 100, reason: null }]);
    expect(result.adopted).toHaveLength(1);
  });

  it('rejected with its own row may be shown live by a list that is older', () => {
    const intent = anIntent({ state: 'rejected', sentAt: SENT_AT, brokerOrderId: '7' });
    expect(read([intent], { orders: [aBrokerOrder()] })).toMatchObject({ adopted: [], contradictions: [] });
  });
});

describe('contradictions', () => {
  it('are one end shown as another', () => {
    for (const [state, status] of [
      ['canceled', 'filled'],
      ['filled', 'canceled'],
      ['filled', 'rejected'],
      ['rejected', 'filled'],
    ] as const) {
      const result = read([{ ...accepted, state }], { orders: [aBrokerOrder({ status })] });
      expect(result.news).toEqual([]);
      const text = `bt:k3v9x0aa is ${state} here and ${status} there (7)`;
      expect(result.contradictions).toEqual([{ remark: 'bt:k3v9x0aa', text }]);
    }
  });

  it('are not a final order that an older list shows live, nor its late fills', () => {
    const canceled = { ...accepted, state: 'canceled' } as const;
    expect(read([canceled], { orders: [aBrokerOrder()] }).contradictions).toEqual([]);
    const late = read([canceled], { orders: [aBrokerOrder({ status: 'partly_canceled', filled: 40 })] });
    expect(late).toMatchObject({ news: [{ event: 'canceled', filled: 40 }], contradictions: [] });
  });
});
