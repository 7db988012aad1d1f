import { REPO_UNIT_CNY, repoInterest, repoTerm } from '../domain/market/repo.ts';
import { addDays, chinaInstant, DAY } from '../domain/time.ts';
import type { AccountData, LentData } from './data.ts';
import { mills, yuan } from './data.ts';
import type { TradingDays } from './trading-days.ts';

/** Mills that one unit of a repo lends: 100 CNY. */
export const UNIT_MILLS = mills(REPO_UNIT_CNY);

/** Notes down what has been lent; `rate`: mills, as prices are. */
export function lend(account: AccountData, lent: LentData): void {
  const same = account.lent.find(
    ({ security, day, rate }) => security === lent.security && day === lent.day && rate === lent.rate,
  );
  if (same === undefined) account.lent.push(lent);
  else same.money += lent.money;
}

/** All that is lent, mills. */
export function lentMoney({ lent }: Pick<AccountData, 'lent'>): number {
  return lent.reduce((sum, { money }) => sum + money, 0);
}

/** What has come to its end by a trading day comes back, with its interest. */
export function comeBack(account: AccountData, today: string, days: TradingDays): void {
  const isDue = (lent: LentData): boolean => dueDay(lent, days) <= today;
  for (const lent of account.lent.filter(isDue)) account.cash += lent.money + mills(interestOf(lent, days));
  account.lent = account.lent.filter((lent) => !isDue(lent));
}

/** The trading day on which a lend can be used again: the first one from its term on. */
export function dueDay({ security, day }: LentData, days: TradingDays): string {
  return tradingDayFrom(addDays(day, repoTerm(security) ?? 1), days);
}

/** CNY, for the calendar days from its settlement (the next trading day) to that of its end, as both exchanges count since 2017. */
function interestOf(lent: LentData, days: TradingDays): number {
  const from = tradingDayFrom(addDays(lent.day, 1), days);
  const until = tradingDayFrom(addDays(dueDay(lent, days), 1), days);
  const occupied = Math.round((chinaInstant(until, '00:00') - chinaInstant(from, '00:00')) / DAY);
  return repoInterest(yuan(lent.money), yuan(lent.rate), occupied);
}

function tradingDayFrom(day: string, days: TradingDays): string {
  return days.list[days.from(day)] ?? day;
}
