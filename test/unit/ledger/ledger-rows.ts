import type { FillRow, IntentRow, OrderRow } from '../../../src/domain/order/rows.ts';

export const DAY = '2026-07-06';

export const order: OrderRow = {
  orderId: 'o1',
  day: DAY,
  security: '000001.XSHE',
  side: 'buy',
  request: {
    kind: 'amount',
    security: '000001.XSHE',
    quantity: 100,
    style: { kind: 'limit', limitPrice: 10 },
    waitTimeout: null,
    remark: null,
    keep: null,
  },
  amount: 100,
  owner: 'test',
  requestKey: 'k1',
  placedIn: 'call',
  phase: 'working',
  opensAt: null,
  waitMs: 16_000,
  waitUntil: 17_001,
  atEnd: 'cancel',
  cancelWhy: 'cancel_order',
  cancelInsists: true,
  denied: null,
  costBefore: 9.5,
  callPrice: 9.9,
  triggeredAt: 5,
  triggerPrice: 9.75,
  createdAt: 1,
};

export const intent: IntentRow = {
  clientId: 'c1',
  orderId: 'o1',
  day: DAY,
  tag: 'aaaaaaaa',
  remark: 'bt:aaaaaaaa',
  security: '000001.XSHE',
  side: 'buy',
  amount: 100,
  price: 10,
  style: 'limit',
  state: 'planned',
  reason: null,
  brokerOrderId: null,
  filled: 0,
  sentAt: null,
  cancels: 0,
  updatedAt: 1,
};

export const fill: FillRow = {
  day: DAY,
  brokerOrderId: '7',
  tradeId: 't',
  ordinal: 1,
  clientId: 'c1',
  amount: 50,
  price: 10,
  time: 2,
  commission: null,
  tax: 0,
};
