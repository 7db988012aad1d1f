import { BtError } from '../errors.ts';
import type { Board } from './board.ts';
import { boardOf } from './board.ts';
import { parseSecurity } from './symbol.ts';
import type { Exchange } from './symbol.ts';

/** All prices of our markets are whole multiples of 1/10000 CNY; rules count in these units, so no float error enters. */
export const UNITS_PER_YUAN = 10_000;

// Units of 1/10000. Sources: SSE and SZSE trading rules, price increments by product; repo and B shares [M].
// `other` takes the coarser grid: a price on it is also on the finer one.
const TICK_UNITS: Readonly<Record<Board, number>> = {
  main: 100,
  chinext: 100,
  star: 100,
  bse: 100,
  etf: 10,
  lof: 10,
  convertible: 10, // both exchanges; the reference system used 0.01 for Shanghai's
  b_share: 100, // Shenzhen, HKD; Shanghai's (USD) below
  repo: 10, // Shenzhen; Shanghai's below
  index: 100,
  other: 100,
};

/** Smallest price step in CNY (USD, HKD for B shares): 0.01 stocks, 0.001 funds and convertible bonds. */
export function tickSize(security: string): number {
  return tickUnits(security) / UNITS_PER_YUAN;
}

/** The same in 1/10000, an integer. */
export function tickUnits(security: string): number {
  return tickUnitsOf(boardOf(security), parseSecurity(security).exchange);
}

/** The same, for what is known of it already. */
export function tickUnitsOf(board: Board, exchange: Exchange): number {
  if (exchange === 'XSHG') {
    if (board === 'b_share') return 10;
    if (board === 'repo') return 50;
  }
  return TICK_UNITS[board];
}

// A price that came out of float arithmetic (10.05 as 10.049999999999999) counts as the decimal it stands for:
// a millionth of a tick is far below any real price and far above float error.
const SNAP = 1e-6;

/** Nearest allowed price in that direction; halves go up. Exact decimals come back (0.07, never 0.07000000000000001). */
export function roundToTick(price: number, tick: number, direction: 'down' | 'up' | 'nearest'): number {
  const unit = Math.round(tick * UNITS_PER_YUAN);
  const ticks = (price * UNITS_PER_YUAN) / unit;
  if (!Number.isFinite(ticks)) {
    throw new BtError('BAD_PRICE', `${price} is not a price that can be rounded to ${tick}; give a finite price.`, {
      fault: 'bug',
    });
  }
  // Adding 0 turns the -0 of Math.ceil into 0.
  return (wholeTicks(ticks, direction) * unit) / UNITS_PER_YUAN + 0;
}

/** Whether the price is a whole number of ticks (float noise aside). */
export function isOnTick(price: number, tick: number): boolean {
  const ticks = price / tick;
  return Number.isFinite(ticks) && Math.abs(ticks - Math.round(ticks)) <= SNAP;
}

function wholeTicks(ticks: number, direction: 'down' | 'up' | 'nearest'): number {
  if (direction === 'down') return Math.floor(ticks + SNAP);
  if (direction === 'up') return Math.ceil(ticks - SNAP);
  return Math.floor(ticks + 0.5 + SNAP);
}
