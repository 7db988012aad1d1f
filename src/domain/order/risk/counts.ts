import type { Denial, RiskRule } from './rule.ts';

/** A limit of how often something is done, how often it was, and the words for both. */
export type Count = readonly [limit: number | null, used: number, rule: RiskRule, text: string, variable: string];

/** The first limit that is used up; null = there is none. */
export function firstOf(counts: readonly Count[]): Denial | null {
  for (const [most, used, rule, text, variable] of counts)
    if (most !== null && used >= most)
      return { rule, text: `limit ${rule}: ${text}, at most ${most} are (${variable}).` };
  return null;
}
