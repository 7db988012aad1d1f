import { amountText } from '../domain/number-text.ts';
import type { Life } from '../domain/order/life-types.ts';
import { isVisible, orderView, tradeView } from '../domain/order/order-view.ts';
import { isNothingToDo } from '../domain/order/plan.ts';
import type { FillRow } from '../domain/order/rows.ts';
import { isFinal } from '../domain/order/state.ts';
import type { OrderRequest } from '../domain/order/types.ts';
import type { TriggerRow } from '../ledger/rows.ts';
import type { LiveOptions } from './live-options.ts';
import type { ReportRefusal, RunReport } from './report.ts';

/** What a strategy wrote. */
const CALLS: Readonly<Record<OrderRequest['kind'], string>> = {
  amount: 'order',
  target: 'order_target',
  value: 'order_value',
  target_value: 'order_target_value',
};

export interface RunReportParts extends Pick<
  RunReport,
  | 'strategy'
  | 'broker'
  | 'clock'
  | 'startedAt'
  | 'endedAt'
  | 'accountAtStart'
  | 'accountAtEnd'
  | 'accountRead'
  | 'errors'
  | 'alarms'
  | 'dataErrors'
  | 'clockSteps'
> {
  /** The run's orders, oldest first, as the ledger has them; with those of earlier runs on its first day, and all that are not settled. */
  readonly lives: readonly Life[];
  readonly fills: readonly FillRow[];
  readonly triggers: readonly TriggerRow[];
}

/** What a run is, for its report. */
export function runFacts({
  name,
  broker,
  clock,
  startedAt,
}: Pick<LiveOptions, 'name' | 'broker' | 'clock' | 'startedAt'>): Pick<
  RunReport,
  'strategy' | 'broker' | 'clock' | 'startedAt' | 'endedAt'
> {
  return { strategy: name, broker: broker.name, clock: clock.kind, startedAt, endedAt: clock.now() };
}

/** How the run went. Exit code: 3 unsettled orders remain, 2 the strategy failed or something did not happen that had to, 0 a clean end. */
export function buildRunReport(parts: RunReportParts): RunReport {
  const { lives, fills, triggers, ...facts } = parts;
  const fillsOf = Map.groupBy(fills, ({ clientId }) => clientId);
  const visible = lives.filter(isVisible);
  const orders = visible.map((life) => orderView(life, ownFills(life, fillsOf)));
  const open = orders.filter((order) => !isFinal(order.state));
  return {
    version: 1,
    ...facts,
    exitCode: open.length > 0 ? 3 : facts.errors.length > 0 ? 2 : 0,
    orders,
    refused: lives.flatMap(refusal),
    intents: lives
      .flatMap(({ intents }) => intents)
      .map((intent) => ({
        orderId: intent.orderId,
        clientId: intent.clientId,
        brokerOrderId: intent.brokerOrderId,
        remark: intent.remark,
        state: intent.state,
        amount: intent.amount,
        filled: intent.filled,
        price: intent.price,
      })),
    trades: visible.flatMap((life) => ownFills(life, fillsOf).map((fill) => tradeView(fill, life.order))),
    triggers: triggers.map(({ task, due, outcome, reason }) => ({ task, due, outcome, reason })),
    open,
  };
}

function refusal(life: Life): ReportRefusal[] {
  const { denied, security, request, createdAt } = life.order;
  if (denied === null || isVisible(life) || isNothingToDo(denied)) return [];
  return [
    { time: createdAt, security, asked: `${CALLS[request.kind]} ${amountText(request.quantity)}`, reason: denied },
  ];
}

function ownFills({ intents }: Life, fillsOf: ReadonlyMap<string, readonly FillRow[]>): readonly FillRow[] {
  return intents.flatMap(({ clientId }) => fillsOf.get(clientId) ?? []);
}
