import { chinaInstant } from '../../../src/domain/time.ts';
import type {
  InstanceStatus,
  OrderStatus,
  PositionStatus,
  TradeStatus,
  TriggerStatus,
} from '../../../src/status/types.ts';

export const DAY = '2026-07-06';
export const at = (time: string): number => chinaInstant(DAY, time);

export function anOrder(change: Partial<OrderStatus> = {}): OrderStatus {
  return {
    orderId: 'o1',
    day: DAY,
    at: at('09:35:00'),
    security: '000001.XSHE',
    side: 'buy',
    amount: 100,
    filled: 100,
    price: 10.1,
    commission: 5,
    callPrice: 10,
    triggerPrice: null,
    costBefore: null,
    style: { kind: 'market', limitPrice: null },
    state: 'filled',
    phase: 'done',
    reason: null,
    unknown: false,
    task: 'buy (daily 09:35)',
    owner: 'demo',
    pindex: 0,
    parts: [
      {
        id: 'k3v9x0aa',
        clientId: 'c1',
        remark: 'bt:k3v9x0aa',
        brokerOrderId: '7',
        state: 'filled',
        reason: null,
        amount: 100,
        filled: change.filled ?? 100,
        price: 10.2,
        sentAt: at('09:35:00'),
        updatedAt: at('09:35:01'),
        cancels: 0,
      },
    ],
    history: [],
    ...change,
  };
}

export function aTrade(change: Partial<TradeStatus> = {}): TradeStatus {
  const amount = change.amount ?? 100;
  const price = change.price ?? 10.1;
  return {
    tradeId: 't1',
    orderId: 'o1',
    security: '000001.XSHE',
    side: 'buy',
    amount,
    price,
    time: at('09:35:01'),
    commission: 5,
    tax: 0,
    day: DAY,
    value: amount * price,
    ...change,
  };
}

export function aTrigger(change: Partial<TriggerStatus> = {}): TriggerStatus {
  const times = { due: at('09:35:00'), startedAt: at('09:35:00'), endedAt: at('09:35:02') };
  return { task: 'buy (daily 09:35)', outcome: 'ran', reason: null, ...times, ...change };
}

export function aStatus(change: Partial<InstanceStatus> = {}): InstanceStatus {
  return {
    version: 1,
    instance: 'demo-1',
    name: 'demo',
    broker: 'qmt-remote',
    endpoint: 'stub',
    account: '****1234',
    clock: 'wall',
    running: true,
    pid: 7,
    now: at('15:30:00'),
    day: DAY,
    problem: null,
    engine: null,
    portfolio: {
      asOf: at('15:29:58'),
      source: 'engine',
      totalValue: 100_500,
      availableCash: 50_000,
      lockedCash: 0,
      startingCash: 100_000,
      dayProfit: -120.5,
      dayProfitPercent: -0.12,
      totalProfit: 500,
      totalProfitPercent: 0.5,
    },
    positions: [],
    orders: [anOrder()],
    trades: [aTrade()],
    triggers: [aTrigger()],
    follows: false,
    signals: [],
    deviations: [],
    unknowns: [],
    foreign: [],
    risk: { limits: [], stops: [], log: [], killFile: false, kill: null },
    equity: [],
    equityDays: [],
    ...change,
  };
}

export function aPosition(change: Partial<PositionStatus> = {}): PositionStatus {
  return {
    security: '000001.XSHE',
    name: '平安银行',
    pindex: 0,
    amount: 100,
    closeableAmount: 0,
    avgCost: 10.15,
    price: 10.2,
    value: 1_020,
    profit: 5,
    profitPercent: 0.49,
    weight: 1,
    ...change,
  } as PositionStatus;
}
