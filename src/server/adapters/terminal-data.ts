import type { SecurityInfo } from '../../domain/trading.ts';

/** The vendor's financial tables (source: vendor's documentation, xtdata). */
export const FINANCIAL_TABLES = [
  'Balance',
  'Income',
  'CashFlow',
  'Capital',
  'HolderNum',
  'Top10Holder',
  'Top10FlowHolder',
  'PershareIndex',
] as const;

/** What only a terminal answers, as actions of the data side. */
export const TERMINAL_ACTION_NAMES = [
  'financials',
  'dividend_factors',
  'sectors',
  'sector_members',
  'index_weights',
  'instruments',
  'download',
  'download_state',
] as const;

/** What a terminal's cache can be filled with. */
export const DOWNLOAD_KINDS = ['bars', 'financials', 'sectors', 'index_weights', 'holidays'] as const;
export type DownloadKind = (typeof DOWNLOAD_KINDS)[number];

/** Rows as the vendor has them: an index of texts, columns by name; what is missing is null. */
export interface VendorTable {
  readonly index: readonly string[];
  readonly columns: Readonly<Record<string, readonly (number | string | null)[]>>;
}

export interface FinancialQuestion {
  /** Canonical codes. */
  readonly securities: readonly string[];
  readonly tables: readonly string[];
  /** `YYYY-MM-DD`; null = unbounded. */
  readonly start: string | null;
  readonly end: string | null;
  /** Which day of a report the bounds are about. */
  readonly by: 'announced' | 'reported';
}

export interface InstrumentDetails extends SecurityInfo {
  /** CNY. */
  readonly preClose: number | null;
  readonly highLimit: number | null;
  readonly lowLimit: number | null;
  readonly priceTick: number | null;
  readonly floatShares: number | null;
  readonly totalShares: number | null;
  /** Days for which it has been suspended; 0 = it trades. */
  readonly suspendedDays: number | null;
}

export interface DownloadQuestion {
  readonly kind: DownloadKind;
  /** Canonical codes; of bars and financials. */
  readonly securities: readonly string[];
  readonly frequency: '1m' | '5m' | '1d';
  readonly tables: readonly string[];
  /** `YYYY-MM-DD`; null = unbounded. */
  readonly start: string | null;
  readonly end: string | null;
}

/** How far a download is; `total`: securities, or 1. */
export interface DownloadState {
  readonly id: string;
  readonly kind: DownloadKind;
  readonly state: 'running' | 'done' | 'failed';
  readonly finished: number;
  readonly total: number;
  /** Why it failed; else null. */
  readonly error: string | null;
}

export interface Downloading {
  /** The same question that is still under way is one download. Throws REQUEST_FAILED when too many are. */
  start(question: DownloadQuestion): DownloadState;
  /** Null: none of this life of the server, or too long ago. */
  of(id: string): DownloadState | null;
  /** Resolves with its state when it has ended, or after so many wall ms. */
  settled(id: string, ms: number): Promise<DownloadState | null>;
  /** Told of each step; returns the unsubscriber. */
  onStep(listener: (state: DownloadState) => void): () => void;
}

/** What only a terminal has, in the vendor's own tables; absent at gateways without one. */
export interface TerminalData {
  readonly downloads: Downloading;
  /** By security and table; a security that the terminal has nothing of is absent. Nothing that was announced later than now. */
  financials(question: FinancialQuestion): Promise<ReadonlyMap<string, ReadonlyMap<string, VendorTable>>>;
  /** Per share, by day; null = there are none. */
  dividendFactors(security: string, start: string | null, end: string | null): Promise<VendorTable | null>;
  sectors(): Promise<readonly string[]>;
  /** Canonical codes. Throws REQUEST_FAILED for a name that it does not have. */
  sectorMembers(name: string): Promise<readonly string[]>;
  /** By canonical code, in per cent. */
  indexWeights(index: string): Promise<ReadonlyMap<string, number | null>>;
  /** Null for what the terminal does not know. */
  details(securities: readonly string[]): Promise<ReadonlyMap<string, InstrumentDetails | null>>;
}
