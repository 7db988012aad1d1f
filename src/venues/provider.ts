import type { DataRequest, DatasetName } from '../domain/data/datasets.ts';
import type { DataTable } from '../domain/data/table.ts';
import type { AdjustMode, Bars, BarsRequest, BarUnit, Quote, SecurityInfo } from '../domain/trading.ts';

/**
 * A source of data. What it offers is data: one member for each kind of question it answers, absent where it answers none, and each
 * says in `serves` which calls of that kind it takes. Who asks (`engine/data/data-router`) picks for each call the first source that
 * serves it, so that a file can give what a gateway does not have.
 */
export interface Provider {
  readonly name: string;
  readonly offers: Capabilities;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Kinds of questions. A failure throws (BtError); that there is nothing is an answer: `null` for an unknown security, Bars of length 0
 * for a range without bars. A new kind is a line here and an interface below.
 */
export interface Capabilities {
  readonly quotes?: QuoteSource;
  readonly ticks?: TickSource;
  readonly bars?: BarSource;
  readonly calendar?: CalendarSource;
  readonly instruments?: InstrumentSource;
  readonly tables?: TableSource;
}

export type CapabilityName = keyof Capabilities;

/** Securities a source knows of: any, those whose canonical code ends so (`XSHG`, `XSHE`, `BJ`), or these canonical codes. */
export type SecurityScope = 'any' | { readonly markets: readonly string[] } | { readonly codes: ReadonlySet<string> };

/** Days `YYYY-MM-DD`, both included; null = not bounded on that side. */
export interface DayRange {
  readonly from: string | null;
  readonly to: string | null;
}

/** The latest reading of a security. */
export interface QuoteSource {
  readonly serves: { readonly securities: SecurityScope };
  quote(security: string): Promise<Quote | null>;
  /** Under canonical codes; those that are not known are left out. One that fails fails the call. */
  quotes(securities: readonly string[]): Promise<ReadonlyMap<string, Quote>>;
}

/** A stream of the latest values, of what is subscribed. */
export interface TickSource {
  readonly serves: { readonly securities: SecurityScope };
  subscribe(securities: readonly string[]): Promise<void>;
  unsubscribe(securities: readonly string[]): Promise<void>;
  /** May be called at any rate. Returns the unsubscriber. */
  onTick(listener: (quote: Quote) => void): () => void;
}

export interface BarSource {
  readonly serves: {
    readonly securities: SecurityScope;
    readonly units: readonly BarUnit[];
    readonly adjust: readonly AdjustMode[];
    /** Columns it can give; `any` = it gives what it has, and a column it lacks is missing. */
    readonly columns: 'any' | readonly string[];
    /** Days of the bars. */
    readonly days: DayRange;
  };
  bars(request: BarsRequest): Promise<Bars>;
}

export interface CalendarSource {
  readonly serves: { readonly days: DayRange };
  /** Exchange trading days in [start, end], `YYYY-MM-DD`, ascending. */
  tradeDays(start: string, end: string): Promise<readonly string[]>;
}

/** Master data. */
export interface InstrumentSource {
  readonly serves: { readonly securities: SecurityScope };
  securityInfo(security: string): Promise<SecurityInfo | null>;
}

/** Lists, fundamentals, factors: questions that are answered with a table (`domain/data/datasets`). */
export interface TableSource {
  /** May change with the connection. */
  readonly serves: { readonly datasets: ReadonlySet<DatasetName> };
  /** Only what was known at `asOf`, epoch ms. */
  table(request: DataRequest, asOf: number): Promise<DataTable>;
}
