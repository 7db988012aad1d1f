import { saysSpecialTreatment } from '../../domain/market/special-treatment.ts';
import type { RiskLimits } from '../../domain/order/risk/limits.ts';
import { chinaDay, DAY, instantOf } from '../../domain/time.ts';
import type { Quote, SecurityInfo } from '../../domain/trading.ts';
import type { AboutSecurity } from './plan-limits.ts';

/** What limits ask about a security, from its quote and, where a limit needs it, its master data. */
export async function aboutSecurity(
  security: string,
  quote: Quote | null,
  { noSt, minListedDays }: Pick<RiskLimits, 'noSt' | 'minListedDays'>,
  {
    now,
    instrument,
  }: {
    readonly now: number;
    readonly instrument: (security: string, day: string) => Promise<SecurityInfo | null>;
  },
): Promise<AboutSecurity> {
  const lastPrice = quote?.lastPrice ?? null;
  const told = quote?.isSt ?? (quote?.name == null ? null : saysSpecialTreatment(quote.name));
  if (minListedDays === null && (!noSt || told !== null)) return { lastPrice, isSt: told, listedDays: null };
  const today = chinaDay(now);
  // What cannot be had stays missing, and then nothing is bought.
  const info = await instrument(security, today).catch(() => null);
  const isSt = told ?? (info === null ? null : saysSpecialTreatment(info.displayName));
  const listed = info?.startDate ?? null;
  return { lastPrice, isSt, listedDays: listed === null ? null : daysBetween(listed, today) };
}

function daysBetween(from: string, to: string): number {
  return Math.round((instantOf(to, 0) - instantOf(from, 0)) / DAY);
}
