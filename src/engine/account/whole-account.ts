import { checkAccount } from '../../domain/order/plausible-account.ts';
import { sumValues } from '../../domain/order/valuation.ts';
import type { BrokerAccount, BrokerPosition } from '../../domain/trading.ts';

/**
 * The positions, one row a security: lots of one code are summed. Throws what `checkAccount` throws when account and positions
 * cannot both be true.
 */
export function wholePositions(account: BrokerAccount, rows: readonly BrokerPosition[]): readonly BrokerPosition[] {
  const positions = summed(rows);
  const isTwice = positions.length < rows.length;
  // What is summed must fit what the account says, in whatever way it says it.
  const marketValue = isTwice ? (account.marketValue ?? worthOf(account, positions)) : account.marketValue;
  checkAccount({ ...account, marketValue }, positions);
  return positions;
}

/** What the account's own figures leave for holdings, CNY; where it does not say what is frozen, part of that may be cash. */
function worthOf(
  { totalValue, availableCash, frozenCash }: BrokerAccount,
  positions: readonly BrokerPosition[],
): number {
  const worth = totalValue - availableCash - (frozenCash ?? 0);
  return frozenCash === null ? Math.min(worth, sumValues(positions)) : worth;
}

/** Some counters list lots of one code in rows of their own. */
function summed(rows: readonly BrokerPosition[]): readonly BrokerPosition[] {
  const bySecurity = Map.groupBy(rows, ({ security }) => security);
  if (bySecurity.size === rows.length) return rows;
  return [...bySecurity.values()].map((lots) => lots.reduce(added));
}

function added(a: BrokerPosition, b: BrokerPosition): BrokerPosition {
  const amount = a.amount + b.amount;
  const cost =
    a.avgCost === null || b.avgCost === null || amount === 0
      ? null
      : (a.avgCost * a.amount + b.avgCost * b.amount) / amount;
  return {
    ...a,
    amount,
    closeableAmount: a.closeableAmount + b.closeableAmount,
    avgCost: cost,
    marketValue: a.marketValue === null || b.marketValue === null ? null : a.marketValue + b.marketValue,
  };
}
