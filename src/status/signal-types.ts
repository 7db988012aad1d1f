/** A signal as it stands. */
export interface SignalStatus {
  /** Strategy and id: what its orders are named by. */
  readonly key: string;
  readonly strategy: string;
  readonly id: string;
  /** When it was received. */
  readonly at: number;
  /** By its sender's clock. */
  readonly sentAt: number;
  /** `correction`: a person's, by `bt follow correct`. */
  readonly origin: 'source' | 'correction';
  readonly security: string;
  readonly side: 'buy' | 'sell';
  /** Shares that the source ordered. */
  readonly amount: number;
  /** The source's price. */
  readonly price: number | null;
  /** Shares that the rules make of it, and how many of them limits, holdings and cash let through. */
  readonly asked: number | null;
  readonly wanted: number | null;
  readonly filled: number;
  readonly phase: 'waiting' | 'ordered' | 'done';
  readonly waitsFor: string | null;
  /** Orders so far. */
  readonly attempts: number;
  readonly end: 'filled' | 'partly_filled' | 'refused' | 'nothing' | null;
  readonly code: string | null;
  readonly reason: string | null;
  readonly endedAt: number | null;
}

/** One security of a followed strategy. */
export interface DeviationStatus {
  readonly strategy: string;
  readonly security: string;
  /** When it was compared. */
  readonly at: number;
  /** Of when the source's picture is. */
  readonly pictureAt: number | null;
  readonly wanted: number | null;
  readonly held: number;
  /** Shares that `bt follow correct` would order (below 0: sell). */
  readonly correction: number | null;
  /** Why they differ; null = they do not. */
  readonly why: string | null;
}
