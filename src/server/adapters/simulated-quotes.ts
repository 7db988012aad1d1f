import { chinaText } from '../../domain/time.ts';
import type { BookLevel, ExchangeTick } from '../../exchange/types.ts';
import type { JsonObject } from '../../protocol/json.ts';

const LEVELS = 5;

/** `data.live_current` of a tick. */
export function liveCurrent(tick: ExchangeTick, now: number): JsonObject {
  const { quote } = tick;
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
    dt: chinaText(quote.time ?? now),
  };
}

/** `data.snapshot`: the quote, the day so far and the five-level book. */
export function snapshot(tick: ExchangeTick, now: number): JsonObject {
  const { quote } = tick;
  return {
    sid: quote.security,
    last_price: quote.lastPrice,
    dt: chinaText(quote.time ?? now),
    pre_close: quote.preClose,
    open: quote.dayOpen,
    high: tick.dayHigh,
    low: tick.dayLow,
    volume: quote.volume,
    money: tick.money,
    ...bookFields(tick),
  };
}

/** Payload of a tick event: the snapshot under the symbol it was subscribed as, with the day's limits. */
export function tickPayload(symbol: string, tick: ExchangeTick, now: number): JsonObject {
  const { quote } = tick;
  return {
    symbol,
    ...snapshot(tick, now),
    time: chinaText(quote.time ?? now),
    high_limit: quote.highLimit,
    low_limit: quote.lowLimit,
    paused: quote.paused === true,
    provider: 'stub',
  };
}

function bookFields({ bids, asks }: ExchangeTick): JsonObject {
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
