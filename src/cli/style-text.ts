import type { OrderStyle } from '../domain/order/types.ts';
import { speak } from '../platform/language.ts';
import { price } from './tables.ts';

const word = speak({
  en: { limit: 'limit', market: 'market', stop_loss: 'stop_loss', take_profit: 'take_profit' },
  zh: { limit: '限价', market: '市价', stop_loss: '止损', take_profit: '止盈' },
});

/**
 * How an order was sent, in the reader's language: the limit on its tick, the price at which a market style is protected; where nothing
 * was sent (`sent` is null) what was asked for.
 */
export function styleText({ kind, limitPrice, stop }: OrderStyle, sent: number | null): string {
  const at = sent ?? limitPrice;
  const own = at === null ? word(kind) : `${word(kind)} ${price(at)}`;
  return stop === undefined ? own : `${word(stop.mode)} ${price(stop.price)} → ${own}`;
}
