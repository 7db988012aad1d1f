import { describe, expect, test } from 'vitest';
import { ReferenceMarket } from '../../../../src/server/adapters/reference.ts';
import type { OrderFields } from '../../../../src/server/adapters/adapter.ts';

const ACCOUNT = { key: 'default', id: 'demo', type: 'stock' };
const EVERYTHING = { orderId: null, security: null, status: null };

function market(): ReferenceMarket {
  return new ReferenceMarket(() => 1_795_210_357_123);
}

function fields(more: Partial<OrderFields> = {}): OrderFields {
  return {
    security: '000001.XSHE',
    amount: 1000,
    side: 'BUY',
    styleType: 'limit',
    price: 10,
    remark: 'bullet-trade',
    strategyName: 'bullet-trade',
    waitTimeout: null,
    scenario: null,
    ...more,
  };
}

describe('scenarios the recordings do not show', () => {
  test('reserve_on_open freezes cash, a cancel releases it', async () => {
    const stub = market();
    const { orderId } = stub.submit(ACCOUNT, fields({ scenario: { reserve_on_open: true } }));
    expect(stub.account(ACCOUNT)).toMatchObject({
      available_cash: 990_000,
      frozen_cash: 10_000,
      total_value: 1_000_000,
    });
    expect(stub.order(ACCOUNT, orderId)).toMatchObject({ status: 'open', frozen_cash: 10_000 });
    expect(await stub.cancel(ACCOUNT, orderId)).toMatchObject({ value: true, status: 'canceled' });
    expect(stub.account(ACCOUNT)).toMatchObject({ available_cash: 1_000_000, frozen_cash: 0 });
  });

  test('reserve_on_open of a sell freezes what could be sold, and shows it', () => {
    const stub = market();
    stub.submit(ACCOUNT, fields({ scenario: 'filled' }));
    stub.submit(ACCOUNT, fields({ side: 'SELL', scenario: { reserve_on_open: true } }));
    // Bought today: nothing can be sold, so nothing is frozen.
    expect(stub.positions(ACCOUNT)).toEqual([
      expect.objectContaining({ amount: 1000, closeable_amount: 0, frozen_volume: 0 }),
    ]);
  });

  test('a fill is capped at the amount, and booked at the order’s price when none is given', () => {
    const stub = market();
    const { orderId } = stub.submit(ACCOUNT, fields({ scenario: { status: 'Partially_Canceled', filled: 5000 } }));
    expect(stub.order(ACCOUNT, orderId)).toMatchObject({
      status: 'partly_canceled',
      raw_status: 53,
      filled: 1000,
      price: 10,
    });
    expect(stub.trades(ACCOUNT, EVERYTHING)).toHaveLength(1);
  });

  test('a position sold to nothing stays in the list', () => {
    const stub = market();
    stub.submit(ACCOUNT, fields({ scenario: 'filled' }));
    stub.submit(ACCOUNT, fields({ side: 'SELL', scenario: 'filled' }));
    expect(stub.positions(ACCOUNT)).toEqual([expect.objectContaining({ amount: 0, market_value: 0 })]);
    expect(stub.facts(ACCOUNT).holdings[0]).toMatchObject({ amount: 0 });
  });

  test('time and system id may come from the scenario; both spellings of cancelled are one', () => {
    const stub = market();
    const { orderId } = stub.submit(
      ACCOUNT,
      fields({ scenario: { status: 'cancelled', order_time: 5, order_sysid: 6, status_msg: 'why' } }),
    );
    expect(stub.order(ACCOUNT, orderId)).toMatchObject({
      status: 'canceled',
      raw_status: 54,
      order_time: 5,
      order_sysid: '6',
      status_msg: 'why',
    });
  });
});

describe('what it hands out', () => {
  test('is a copy: an answer given earlier does not change', async () => {
    const stub = market();
    const placed = stub.submit(ACCOUNT, fields());
    const [listed] = stub.orders(ACCOUNT, EVERYTHING);
    await stub.cancel(ACCOUNT, placed.orderId);
    expect(await placed.answer(new AbortController().signal)).toMatchObject({ status: 'open' });
    expect(listed).toMatchObject({ status: 'open' });
  });

  test('accounts have order numbers of their own', () => {
    const stub = market();
    stub.submit(ACCOUNT, fields());
    const other = stub.submit({ ...ACCOUNT, key: 'hedge' }, fields());
    expect(other.orderId).toBe('stub-1');
  });

  test('history: a text for fields is its characters, an unknown one a column of nulls', () => {
    const stub = market();
    expect(stub.history({ fields: 'ab', count: 1 })).toMatchObject({ columns: ['a', 'b'], records: [[null, null]] });
    expect(stub.history({ frequency: 'min' })['records']).toHaveLength(5);
  });
});
