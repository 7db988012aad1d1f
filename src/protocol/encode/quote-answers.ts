import type { BookLevel, DepthQuote } from '../../domain/gateway.ts';
import type { JsonObject } from '../json.ts';
import { quoteTime } from './quote-time.ts';

const LEVELS = 5;

/** `data.live_current`. */
export function liveCurrentAnswer(quote: DepthQuote): JsonObject {
  return {
    last_price: quote.lastPrice,
    high_limit: quote.highLimit,
    low_limit: quote.lowLimit,
    paused: quote.paused === true,
    pre_close: quote.preClose,
    day_open: quote.dayOpen,
    bid1: quote.bid1,
    ask1: quote.ask1,
    volume: quote.volume,
    name: quote.name,
    is_st: quote.isSt === true,
    dt: quoteTime(quote.time),
  };
}

/** The action that gives the quotes of many securities at once; no other gateway has it, ours names it in the handshake. */
export const QUOTES_ACTION = 'data.quotes';
export const QUOTES_FEATURE = 'quotes';
/** Securities in one request. */
export const MOST_QUOTES = 500;

/** Payload of data.quotes. */
export function quotesPayload(securities: readonly string[]): JsonObject {
  return { securities };
}

/** `data.quotes`: each as `data.live_current` has it, with its code, in the order asked. */
export function quotesAnswer(quotes: readonly DepthQuote[]): JsonObject {
  return { dtype: 'quotes', quotes: quotes.map((quote) => ({ sid: quote.security, ...liveCurrentAnswer(quote) })) };
}

/** `data.snapshot`: the quote, the day so far and the five-level book. */
export function snapshotAnswer(quote: DepthQuote): JsonObject {
  return {
    sid: quote.security,
    last_price: quote.lastPrice,
    dt: quoteTime(quote.time),
    pre_close: quote.preClose,
    open: quote.dayOpen,
    high: quote.dayHigh,
    low: quote.dayLow,
    volume: quote.volume,
    money: quote.money,
    ...bookFields(quote),
  };
}

/** Payload of a tick event: the snapshot under the symbol it was subscribed as, with the day's limits. */
export function tickPayload(symbol: string, quote: DepthQuote): JsonObject {
  return {
    symbol,
    ...snapshotAnswer(quote),
    time: quoteTime(quote.time),
    high_limit: quote.highLimit,
    low_limit: quote.lowLimit,
    paused: quote.paused === true,
    provider: 'stub',
  };
}

function bookFields({ bids, asks }: DepthQuote): JsonObject {
  return {
    bid_prices: padded(bids, (level) => level.price),
    bid_volumes: padded(bids, (level) => level.volume),
    ask_prices: padded(asks, (level) => level.price),
    ask_volumes: padded(asks, (level) => level.volume),
  };
}

/** Five levels; an absent one has price and volume 0, as the vendor writes it. */
function padded(levels: readonly BookLevel[], pick: (level: BookLevel) => number): number[] {
  return Array.from({ length: LEVELS }, (_, index) => {
    const level = levels[index];
    return level === undefined ? 0 : pick(level);
  });
}
