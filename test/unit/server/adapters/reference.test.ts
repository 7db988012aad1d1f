import { describe, expect, test } from 'vitest';
import type { GatewayOrder } from '../../../../src/domain/gateway.ts';
import type { AccountBroker } from '../../../../src/server/adapters/gateway.ts';
import { ReferenceGateway } from '../../../../src/server/adapters/reference.ts';
import { RECORDED } from '../../../../src/server/dialects/recorded.ts';
import type { OrderFields } from '../../../../src/server/dialects/dialect.ts';

const ACCOUNT = { key: 'default', id: 'demo', type: 'stock' };

function gateway(): ReferenceGateway {
  return new ReferenceGateway(() => 1_795_210_357_123);
}

/** Enters an order of 1,000 at 10 as it is read from the wire. */
function enter(broker: AccountBroker, more: Partial<OrderFields> = {}): Promise<GatewayOrder> {
  const request = RECORDED.order({
    security: '000001.XSHE',
    amount: 1000,
    side: 'BUY',
    operation: null,
    styleType: 'limit',
    price: 10,
    remark: 'bullet-trade',
    strategyName: 'bullet-trade',
    scenario: null,
    ...more,
  });
  return broker.submit(request, () => {});
}

describe('scenarios the recordings do not show', () => {
  test('reserve_on_open freezes cash, a cancel releases it', async () => {
    const stub = gateway().broker(ACCOUNT);
    const { orderId } = await enter(stub, { scenario: { reserve_on_open: true } });
    expect(await stub.account()).toMatchObject({ availableCash: 990_000, frozenCash: 10_000, totalValue: 1_000_000 });
    expect(await stub.order(orderId)).toMatchObject({ status: 'open', frozenCash: 10_000 });
    expect(await stub.cancel(orderId)).toMatchObject({ kind: 'requested' });
    expect(await stub.order(orderId)).toMatchObject({ status: 'canceled', frozenCash: 0 });
    expect(await stub.account()).toMatchObject({ availableCash: 1_000_000, frozenCash: 0 });
  });

  test('reserve_on_open of a sell freezes what could be sold, and shows it', async () => {
    const stub = gateway().broker(ACCOUNT);
    await enter(stub, { scenario: 'filled' });
    await enter(stub, { side: 'SELL', scenario: { reserve_on_open: true } });
    // Bought today: nothing can be sold, so nothing is frozen.
    const positions = await stub.positions();
    expect(positions).toMatchObject([{ amount: 1000, closeableAmount: 0, frozenAmount: 0 }]);
    expect(positions.map((row) => RECORDED.positionRow(row, {}))).toMatchObject([
      { closeable_amount: 0, frozen_volume: 0 },
    ]);
  });

  test('a fill is capped at the amount, and booked at the order’s price when none is given', async () => {
    const stub = gateway().broker(ACCOUNT);
    const { orderId } = await enter(stub, { scenario: { status: 'Partially_Canceled', filled: 5000 } });
    expect(await stub.order(orderId)).toMatchObject({
      status: 'partly_canceled',
      rawStatus: 53,
      filled: 1000,
      avgPrice: 10,
    });
    expect(await stub.trades()).toHaveLength(1);
  });

  test('a position sold to nothing stays in the list', async () => {
    const stub = gateway().broker(ACCOUNT);
    await enter(stub, { scenario: 'filled' });
    await enter(stub, { side: 'SELL', scenario: 'filled' });
    expect(await stub.positions()).toMatchObject([{ amount: 0, marketValue: 0 }]);
  });

  test('time and system id may come from the scenario; both spellings of cancelled are one', async () => {
    const stub = gateway().broker(ACCOUNT);
    const scenario = { status: 'cancelled', order_time: 5, order_sysid: 6, status_msg: 'why' };
    const order = await enter(stub, { scenario });
    expect(RECORDED.orderRow(order)).toMatchObject({
      status: 'canceled',
      raw_status: 54,
      order_time: 5,
      order_sysid: '6',
      status_msg: 'why',
    });
  });

  test('a word nobody knows stays the word, under the code of what is unknown', async () => {
    const order = await enter(gateway().broker(ACCOUNT), { scenario: 'Weird' });
    expect(order).toMatchObject({ status: 'unknown', rawStatus: 255, rawWord: 'weird' });
    expect(RECORDED.orderRow(order)).toMatchObject({ status: 'weird', raw_status: 255 });
  });
});

describe('what it hands out', () => {
  test('is a copy: an answer given earlier does not change', async () => {
    const stub = gateway().broker(ACCOUNT);
    const placed = await enter(stub);
    const [listed] = await stub.orders();
    await stub.cancel(placed.orderId);
    expect(placed).toMatchObject({ status: 'open' });
    expect(listed).toMatchObject({ status: 'open' });
  });

  test('accounts have order numbers of their own', async () => {
    const stub = gateway();
    await enter(stub.broker(ACCOUNT));
    expect(await enter(stub.broker({ ...ACCOUNT, key: 'hedge' }))).toMatchObject({ orderId: 'stub-1' });
  });

  test('history: a text for fields is its characters, an unknown one a column of nulls', async () => {
    const { data } = gateway();
    const table = async (payload: Record<string, unknown>): Promise<unknown> => {
      const query = RECORDED.history(payload, 0);
      return query.answer(await Promise.all(query.requests.map((request) => data.bars(request))));
    };
    expect(await table({ fields: 'ab', count: 1 })).toMatchObject({ columns: ['a', 'b'], records: [[null, null]] });
    expect(((await table({ frequency: 'min' })) as { records: unknown[] }).records).toHaveLength(5);
  });
});
