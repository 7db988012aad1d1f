import { isTradedHolding } from '../market/repo.ts';
import type { BrokerAccount, BrokerPosition } from '../trading.ts';
import { isHeld, SLACK, sumValues, TOLERANCE } from './valuation.ts';

/** The account's market value and the rows of its positions may be of two days by this factor: a bonus or a split on its day. */
const DAYS_FACTOR = 5;

/** An account whose market value is not what its rows are worth together. CNY. */
export interface WorthGap {
  readonly what: string;
  /** Told by the account above what the rows are worth; below 0 = so much less. */
  readonly more: number;
  readonly listed: number;
}

/**
 * Why the account's market value is not what its rows are worth; null = it is, or one of the two is not told. What cannot be ordered
 * and `lent` (CNY lent today, as far as known) may count or not.
 */
export function worthGap(
  { marketValue }: BrokerAccount,
  positions: readonly BrokerPosition[],
  lent = 0,
): WorthGap | null {
  const held = positions.filter((position) => isHeld(position) && isTradedHolding(position.security));
  if (marketValue === null || held.some((position) => position.marketValue === null)) return null;
  const listed = sumValues(held);
  const odd = positions.filter((position) => isHeld(position) && !isTradedHolding(position.security));
  const more =
    lent + odd.reduce((sum, position) => sum + Math.max(0, position.marketValue ?? Number.POSITIVE_INFINITY), 0);
  const near = (value: number): number => SLACK + TOLERANCE * Math.max(value, marketValue);
  if (marketValue >= listed - near(listed) && marketValue <= listed + more + near(listed + more)) return null;
  const what = `the positions listed are worth ${listed.toFixed(2)}, the account says ${marketValue.toFixed(2)}`;
  return { what, more: marketValue - listed, listed };
}

/** What a gap can be. */
export type GapKind =
  /** The list shows what it last showed: prices of two days (an ex-right day), or money that is lent and counts. */
  | 'harmless'
  /** Whether the list is whole is not known. */
  | 'unknown'
  /** A holding is gone from the list, and the account counts more than the list. */
  | 'missing'
  /** The list shows more than the account has. */
  | 'absurd';

/** `last`: shares by security when the whole account was last believed; null = never. */
export function gapKind(
  { more, listed }: WorthGap,
  positions: readonly BrokerPosition[],
  last: ReadonlyMap<string, number> | null,
): GapKind {
  const amounts = new Map(positions.map(({ security, amount }) => [security, amount]));
  const isAsBefore = last !== null && [...last].every(([security, amount]) => amounts.get(security) === amount);
  if (more < 0) {
    const isNew = positions.some(({ security, amount }) => amount !== 0 && last?.get(security) !== amount);
    return isAsBefore && !isNew && listed <= (listed + more) * DAYS_FACTOR + SLACK ? 'harmless' : 'absurd';
  }
  if (isAsBefore) return 'harmless';
  if (last === null) return 'unknown';
  return [...last].some(([security, amount]) => amount > 0 && !((amounts.get(security) ?? 0) > 0))
    ? 'missing'
    : 'unknown';
}
