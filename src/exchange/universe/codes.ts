import type { Board } from '../../domain/market/board.ts';
import { hashText, unit } from '../../platform/random.ts';

/** A run of numbers of one market and board, of which a part is in use. */
export interface Segment {
  readonly suffix: 'XSHG' | 'XSHE' | 'BJ';
  readonly board: Board;
  /** First and last number. */
  readonly from: number;
  readonly to: number;
  /** What part of the numbers is in use. */
  readonly density: number;
  /** Days between which its securities were listed, `YYYY-MM-DD`. */
  readonly first: string;
  readonly last: string;
  /** Whether low numbers were listed first; else numbers say nothing. */
  readonly inOrder: boolean;
}

// Code segments of the exchanges as they are used, about as full as they are [M].
const STOCKS: readonly Segment[] = [
  shares('XSHE', 'main', 1, 999, 0.4, '1991-04-03', '2000-11-30', false),
  shares('XSHE', 'main', 1201, 1399, 0.4, '2021-06-21', '2026-08-31', true),
  shares('XSHE', 'main', 2001, 2999, 0.9, '2004-06-25', '2020-12-31', true),
  shares('XSHE', 'main', 3000, 3043, 0.8, '2020-07-01', '2021-12-31', true),
  shares('XSHE', 'chinext', 300_001, 300_999, 0.9, '2009-10-30', '2021-06-30', true),
  shares('XSHE', 'chinext', 301_001, 301_699, 0.62, '2021-07-01', '2026-09-30', true),
  shares('XSHG', 'main', 600_000, 600_999, 0.68, '1990-12-19', '2004-09-30', false),
  shares('XSHG', 'main', 601_001, 601_999, 0.19, '2006-07-05', '2023-10-31', false),
  shares('XSHG', 'main', 603_000, 603_999, 0.64, '2012-03-05', '2023-11-30', true),
  shares('XSHG', 'main', 605_001, 605_599, 0.2, '2020-06-01', '2026-08-31', true),
  shares('XSHG', 'star', 688_001, 688_799, 0.7, '2019-07-22', '2026-09-30', true),
  shares('BJ', 'bse', 920_001, 920_999, 0.28, '2021-11-15', '2026-10-30', false),
];

const FUNDS: readonly Segment[] = [
  shares('XSHE', 'etf', 159_500, 159_999, 0.47, '2011-09-20', '2026-09-30', false),
  shares('XSHE', 'lof', 160_100, 169_199, 0.013, '2005-09-15', '2021-12-31', false),
  shares('XSHG', 'lof', 501_000, 501_399, 0.2, '2015-06-30', '2022-12-30', true),
  shares('XSHG', 'etf', 510_010, 510_999, 0.045, '2009-12-08', '2024-12-31', false),
  shares('XSHG', 'etf', 512_000, 512_999, 0.075, '2013-04-11', '2023-12-29', true),
  shares('XSHG', 'etf', 513_000, 513_999, 0.055, '2013-05-15', '2025-12-31', false),
  shares('XSHG', 'etf', 515_000, 515_999, 0.075, '2018-08-15', '2023-06-30', true),
  shares('XSHG', 'etf', 516_000, 516_999, 0.06, '2020-11-30', '2024-06-28', true),
  shares('XSHG', 'etf', 560_000, 563_999, 0.02, '2021-06-30', '2026-09-30', true),
  shares('XSHG', 'etf', 588_010, 588_999, 0.04, '2020-11-16', '2026-06-30', true),
];

function shares(
  suffix: Segment['suffix'],
  board: Board,
  from: number,
  to: number,
  density: number,
  first: string,
  last: string,
  inOrder: boolean,
): Segment {
  return { suffix, board, from, to, density, first, last, inOrder };
}

/** A code in use, with what part of its segment lies before it. */
export interface UsedCode {
  readonly security: string;
  readonly number: string;
  readonly segment: Segment;
  readonly place: number;
}

/** The codes of stocks that the paper market has beside those with a familiar name: the same for every seed. */
export function stockCodes(): UsedCode[] {
  return STOCKS.flatMap(usedCodes);
}

export function fundCodes(): UsedCode[] {
  return FUNDS.flatMap(usedCodes);
}

function usedCodes(segment: Segment): UsedCode[] {
  const { suffix, from, to, density } = segment;
  const found: UsedCode[] = [];
  for (let digits = from; digits <= to; digits += 1) {
    const number = String(digits).padStart(6, '0');
    const security = `${number}.${suffix}`;
    if (unit(hashText(security)) >= density) continue;
    found.push({ security, number, segment, place: (digits - from) / (to - from) });
  }
  return found;
}
