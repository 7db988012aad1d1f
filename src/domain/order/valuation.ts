import type { BrokerAccount, BrokerPosition } from '../trading.ts';

/** Account and positions are two answers, a moment apart: prices may have moved by so much between them. */
export const TOLERANCE = 0.02;
/** CNY; for small accounts. */
export const SLACK = 10;

/** All cash of an account, free and frozen, CNY: available plus frozen where a counter tells what is frozen, else total less holdings. */
export function cashOf(account: BrokerAccount, positions: readonly BrokerPosition[]): number {
  const { availableCash, frozenCash, totalValue, marketValue } = account;
  if (frozenCash !== null && frozenCash > 0) return availableCash + frozenCash;
  const held = positions.filter(isHeld);
  const isPriced = held.every((position) => valueOf(position) !== null);
  if (marketValue === null && !isPriced) return availableCash + (frozenCash ?? 0);
  return Math.max(availableCash, totalValue - (marketValue ?? sumValues(held)));
}

/** What holdings without a price are worth by the account's own figures, CNY: its market value, else what is no cash of the whole. */
export function unpricedValue({
  account,
  positions,
}: {
  readonly account: BrokerAccount;
  readonly positions: readonly BrokerPosition[];
}): number {
  if (positions.every((held) => held.amount === 0 || valueOf(held) !== null)) return 0;
  return Math.max(0, worthTold(account) - sumValues(positions));
}

/** What a holding is worth, CNY: the broker's figure, else by its last price; null when neither is known. */
export function valueOf({ marketValue, lastPrice, amount }: BrokerPosition): number | null {
  return marketValue ?? (lastPrice === null ? null : lastPrice * amount);
}

/** What holdings are worth together, CNY; one of which nobody knows the worth counts nothing. */
export function sumValues(positions: readonly BrokerPosition[]): number {
  return positions.reduce((sum, held) => sum + (valueOf(held) ?? 0), 0);
}

/** Whether a row holds something: one of which the amount cannot be read does. */
export function isHeld({ amount, unreadable }: BrokerPosition): boolean {
  return amount !== 0 || unreadable !== undefined;
}

/** What an account says its holdings are worth, CNY: its market value, else what is no cash of the whole. */
export function worthTold({ marketValue, totalValue, availableCash, frozenCash }: BrokerAccount): number {
  return marketValue ?? totalValue - availableCash - (frozenCash ?? 0);
}
