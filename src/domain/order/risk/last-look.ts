import { movesShares, takesCash, tradedMoney } from '../../market/repo.ts';
import { moneyText, priceText } from '../../number-text.ts';
import type { PlannedOrder } from '../plan.ts';
import type { AccountView } from '../types.ts';

export interface RiskInputs {
  readonly account: AccountView;
  /** Securities with an own order whose fate is not known. */
  readonly doubtful: ReadonlySet<string>;
  /** Reason why no order may be sent at all (gate closed, real gateway without consent), or null. */
  readonly closed: string | null;
}

/**
 * The last look before the ledger: why these orders must not be sent, or null. It repeats what the planner guarantees,
 * because it is the one that must hold when the planner is wrong.
 */
export function denial(orders: readonly PlannedOrder[], inputs: RiskInputs): string | null {
  if (inputs.closed !== null) return inputs.closed;
  let cash = inputs.account.availableCash;
  for (const order of orders) {
    if (inputs.doubtful.has(order.security)) {
      return `${order.security} has an order whose fate is not known yet; no new order there until it is settled.`;
    }
    if (!Number.isSafeInteger(order.amount) || order.amount <= 0)
      return `An amount of ${order.amount} is not possible.`;
    if (!Number.isFinite(order.price) || order.price <= 0)
      return `A price of ${priceText(order.price)} is not possible.`;
    if (takesCash(order.security, order.side)) cash -= tradedMoney(order.security, order.amount, order.price);
  }
  // What brings money is never blocked by the lack of it.
  if (cash < 0 && orders.some(({ security, side }) => takesCash(security, side)))
    return `The orders cost more than the available cash of ${moneyText(inputs.account.availableCash)}.`;
  return oversold(orders, inputs.account);
}

function oversold(orders: readonly PlannedOrder[], account: AccountView): string | null {
  const selling = new Map<string, number>();
  for (const order of orders) {
    if (order.side === 'sell' && movesShares(order.security))
      selling.set(order.security, (selling.get(order.security) ?? 0) + order.amount);
  }
  for (const [security, amount] of selling) {
    const closeable = account.positions.find((position) => position.security === security)?.closeableAmount ?? 0;
    if (amount > closeable) return `Selling ${amount} ${security}, but only ${closeable} can be sold today.`;
  }
  return null;
}
