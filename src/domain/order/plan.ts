import { DEFAULT_FEES, orderFees } from '../market/fees.ts';
import { SERVED_KINDS, unservedKind } from '../market/instrument-kind.ts';
import { lotRule, piecesOf, roundBuyAmount, roundSellAmount, splitAmount } from '../market/lot.ts';
import { isRepo } from '../market/repo.ts';
import { amountText, moneyText, priceText } from '../number-text.ts';
import type { Quote, Side } from '../trading.ts';
import { lendAmount, repoRefusal, repoUnits, type Sized } from './plan-repo.ts';
import { protectedPrice, type PriceRules } from './plan-price.ts';
import { isTarget, type AccountView, type OrderRequest } from './types.ts';

/** Wire orders that one strategy order may become: 100 million shares of a main board. A larger amount is more likely a mistake. */
export const MOST_ORDERS = 100;

/** One order as it will go over the wire. `price` is always explicit: the limit, or our protection of a market order. */
export interface PlannedOrder {
  readonly security: string;
  readonly side: Side;
  readonly amount: number;
  readonly price: number;
  readonly style: 'limit' | 'market';
}

export interface PlanInputs {
  readonly account: AccountView;
  readonly quote: Quote | null;
  /** Trading day, `YYYY-MM-DD`. */
  readonly day: string;
  /** Shares still working at the broker in this security, by side. */
  readonly openBuy: number;
  readonly openSell: number;
  readonly prices: PriceRules;
}

/** Orders to send and what the author should know about changes made to them, or the reason why nothing is sent. */
export type Plan =
  | { readonly kind: 'send'; readonly orders: readonly PlannedOrder[]; readonly notes: readonly string[] }
  | { readonly kind: 'refused'; readonly reason: string };

/** How the reason begins when nothing was to be ordered: that is no refusal. */
export const NOTHING_TO_DO = 'nothing to do';

/** True for the reason of an order that had nothing to do, such as a target that is reached. */
export function isNothingToDo(reason: string): boolean {
  return reason.startsWith(NOTHING_TO_DO);
}

const refused = (reason: string): Plan => ({ kind: 'refused', reason });

/** Why such a request is never carried out, whatever account and market are, or null. Throws on a malformed security. */
export function requestRefusal(request: OrderRequest): string | null {
  const { security } = request;
  const kind = unservedKind(security);
  if (kind !== null) return `${security} is ${kind} and cannot be ordered. Served are ${SERVED_KINDS}.`;
  return isRepo(security) ? repoRefusal(request) : null;
}

/** What a strategy's call becomes on the wire. Pure; never throws on market data, only on a malformed security. */
export function planOrder(request: OrderRequest, inputs: PlanInputs): Plan {
  const { quote } = inputs;
  const { security } = request;
  const never = requestRefusal(request);
  if (never !== null) return refused(never);
  if (quote === null) return refused(`No quote for ${security}: the venue does not know it or sent none.`);
  if (quote.paused === true) return refused(`${security} is suspended.`);
  if (quote.paused === null) return refused(`The venue does not say whether ${security} is suspended.`);
  const last = quote.lastPrice ?? quote.preClose;
  if (last === null) return refused(`${security} has no price now.`);
  const wanted = isRepo(security) ? repoUnits(request) : signedAmount(request, last, inputs);
  if (wanted === 0) return refused(nothingText(request));
  const side: Side = wanted > 0 ? 'buy' : 'sell';
  const price = protectedPrice(request.style, side, quote, last, inputs.prices);
  if (price.kind === 'refused') return refused(`${security}: ${price.reason}`);
  const sized = sizedAmount(request, wanted, price.price, inputs);
  if (sized.amount === 0) return refused(sized.notes.join(' '));
  const rule = lotRule(security);
  const most = request.style.kind === 'market' ? rule.maxMarket : rule.maxLimit;
  const pieces = piecesOf(sized.amount, most);
  if (pieces > MOST_ORDERS) return refused(tooMany(security, sized.amount, pieces, most));
  const style = request.style.kind;
  const orders = splitAmount(security, sized.amount, most).map((amount) => ({
    security,
    side,
    amount,
    price: price.price,
    style,
  }));
  return { kind: 'send', orders, notes: [...price.notes, ...sized.notes] };
}

function tooMany(security: string, amount: number, pieces: number, most: number): string {
  return `${security}: ${amount} would be ${pieces} orders of at most ${most}; one order becomes at most ${MOST_ORDERS}. Check the amount, or order it in parts.`;
}

function sizedAmount(request: OrderRequest, wanted: number, price: number, inputs: PlanInputs): Sized {
  if (isRepo(request.security)) return lendAmount(request.security, -wanted, inputs);
  return wanted > 0 ? buyAmount(request, wanted, price, inputs) : sellAmount(request, -wanted, inputs);
}

function nothingText(request: OrderRequest): string {
  const { security, quantity } = request;
  return isTarget(request)
    ? `${NOTHING_TO_DO}, ${security} is at its target of ${amountText(quantity)} already.`
    : `${NOTHING_TO_DO}, the amount of ${security} comes out as 0.`;
}

/** Shares to buy (+) or sell (−) before lots, cash and closeable amounts. CNY are reckoned at the limit, else at `last`. */
export function signedAmount(request: OrderRequest, last: number, inputs: PlanInputs): number {
  const reference = request.style.kind === 'limit' ? request.style.limitPrice : last;
  const held = inputs.account.positions.find((position) => position.security === request.security)?.amount ?? 0;
  const underway = held + inputs.openBuy - inputs.openSell;
  switch (request.kind) {
    case 'amount':
      return Math.trunc(request.quantity);
    case 'value':
      return Math.trunc(tolerant(request.quantity / reference));
    case 'target':
      return Math.trunc(request.quantity) - underway;
    case 'target_value': {
      const target =
        request.quantity === 0 ? 0 : roundBuyAmount(request.security, tolerant(request.quantity / reference));
      return target - underway;
    }
  }
}

/** 3000 / 0.3 must stay 10000 although floating point says 9999.999…. */
function tolerant(amount: number): number {
  const nearest = Math.round(amount);
  return Math.abs(amount - nearest) < 1e-6 ? nearest : amount;
}

function buyAmount(request: OrderRequest, wanted: number, price: number, inputs: PlanInputs): Sized {
  const notes: string[] = [];
  const lots = roundBuyAmount(request.security, wanted);
  if (lots === 0) {
    return {
      amount: 0,
      notes: [`${request.security}: ${wanted} is below the smallest buy of ${lotRule(request.security).minBuy}.`],
    };
  }
  if (lots !== wanted) notes.push(`Buy of ${wanted} becomes ${lots}, the lot rule of ${request.security}.`);
  const affordable = affordableAmount(request.security, lots, price, inputs);
  if (affordable < lots) {
    notes.push(
      `Buy of ${lots} ${request.security} at ${priceText(price)} needs more than the available cash of ${moneyText(inputs.account.availableCash)}: becomes ${affordable}.`,
    );
  }
  return { amount: affordable, notes };
}

/** The largest lot-conforming amount whose cost with fees is covered. */
function affordableAmount(security: string, amount: number, price: number, inputs: PlanInputs): number {
  const cash = inputs.account.availableCash;
  // From what the shares alone cost: the fees of an amount far beyond the cash say nothing about the amount within it.
  let candidate = roundBuyAmount(security, Math.min(amount, Math.floor(cash / price)));
  for (let attempt = 0; attempt < 50 && candidate > 0; attempt += 1) {
    const money = candidate * price;
    const fees = orderFees({ security, side: 'buy', money, day: inputs.day }, DEFAULT_FEES);
    const cost = money + fees.commission + fees.stampDuty + fees.transferFee;
    if (cost <= cash) return candidate;
    const step = lotRule(security).step;
    candidate = roundBuyAmount(security, Math.min(candidate - step, Math.floor((cash - (cost - money)) / price)));
  }
  return 0;
}

function sellAmount(request: OrderRequest, wanted: number, inputs: PlanInputs): Sized {
  const position = inputs.account.positions.find((held) => held.security === request.security);
  const closeable = position?.closeableAmount ?? 0;
  if (closeable <= 0) {
    const held = position?.amount ?? 0;
    const why =
      held > 0 ? `${held} are held, none can be sold today (bought today, or frozen by open sells)` : 'none is held';
    return { amount: 0, notes: [`${request.security}: nothing to sell, ${why}.`] };
  }
  const notes: string[] = [];
  const capped = Math.min(wanted, closeable);
  if (capped < wanted)
    notes.push(`Sell of ${wanted} ${request.security} becomes ${capped}, all that can be sold today.`);
  const amount = roundSellAmount(request.security, capped, closeable);
  if (amount !== capped) notes.push(`Sell of ${capped} becomes ${amount}, the lot rule of ${request.security}.`);
  if (amount === 0) return { amount, notes: [`${request.security}: ${capped} is below the smallest sell.`] };
  return { amount, notes };
}
