import { isRepo, tradedMoney } from '../domain/market/repo.ts';
import type { OrderStatus, TradeStatus } from '../status/types.ts';
import { sum, sumKnown } from './sums.ts';
import type { ReportFill, ReportOrder, ReportSlippage } from './types.ts';

const BASIS_POINTS = 10_000;

export function reportFill({ time, orderId, security, side, amount, price, value, ...costs }: TradeStatus): ReportFill {
  return { time, orderId, security, side, amount, price, value, fees: sumKnown([costs.commission, costs.tax]) };
}

/** An order with what it cost; `fills`: its own. */
export function reportOrder(order: OrderStatus, fills: readonly ReportFill[]): ReportOrder {
  const { orderId, at, security, side, amount, filled, price, state, reason, unknown, task, phase } = order;
  const of = { orderId, at, security, side, amount, filled, price, state, reason, unknown, task, phase };
  const called = order.triggerPrice ?? order.callPrice;
  return {
    ...of,
    called,
    slippage: slippageOf(order, called),
    fees: fills.length === 0 && filled > 0 ? null : sumKnown(fills.map(({ fees }) => fees)),
    realised: realisedOf(order),
    brokerOrderIds: order.parts.flatMap(({ brokerOrderId }) => brokerOrderId ?? []),
  };
}

/** Of a repo the price is a rate: there is no slippage in shares of it. */
function slippageOf({ security, side, filled, price }: OrderStatus, called: number | null): ReportSlippage | null {
  if (filled === 0 || price === null || called === null || isRepo(security)) return null;
  const money = (side === 'buy' ? price - called : called - price) * filled;
  const traded = called * filled;
  return { money, basisPoints: traded > 0 ? (money / traded) * BASIS_POINTS : null };
}

/** A buy realises nothing; a sell without a known cost is not known. */
function realisedOf({ security, side, filled, price, costBefore }: OrderStatus): number | null {
  if (side === 'buy' || filled === 0 || isRepo(security)) return 0;
  return price === null || costBefore === null ? null : (price - costBefore) * filled;
}

/** Of orders together; null where nothing of it is known, or not all. */
export function slippageOfAll(orders: readonly ReportOrder[]): ReportSlippage | null {
  const traded = orders.filter(({ filled, security }) => filled > 0 && !isRepo(security));
  const money = sumKnown(traded.map(({ slippage }) => slippage?.money ?? null));
  if (money === null || traded.length === 0) return null;
  const value = sum(traded.map(({ called, filled, security }) => tradedMoney(security, filled, called ?? 0)));
  return { money, basisPoints: value > 0 ? (money / value) * BASIS_POINTS : null };
}
