import type { PlannedOrder } from '../../domain/order/plan.ts';
import type { OrderRow } from '../../domain/order/rows.ts';
import type { AccountView } from '../../domain/order/types.ts';
import type { RiskSecurity } from '../../domain/order/risk/rule.ts';
import type { Quote } from '../../domain/trading.ts';

/** What limits ask about a security. */
export interface AboutSecurity extends RiskSecurity {
  readonly lastPrice: number | null;
}

/** A plan, a moment before it is written down. */
export interface PlanToJudge {
  readonly order: OrderRow;
  readonly orders: readonly PlannedOrder[];
  /** The account as the order's owner sees it. */
  readonly account: AccountView;
  readonly about: AboutSecurity | null;
}

/** What the run's limits say to plans. */
export interface PlanLimits {
  /** Brings what they ask about a security; what could not be had is null in it. */
  about(security: string, quote: Quote | null): Promise<AboutSecurity>;
  /** Why the plan is not carried out, with the limit's name, written down; null = no limit is in its way. */
  denial(plan: PlanToJudge): string | null;
}

/** No limits. */
export const UNLIMITED: PlanLimits = {
  about: (_security, quote) => Promise.resolve({ lastPrice: quote?.lastPrice ?? null, isSt: null, listedDays: null }),
  denial: () => null,
};
