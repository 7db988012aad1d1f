import type { BrokerAccount, BrokerOrder, BrokerPosition, BrokerTrade, Side } from '../domain/trading.ts';

/** One wire order: already planned, priced, split and written to the ledger. */
export interface PlaceRequest {
  /** Our id of the intent; doubles as the idempotency key. */
  readonly clientId: string;
  /** `bt:<8 characters>:<label>`, at most 24 bytes of UTF-8. */
  readonly remark: string;
  readonly security: string;
  readonly side: Side;
  readonly amount: number;
  /** Always explicit: the limit, or the protected price of a market-style order. */
  readonly price: number;
  readonly style: 'limit' | 'market';
}

/** Three outcomes, never two. `unknown` covers everything that is not positive evidence. */
export type PlaceOutcome =
  | { readonly kind: 'accepted'; readonly orderId: string; readonly order: BrokerOrder | null }
  | { readonly kind: 'rejected'; readonly reason: string; readonly code: string; readonly orderId: string | null }
  | {
      readonly kind: 'unknown';
      readonly reason: string;
      readonly code: string;
      /** True when the server answered *this* request with an error other than REQUEST_TIMEOUT. */
      readonly answered: boolean;
    };

export type CancelOutcome =
  | { readonly kind: 'requested'; readonly order: BrokerOrder | null } // accepted by the counter, not final yet
  | { readonly kind: 'final'; readonly order: BrokerOrder | null; readonly status: BrokerOrder['status'] }
  | { readonly kind: 'refused'; readonly reason: string } // the counter said no (already final, or unknown id)
  | { readonly kind: 'unknown'; readonly reason: string };

export interface LatePlaceAnswer {
  readonly clientId: string;
  readonly outcome: PlaceOutcome;
}

export interface VenueHealth {
  /** True only when the venue says that it is a stub or paper market: everything else counts as real money. */
  readonly stub: boolean;
  readonly backendReady: boolean;
  /** The venue rehearses: it answers orders as placed and sends none. Absent = it does not. */
  readonly dryRun?: true;
  readonly detail: string;
  /** The venue's own market clock, when it has one. */
  readonly clock: VenueClock | null;
  /** What it says of itself beside that; absent = nothing. */
  readonly about?: VenueAbout;
}

export interface VenueAbout {
  /** What stands behind it, in its own word; null = it does not say. */
  readonly backend: string | null;
  readonly features: readonly string[];
}

export interface VenueClock {
  /** Market time now, epoch ms. */
  readonly now: number;
  /** Market seconds per wall second; `max` clocks report the number they run at. */
  readonly speed: number;
}

export type VenueStatus =
  | { readonly kind: 'connected'; readonly session: string }
  | { readonly kind: 'disconnected'; readonly session: string; readonly reason: string }
  | { readonly kind: 'failed'; readonly session: string; readonly code: string; readonly reason: string };

/**
 * The trading side of a venue. Reads are whole or they throw (BtError, fault `venue` or `network`): never a partial or
 * empty list in place of a failure; a row of orders or trades that cannot be read is in its list, and says so (`unreadable`). `place` never throws and never sends twice; it writes to the socket synchronously,
 * before its first await, when its session is ready (`canPlace()`), else it answers `rejected` with code `NOT_SENT`.
 */
export interface Broker {
  readonly name: string;
  start(): Promise<void>;
  stop(): Promise<void>;
  canPlace(): boolean;
  place(request: PlaceRequest): Promise<PlaceOutcome>;
  /**
   * `isOurs` is asked immediately before the request is written, which may be long after the call: false = it is not written,
   * and the outcome is `refused`. Ids are used again on other days and by terminals that restart.
   */
  cancel(orderId: string, isOurs?: () => boolean): Promise<CancelOutcome>;
  account(): Promise<BrokerAccount>;
  positions(): Promise<readonly BrokerPosition[]>;
  orders(): Promise<readonly BrokerOrder[]>;
  trades(): Promise<readonly BrokerTrade[]>;
  health(): Promise<VenueHealth>;
  /**
   * What the venue says about a request after `place` had given up on it (outcome unknown); absent where that cannot happen.
   * Returns the unsubscriber.
   */
  onLatePlaceAnswer?(listener: (late: LatePlaceAnswer) => void): () => void;
  /** While urgent (an order's fate is not known) a venue that is away is called often; absent where nothing is called. */
  setUrgent?(urgent: boolean): void;
  /**
   * The venue says by itself that an order or a fill of the account has changed, late, twice or not at all: the lists stay the truth.
   * Absent where it never does. Returns the unsubscriber.
   */
  onAccountNews?(listener: () => void): () => void;
  /** Sessions going up and down; returns the unsubscriber. */
  onStatus(listener: (status: VenueStatus) => void): () => void;
}
