import type { Side } from '../trading.ts';

/** What a source says it holds: whole, dated (epoch ms). Prices and values in CNY; null = it does not say. */
export interface SourcePicture {
  readonly at: number;
  readonly totalValue: number | null;
  readonly availableCash: number | null;
  readonly positions: readonly SourcePosition[];
}

export interface SourcePosition {
  readonly security: string;
  readonly amount: number;
  readonly price: number | null;
  readonly value: number | null;
}

/** What a source asked for, read and checked; never changed afterwards. Times: epoch ms. */
export interface Signal {
  /** The name in the configuration whose key it came under. */
  readonly strategy: string;
  /** Unique within the strategy for ever: the source's trade day and order id; never amount or price. */
  readonly id: string;
  /** JoinQuant's code. */
  readonly security: string;
  readonly side: Side;
  /** Shares that the source ordered (positive). */
  readonly amount: number;
  /** The source's price, CNY; null = it named none. */
  readonly price: number | null;
  /** By the sender's clock, inside the signed text. */
  readonly sentAt: number;
  /** By ours. */
  readonly receivedAt: number;
  /** The source sells all it has, so that odd lots follow; null = it does not say. */
  readonly isClosing: boolean | null;
  readonly picture: SourcePicture | null;
  /** The plaintext as received. */
  readonly raw: string;
}

/** How a signal ended. `nothing`: it was in order and nothing was to be done, such as a sell of what is not held. */
export interface SignalEnd {
  readonly kind: 'filled' | 'partly_filled' | 'refused' | 'nothing';
  /** Our shares. */
  readonly filled: number;
  /** Null for one that was filled whole as asked. */
  readonly reason: string | null;
}

/** What became of handing a signal over. Given only after its row is on the disk. */
export type Receipt =
  /** `end` resolves when the signal is final; after a restart a second delivery waits for the same end. */
  | { readonly kind: 'accepted'; readonly key: string; readonly end: Promise<SignalEnd> }
  | { readonly kind: 'duplicate'; readonly key: string; readonly state: string; readonly end: Promise<SignalEnd> }
  /** Written down too; final. */
  | { readonly kind: 'refused'; readonly key: string; readonly code: string; readonly reason: string };

/** What a way in hands signals to. */
export interface SignalSink {
  /** Never rejects for a bad signal (that is a refusal); rejects with FOLLOW_CLOSED when nothing is taken: then nothing is to be acknowledged. */
  take(signal: Signal): Promise<Receipt>;
  /** A picture that came without an order. Resolves when it is on the disk; FOLLOW_CLOSED as above. */
  takePicture(strategy: string, picture: SourcePicture): Promise<void>;
}

/** A way in. */
export interface SignalSource {
  readonly name: string;
  /** Resolves when it listens; rejects with BtError when it cannot. */
  start(sink: SignalSink): Promise<void>;
  /** Nothing is handed over any more when it resolves. */
  stop(): Promise<void>;
}

/** What names a signal in the ledger, and in the request keys of its orders. */
export function signalKey({ strategy, id }: Pick<Signal, 'strategy' | 'id'>): string {
  return `${strategy}:${id}`;
}
