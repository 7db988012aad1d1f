import type { InstanceStatus, OrderStatus, PortfolioStatus, PositionStatus, TriggerStatus } from '../status/types.ts';

/**
 * A day of an instance, for a person to look back on. Every member is JSON. Times are market time, epoch ms; money in CNY; null = not
 * known: a sum of which a part is not known is not known.
 */
export interface DayReport extends Pick<
  InstanceStatus,
  'instance' | 'name' | 'broker' | 'endpoint' | 'account' | 'clock' | 'day' | 'equity' | 'running'
> {
  readonly version: 1;
  readonly madeAt: number;
  readonly totals: ReportTotals;
  readonly orders: readonly ReportOrder[];
  readonly fills: readonly ReportFill[];
  readonly bySecurity: readonly ReportGroup[];
  /** By the task that placed the orders; what none has placed is under null. */
  readonly byTask: readonly ReportGroup[];
  /** Null where neither a reading of that day nor its minutes are known. */
  readonly portfolio: ReportPortfolio | null;
  /** As they were seen last on that day, largest first; null = not known. */
  readonly positions: readonly PositionStatus[] | null;
  readonly triggers: readonly TriggerStatus[];
  readonly limits: readonly ReportLimit[];
  /** What is not as it should be: somebody must look. */
  readonly differences: readonly ReportDifference[];
}

/** The account of that day; of its last minute where it was not read on it, which says nothing of what is locked. */
export interface ReportPortfolio extends Omit<PortfolioStatus, 'lockedCash' | 'startingCash'> {
  readonly lockedCash: number | null;
  readonly startingCash: number | null;
}

export interface ReportTotals {
  readonly orders: number;
  readonly filled: number;
  /** Something was filled, but not all. */
  readonly partly: number;
  readonly cancelled: number;
  /** Nothing was sent, or the broker rejected it. */
  readonly refused: number;
  readonly open: number;
  readonly unknown: number;
  readonly fills: number;
  readonly bought: number;
  readonly sold: number;
  readonly fees: number | null;
  readonly realised: number | null;
  readonly slippage: ReportSlippage | null;
}

/** What was paid more (or got less) than at the price of the call; negative = better than it. */
export interface ReportSlippage {
  readonly money: number;
  /** Of what was traded, in hundredths of a per cent. */
  readonly basisPoints: number | null;
}

export interface ReportOrder extends Pick<
  OrderStatus,
  | 'orderId'
  | 'at'
  | 'security'
  | 'side'
  | 'amount'
  | 'filled'
  | 'price'
  | 'state'
  | 'reason'
  | 'unknown'
  | 'task'
  | 'phase'
> {
  /** What its call saw: the last price it was first planned on; of one that waited for a price, the price that came. */
  readonly called: number | null;
  readonly slippage: ReportSlippage | null;
  readonly fees: number | null;
  /** Of a sell: what it brought over its average cost, without its fees. */
  readonly realised: number | null;
  readonly brokerOrderIds: readonly string[];
}

export interface ReportFill {
  readonly time: number;
  readonly orderId: string;
  readonly security: string;
  readonly side: 'buy' | 'sell';
  readonly amount: number;
  readonly price: number;
  readonly value: number;
  readonly fees: number | null;
}

export interface ReportGroup {
  /** The security, or the task. */
  readonly key: string | null;
  readonly name: string | null;
  readonly orders: number;
  readonly bought: number;
  readonly sold: number;
  readonly fees: number | null;
  readonly realised: number | null;
  readonly slippage: ReportSlippage | null;
  /** Of a security: what is held of it, and what that has gained over its cost. */
  readonly held: number | null;
  readonly unrealised: number | null;
}

export interface ReportLimit {
  readonly at: number;
  readonly level: 'told' | 'denied' | 'stopped' | 'resumed';
  readonly rule: string;
  readonly text: string;
}

/** `text`: in the words of the log, where it comes from there. */
export interface ReportDifference {
  readonly kind: 'unknown' | 'open' | 'unlisted' | 'task' | 'log';
  /** Market time of Shanghai, as text; null = of the day. */
  readonly at: string | null;
  readonly text: string;
}
