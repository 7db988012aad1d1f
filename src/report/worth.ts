import { chinaDay } from '../domain/time.ts';
import { profit } from '../status/portfolio.ts';
import type { InstanceStatus } from '../status/types.ts';
import type { DayReport, ReportPortfolio } from './types.ts';

type Worth = Pick<DayReport, 'portfolio' | 'positions'>;

/**
 * The account as the day has left it. It was read on one day, which need not be this one: of another day the minutes say what it was
 * worth, and what was held is not known.
 */
export function worthOf(status: InstanceStatus): Worth {
  const { day, portfolio, positions } = status;
  if (portfolio !== null && chinaDay(portfolio.asOf) === day) return { portfolio, positions };
  return { portfolio: ofMinutes(status), positions: null };
}

function ofMinutes({ portfolio, equity, equityDays, day }: InstanceStatus): ReportPortfolio | null {
  // What came in sight with another part of the account is no profit: the day is reckoned from there.
  const changed = equity.findLastIndex(({ shift }) => shift !== undefined);
  const [first, last] = [equity[Math.max(0, changed)], equity.at(-1)];
  if (first === undefined || last === undefined) return null;
  const earlier = changed === -1 ? equityDays.findLast(({ at }) => chinaDay(at) < day) : undefined;
  const before = earlier ?? first;
  // Of the instance's first day, whichever day is looked at, with what is seen of the account on this one.
  const later = equityDays.filter(({ at }) => at > last.at).reduce((sum, { shift }) => sum + (shift ?? 0), 0);
  const startingCash = portfolio === null ? null : portfolio.startingCash - later;
  const [dayProfit, dayProfitPercent] = profit(before.total, last.total);
  const [totalProfit, totalProfitPercent] = profit(startingCash, last.total);
  return {
    asOf: last.at,
    source: 'ledger',
    totalValue: last.total,
    availableCash: last.cash,
    lockedCash: null,
    startingCash,
    dayProfit,
    dayProfitPercent,
    totalProfit,
    totalProfitPercent,
  };
}
