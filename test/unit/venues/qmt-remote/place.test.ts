import { describe, expect, it } from 'vitest';
import type { LatePlaceAnswer, PlaceOutcome, PlaceRequest } from '../../../../src/venues/broker.ts';
import { settle } from '../../platform/fake-timers.ts';
import { HANG, ORDER, orderRow, Refusal, started } from './scripted-venue.ts';
import type { Handler } from './scripted-venue.ts';

async function placeWith(handler: Handler, request: PlaceRequest = ORDER): Promise<PlaceOutcome> {
  const scripted = await started();
  scripted.on('broker.place_order', handler);
  const outcome = scripted.broker.place(request);
  await settle();
  expect(scripted.sent('broker.place_order')).toHaveLength(1);
  return outcome;
}

describe('the request', () => {
  it('is on the wire before place returns, whole and unambiguous', async () => {
    const scripted = await started({ QMT_SERVER_SUB_ACCOUNT: 'demo@main' });
    void scripted.broker.place(ORDER);
    expect(scripted.sent('broker.place_order')).toEqual([
      {
        account_key: null,
        sub_account_id: 'demo@main',
        security: '000001.XSHE',
        side: 'BUY',
        amount: 100,
        style: { type: 'limit', price: 10.5 },
        market: false,
        wait_timeout: 0,
        order_remark: 'bt:1a2b3c4d:demo',
        idempotency_key: 'client-1',
        exact: true,
      },
    ]);
    expect(scripted.linkOf('broker.place_order')).toBe(scripted.link('place'));
  });

  it('is not sent when it cannot be written', async () => {
    const scripted = await started();
    const outcome = await scripted.broker.place({ ...ORDER, amount: 0 });
    expect(outcome).toMatchObject({ kind: 'rejected', code: 'NOT_SENT' });
    expect(scripted.sent('broker.place_order')).toHaveLength(0);
  });
});

describe('accepted', () => {
  it.each([
    [
      'a whole order row',
      orderRow(),
      { kind: 'accepted', orderId: '1073741900', order: { status: 'open', amount: 100 } },
    ],
    [
      'the bare answer of the real back end',
      { order_id: '77', status: 'submitted', amount: 100, price: 10.5, timed_out: false, async_tracking: true },
      { kind: 'accepted', orderId: '77', order: null },
    ],
    ['a numeric id', { order_id: 1073741901, status: 'open' }, { kind: 'accepted', orderId: '1073741901' }],
    // Not our decision: the tracker sees the row.
    ['canceled', orderRow({ status: 'canceled', raw_status: 54 }), { kind: 'accepted', order: { status: 'canceled' } }],
    [
      'partly cancelled',
      orderRow({ status: 'partly_canceled', raw_status: 53, filled: 40 }),
      { kind: 'accepted', order: { status: 'partly_canceled', filled: 40 } },
    ],
  ])('%s', async (_name, answer, expected) => {
    expect(await placeWith(() => answer)).toMatchObject(expected);
  });
});

describe('rejected', () => {
  it('by an order row with status rejected', async () => {
    const row = orderRow({ status: 'rejected', raw_status: 57, status_msg: '[COUNTER] 可用资金不足' });
    expect(await placeWith(() => row)).toEqual({
      kind: 'rejected',
      code: 'REJECTED',
      reason: 'not enough cash ([COUNTER] 可用资金不足)',
      orderId: '1073741900',
    });
  });

  it.each([
    ['000001.XSHE 停牌，无法下单', 'suspended'],
    ['000001.XSHE 无可卖数量', 'not enough shares that can be sold'],
    ['❌ 单笔订单金额超限: ¥200,010.00 > ¥200,000', "a limit of the gateway's"],
    ['券商服务未启用', 'not available now'],
  ])('by a text raised before submission: %s', async (message, english) => {
    expect(await placeWith(() => new Refusal('REQUEST_FAILED', message))).toEqual({
      kind: 'rejected',
      code: 'REQUEST_FAILED',
      reason: `${english} (${message})`,
      orderId: null,
    });
  });
});

describe('unknown', () => {
  it.each([
    ['an answered error that proves nothing', new Refusal('REQUEST_FAILED', 'QMT 下单失败: timeout'), true],
    ['an idempotency conflict', new Refusal('REQUEST_FAILED', 'idempotency_key 冲突: client-1'), true],
    ['an unknown code', new Refusal('TRADING_DISABLED', 'no'), true],
    ['a known text under another code', new Refusal('QMT_UNAVAILABLE', '000001.XSHE 无可卖数量'), true],
    ['the gateway’s own time-out', new Refusal('REQUEST_TIMEOUT', '请求超时（>60s）'), false],
    ['a back end’s time-out', new Refusal('BIG_QMT_GATEWAY_TIMEOUT', 'timed out'), false],
    ['submit_unknown', { order_id: null, status: 'submit_unknown', submit_unknown: true }, false],
    ['an empty id', { order_id: '', status: 'open' }, false],
    ['the id -1', { order_id: '-1', status: 'submitted' }, false],
    ['a rejection without an order', { order_id: null, status: 'rejected' }, false],
    ['no object', [], false],
    ['another security’s order', orderRow({ security: '600000.XSHG' }), false],
    ['an order of the other side', orderRow({ is_buy: false, side: 'SELL' }), false],
  ])('after %s', async (_name, answer, answered) => {
    expect(await placeWith(() => answer)).toMatchObject({ kind: 'unknown', answered });
  });

  it('A4-1: after a lost link; the order is never written again', async () => {
    const scripted = await started();
    scripted.on('broker.place_order', () => HANG);
    const outcome = scripted.broker.place(ORDER);
    scripted.link('place').close();
    expect(await outcome).toMatchObject({ kind: 'unknown', code: 'LINK_LOST', answered: false });
    await scripted.timers.advance(300_000);
    expect(scripted.sent('broker.place_order')).toHaveLength(1);
    expect(scripted.broker.canPlace()).toBe(true);
  });

  it('after 60 s without an answer', async () => {
    const scripted = await started();
    const outcome = scripted.broker.place(ORDER);
    await scripted.timers.advance(60_000);
    expect(await outcome).toMatchObject({ kind: 'unknown', code: 'RPC_TIMEOUT', answered: false });
    await scripted.timers.advance(300_000);
    expect(scripted.sent('broker.place_order')).toHaveLength(1);
  });

  it('after a stop', async () => {
    const scripted = await started();
    const outcome = scripted.broker.place(ORDER);
    await scripted.broker.stop();
    expect(await outcome).toMatchObject({ kind: 'unknown', code: 'SESSION_CLOSED', answered: false });
  });
});

describe('D25: not sent', () => {
  it('when there is no session: at once, and nothing follows later', async () => {
    const scripted = await started();
    scripted.link('place').close('gone.');
    expect(scripted.broker.canPlace()).toBe(false);
    const outcome = await scripted.broker.place(ORDER);
    expect(outcome).toMatchObject({ kind: 'rejected', code: 'NOT_SENT', orderId: null });
    expect(outcome).toHaveProperty('reason', expect.stringContaining('gone.'));
    await scripted.timers.advance(60_000);
    expect(scripted.sent('broker.place_order')).toHaveLength(0);
  });

  it('before the start', async () => {
    const scripted = await started();
    await scripted.broker.stop();
    expect(await scripted.broker.place(ORDER)).toMatchObject({ kind: 'rejected', code: 'NOT_SENT' });
  });
});

describe('one order in flight', () => {
  const second: PlaceRequest = { ...ORDER, clientId: 'client-2' };
  const third: PlaceRequest = { ...ORDER, clientId: 'client-3' };

  it('the next one is written when the first is answered, in order', async () => {
    const scripted = await started();
    const outcomes = [scripted.broker.place(ORDER), scripted.broker.place(second), scripted.broker.place(third)];
    const link = scripted.link('place');
    expect(scripted.broker.canPlace()).toBe(true);
    for (let i = 0; i < 3; i += 1) {
      await settle();
      expect(link.requests).toHaveLength(i + 1);
      link.answer(i, { order_id: `id-${i}`, status: 'open' });
    }
    expect(await Promise.all(outcomes)).toMatchObject([{ orderId: 'id-0' }, { orderId: 'id-1' }, { orderId: 'id-2' }]);
    const keys = scripted.sent('broker.place_order').map((payload) => payload['idempotency_key']);
    expect(keys).toEqual(['client-1', 'client-2', 'client-3']);
  });

  it('those behind it end as not sent when the link is lost', async () => {
    const scripted = await started();
    const outcomes = [scripted.broker.place(ORDER), scripted.broker.place(second)];
    scripted.link('place').close();
    expect(await Promise.all(outcomes)).toMatchObject([
      { kind: 'unknown', code: 'LINK_LOST' },
      { kind: 'rejected', code: 'NOT_SENT' },
    ]);
    await scripted.timers.advance(60_000);
    expect(scripted.sent('broker.place_order')).toHaveLength(1);
  });

  it('one that waited 30 s behind it is not sent: its price is old', async () => {
    const scripted = await started();
    const first = scripted.broker.place(ORDER);
    const outcome = scripted.broker.place(second);
    await scripted.timers.advance(30_000);
    expect(await outcome).toMatchObject({ kind: 'rejected', code: 'NOT_SENT' });
    scripted.link('place').answer(0, { order_id: '1', status: 'open' });
    expect(await first).toMatchObject({ kind: 'accepted' });
    await scripted.timers.advance(60_000);
    expect(scripted.sent('broker.place_order')).toHaveLength(1);
  });
});

describe('an answer after the time-out', () => {
  const row = orderRow({ order_id: '9' });

  async function timedOut() {
    const scripted = await started();
    const late: LatePlaceAnswer[] = [];
    scripted.broker.onLatePlaceAnswer((answer) => late.push(answer));
    const outcome = scripted.broker.place(ORDER);
    await scripted.timers.advance(60_000);
    expect((await outcome).kind).toBe('unknown');
    return { scripted, late };
  }

  it('is reported, and changes nothing else', async () => {
    const { scripted, late } = await timedOut();
    scripted.link('place').answer(0, row);
    scripted.link('place').answer(0, row);
    expect(late).toMatchObject([{ clientId: 'client-1', outcome: { kind: 'accepted', orderId: '9' } }]);
  });

  it('may be an error or make no sense', async () => {
    const refused = await timedOut();
    refused.scripted.link('place').refuse(0, 'REQUEST_TIMEOUT', '请求超时（>60s）');
    expect(refused.late).toMatchObject([{ outcome: { kind: 'unknown', code: 'REQUEST_TIMEOUT', answered: false } }]);
    const senseless = await timedOut();
    senseless.scripted.link('place').answer(0, 'what?');
    expect(senseless.late).toMatchObject([{ outcome: { kind: 'unknown', code: 'BAD_ANSWER' } }]);
  });

  it('keeps the session closed for orders until it comes', async () => {
    const { scripted } = await timedOut();
    expect(scripted.broker.canPlace()).toBe(false);
    expect(await scripted.broker.place({ ...ORDER, clientId: 'client-2' })).toMatchObject({ code: 'NOT_SENT' });
    scripted.link('place').answer(0, row);
    expect(scripted.broker.canPlace()).toBe(true);
  });

  it('is not waited for longer than 15 s: the session is replaced', async () => {
    const { scripted } = await timedOut();
    await scripted.timers.advance(14_999);
    expect(scripted.link('place').destroyed).toBe(false);
    await scripted.timers.advance(1);
    expect(scripted.link('place').destroyed).toBe(true);
    await scripted.timers.advance(1_000);
    expect(scripted.broker.canPlace()).toBe(true);
    expect(scripted.sent('broker.place_order')).toHaveLength(1);
  });
});
