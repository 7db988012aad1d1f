import type { AccountView, OrderRequest, PositionView } from '../../../../src/domain/order/types.ts';
import type { BrokerAccount, BrokerPosition, Quote } from '../../../../src/domain/trading.ts';

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

/** A row of the broker's list of positions, worth 10 CNY a share. */
export function aHolding(amount = 1_000, change: Partial<BrokerPosition> = {}): BrokerPosition {
  return {
    security: '000001.XSHE',
    name: null,
    amount,
    closeableAmount: amount,
    avgCost: 10,
    lastPrice: 10,
    marketValue: amount * 10,
    ...change,
  };
}

/** What the broker says of the account: 100,000 CNY in cash, and no more than it must. */
export function aBrokerAccount(change: Partial<BrokerAccount> = {}): BrokerAccount {
  return {
    accountId: null,
    availableCash: 100_000,
    totalValue: 100_000,
    frozenCash: null,
    transferableCash: null,
    marketValue: null,
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
