import type { AdjustMode } from '../../src/domain/trading.ts';
import { currentHost } from '../host.ts';
import type { HistoryBlock, HistoryRequest } from '../host.ts';

/** Columns that bars can have. */
export const BAR_FIELDS = [
  'open',
  'close',
  'high',
  'low',
  'volume',
  'money',
  'factor',
  'high_limit',
  'low_limit',
  'avg',
  'pre_close',
  'paused',
  'open_interest',
] as const;
export type BarField = (typeof BAR_FIELDS)[number];

/** What get_price and attribute_history give when no fields are named. */
export const DEFAULT_FIELDS = ['open', 'close', 'high', 'low', 'volume', 'money'] as const;
export type DefaultField = (typeof DEFAULT_FIELDS)[number];

const DEFAULTS: Omit<HistoryRequest, 'securities' | 'unit' | 'fields'> = {
  count: null,
  start: null,
  end: null,
  skipPaused: false,
  fillPaused: true,
  adjust: 'pre' satisfies AdjustMode,
  includeToday: true,
  aligned: false,
  running: true,
};

type BarsAsked = Pick<HistoryRequest, 'securities' | 'unit' | 'fields'> & Partial<HistoryRequest>;

/** Asks the engine for bars, one block a security in the order asked; nothing is asked for an empty list. */
export function fetchBars(asked: BarsAsked): readonly HistoryBlock[] {
  return asked.securities.length === 0 ? [] : currentHost().history({ ...DEFAULTS, ...asked });
}

/** A column of a block; all NaN when the venue has no such column. */
export function columnOf(block: HistoryBlock, field: string): Float64Array {
  return block.columns[field] ?? new Float64Array(block.time.length).fill(Number.NaN);
}
