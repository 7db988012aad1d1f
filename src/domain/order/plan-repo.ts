import { lotRule, roundBuyAmount } from '../market/lot.ts';
import { REPO_UNIT_CNY, repoCommissionRate } from '../market/repo.ts';
import { isTarget, type AccountView, type OrderRequest } from './types.ts';

/** An amount that can be ordered, 0 = none, and what the author should know about it. */
export interface Sized {
  readonly amount: number;
  readonly notes: readonly string[];
}

/** Why a repo is not ordered like this, or null: only lending is served, and it is a sell. */
export function repoRefusal(request: OrderRequest): string | null {
  const { security, quantity } = request;
  const how = `Lend with order('${security}', -units), ${REPO_UNIT_CNY} CNY a unit, or order_value('${security}', -cny).`;
  if (isTarget(request))
    return `${security} is a repo: what is lent is no holding, so there is no target for it. ${how}`;
  if (quantity > 0) return `${security} is a repo: to buy is to borrow against bonds, which is not served. ${how}`;
  return null;
}

/** Units to lend (negative: a sell) before lots and cash: of a value, its CNY at 100 a unit; the price is a rate. */
export function repoUnits({ kind, quantity }: OrderRequest): number {
  return Math.trunc(kind === 'value' ? quantity / REPO_UNIT_CNY : quantity);
}

/** Whole lots that the available cash can lend, its commission included. No holding is needed. */
export function lendAmount(
  security: string,
  wanted: number,
  { account }: { readonly account: Pick<AccountView, 'availableCash'> },
): Sized {
  const { minBuy } = lotRule(security);
  const lots = roundBuyAmount(security, wanted);
  if (lots === 0)
    return { amount: 0, notes: [`${security}: ${wanted} units are below the smallest lend of ${minBuy}.`] };
  const notes = lots === wanted ? [] : [`Lend of ${wanted} units becomes ${lots}, the lot rule of ${security}.`];
  const unit = REPO_UNIT_CNY * (1 + repoCommissionRate(security));
  // Its commission is rounded to the cent, up by half a one at most.
  const affordable = roundBuyAmount(security, Math.min(lots, Math.floor((account.availableCash - 0.005) / unit)));
  if (affordable < lots)
    notes.push(
      `Lend of ${lots} units of ${security} needs more than the available cash of ${account.availableCash.toFixed(2)}: becomes ${affordable}.`,
    );
  return { amount: affordable, notes };
}
