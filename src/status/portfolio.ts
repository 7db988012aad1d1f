import { chinaDay } from '../domain/time.ts';
import type { SeenAccount, SeenPosition } from '../domain/status/seen-account.ts';
import type { EquityPoint } from '../ledger/risk-rows.ts';
import type { PortfolioStatus, PositionStatus } from './types.ts';

/** What the account's profit is reckoned against. */
export interface ProfitBase {
  /** The last value of each day, oldest first. */
  readonly days: readonly EquityPoint[];
  /** The day that is looked at, `YYYY-MM-DD`. */
  readonly day: string;
  /** The first value of that day, CNY; null = there is none yet. */
  readonly firstOfDay: number | null;
}

export function portfolioStatus(
  account: SeenAccount,
  source: PortfolioStatus['source'],
  base: ProfitBase,
): PortfolioStatus {
  const { asOf, totalValue, availableCash, lockedCash, startingCash } = account;
  const before = base.days.findLast(({ at }) => chinaDay(at) < base.day)?.total ?? base.firstOfDay;
  const [dayProfit, dayProfitPercent] = profit(before, totalValue);
  const [totalProfit, totalProfitPercent] = profit(startingCash, totalValue);
  return {
    asOf,
    source,
    totalValue,
    availableCash,
    lockedCash,
    startingCash,
    dayProfit,
    dayProfitPercent,
    totalProfit,
    totalProfitPercent,
  };
}

export function positionStatus(position: SeenPosition, totalValue: number): PositionStatus {
  const { amount, avgCost, value } = position;
  const cost = avgCost === null ? null : avgCost * amount;
  const [gain, percent] = value === null ? NONE : profit(cost, value);
  const weight = value === null || totalValue <= 0 ? null : (value / totalValue) * 100;
  return { ...position, profit: gain, profitPercent: percent, weight };
}

const NONE = [null, null] as const;

/** CNY and per cent; null where what it is reckoned from is not known. */
export function profit(from: number | null, to: number): readonly [number | null, number | null] {
  if (from === null) return NONE;
  const gain = to - from;
  return [gain, from > 0 ? (gain / from) * 100 : null];
}
