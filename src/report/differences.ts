import { amountText } from '../domain/number-text.ts';
import { isFinal } from '../domain/order/state.ts';
import { chinaDay } from '../domain/time.ts';
import type { LogLine } from '../status/log-lines.ts';
import type { InstanceStatus, OrderStatus, TriggerStatus } from '../status/types.ts';
import { sum } from './sums.ts';
import type { ReportDifference } from './types.ts';
import { TERMS } from '../domain/words/terms.ts';

/** Who in the log says what somebody must look at. */
export const LOG_SOURCES: readonly string[] = ['alarm', 'account', 'operator'];
const MISSED: ReadonlySet<string> = new Set(['skipped', 'failed', 'interrupted', 'pending']);

/** What is not as it should be on that day, and what was found to differ. */
export function differencesOf(status: InstanceStatus, lines: readonly LogLine[]): ReportDifference[] {
  const { day, unknowns, orders, triggers, trades } = status;
  const listed = Map.groupBy(trades, ({ orderId }) => orderId);
  const isOver = day < chinaDay(status.now);
  return [
    ...unknowns.map((order): ReportDifference => ({
      kind: 'unknown',
      at: null,
      text: `Fate unknown: ${namesOf(order)}`,
    })),
    ...orders.filter(({ state, unknown }) => !isFinal(state) && !unknown).map(openOrder),
    ...orders.flatMap((order) => unlisted(order, sum((listed.get(order.orderId) ?? []).map(({ amount }) => amount)))),
    ...triggers.filter(({ outcome }) => MISSED.has(outcome) || (isOver && outcome === 'started')).map(missed),
    ...lines
      .filter(({ market, source }) => market.startsWith(day) && LOG_SOURCES.includes(source))
      .map(({ market, text }): ReportDifference => ({ kind: 'log', at: market.slice(0, 19), text })),
  ];
}

interface Named {
  readonly side: 'buy' | 'sell';
  readonly amount: number;
  readonly security: string;
}

function namesOf({ side, amount, security }: Named): string {
  return `${side} ${amountText(amount)} ${security}`;
}

function openOrder(order: OrderStatus): ReportDifference {
  const rest = order.amount - order.filled;
  return {
    kind: 'open',
    at: null,
    text: `Still open: ${order.side} ${amountText(rest)} of ${amountText(order.amount)} ${order.security}`,
  };
}

/** What the broker calls filled and has not listed as trades. */
function unlisted(order: OrderStatus, listed: number): ReportDifference[] {
  const filled = sum(order.parts.map((part) => part.filled));
  if (filled === listed) return [];
  const text = `${namesOf(order)}: the broker calls ${amountText(filled)} filled and has listed ${amountText(listed)}`;
  return [{ kind: 'unlisted', at: null, text }];
}

function missed({ task, outcome, reason }: TriggerStatus): ReportDifference {
  const known = ['skipped', 'failed', 'interrupted', 'pending', 'started'] as const;
  const said = known.find((each) => each === outcome);
  const text = `${task}: ${said === undefined ? outcome : TERMS.en[`outcome.${said}`]}${reason === null ? '' : `: ${reason}`}`;
  return { kind: 'task', at: null, text };
}
