import type { AccountView, OrderRequest, PositionView } from '../../../../src/domain/order/types.ts';
import type { Quote } from '../../../../src/domain/trading.ts';

export function aQuote(change: Partial<Quote> = {}): Quote {
  return {
    security: '000001.XSHE',
    time: null,
    lastPrice: 10,
    preClose: 10,
    dayOpen: 10,
    highLimit: 11,
    lowLimit: 9,
    bid1: 9.99,
    ask1: 10,
    volume: 100_000,
    paused: false,
    isSt: false,
    name: null,
    ...change,
  };
}

export function aPosition(change: Partial<PositionView> = {}): PositionView {
  return {
    security: '000001.XSHE',
    name: null,
    amount: 1000,
    closeableAmount: 1000,
    lockedAmount: 0,
    todayAmount: 0,
    avgCost: 9,
    price: 10,
    value: 10_000,
    initTime: null,
    transactTime: null,
    ...change,
  };
}

export function anAccount(change: Partial<AccountView> = {}): AccountView {
  return {
    version: 1,
    asOf: 0,
    availableCash: 100_000,
    lockedCash: 0,
    transferableCash: null,
    totalValue: 100_000,
    startingCash: 100_000,
    positions: [],
    ...change,
  };
}

export function aRequest(change: Partial<OrderRequest> = {}): OrderRequest {
  return {
    kind: 'amount',
    security: '000001.XSHE',
    quantity: 100,
    style: { kind: 'market', limitPrice: null },
    waitTimeout: null,
    remark: null,
    keep: null,
    ...change,
  };
}
