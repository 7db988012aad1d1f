import { SeededExchange } from './paper-exchange.ts';
import type { ExchangeOptions, PaperExchange } from './types.ts';

/**
 * Opens a paper market, new or from a saved state. BtError BAD_EXCHANGE_STATE for a state that is damaged or of another seed,
 * CALENDAR_EXPIRED when the clock is outside the trading calendar.
 */
export function createExchange(options: ExchangeOptions): PaperExchange {
  return new SeededExchange(options);
}
