import type { FeeSchedule } from '../domain/market/fees.ts';
import { unservedKind } from '../domain/market/instrument-kind.ts';
import { isValidAmount, lotRule } from '../domain/market/lot.ts';
import { cagePrice } from '../domain/market/price-cage.ts';
import { isRepo, takesCash } from '../domain/market/repo.ts';
import { isContinuous, sessionPhase } from '../domain/market/session.ts';
import { isOnTick, roundToTick } from '../domain/market/tick.ts';
import { DAY } from '../domain/time.ts';
import { availableCash, cashHold, closeableAmount, moneyOf, positionOf } from './account.ts';
import type { AccountData } from './data.ts';
import { yuan } from './data.ts';
import type { DaySession } from './day-session.ts';
import { isListedOn } from './instrument.ts';
import type { Instrument } from './instrument.ts';
import type { Moment } from './market.ts';
import { badAmountText, badLotText, badTickText, cageText, noCashText, noSharesText } from './texts.ts';
import { priceLimitText, TEXTS, tooLargeText } from './texts.ts';
import type { ExchangeOrderRequest } from './types.ts';

/** All that decides whether the counter takes an order. */
export interface EntryContext {
  readonly request: ExchangeOrderRequest;
  readonly now: number;
  readonly moment: Moment;
  readonly session: DaySession;
  readonly account: AccountData;
  readonly fees: FeeSchedule;
}

/** `limit` in ticks. */
export type EntryResult =
  | { readonly kind: 'accepted'; readonly limit: number }
  | { readonly kind: 'rejected'; readonly text: string };

/** Checks an order as counter and exchange do, first failure wins. */
export function checkEntry(context: EntryContext): EntryResult {
  const early = sessionRefusal(context) ?? securityRefusal(context) ?? amountRefusal(context);
  if (early !== null) return rejected(early);
  const price = effectivePrice(context);
  if (price.kind === 'rejected') return price;
  const money = moneyRefusal(context, price.limit);
  return money === null ? price : rejected(money);
}

function sessionRefusal({ now, moment, session }: EntryContext): string | null {
  if (moment.time >= DAY) return TEXTS.closed;
  switch (sessionPhase(now, session.shape.instrument.security)) {
    case 'opening_call':
    case 'opening_call_no_cancel':
    case 'morning':
    case 'afternoon':
    case 'closing_call':
      return null;
    case 'pre_open':
      // Shenzhen's counter takes orders after the opening match and reports them at 9:30.
      return session.shape.instrument.exchange === 'XSHE' ? null : TEXTS.preOpen;
    case 'lunch':
      return TEXTS.lunch;
    case 'closed':
    case 'after_close':
      return TEXTS.closed;
  }
}

function securityRefusal({ session, request }: EntryContext): string | null {
  const { instrument, index, paused } = session.shape;
  if (!instrument.tradable) return TEXTS.notTradable;
  if (unservedKind(instrument.security) !== null) return TEXTS.unserved;
  if (isRepo(instrument.security) && request.side === 'buy') return TEXTS.repoBuy;
  if (index < instrument.startIndex) return TEXTS.notListed;
  if (!isListedOn(instrument, index)) return TEXTS.delisted;
  return paused ? TEXTS.paused : null;
}

function amountRefusal({ request, session, account }: EntryContext): string | null {
  const { security } = session.shape.instrument;
  const { amount, side, style } = request;
  if (!Number.isSafeInteger(amount) || amount <= 0) return badAmountText(amount);
  const rule = lotRule(security);
  const max = style === 'market' ? rule.maxMarket : rule.maxLimit;
  if (amount > max) return tooLargeText(max);
  // Who lends needs no holding; its amounts are whole lots.
  if (isRepo(security)) return isValidAmount(security, 'buy', amount, 0) ? null : badLotText('buy', rule);
  const closeable = closeableAmount(positionOf(account, security));
  if (side === 'sell' && amount > closeable) return noSharesText(amount, closeable);
  return isValidAmount(security, side, amount, closeable) ? null : badLotText(side, rule);
}

function effectivePrice(context: EntryContext): EntryResult {
  const { request, now, session } = context;
  const { instrument } = session.shape;
  const { price, style } = request;
  const continuous = isContinuous(now, instrument.security);
  const cage = continuous ? cageBound(context) : null;
  if (style === 'market') return marketPrice(context, continuous, cage);
  if (price === null || !Number.isFinite(price) || price <= 0) return rejected(TEXTS.badPrice);
  const tick = instrument.tickMills / 1000;
  if (!isOnTick(price, tick)) return rejected(badTickText(tick));
  const limit = Math.round(price / tick);
  if (beyondLimits(limit, session)) return rejected(limitsText(session));
  if (cage !== null && (request.side === 'buy' ? limit > cage : limit < cage)) {
    return rejected(cageText(request.side, inYuan(cage, instrument)));
  }
  return { kind: 'accepted', limit };
}

/**
 * A market order always gets a worst price: the author's, drawn inside cage and limits as brokers' counters do with it, or,
 * without one, that bound itself. So nothing fills further away than a limit order could.
 */
function marketPrice({ request, session }: EntryContext, continuous: boolean, cage: number | null): EntryResult {
  const { instrument, highLimit, lowLimit } = session.shape;
  const { price, side } = request;
  if (price === null && !continuous) return rejected(TEXTS.marketOnlyContinuous);
  if (price !== null && !(Number.isFinite(price) && price > 0)) return rejected(TEXTS.badPrice);
  const inward = side === 'buy' ? Math.min : Math.max;
  const bound = [side === 'buy' ? highLimit : lowLimit, cage].reduce<number>(
    (worst, next) => (next === null ? worst : inward(worst, next)),
    side === 'buy' ? Number.MAX_SAFE_INTEGER : 1,
  );
  const tick = instrument.tickMills / 1000;
  const own = price === null ? bound : Math.round(roundToTick(price, tick, side === 'buy' ? 'down' : 'up') / tick);
  const limit = inward(own, bound);
  if (limit < 1 || limit === Number.MAX_SAFE_INTEGER) return rejected(TEXTS.badPrice);
  return beyondLimits(limit, session) ? rejected(limitsText(session)) : { kind: 'accepted', limit };
}

function moneyRefusal({ request, session, account, fees }: EntryContext, limit: number): string | null {
  const { instrument, day } = session.shape;
  const { security } = instrument;
  const { side, amount } = request;
  if (!takesCash(security, side)) return null;
  const needed = cashHold({ security, side, day }, moneyOf(security, amount, limit * instrument.tickMills), fees);
  const available = availableCash(account);
  return needed > available ? noCashText(yuan(needed), yuan(available)) : null;
}

/** Worst price of the cage in ticks; null = no cage. */
function cageBound({ request, session, moment }: EntryContext): number | null {
  const { instrument, preClose, day } = session.shape;
  const { bids, asks } = session.book(moment.tick);
  const price = (ticks: number | undefined): number | null => (ticks === undefined ? null : inYuan(ticks, instrument));
  const bound = cagePrice(instrument.security, request.side, {
    bid1: price(bids[0]?.price),
    ask1: price(asks[0]?.price),
    lastPrice: price(session.price(moment.tick)),
    preClose: price(preClose),
    day,
  });
  return bound === null ? null : Math.round((bound * 1000) / instrument.tickMills);
}

function beyondLimits(limit: number, session: DaySession): boolean {
  const { highLimit, lowLimit } = session.shape;
  return (highLimit !== null && limit > highLimit) || (lowLimit !== null && limit < lowLimit);
}

function limitsText({ shape }: DaySession): string {
  return priceLimitText(inYuan(shape.lowLimit ?? 0, shape.instrument), inYuan(shape.highLimit ?? 0, shape.instrument));
}

function inYuan(ticks: number, instrument: Instrument): number {
  return yuan(ticks * instrument.tickMills);
}

function rejected(text: string): EntryResult {
  return { kind: 'rejected', text };
}
