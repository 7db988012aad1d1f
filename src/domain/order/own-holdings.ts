import type { BrokerAccount, BrokerPosition } from '../trading.ts';

/** An account as one of several users of it sees it. */
export interface OwnPart {
  readonly account: BrokerAccount;
  readonly positions: readonly BrokerPosition[];
}

/**
 * What of an account is this instance's: of each holding at most what its ledger bought, of the rest nothing. Cash is not
 * divided. Never more than the broker has: shares that somebody else sold are gone.
 */
export function ownPart(
  account: BrokerAccount,
  positions: readonly BrokerPosition[],
  holdings: ReadonlyMap<string, number>,
): OwnPart {
  const own = positions.flatMap((held) => {
    const amount = Math.max(0, Math.min(held.amount, holdings.get(held.security) ?? 0));
    if (amount === 0) return [];
    const marketValue =
      held.marketValue === null || held.amount === 0 ? null : (held.marketValue / held.amount) * amount;
    return [{ ...held, amount, closeableAmount: Math.min(held.closeableAmount, amount), marketValue }];
  });
  const foreign = valueOf(positions) - valueOf(own);
  const marketValue = account.marketValue === null ? null : account.marketValue - foreign;
  return { account: { ...account, totalValue: account.totalValue - foreign, marketValue }, positions: own };
}

function valueOf(positions: readonly BrokerPosition[]): number {
  return positions.reduce((sum, held) => sum + (held.marketValue ?? (held.lastPrice ?? 0) * held.amount), 0);
}
