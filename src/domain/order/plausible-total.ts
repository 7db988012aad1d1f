import type { BrokerAccount, BrokerPosition } from '../trading.ts';
import { isHeld, SLACK, sumValues, TOLERANCE } from './valuation.ts';

/** An account does not become so many times what it was, by so many CNY, without a trade. */
const JUMP_FACTOR = 10;
const JUMP_CNY = 100_000;

/** What the whole account was when it was last believed. */
export interface LastTotal {
  /** CNY; holdings included: one in which they had no price is no measure. */
  readonly total: number;
  readonly isHolding: boolean;
}

export interface TotalDoubt {
  readonly what: string;
  /** A deposit and lends that come back do this: it can be believed when it stays so. */
  readonly mayBeTrue: boolean;
}

/** Why a whole account, which need not contradict itself, is not believed at once after the last one; null = it is. */
export function totalDoubt(
  account: BrokerAccount,
  positions: readonly BrokerPosition[],
  last: LastTotal | null,
): TotalDoubt | null {
  const { availableCash, totalValue } = account;
  if (availableCash === 0 && totalValue === 0 && !positions.some(isHeld)) {
    const what = 'the account reads all zeros: the account type is wrong, or the terminal is not logged in';
    // An account of cash only may have lent all of it; shares do not vanish.
    return { what, mayBeTrue: last !== null && !last.isHolding };
  }
  if (last === null || totalValue <= last.total * JUMP_FACTOR + JUMP_CNY) return null;
  const what = `the whole account of ${totalValue.toFixed(2)} was ${last.total.toFixed(2)} when it was last read, and no trade explains it`;
  return { what, mayBeTrue: true };
}

/** Whether cash and the worth of holdings make the whole of an account. What is lent may be in neither. */
export function isConsistent(account: BrokerAccount, positions: readonly BrokerPosition[]): boolean {
  const { availableCash, frozenCash, marketValue, totalValue } = account;
  const worth = Math.max(sumValues(positions), marketValue ?? 0);
  return Math.abs(availableCash + (frozenCash ?? 0) + worth - totalValue) <= SLACK + TOLERANCE * totalValue;
}
