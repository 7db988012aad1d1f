import type { Bars, BarsRequest, Quote, SecurityInfo } from '../domain/trading.ts';

/**
 * The market-data side of a venue. A failure throws (BtError); an unknown security gives `null`,
 * a security without bars in the range gives a Bars of length 0.
 */
export interface Provider {
  readonly name: string;
  start(): Promise<void>;
  stop(): Promise<void>;
  quote(security: string): Promise<Quote | null>;
  quotes(securities: readonly string[]): Promise<ReadonlyMap<string, Quote>>;
  bars(request: BarsRequest): Promise<Bars>;
  /** Exchange trading days in [start, end], `YYYY-MM-DD`, ascending. */
  tradeDays(start: string, end: string): Promise<readonly string[]>;
  securityInfo(security: string): Promise<SecurityInfo | null>;
  subscribe(securities: readonly string[]): Promise<void>;
  unsubscribe(securities: readonly string[]): Promise<void>;
  /** Latest-value stream; may be called at any rate. Returns the unsubscriber. */
  onTick(listener: (quote: Quote) => void): () => void;
}
