import { boardOf } from '../../../domain/market/board.ts';
import { readSecurity } from '../../../domain/market/symbol.ts';

/** Shares (units, 张) in one lot of the vendor's volumes. */
export function lotOf(security: string): number {
  return readSecurity(security) !== null && boardOf(security) === 'convertible' ? 10 : 100;
}

interface Traded {
  readonly volume: ArrayLike<number>;
  /** CNY. */
  readonly money: ArrayLike<number>;
  readonly close: ArrayLike<number>;
}

/**
 * Shares in one unit of a series: its lot, or 1. Sources disagree on which series come in lots, so the series says it itself: what was
 * paid for one unit is near its price, or near the price of a lot. `fallback`: where it says nothing.
 */
export function unitOf({ volume, money, close }: Traded, lot: number, fallback: number): number {
  let votes = 0;
  for (let row = 0; row < volume.length; row += 1) {
    const ratio = (money[row] ?? Number.NaN) / ((volume[row] ?? Number.NaN) * (close[row] ?? Number.NaN));
    // Adjusted prices are a few times off, a lot is ten or a hundred times.
    if (Number.isFinite(ratio) && ratio > 0) votes += Math.abs(Math.log(ratio)) < Math.log(lot) / 2 ? -1 : 1;
  }
  if (votes === 0) return fallback;
  return votes > 0 ? lot : 1;
}
