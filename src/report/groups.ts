import type { PositionStatus } from '../status/types.ts';
import { slippageOfAll } from './orders.ts';
import { sum, sumKnown } from './sums.ts';
import type { ReportFill, ReportGroup, ReportOrder } from './types.ts';

/** Orders together with their fills: what was traded, and what it brought. */
export function groupOf(
  key: string | null,
  orders: readonly ReportOrder[],
  fills: ReadonlyMap<string, readonly ReportFill[]>,
): ReportGroup {
  const own = orders.flatMap(({ orderId }) => fills.get(orderId) ?? []);
  const value = (side: 'buy' | 'sell'): number =>
    sum(own.filter((fill) => fill.side === side).map((fill) => fill.value));
  return {
    key,
    name: null,
    orders: orders.length,
    bought: value('buy'),
    sold: value('sell'),
    fees: sumKnown(orders.map(({ fees }) => fees)),
    realised: sumKnown(orders.map(({ realised }) => realised)),
    slippage: slippageOfAll(orders),
    held: null,
    unrealised: null,
  };
}

/** What was traded or is held, the most traded first. */
export function bySecurity(
  orders: readonly ReportOrder[],
  fills: ReadonlyMap<string, readonly ReportFill[]>,
  positions: readonly PositionStatus[],
): ReportGroup[] {
  const traded = Map.groupBy(orders, ({ security }) => security);
  const held = new Map(positions.map((position) => [position.security, position]));
  const codes = new Set([...traded.keys(), ...held.keys()]);
  return [...codes]
    .map((code): ReportGroup => {
      const position = held.get(code);
      const group = groupOf(code, traded.get(code) ?? [], fills);
      const { name = null, value: worth = null, profit = null } = position ?? {};
      return { ...group, name, held: worth, unrealised: profit };
    })
    .toSorted((a, b) => (b.held ?? 0) - (a.held ?? 0))
    .toSorted((a, b) => b.bought + b.sold - (a.bought + a.sold));
}

export function byTask(
  orders: readonly ReportOrder[],
  fills: ReadonlyMap<string, readonly ReportFill[]>,
): ReportGroup[] {
  return [...Map.groupBy(orders, ({ task }) => task)].map(([task, own]) => groupOf(task, own, fills));
}
