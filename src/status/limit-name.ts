import type { RiskLimitStatus } from './types.ts';

/** What a limit is called: its rule; of the breaker, which has two, the one that its setting says. */
export function limitName({ rule, variable }: Pick<RiskLimitStatus, 'rule' | 'variable'>): string {
  return rule === 'breaker' ? variable.toLowerCase() : rule;
}
