import type { Exchange } from './symbol.ts';
import { parseSecurity, readSecurity, type Security } from './symbol.ts';

/** What decides lots, ticks, limits, fees and settlement. `lof`: every listed fund that is no ETF (LOF, REIT, closed-end). */
export type Board =
  | 'main'
  | 'chinext'
  | 'star'
  | 'bse'
  | 'etf'
  | 'lof'
  | 'convertible'
  | 'b_share'
  | 'repo'
  | 'index'
  | 'other';

/** Boards that are traded by the share (or fund unit, or bond) at a price in CNY. */
export const PRICED_IN_CNY: ReadonlySet<Board> = new Set<Board>([
  'main',
  'chinext',
  'star',
  'bse',
  'etf',
  'lof',
  'convertible',
]);

// Code segments by exchange, [M] unless the segment is in the exchanges' published code tables; first match wins.
const SEGMENTS: Readonly<Record<Exchange, readonly (readonly [RegExp, Board])[]>> = {
  XSHG: [
    [/^60[0135]/, 'main'],
    [/^68[89]/, 'star'],
    // 519 holds open-end funds that are subscribed, not traded.
    [/^(51[0-8]|52|53|55|56|58)/, 'etf'],
    [/^50/, 'lof'],
    [/^(110|111|113|118)/, 'convertible'],
    [/^900/, 'b_share'],
    [/^204/, 'repo'],
    [/^000/, 'index'],
  ],
  XSHE: [
    [/^00[0-3]/, 'main'],
    [/^30[0-2]/, 'chinext'],
    [/^159/, 'etf'],
    [/^(15|16|18)/, 'lof'],
    [/^(123|127|128)/, 'convertible'],
    [/^20[01]/, 'b_share'],
    [/^1318/, 'repo'],
    [/^(399|98)/, 'index'],
  ],
  BJSE: [
    [/^899/, 'index'],
    [/^(43|83|87|88|92)/, 'bse'],
  ],
};

/** Board of a security by its market and number; `other` when no known segment holds it. BtError BAD_SECURITY when malformed. */
export function boardOf(security: string): Board {
  return segmentOf(parseSecurity(security));
}

/** As `boardOf`; null when malformed: gateways also list what is no security. */
export function boardOrNull(security: string): Board | null {
  const read = readSecurity(security);
  return read === null ? null : segmentOf(read);
}

function segmentOf({ exchange, number }: Security): Board {
  for (const [segment, board] of SEGMENTS[exchange]) if (segment.test(number)) return board;
  return 'other';
}

/** False for indices, which have quotes but cannot be ordered. */
export function isTradable(security: string): boolean {
  return boardOf(security) !== 'index';
}
