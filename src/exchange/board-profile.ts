import type { Board } from '../domain/market/board.ts';

/** What a security of a board looks like when only its code is known. */
export interface BoardProfile {
  /** JoinQuant's type. */
  readonly type: string;
  /** Price range, CNY; the price is drawn evenly on a logarithmic scale. */
  readonly prices: readonly [number, number];
  /** CNY traded on an average day, drawn likewise. */
  readonly turnover: readonly [number, number];
  /**
   * Scale of the daily moves. A day's close moves by at most 6.7 × this (typically 1.2 ×), so with 0.012 it never passes
   * a limit of 10 %: closes need no clamping and every day's close can be computed on its own.
   */
  readonly swing: number;
  /** No listing before this day, `YYYY-MM-DD`. */
  readonly opened: string;
  /** Whether a company stands behind it: only those are suspended, put under risk warning, or run into their limits. */
  readonly company: boolean;
}

/** The swing of a stock under risk warning, whose limit was 5 %. */
export const RISK_WARNING_SWING = 0.006;

const STOCK = { type: 'stock', company: true } as const;

export const BOARD_PROFILES: Readonly<Record<Board, BoardProfile>> = {
  main: { ...STOCK, prices: [5, 45], turnover: [4e7, 8e8], swing: 0.012, opened: '2005-01-04' },
  chinext: { ...STOCK, prices: [9, 80], turnover: [6e7, 8e8], swing: 0.012, opened: '2009-10-30' },
  star: { ...STOCK, prices: [15, 150], turnover: [6e7, 8e8], swing: 0.012, opened: '2019-07-22' },
  bse: { ...STOCK, prices: [8, 40], turnover: [1e7, 1e8], swing: 0.014, opened: '2021-11-15' },
  b_share: { ...STOCK, prices: [2, 12], turnover: [2e6, 2e7], swing: 0.008, opened: '2005-01-04' },
  etf: { type: 'etf', company: false, prices: [0.8, 3], turnover: [1e7, 5e8], swing: 0.008, opened: '2010-01-04' },
  lof: { type: 'lof', company: false, prices: [0.8, 2.5], turnover: [1e6, 2e7], swing: 0.007, opened: '2006-01-04' },
  convertible: {
    type: 'conbond',
    company: false,
    prices: [105, 160],
    turnover: [2e7, 4e8],
    swing: 0.009,
    opened: '2019-01-02',
  },
  repo: { type: 'repo', company: false, prices: [1.4, 2.2], turnover: [1e8, 5e8], swing: 0.012, opened: '2006-05-08' },
  index: {
    type: 'index',
    company: false,
    prices: [1500, 9000],
    turnover: [1e11, 3e11],
    swing: 0.006,
    opened: '2005-01-04',
  },
  other: { type: 'other', company: false, prices: [6, 20], turnover: [1e7, 1e8], swing: 0.008, opened: '2005-01-04' },
};
