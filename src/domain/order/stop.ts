import { roundBuyAmount } from '../market/lot.ts';
import { isRepo } from '../market/repo.ts';
import { continuousSince, continuousWindows, isContinuous } from '../market/session.ts';
import { priceText } from '../number-text.ts';
import { chinaDay, chinaText, chinaTimeOfDay, instantOf } from '../time.ts';
import type { Quote, Side } from '../trading.ts';
import { NOTHING_TO_DO, requestRefusal, signedAmount, type PlanInputs } from './plan.ts';
import type { OrderRow } from './rows.ts';
import type { OrderRequest, StopPrice } from './types.ts';

/** From then on (seconds of the day) a price is one that was traded: what an auction shows before is a guess. */
const FIRST_TRADES_SECONDS = 9 * 3600 + 25 * 60;

/** True when the price is at the stop or beyond it. */
export function isMet({ mode, price: stop }: StopPrice, side: Side, price: number): boolean {
  const waitsForRise = (mode === 'stop_loss') === (side === 'buy');
  return waitsForRise ? price >= stop : price <= stop;
}

/** True while an order has been taken and waits for its price. */
export function waitsForPrice({ phase, request, triggeredAt }: OrderRow): boolean {
  return phase === 'parked' && request.style.stop !== undefined && triggeredAt === null;
}

/** True at an instant at which a price may trigger the order: in the continuous auction of its day. */
export function canTrigger({ day, security }: OrderRow, now: number): boolean {
  return chinaDay(now) === day && isContinuous(now, security);
}

/** When the continuous auction begins or ends next on the day of `now` (epoch ms); null when it does not any more. */
export function nextEdge(now: number, security: string): number | null {
  const second = chinaTimeOfDay(now);
  const edges = continuousWindows(security).flatMap(({ from, until }) => [from, until]);
  const next = edges.find((edge) => edge > second);
  return next === undefined ? null : instantOf(chinaDay(now), next);
}

/** What is planned when the price has come: as many shares as were meant when it was asked for, without a stop. */
export function triggeredRequest({ request, side, amount }: OrderRow): OrderRequest {
  const { stop: _, ...style } = request.style;
  return { ...request, kind: 'amount', quantity: side === 'buy' ? amount : -amount, style };
}

/** What an order with a stop comes to when it is asked for: side and shares, or why it is not taken. */
export type StopEntry =
  | { readonly kind: 'taken'; readonly side: Side; readonly amount: number }
  | { readonly kind: 'refused'; readonly reason: string };

const refused = (reason: string): StopEntry => ({ kind: 'refused', reason });

/**
 * Takes an order that waits for its price. Nothing is reserved for it: cash and shares are looked at when the price has come. What
 * is asked for in CNY is reckoned at the limit, else at the stop. Pure; throws on a malformed security only.
 */
export function takeStop(request: OrderRequest, stop: StopPrice, inputs: PlanInputs): StopEntry {
  const { security } = request;
  const never = requestRefusal(request);
  if (never !== null) return refused(never);
  if (isRepo(security)) return refused(`${security} is a repo: it is lent at a rate, and waits for no price.`);
  if (inputs.quote === null) return refused(`No quote for ${security}: the venue does not know it or sent none.`);
  if (inputs.quote.paused === true) return refused(`${security} is suspended.`);
  const wanted = signedAmount(request, stop.price, inputs);
  const amount = wanted > 0 ? roundBuyAmount(security, wanted) : -wanted;
  if (amount === 0) return refused(`${NOTHING_TO_DO}, the amount of ${security} comes out as 0.`);
  return { kind: 'taken', side: wanted > 0 ? 'buy' : 'sell', amount };
}

/**
 * Why a quote may trigger nothing now, or null: a price that is missing, of another day, of before the first trades, or old. `maxAgeMs`:
 * market ms; 0 = neither its day nor its age is looked at. At an opening what was traded before it counts.
 */
export function triggerDoubt(quote: Quote | null, security: string, now: number, maxAgeMs: number): string | null {
  if (quote === null) return `the venue sends no quote of ${security}`;
  if (quote.paused === true) return `${security} is suspended`;
  if (quote.lastPrice === null) return `the quote of ${security} has no price`;
  if (maxAgeMs === 0) return null;
  const { time } = quote;
  if (time === null) return `the quote of ${security} does not say of when it is`;
  const day = chinaDay(now);
  const firstTrades = instantOf(day, FIRST_TRADES_SECONDS);
  if (time < firstTrades) return `the quote of ${security} is of ${chinaText(time)}, before the first trades of today`;
  const since = continuousSince(now, security);
  return now - Math.max(time, since ?? time) > maxAgeMs ? `the quote of ${security} is of ${chinaText(time)}` : null;
}

/** `stop_loss at 9.5`, for a reader. */
export function stopText({ mode, price }: StopPrice): string {
  return `${mode} at ${priceText(price)}`;
}
