import type { Board } from '../domain/market/board.ts';
import type { Exchange } from '../domain/market/symbol.ts';
import type { ExRight } from './ex-rights.ts';
import type { Suspension } from './suspensions.ts';
import type { Warning } from './universe/warnings.ts';

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
  /** Number of the last day on which it is traded; null = it is not delisted. */
  readonly lastIndex: number | null;
  /** When it is under risk warning (ST), ascending. */
  readonly warnings: readonly Warning[];
  readonly tradable: boolean;
  /** Thousandths of CNY in a tick; all prices inside the exchange count ticks. */
  readonly tickMills: number;
  /** Hash of seed and code: the root of everything random about it. */
  readonly key: number;
  /** The walk that all companies share; null = it goes its own way alone. */
  readonly marketKey: number | null;
  /** Price on the anchor day, CNY. */
  readonly anchorPrice: number;
  /** Height of its walk on the anchor day. */
  readonly anchorHeight: number;
  readonly swing: number;
  /** Lots of 100 shares on an average day. */
  readonly dailyLots: number;
  /** Whether it may run into its price limits and stay there, as companies without a familiar name do now and then. */
  readonly wild: boolean;
  /** Days without trading, by number, ascending; the last one is endless when it is delisted. */
  readonly suspensions: readonly Suspension[];
  /** What it pays out, by day, ascending. */
  readonly exRights: readonly ExRight[];
  /** What makes its closes, in ticks, when it is a sum of others: an index. */
  readonly basket: { close(index: number): number } | null;
}

/** What lists tell of a security: nothing of its prices, which have to be made. */
export type Listed = Pick<
  Instrument,
  'security' | 'exchange' | 'displayName' | 'name' | 'type' | 'startDate' | 'startIndex' | 'lastIndex' | 'warnings'
>;

/** Days before its end on which a company that is delisted has another name. */
const FAREWELL = 15;

/** The risk warning that it is under on a trading day. */
export function warningOn({ warnings }: Pick<Listed, 'warnings'>, index: number): Warning | null {
  return warnings.find(({ from, to }) => from <= index && index <= to) ?? null;
}

/** Whether it is under risk warning on a trading day. */
export function isStOn(instrument: Instrument, index: number): boolean {
  return warningOn(instrument, index) !== null;
}

/** Its display name on a trading day: a risk warning and the coming end change it. */
export function nameOn(instrument: Listed, index: number): string {
  const { displayName, lastIndex, exchange } = instrument;
  if (lastIndex !== null && index > lastIndex - FAREWELL) {
    return exchange === 'XSHG' ? `退市${stem(displayName)}` : `${stem(displayName)}退`;
  }
  const warning = warningOn(instrument, index);
  return warning === null ? displayName : `${warning.isGrave ? '*ST' : 'ST'}${stem(displayName)}`;
}

/** The part of a company's name of four characters that is its own. */
function stem(name: string): string {
  return name.length > 4 ? name : name.slice(0, 2);
}

/** Whether it is listed on a trading day. */
export function isListedOn({ startIndex, lastIndex }: Instrument, index: number): boolean {
  return index >= startIndex && (lastIndex === null || index <= lastIndex);
}
