import type { Side } from '../trading.ts';
import { boardOrNull, type Board } from './board.ts';
import { parseSecurity, type Exchange } from './symbol.ts';

/**
 * Pledged repos of government bonds (国债逆回购): 204xxx.XSHG and 1318xx.XSHE. Who sells lends money; the price is the rate of a year in
 * per cent. A lend holds no shares: its money leaves the account and comes back with interest.
 */

/** CNY that one unit (张) lends. */
export const REPO_UNIT_CNY = 100;

// Calendar days by code; SSE and SZSE lists of repo products [M].
const TERMS: Readonly<Partial<Record<Exchange, Readonly<Record<string, number>>>>> = {
  XSHG: {
    '204001': 1,
    '204002': 2,
    '204003': 3,
    '204004': 4,
    '204007': 7,
    '204014': 14,
    '204028': 28,
    '204091': 91,
    '204182': 182,
  },
  XSHE: {
    '131810': 1,
    '131811': 2,
    '131800': 3,
    '131809': 4,
    '131801': 7,
    '131802': 14,
    '131803': 28,
    '131805': 91,
    '131806': 182,
  },
};

// Per million of the money lent, by the longest term it holds for; brokers' usual charge, without a minimum [M].
const COMMISSION_PER_MILLION: readonly (readonly [days: number, rate: number])[] = [
  [1, 10],
  [2, 20],
  [3, 30],
  [4, 40],
  [7, 50],
  [14, 100],
  [28, 200],
  [182, 300],
];

/** True for the segments of both exchanges, also of a code in them that is no product. A row of a stranger may name no security at all. */
export function isRepo(security: string): boolean {
  return boardOrNull(security) === 'repo';
}

/** Calendar days for which a repo lends; null when the code is none. */
export function repoTerm(security: string): number | null {
  const { exchange, number } = parseSecurity(security);
  return TERMS[exchange]?.[number] ?? null;
}

/** Commission of one lend, as a fraction of its money; without a minimum. */
export function repoCommissionRate(security: string): number {
  const term = repoTerm(security) ?? 1;
  const [, rate] = COMMISSION_PER_MILLION.find(([days]) => term <= days) ?? [0, 300];
  return rate / 1_000_000;
}

/** CNY of interest for `money` lent at a rate of a year (per cent) for so many calendar days, a year of 365. */
export function repoInterest(money: number, rate: number, days: number): number {
  return (money * rate * days) / 36_500;
}

/** CNY that change hands when so much is traded at a price: what is lent of a repo, whose price is a rate. */
export function tradedMoney(security: string, amount: number, price: number): number {
  return amount * (isRepo(security) ? REPO_UNIT_CNY : price);
}

/** True when the trade takes cash out of the account: a buy, or a lend. */
export function takesCash(security: string, side: Side): boolean {
  return side === 'buy' || isRepo(security);
}

/** True when what is traded is held afterwards, or was before: not so of a repo. */
export function movesShares(security: string): boolean {
  return !isRepo(security);
}

const NOT_HELD: ReadonlySet<Board> = new Set<Board>(['index', 'other', 'repo']);

/**
 * True of what is ordered here and then held; a row of anything else among the positions doubts itself only. False also for what no
 * known segment holds: standard bonds, funds that are subscribed, shares of another market.
 */
export function isTradedHolding(security: string): boolean {
  const board = boardOrNull(security);
  return board !== null && !NOT_HELD.has(board);
}
