import { describe, expect, it } from 'vitest';

import { decodeCancelAnswer, decodePlaceAnswer } from '../../../../src/protocol/decode/order-answers.ts';

const SNAPSHOT = {
  order_id: '77',
  status: 'open',
  raw_status: 50,
  security: '000002.SZ',
  price: 8.2,
  order_price: 8.2,
  amount: 100,
  filled: 0,
  order_type: 23,
  order_remark: 'bt:x',
};

describe('decodePlaceAnswer', () => {
  it('of a request that does not wait: an id, and no order to describe', () => {
    const answer = {
      order_id: '77',
      status: 'submitted',
      amount: 100,
      price: 10,
      timed_out: false,
      async_tracking: true,
    };
    expect(decodePlaceAnswer(answer)).toEqual({
      orderId: '77',
      status: 'pending',
      order: null,
      submitUnknown: false,
      warning: null,
      statusText: '',
    });
  });

  it('of a request that waited: the order of its last snapshot', () => {
    const answer = { order_id: '77', status: 'open', amount: 100, raw_status: 50, last_snapshot: SNAPSHOT };
    expect(decodePlaceAnswer(answer)).toMatchObject({
      orderId: '77',
      status: 'open',
      order: { orderId: '77', security: '000002.XSHE', limitPrice: 8.2, avgPrice: null, filled: 0 },
    });
  });

  it('does not take the snapshot of another order', () => {
    expect(decodePlaceAnswer({ order_id: '78', status: 'open', last_snapshot: SNAPSHOT }).order).toBeNull();
  });

  it('that is a whole order row', () => {
    const answer = decodePlaceAnswer({ ...SNAPSHOT, status: 'rejected', raw_status: 57, status_msg: '资金不足' });
    expect(answer).toMatchObject({ orderId: '77', status: 'rejected', statusText: '资金不足' });
    expect(answer.order?.statusText).toBe('资金不足');
  });

  it.each([undefined, null, '', '  ', 0, '0', '-1', -1, -5, Number.NaN])('order id %j is none', (id) => {
    expect(decodePlaceAnswer({ order_id: id, status: 'submitted' })).toMatchObject({ orderId: null, order: null });
  });

  it('keeps an id beyond 2^53 as it came', () => {
    expect(decodePlaceAnswer({ order_id: '12345678901234567890' }).orderId).toBe('12345678901234567890');
  });

  it.each([
    { order_id: null, status: 'submit_unknown', submit_unknown: true, warning: 'no matching order' },
    { order_id: null, status: 'submit_unknown' },
    { order_id: '5', status: 'submitted', submit_unknown: true },
  ])('submit_unknown %j', (payload) => {
    expect(decodePlaceAnswer(payload)).toMatchObject({ submitUnknown: true, status: 'unknown' });
  });

  it('passes a warning on', () => {
    expect(decodePlaceAnswer({ ...SNAPSHOT, warning: '停牌，拒绝远程委托' }).warning).toBe('停牌，拒绝远程委托');
  });

  it('of an empty object proves nothing', () => {
    expect(decodePlaceAnswer({})).toMatchObject({ orderId: null, status: 'unknown', submitUnknown: false });
  });

  it.each([null, [], 'x', 5])('refuses %j', (payload) => {
    expect(() => decodePlaceAnswer(payload)).toThrow(expect.objectContaining({ code: 'BAD_ANSWER' }));
  });
});

describe('decodeCancelAnswer', () => {
  it('accepted and final', () => {
    const snapshot = { ...SNAPSHOT, status: 'canceled', raw_status: 54 };
    const answer = {
      dtype: 'dict',
      value: true,
      status: 'canceled',
      raw_status: 54,
      last_snapshot: snapshot,
      timed_out: false,
    };
    expect(decodeCancelAnswer(answer)).toMatchObject({
      accepted: true,
      status: 'canceled',
      timedOut: false,
      order: { orderId: '77', status: 'canceled' },
    });
  });

  it('accepted, not seen final', () => {
    const answer = { dtype: 'dict', value: true, status: 'canceling', raw_status: 51, timed_out: true };
    expect(decodeCancelAnswer(answer)).toEqual({ accepted: true, status: 'canceling', timedOut: true, order: null });
    expect(decodeCancelAnswer({ dtype: 'dict', value: true, timed_out: true })).toEqual({
      accepted: true,
      status: null,
      timedOut: true,
      order: null,
    });
  });

  it('accepted for an order that turned out filled', () => {
    expect(decodeCancelAnswer({ value: true, status: 'filled', raw_status: 56 }).status).toBe('filled');
  });

  it('a pending cancel that a back end calls final stays pending', () => {
    expect(decodeCancelAnswer({ value: true, status: 'partly_canceled', raw_status: 52 }).status).toBe(
      'partly_canceling',
    );
  });

  it('cancelled after a fill', () => {
    const snapshot = { ...SNAPSHOT, filled: 40, status: 'canceled', raw_status: 54 };
    expect(
      decodeCancelAnswer({ value: true, status: 'canceled', raw_status: 54, last_snapshot: snapshot }),
    ).toMatchObject({
      status: 'partly_canceled',
      order: { status: 'partly_canceled', filled: 40 },
    });
  });

  it('takes the status of the snapshot when it names none itself', () => {
    expect(decodeCancelAnswer({ value: true, last_snapshot: SNAPSHOT }).status).toBe('open');
  });

  it.each([
    [{ value: false, timed_out: false }, false],
    [{ value: { success: true, value: true }, success: true }, true],
    [{ value: { success: true, value: false }, success: true }, false],
    [{ value: { success: false }, success: false }, false],
    [{ value: { success: false } }, false],
    [{ success: true }, true],
    [{ value: true, success: false }, false],
  ])('%j: accepted %s', (answer, accepted) => {
    expect(decodeCancelAnswer({ dtype: 'dict', ...answer }).accepted).toBe(accepted);
  });

  it.each([{}, { value: null }, { value: 'yes' }, { value: {} }, null, []])(
    'refuses %j, which says neither',
    (payload) => {
      expect(() => decodeCancelAnswer(payload)).toThrow(expect.objectContaining({ code: 'BAD_ANSWER' }));
    },
  );
});
