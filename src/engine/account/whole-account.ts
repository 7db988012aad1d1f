import { accountDoubt, checkAccount } from '../../domain/order/plausible-account.ts';
import { worthGap, type WorthGap } from '../../domain/order/plausible-worth.ts';
import { isRepo, isTradedHolding } from '../../domain/market/repo.ts';
import { sumValues, worthTold } from '../../domain/order/valuation.ts';
import type { BrokerAccount, BrokerPosition } from '../../domain/trading.ts';

/** The positions of an account, one row a security. */
export interface WholePositions {
  readonly positions: readonly BrokerPosition[];
  /** They are not worth together what the account says; null = they are. */
  readonly gap: WorthGap | null;
}

/**
 * The positions, one row a security: lots of one code are summed. Throws what `checkAccount` throws when account and positions
 * cannot both be true, and when rows that were summed are not worth what the account says. `lent`: CNY lent today, as far as known.
 */
export function wholePositions(account: BrokerAccount, rows: readonly BrokerPosition[], lent = 0): WholePositions {
  const positions = summed(rows);
  const isTwice = positions.length < rows.length;
  // What is summed must fit what the account says, in whatever way it says it.
  const marketValue = isTwice ? (account.marketValue ?? worthOf(account, positions)) : account.marketValue;
  const told = { ...account, marketValue };
  checkAccount(told, positions);
  const gap = worthGap(told, positions, lent);
  if (gap !== null && isTwice) throw accountDoubt('ACCOUNT_INCONSISTENT', gap.what);
  return { positions: countedWorth(account, positions), gap };
}

/**
 * The positions, without the worth of what cannot be ordered where the account does not count it: standard bonds, a lend that is
 * listed as a position. The whole is the account's to say.
 */
function countedWorth(account: BrokerAccount, positions: readonly BrokerPosition[]): readonly BrokerPosition[] {
  const isOdd = ({ security }: BrokerPosition): boolean => !isTradedHolding(security);
  if (!positions.some(isOdd)) return positions;
  // The price of a lend is a rate: only the account can say what it is worth.
  const rows = positions.map((held) => (isRepo(held.security) ? { ...held, lastPrice: null } : held));
  const odd = sumValues(rows.filter(isOdd));
  const rest = worthTold(account) - sumValues(rows.filter((held) => !isOdd(held)));
  if (Math.abs(rest) >= Math.abs(rest - odd)) return rows;
  return rows.map((held) => (isOdd(held) ? { ...held, lastPrice: null, marketValue: null } : held));
}

/** What the account's own figures leave for holdings, CNY; where it does not say what is frozen, part of that may be cash. */
function worthOf(account: BrokerAccount, positions: readonly BrokerPosition[]): number {
  const worth = worthTold({ ...account, marketValue: null });
  return account.frozenCash === null ? Math.min(worth, sumValues(positions)) : worth;
}

/** Some counters list lots of one code in rows of their own. */
export function summed(rows: readonly BrokerPosition[]): readonly BrokerPosition[] {
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
    ...(a.unreadable === undefined ? b : a),
    amount,
    closeableAmount: a.closeableAmount + b.closeableAmount,
    avgCost: cost,
    marketValue: a.marketValue === null || b.marketValue === null ? null : a.marketValue + b.marketValue,
  };
}
