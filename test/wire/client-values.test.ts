import { describe, expect, it } from 'vitest';

import { decodeAccount, decodePositions } from '../../src/protocol/decode/account.ts';
import { decodeHistory } from '../../src/protocol/decode/history.ts';
import { decodeCancelAnswer, decodePlaceAnswer } from '../../src/protocol/decode/order-answers.ts';
import { decodeOrder, decodeOrders, decodeTrades } from '../../src/protocol/decode/orders.ts';
import { decodeSnapshot } from '../../src/protocol/decode/quotes.ts';
import { decodeTradeDays } from '../../src/protocol/decode/reference.ts';
import { decodeTable } from '../../src/protocol/decode/table.ts';
import { placeOrderPayload } from '../../src/protocol/encode/place-order.ts';
import { FrameDecoder } from '../../src/protocol/frame.ts';
import { loadRecordings } from './transcripts.ts';

const recordings = loadRecordings();

/** The payload of a recorded answer, decoded from its recorded text by our own reader. */
function answer(name: string, id: string): unknown {
  for (const { item, wire } of recordings.find((recording) => recording.name === name)?.received ?? []) {
    if (item.kind !== 'frame' || item.frame['id'] !== id || wire.body === null) continue;
    const body = Buffer.from(wire.body);
    const header = Buffer.alloc(4);
    header.writeUInt32BE(body.length);
    return new FrameDecoder().push(Buffer.concat([header, body]))[0]?.['payload'];
  }
  throw new Error(`no answer ${id} in ${name}`);
}

/** Values worked out by hand from the recordings: what a strategy must see. */
describe('recorded values', () => {
  it('daily history of the real back end: days, a missing close, lots as sent', () => {
    const bars = decodeHistory(answer('qmt_fake_sdk/history_shapes', 'r2'), '000001.XSHE');
    expect([...bars.time].map((time) => new Date(time).toISOString())).toEqual([
      '2026-11-18T16:00:00.000Z',
      '2026-11-19T16:00:00.000Z',
    ]);
    expect([...(bars.columns['close'] ?? [])]).toEqual([10.1, Number.NaN]);
    expect([...(bars.columns['volume'] ?? [])]).toEqual([1000, 1000]);
    expect([...(bars.columns['paused'] ?? [])]).toEqual([0, 0]);
  });

  it('minute history: 09:32 and 09:33 of 2026-11-20', () => {
    const bars = decodeHistory(answer('qmt_fake_sdk/history_shapes', 'r4'), '000001.XSHE');
    expect([...bars.time]).toEqual([Date.parse('2026-11-20T09:32:00+08:00'), Date.parse('2026-11-20T09:33:00+08:00')]);
  });

  it('two securities side by side', () => {
    const table = decodeTable(answer('qmt_fake_sdk/history_shapes', 'r6'));
    expect(table.columns).toEqual([
      { field: 'close', code: '000001.XSHE', values: [10.1, Number.NaN] },
      { field: 'close', code: '600000.XSHG', values: [7.5, Number.NaN] },
    ]);
  });

  it('a table whose records are wider than its columns', () => {
    const table = decodeTable(answer('qmt_fake_sdk/data_actions', 'r12'));
    expect(table.index).toEqual(['000001.XSHE', '600000.XSHG']);
    expect(table.columns.map(({ field, values }) => [field, values[0]])).toEqual([
      ['display_name', '平安银行'],
      ['name', '000001'],
      ['start_date', '1991-04-03T00:00:00'],
      ['end_date', null],
      ['type', 'stock'],
      ['qmt_code', '000001.SZ'],
    ]);
  });

  it('trade days with a time of day; a quote in epoch ms', () => {
    expect(decodeTradeDays(answer('qmt_fake_sdk/data_actions', 'r7'))).toEqual(['2026-11-19', '2026-11-20']);
    expect(decodeSnapshot(answer('qmt_fake_sdk/data_actions', 'r2'), '000001.XSHE')).toMatchObject({
      lastPrice: 10.1,
      time: Date.parse('2026-11-20T09:31:00+08:00'),
    });
  });

  it('bought today: not closeable, and the account after it', () => {
    expect(decodePositions(answer('broker.place_order/scenario_filled', 'r4'))).toEqual([
      {
        security: '510050.XSHG',
        name: '上证50ETF华夏',
        amount: 33800,
        closeableAmount: 0,
        avgCost: 2.906,
        lastPrice: 2.906,
        marketValue: 98222.8,
      },
    ]);
    expect(decodeAccount(answer('broker.place_order/scenario_filled', 'r5'))).toEqual({
      accountId: 'demo',
      availableCash: 901772.2,
      totalValue: 999995,
      frozenCash: 0,
      transferableCash: 901772.2,
      marketValue: 98222.8,
    });
  });

  it('an order filled at once, and its trade', () => {
    expect(decodePlaceAnswer(answer('broker.place_order/scenario_filled', 'r2'))).toMatchObject({
      orderId: 'stub-29',
      status: 'filled',
      order: { security: '510050.XSHG', side: 'buy', amount: 33800, filled: 33800, limitPrice: 2.951, avgPrice: 2.906 },
    });
    expect(decodeTrades(answer('broker.place_order/scenario_filled', 'r3'))).toEqual([
      {
        tradeId: 'stub-29-33800',
        orderId: 'stub-29',
        security: '510050.XSHG',
        side: null,
        amount: 33800,
        price: 2.906,
        time: Date.parse('2025-01-01T09:31:00+08:00'),
        commission: 5,
        tax: 0,
      },
    ]);
  });

  it('an order that was only handed over', () => {
    expect(decodePlaceAnswer(answer('qmt_fake_sdk/place/wait_0_returns_submitted_async', 'r2'))).toEqual({
      orderId: '1073741900',
      status: 'pending',
      order: null,
      submitUnknown: false,
      warning: null,
      statusText: '',
    });
  });

  it('an order filled in part, then cancelled', () => {
    const name = 'qmt_fake_sdk/place/part_filled_timed_out';
    expect(decodePlaceAnswer(answer(name, 'r2'))).toMatchObject({
      orderId: '1073741906',
      status: 'partly_filled',
      order: { security: '601318.XSHG', amount: 300, filled: 100, avgPrice: 45, limitPrice: 45 },
    });
    expect(decodeCancelAnswer(answer(name, 'r3'))).toMatchObject({
      accepted: true,
      status: 'partly_canceled',
      timedOut: false,
      order: { status: 'partly_canceled', filled: 100 },
    });
    expect(decodeOrder(answer(name, 'r4'))).toMatchObject({ status: 'partly_canceled', filled: 100, createdAt: null });
  });

  it('a cancel that was accepted but not seen to end', () => {
    expect(decodeCancelAnswer(answer('qmt_fake_sdk/cancel/timed_out', 'r3'))).toMatchObject({
      accepted: true,
      status: 'canceling',
      timedOut: true,
      order: { security: '518880.XSHG', status: 'canceling', filled: 0, avgPrice: null },
    });
    expect(decodeCancelAnswer(answer('qmt_fake_sdk/cancel/unknown_and_non_numeric', 'r2'))).toEqual({
      accepted: false,
      status: null,
      timedOut: false,
      order: null,
    });
  });

  it('an order of a bare NaN price: the price is missing', () => {
    const placed = decodePlaceAnswer(answer('broker.place_order/price_nan_literal_echoed', 'nan'));
    expect(placed).toMatchObject({ orderId: 'stub-24', status: 'open', order: { limitPrice: null, avgPrice: null } });
  });

  it('a filled order in the list', () => {
    const orders = decodeOrders(answer('qmt_fake_sdk/place/no_wait_timeout_uses_server_default_filled', 'r4'));
    expect(orders).toEqual([
      {
        orderId: '1073741901',
        security: '000001.XSHE',
        side: 'buy',
        amount: 100,
        filled: 100,
        limitPrice: 10,
        avgPrice: 10,
        status: 'filled',
        remark: 'bt:demo:abc',
        statusText: '',
        createdAt: 1795210487000,
      },
    ]);
  });
});

describe('our place request', () => {
  it('D20: has every field of the reference client, spelled the same, the market flag, and that it means what it says', () => {
    const recording = recordings.find(({ name }) => name === 'broker.place_order/full_client_payload');
    const sent = recording?.sent[1]?.item;
    const order = { security: '000001.XSHE', side: 'buy', amount: 100, price: 10, style: 'limit' } as const;
    const payload = placeOrderPayload(
      { ...order, remark: 'bt:demo:1a2b3c4d', clientId: 'full-1' },
      { accountKey: 'default', subAccountId: null },
    );
    const theirs = sent?.kind === 'frame' ? (sent.frame['payload'] as object) : {};
    expect(payload).toEqual({ ...theirs, market: false, exact: true });
  });
});
