import { BtError } from '../errors.ts';
import type { Board } from './board.ts';
import { boardOf } from './board.ts';
import type { Dated } from './dated.ts';
import { valueOn } from './dated.ts';
import { parseSecurity } from './symbol.ts';
import { tickUnits, UNITS_PER_YUAN } from './tick.ts';

/** The day (`YYYY-MM-DD`) and whether the stock is under risk warning (ST, *ST) on it. */
export interface LimitContext {
  readonly day: string;
  readonly isSt: boolean;
}

// Per mille of the previous close. What a feed reports as high_limit and low_limit goes before all of this.
const TEN: readonly Dated<number>[] = [
  { validFrom: '1996-12-16', value: 100, source: 'limits of 10 % introduced on both exchanges [M]' },
];
const LIMITS: Readonly<Record<Board, readonly Dated<number>[]>> = {
  main: TEN,
  chinext: [
    { validFrom: '2009-10-30', value: 100, source: 'ChiNext opened with 10 % [M]' },
    {
      validFrom: '2020-08-24',
      value: 200,
      source: 'ChiNext registration reform; two open code bases use this day [S]',
    },
  ],
  star: [{ validFrom: '2019-07-22', value: 200, source: 'STAR opened with 20 % (SSE STAR trading rules) [S]' }],
  bse: [{ validFrom: '2021-11-15', value: 300, source: 'BSE opened with 30 % [S]' }],
  etf: TEN,
  lof: TEN,
  convertible: [
    {
      validFrom: '2022-08-01',
      value: 200,
      source: 'convertible bond trading rules: 20 % from the second day; none before [M]',
    },
  ],
  b_share: TEN,
  repo: [],
  index: [],
  other: TEN,
};

// Under risk warning. ChiNext, STAR and BSE stocks keep their board's limit. B shares: the stricter value is kept, the cautious reading.
const ST_LIMITS: Partial<Readonly<Record<Board, readonly Dated<number>[]>>> = {
  main: [
    { validFrom: '1998-04-22', value: 50, source: 'ST shares limited to 5 % [M]' },
    {
      validFrom: '2026-07-06',
      value: 100,
      source: 'SSE and SZSE proposal of 2025-06-27, in force since 2026-07-06 (two public threads agree) [S]',
    },
  ],
  b_share: [{ validFrom: '1998-04-22', value: 50, source: 'ST shares limited to 5 % [M]' }],
};

// Funds whose index holds STAR or ChiNext stocks only move by 20 %. 588 and 589 are the STAR funds' segment; ChiNext funds have none
// and are listed. A fund missing here gets 10 %, the cautious side.
const TWENTY_PERCENT_FUNDS: readonly Dated<ReadonlySet<string>>[] = [
  {
    validFrom: '2020-08-24',
    value: new Set(
      (
        '159908 159915 159948 159949 159952 159956 159957 159958 159964 159966 159967 159971 159977 ' +
        '159780 159781 159783'
      ).split(' '),
    ),
    source: 'ChiNext and STAR-ChiNext index ETFs, list of well-known codes [M]',
  },
];

/** Used where no limit is known to exist (repos, convertible bonds before 2022-08-01): ±100 %, so only absurd prices fall out. */
const NO_LIMIT = 1000;

// Trading days from listing, the first counted, that have no limit.
const NEW_LISTINGS: Partial<Readonly<Record<Board, readonly Dated<number>[]>>> = {
  main: [{ validFrom: '2023-04-10', value: 5, source: 'registration system on the main boards [M]' }],
  chinext: [{ validFrom: '2020-08-24', value: 5, source: 'ChiNext registration reform [M]' }],
  star: [{ validFrom: '2019-07-22', value: 5, source: 'STAR trading rules [S]' }],
  bse: [{ validFrom: '2021-11-15', value: 1, source: 'BSE trading rules: none on the first day [M]' }],
};

/** Daily limit as a fraction of the previous close, e.g. 0.1. Not for the days without a limit after listing. */
export function limitRatio(security: string, context: LimitContext): number {
  return limitPerMille(security, boardOf(security), context) / 1000;
}

/**
 * Highest and lowest price of the day: previous close × (1 ± limit), halves up to the tick, at least one tick away from the
 * previous close and never below one tick. Computed in integers. BtError BAD_PRICE when `preClose` is no positive number.
 */
export function priceLimits(security: string, preClose: number, context: LimitContext): { high: number; low: number } {
  return priceLimitsOf({ security, board: boardOf(security), unit: tickUnits(security) }, preClose, context);
}

/** The same for who knows the board and the tick (`tickUnits`) already: markets ask for the limits of thousands. */
export function priceLimitsOf(
  { security, board, unit }: { readonly security: string; readonly board: Board; readonly unit: number },
  preClose: number,
  context: LimitContext,
): { high: number; low: number } {
  if (!Number.isFinite(preClose) || preClose <= 0) {
    throw new BtError(
      'BAD_PRICE',
      `${preClose} is not a previous close of ${security}; limits need a positive price.`,
      {
        fault: 'bug',
      },
    );
  }
  const perMille = limitPerMille(security, board, context);
  const close = Math.round(preClose * UNITS_PER_YUAN);
  const high = Math.max(halfUp(close * (1000 + perMille), 1000 * unit) * unit, close + unit);
  const low = Math.min(halfUp(close * (1000 - perMille), 1000 * unit) * unit, close - unit);
  return { high: high / UNITS_PER_YUAN, low: Math.max(low, unit) / UNITS_PER_YUAN };
}

/** Number of trading days from listing (the first day counts) on which the security has no limit; 0 = always limited. */
export function daysWithoutLimit(security: string, day: string): number {
  return valueOn(NEW_LISTINGS[boardOf(security)] ?? [], day) ?? 0;
}

function limitPerMille(security: string, board: Board, { day, isSt }: LimitContext): number {
  const st = isSt ? valueOn(ST_LIMITS[board] ?? [], day) : null;
  if (st !== null) return st;
  if (board === 'etf' && isTwentyPercentFund(security, day)) return 200;
  return valueOn(LIMITS[board], day) ?? NO_LIMIT;
}

function isTwentyPercentFund(security: string, day: string): boolean {
  const { exchange, number } = parseSecurity(security);
  const listed = valueOn(TWENTY_PERCENT_FUNDS, day);
  if (listed === null) return false;
  return exchange === 'XSHG' ? /^58[89]/.test(number) : listed.has(number);
}

/** numerator / denominator to the nearest integer, halves up; positive integers below 2^53. */
function halfUp(numerator: number, denominator: number): number {
  return Math.floor((2 * numerator + denominator) / (2 * denominator));
}
