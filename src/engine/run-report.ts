import { isFinal } from '../domain/order/state.ts';
import type { TriggerRow } from '../ledger/rows.ts';
import type { OrderBook } from './orders/book/order-book.ts';
import type { RunReport } from './report.ts';

export interface RunReportParts extends Pick<
  RunReport,
  'strategy' | 'broker' | 'clock' | 'startedAt' | 'endedAt' | 'accountAtStart' | 'accountAtEnd' | 'errors'
> {
  readonly book: OrderBook;
  readonly triggers: readonly TriggerRow[];
}

/** How the run went. Exit code: 3 unsettled orders remain, 2 the strategy failed, 0 a clean end. */
export function buildRunReport(parts: RunReportParts): RunReport {
  const { book, triggers, ...facts } = parts;
  const orders = book.views();
  const open = orders.filter((order) => !isFinal(order.state));
  return {
    version: 1,
    ...facts,
    exitCode: open.length > 0 ? 3 : facts.errors.length > 0 ? 2 : 0,
    orders,
    intents: book.intents().map((intent) => ({
      orderId: intent.orderId,
      clientId: intent.clientId,
      brokerOrderId: intent.brokerOrderId,
      remark: intent.remark,
      state: intent.state,
      amount: intent.amount,
      filled: intent.filled,
      price: intent.price,
    })),
    trades: book.trades(),
    triggers: triggers.map(({ task, due, outcome, reason }) => ({ task, due, outcome, reason })),
    open,
  };
}
