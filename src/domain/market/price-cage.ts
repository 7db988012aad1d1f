import type { Side } from '../trading.ts';
import type { Board } from './board.ts';
import { boardOf } from './board.ts';
import type { Dated } from './dated.ts';
import { valueOn } from './dated.ts';
import { tickUnits, UNITS_PER_YUAN } from './tick.ts';

/** What the cage is measured from, in CNY; null or 0 = there is none. */
export interface CageQuote {
  readonly bid1: number | null;
  readonly ask1: number | null;
  readonly lastPrice: number | null;
  readonly preClose: number | null;
  /** `YYYY-MM-DD`; without it the newest rule holds. */
  readonly day?: string;
}

interface Cage {
  /** Width, per mille of the reference. */
  readonly perMille: number;
  /** At least this many ticks wide. */
  readonly ticks: number;
}

// Limit orders in continuous auction; outside it the exchange rejects. Funds, bonds, repos and B shares have no such cage.
const CAGES: Partial<Readonly<Record<Board, readonly Dated<Cage>[]>>> = {
  main: [
    { validFrom: '2023-04-10', value: { perMille: 20, ticks: 10 }, source: 'SSE/SZSE cage in force 2023-04-10 [S]' },
  ],
  chinext: [
    { validFrom: '2020-08-24', value: { perMille: 20, ticks: 0 }, source: 'ChiNext registration reform [M]' },
    { validFrom: '2023-04-10', value: { perMille: 20, ticks: 10 }, source: 'SZSE cage in force 2023-04-10 [S]' },
  ],
  // Sources disagree on a floor of 10 ticks here; the strict 2 % is valid under either reading.
  star: [{ validFrom: '2019-07-22', value: { perMille: 20, ticks: 0 }, source: 'STAR trading rules [S]' }],
  bse: [{ validFrom: '2021-11-15', value: { perMille: 50, ticks: 10 }, source: 'BSE trading rules: 5 % or 0.10 [S]' }],
};

/**
 * Worst price the exchange takes from a limit order in continuous auction: the highest for a buy, the lowest for a sell,
 * rounded inward to the tick. Reference: opposite best, own best, last, previous close. Null = no cage, or nothing to measure from.
 */
export function cagePrice(security: string, side: Side, quote: CageQuote): number | null {
  const cage = cageOf(security, quote);
  const reference = cageReference(side, quote);
  return cage === null || reference === null ? null : priceFrom(cage, unitsOf(reference), side, tickUnits(security));
}

/**
 * The same with a margin: as if the price it is measured from had moved one tick against the order while that is on its way. Never
 * further in than that price itself.
 */
export function safeCagePrice(security: string, side: Side, quote: CageQuote): number | null {
  const cage = cageOf(security, quote);
  const reference = cageReference(side, quote);
  if (cage === null || reference === null) return null;
  const unit = tickUnits(security);
  const ref = unitsOf(reference);
  const moved = priceFrom(cage, side === 'buy' ? Math.max(unit, ref - unit) : ref + unit, side, unit);
  return side === 'buy' ? Math.max(moved, reference) : Math.min(moved, reference);
}

function cageOf(security: string, { day }: CageQuote): Cage | null {
  const rows = CAGES[boardOf(security)];
  return rows === undefined ? null : valueOn(rows, day ?? '9999-12-31');
}

/** `ref` and `unit` in 1/10000 CNY. */
function priceFrom(cage: Cage, ref: number, side: Side, unit: number): number {
  if (side === 'buy') {
    const percent = Math.floor((ref * (1000 + cage.perMille)) / (1000 * unit));
    const ticks = Math.floor((ref + cage.ticks * unit) / unit);
    return (Math.max(percent, ticks) * unit) / UNITS_PER_YUAN;
  }
  const percent = Math.ceil((ref * (1000 - cage.perMille)) / (1000 * unit));
  const ticks = Math.ceil((ref - cage.ticks * unit) / unit);
  return (Math.max(1, Math.min(percent, ticks)) * unit) / UNITS_PER_YUAN;
}

function unitsOf(price: number): number {
  return Math.round(price * UNITS_PER_YUAN);
}

function cageReference(side: Side, { bid1, ask1, lastPrice, preClose }: CageQuote): number | null {
  const order = side === 'buy' ? [ask1, bid1, lastPrice, preClose] : [bid1, ask1, lastPrice, preClose];
  return order.find((price) => price !== null && Number.isFinite(price) && price > 0) ?? null;
}
