import type { Board } from '../domain/market/board.ts';
import type { Exchange } from '../domain/market/symbol.ts';
import type { ExRight } from './ex-rights.ts';
import type { Suspension } from './suspensions.ts';

/** A security of the paper market: constant for a seed. */
export interface Instrument {
  readonly security: string;
  readonly exchange: Exchange;
  readonly board: Board;
  /** Without the mark of a risk warning; `nameOn` has it. */
  readonly displayName: string;
  readonly name: string;
  readonly type: string;
  /** `YYYY-MM-DD`. */
  readonly startDate: string;
  /** Number of the first trading day with bars. */
  readonly startIndex: number;
  /** Number of the day from which it is under risk warning (ST); null = never. */
  readonly warnedFrom: number | null;
  readonly tradable: boolean;
  /** Thousandths of CNY in a tick; all prices inside the exchange count ticks. */
  readonly tickMills: number;
  /** Hash of seed and code: the root of everything random about it. */
  readonly key: number;
  /** Price on the anchor day, CNY. */
  readonly anchorPrice: number;
  /** Height of its walk on the anchor day. */
  readonly anchorHeight: number;
  readonly swing: number;
  /** Lots of 100 shares on an average day. */
  readonly dailyLots: number;
  /** Whether it may run into its price limits and stay there, as companies without a familiar name do now and then. */
  readonly wild: boolean;
  /** Days without trading, by number, ascending. */
  readonly suspensions: readonly Suspension[];
  /** What it pays out, by day, ascending. */
  readonly exRights: readonly ExRight[];
}

/** Whether it is under risk warning on a trading day. */
export function isStOn({ warnedFrom }: Instrument, index: number): boolean {
  return warnedFrom !== null && index >= warnedFrom;
}

/** Its display name on a trading day: a risk warning changes it. */
export function nameOn(instrument: Instrument, index: number): string {
  return isStOn(instrument, index) ? `ST${instrument.displayName}` : instrument.displayName;
}
