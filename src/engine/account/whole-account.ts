import { sumValues } from '../../domain/order/valuation.ts';
import type { BrokerAccount, BrokerPosition } from '../../domain/trading.ts';

/** Account and positions are two answers, a moment apart: prices may have moved by so much between them. */
const TOLERANCE = 0.02;
/** CNY; for small holdings. */
const SLACK = 10;

/**
 * The positions, one row a security: lots of one code are summed. Throws when account and positions cannot both be true: holdings that are worth something and are not listed (missing is not
 * zero), or an account of zeros only, which is how a gateway shows the wrong account type, or one not logged in.
 */
export function wholePositions(account: BrokerAccount, rows: readonly BrokerPosition[]): readonly BrokerPosition[] {
  const positions = summed(rows);
  const isTwice = positions.length < rows.length;
  // What is summed must fit what the account says, in whatever way it says it.
  checkWhole(
    isTwice && account.marketValue === null ? { ...account, marketValue: worthOf(account, positions) } : account,
    positions,
  );
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

function checkWhole(account: BrokerAccount, positions: readonly BrokerPosition[]): void {
  const held = positions.filter(({ amount }) => amount !== 0);
  if (held.length === 0 && account.availableCash === 0 && account.totalValue === 0) {
    throw new Error('the account reads all zeros: the account type is wrong, or the terminal is not logged in');
  }
  if (account.availableCash > account.totalValue * (1 + TOLERANCE) + SLACK) {
    const [cash, total] = [account.availableCash, account.totalValue].map((value) => value.toFixed(2));
    throw new Error(`the available cash of ${cash} is more than the whole account of ${total}`);
  }
  const { marketValue } = account;
  if (marketValue === null) return;
  if (held.some((position) => position.marketValue === null)) return;
  const listed = sumValues(held);
  if (Math.abs(listed - marketValue) <= SLACK + TOLERANCE * Math.max(listed, marketValue)) return;
  throw new Error(`the positions listed are worth ${listed.toFixed(2)}, the account says ${marketValue.toFixed(2)}`);
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
