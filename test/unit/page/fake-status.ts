import type {
  DeviationStatus,
  InstanceStatus,
  OrderStatus,
  PositionStatus,
  RiskLimitStatus,
  SignalStatus,
  TradeStatus,
  UnknownStatus,
} from '../../../src/status/types.ts';

export const DAY = '2026-07-06';
/** Epoch ms of a time of that day in Shanghai. */
export function at(time: string): number {
  return Date.parse(`${DAY}T${time}+08:00`);
}

const NAMES = ['平安银行', '贵州茅台', '黄金ETF', '沪深300ETF', '宁德时代', '招商银行', '中国平安', '隆基绿能'];

export function fakePosition(nth: number): PositionStatus {
  const cost = 10 + nth * 3.21;
  const price = nth % 7 === 5 ? null : cost * (1 + ((nth * 37) % 21) / 100 - 0.08);
  const amount = 100 * (1 + (nth % 9));
  const value = price === null ? null : amount * price;
  const profit = value === null ? null : value - amount * cost;
  return {
    pindex: 0,
    security: `${String(600_000 + nth * 7).padStart(6, '0')}.XSHG`,
    name: NAMES[nth % NAMES.length] ?? null,
    amount,
    closeableAmount: nth % 4 === 0 ? 0 : amount,
    todayAmount: 0,
    avgCost: cost,
    price,
    value,
    profit,
    profitPercent: profit === null ? null : (profit / (amount * cost)) * 100,
    weight: value === null ? null : (value / 1_052_340.5) * 100,
  };
}

const STATES = ['filled', 'filled', 'accepted', 'canceled', 'rejected', 'filled'] as const;

export function fakeOrder(nth: number, more: Partial<OrderStatus> = {}): OrderStatus {
  const state = more.state ?? STATES[nth % STATES.length] ?? 'filled';
  const amount = 100 * (1 + (nth % 5));
  const filled = state === 'filled' ? amount : state === 'canceled' ? 100 : 0;
  const price = Math.round((10 + (nth % 40) * 1.37) * 100) / 100;
  const placed = at('09:31:00') + nth * 11_000;
  const reason = state === 'rejected' ? '可用资金不足' : state === 'canceled' ? 'the wait of 16 s ended' : null;
  const id = `t${String(nth).padStart(7, '0')}`;
  const change = (ms: number, to: OrderStatus['state'], why: string | null = null) => ({
    at: placed + ms,
    state: to,
    reason: why,
    by: to === 'canceled' ? ('bt' as const) : to === 'rejected' ? ('counter' as const) : null,
    part: `c${nth}`,
  });
  return {
    orderId: `o${nth}`,
    day: DAY,
    at: placed,
    security: `${String(600_000 + (nth % 60) * 7).padStart(6, '0')}.XSHG`,
    side: nth % 3 === 0 ? 'sell' : 'buy',
    amount,
    filled,
    price: filled === 0 ? null : price,
    callPrice: 9.9,
    triggerPrice: null,
    costBefore: null,
    commission: filled === 0 ? null : 5,
    style: nth % 2 === 0 ? { kind: 'market', limitPrice: null } : { kind: 'limit', limitPrice: price },
    state,
    phase: state === 'accepted' ? 'working' : 'done',
    reason,
    unknown: false,
    task: nth % 4 === 0 ? null : 'rebalance 09:35',
    owner: 'demo',
    pindex: 0,
    parts: [
      {
        id,
        clientId: `c${nth}`,
        remark: `bt:${id}:demo`,
        brokerOrderId: state === 'rejected' ? null : String(1_073_741_900 + nth),
        state,
        reason,
        amount,
        filled,
        price,
        sentAt: placed + 12,
        updatedAt: placed + 900,
        cancels: state === 'canceled' ? 1 : 0,
      },
    ],
    history: [
      change(2, 'planned'),
      change(12, 'sending'),
      ...(state === 'rejected' ? [] : [change(48, 'accepted')]),
      ...(state === 'canceled' ? [change(16_000, 'canceling')] : []),
      ...(state === 'accepted' ? [] : [change(16_400, state, reason)]),
    ],
    ...more,
  };
}

export function fakeTrade(order: OrderStatus): TradeStatus {
  const price = order.price ?? 10;
  return {
    tradeId: `f${order.orderId}`,
    orderId: order.orderId,
    day: DAY,
    security: order.security,
    side: order.side,
    amount: order.filled,
    price,
    time: order.at + 700,
    commission: 5,
    tax: order.side === 'sell' ? 1.2 : 0,
    value: order.filled * price,
  };
}

export const UNKNOWN: UnknownStatus = {
  id: 'k3v9x0aa',
  orderId: 'o999',
  remark: 'bt:k3v9x0aa:demo',
  day: DAY,
  security: '600519.XSHG',
  side: 'buy',
  amount: 100,
  filled: 0,
  price: 1680,
  brokerOrderId: null,
  reason: 'the connection was lost before the answer came',
  since: at('10:02:11'),
  settledBy: ['as', 'notPlaced'],
};

const LIMITS: readonly RiskLimitStatus[] = [
  { rule: 'order_value', variable: 'MAX_ORDER_VALUE', unit: 'CNY', limit: 1_000_000, used: null },
  { rule: 'daily_value', variable: 'MAX_DAILY_TRADE_VALUE', unit: 'CNY', limit: 10_000_000, used: 6_204_118.4 },
  { rule: 'daily_orders', variable: 'MAX_DAILY_TRADES', unit: 'orders', limit: 500, used: 42 },
  { rule: 'daily_cancels', variable: 'MAX_DAILY_CANCELS', unit: 'cancels', limit: 500, used: 7 },
  { rule: 'actions_per_second', variable: 'MAX_ACTIONS_PER_SECOND', unit: 'actions', limit: 20, used: 0 },
  { rule: 'names', variable: 'MAX_STOCK_COUNT', unit: 'names', limit: 10, used: 10 },
  { rule: 'weight', variable: 'MAX_POSITION_RATIO', unit: '%', limit: null, used: 18.2 },
  { rule: 'daily_loss', variable: 'MAX_DAILY_LOSS_RATIO', unit: '%', limit: null, used: 0 },
];

export interface FakeShape {
  readonly orders?: number;
  readonly positions?: number;
}

/** An instance in the middle of a day, with something of everything. */
export function fakeStatus(
  { orders = 14, positions = 8 }: FakeShape = {},
  more: Partial<InstanceStatus> = {},
): InstanceStatus {
  const list = Array.from({ length: orders }, (_, nth) => fakeOrder(nth));
  const minutes = Array.from({ length: 92 }, (_, nth) => ({
    at: at('09:30:00') + nth * 60_000,
    total: 1_040_000 + Math.sin(nth / 9) * 6_000 + nth * 134,
    cash: 412_000,
  }));
  const days = Array.from({ length: 60 }, (_, nth) => ({
    at: at('15:00:00') - (60 - nth) * 86_400_000,
    total: 1_000_000 + Math.sin(nth / 6) * 15_000 + nth * 700,
    cash: 300_000,
  }));
  return {
    version: 1,
    instance: 'demo-1a2b3c4d',
    name: 'demo',
    broker: 'qmt-remote',
    endpoint: '127.0.0.1:58630',
    account: '******3456',
    clock: 'wall',
    running: true,
    pid: 4242,
    problem: null,
    now: at('11:01:12'),
    day: DAY,
    engine: {
      pid: 4242,
      version: '0.1.0',
      startedAt: at('09:10:00'),
      ready: true,
      gate: null,
      links: [
        { session: 'place', up: true, reason: null, since: at('09:10:01') },
        { session: 'read', up: true, reason: null, since: at('09:10:01') },
        { session: 'data', up: false, reason: 'the connection was closed', since: at('11:00:58') },
      ],
      stub: true,
      quotes: { alive: true, lastAt: at('11:01:11') },
      strategy: { state: 'idle', inTask: null, since: at('11:00:00') },
      paused: null,
      memoryMb: 96.4,
      ledgerBytes: 1_482_752,
    },
    portfolio: {
      asOf: at('11:01:10'),
      source: 'engine',
      totalValue: 1_052_340.5,
      availableCash: 412_118.22,
      lockedCash: 16_800,
      startingCash: 1_000_000,
      dayProfit: 8_214.6,
      dayProfitPercent: 0.79,
      totalProfit: 52_340.5,
      totalProfitPercent: 5.23,
    },
    positions: Array.from({ length: positions }, (_, nth) => fakePosition(nth)),
    orders: list,
    trades: list.filter(({ filled }) => filled > 0).map(fakeTrade),
    triggers: [
      {
        task: 'before_trading_start',
        due: at('09:00:00'),
        outcome: 'skipped',
        reason: 'bt did not run',
        startedAt: null,
        endedAt: null,
      },
      {
        task: 'rebalance 09:35',
        due: at('09:35:00'),
        outcome: 'ran',
        reason: null,
        startedAt: at('09:35:00') + 8,
        endedAt: at('09:35:02'),
      },
      {
        task: 'check 10:30',
        due: at('10:30:00'),
        outcome: 'ran_late',
        reason: 'the gateway was away for 21 s',
        startedAt: at('10:30:21'),
        endedAt: at('10:30:22'),
      },
    ],
    follows: false,
    signals: [],
    deviations: [],
    unknowns: [],
    foreign: [],
    risk: {
      limits: LIMITS,
      stops: [],
      log: [
        {
          at: at('10:41:00'),
          level: 'told',
          rule: 'daily_value',
          orderId: null,
          text: '62 % of the value a day is used',
        },
      ],
      killFile: false,
      kill: null,
    },
    equity: minutes,
    equityDays: days,
    ...more,
  };
}

export function fakeSignal(nth: number, change: Partial<SignalStatus> = {}): SignalStatus {
  return {
    key: `alpha:${DAY}:${nth}`,
    strategy: 'alpha',
    id: `${DAY}:${nth}`,
    at: at('09:35:00') + nth * 1_000,
    sentAt: at('09:34:59') + nth * 1_000,
    origin: 'source',
    security: '600000.XSHG',
    side: 'buy',
    amount: 1_000,
    price: 10.02,
    asked: 500,
    wanted: 500,
    filled: 0,
    phase: 'done',
    waitsFor: null,
    attempts: 2,
    end: 'refused',
    code: 'UNFILLED',
    reason: 'nobody sold more',
    endedAt: at('09:36:00'),
    ...change,
  };
}

export const DEVIATION: DeviationStatus = {
  strategy: 'alpha',
  security: '600000.XSHG',
  at: at('09:05:00'),
  pictureAt: at('09:04:00'),
  wanted: 500,
  held: 0,
  correction: 500,
  why: 'its last signal was refused',
};
