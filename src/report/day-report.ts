import { isFinal } from '../domain/order/state.ts';
import type { LogLine } from '../status/log-lines.ts';
import type { InstanceStatus } from '../status/types.ts';
import { differencesOf } from './differences.ts';
import { bySecurity, byTask, groupOf } from './groups.ts';
import { reportFill, reportOrder } from './orders.ts';
import type { DayReport, ReportOrder, ReportTotals } from './types.ts';
import { worthOf } from './worth.ts';

/** A day of an instance; `lines`: what its log says of alarms, changes from outside and persons, of whatever day. */
export function dayReport(status: InstanceStatus, lines: readonly LogLine[], madeAt: number): DayReport {
  const { instance, name, broker, endpoint, account, clock, day, equity, running, triggers } = status;
  const of = { instance, name, broker, endpoint, account, clock, day, equity, running, triggers };
  const fills = status.trades.map(reportFill);
  const fillsOf = Map.groupBy(fills, ({ orderId }) => orderId);
  const orders = status.orders.map((order) => reportOrder(order, fillsOf.get(order.orderId) ?? []));
  const { portfolio, positions: held } = worthOf(status);
  const positions = held?.toSorted((a, b) => (b.value ?? 0) - (a.value ?? 0)) ?? null;
  return {
    version: 1,
    ...of,
    madeAt,
    portfolio,
    totals: { ...counts(orders), ...sums(orders, fills), fills: fills.length },
    orders,
    fills,
    bySecurity: bySecurity(orders, fillsOf, positions ?? []),
    byTask: byTask(orders, fillsOf),
    positions,
    limits: status.risk.log.map(({ at, level, rule, text }) => ({ at, level, rule, text })),
    differences: differencesOf(status, lines),
  };
}

type Counts = Pick<ReportTotals, 'orders' | 'filled' | 'partly' | 'cancelled' | 'refused' | 'open' | 'unknown'>;

function counts(orders: readonly ReportOrder[]): Counts {
  const count = (which: (order: ReportOrder) => boolean): number => orders.filter(which).length;
  const isRefused = ({ state }: ReportOrder): boolean =>
    state === 'rejected' || state === 'not_sent' || state === 'not_placed';
  return {
    orders: orders.length,
    filled: count(({ state }) => state === 'filled'),
    partly: count(({ state, filled }) => state !== 'filled' && filled > 0),
    cancelled: count(({ state, filled }) => (state === 'canceled' || state === 'expired') && filled === 0),
    refused: count((order) => isRefused(order) && order.filled === 0),
    open: count(({ state, unknown }) => !isFinal(state) && !unknown),
    unknown: count(({ unknown }) => unknown),
  };
}

type Sums = Pick<ReportTotals, 'bought' | 'sold' | 'fees' | 'realised' | 'slippage'>;

function sums(orders: readonly ReportOrder[], fills: DayReport['fills']): Sums {
  const byOrder = Map.groupBy(fills, ({ orderId }) => orderId);
  const { bought, sold, fees, realised, slippage } = groupOf(null, orders, byOrder);
  return { bought, sold, fees, realised, slippage };
}
