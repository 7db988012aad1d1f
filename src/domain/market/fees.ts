import type { Side } from '../trading.ts';
import type { Board } from './board.ts';
import { boardOf } from './board.ts';
import type { Dated } from './dated.ts';
import { valueOn } from './dated.ts';
import { repoCommissionRate } from './repo.ts';
import { roundToTick } from './tick.ts';

/** What the broker charges; fractions of the money traded, minimum in CNY an order. */
export interface FeeSchedule {
  readonly commissionRate: number;
  readonly minCommission: number;
  /** True: the account has no minimum commission ("free of 5 yuan"). */
  readonly freeOfMinimum?: boolean;
}

/** JoinQuant's default for stocks: 0.03 %, at least 5 CNY an order. */
export const DEFAULT_FEES: FeeSchedule = { commissionRate: 0.0003, minCommission: 5 };

export interface Fees {
  readonly commission: number;
  readonly stampDuty: number;
  readonly transferFee: number;
}

interface SideRates {
  readonly buy: number;
  readonly sell: number;
}

// Fractions of the money traded. Ministry of Finance and tax administration notices [M]; the last two [S] and [V] in the reference data.
const STAMP_DUTY: readonly Dated<SideRates>[] = [
  { validFrom: '2001-11-16', value: { buy: 0.002, sell: 0.002 }, source: 'stamp duty 0.2 % both sides [M]' },
  { validFrom: '2005-01-24', value: { buy: 0.001, sell: 0.001 }, source: 'stamp duty 0.1 % both sides [M]' },
  { validFrom: '2007-05-30', value: { buy: 0.003, sell: 0.003 }, source: 'stamp duty 0.3 % both sides [M]' },
  { validFrom: '2008-04-24', value: { buy: 0.001, sell: 0.001 }, source: 'stamp duty 0.1 % both sides [M]' },
  { validFrom: '2008-09-19', value: { buy: 0, sell: 0.001 }, source: 'stamp duty 0.1 % on sells only' },
  { validFrom: '2023-08-28', value: { buy: 0, sell: 0.0005 }, source: 'stamp duty halved to 0.05 % on sells' },
];

// Both sides. Before 2015-08-01 Shanghai charged by face value and Shenzhen nothing: not modelled.
const TRANSFER_FEE: readonly Dated<number>[] = [
  { validFrom: '2015-08-01', value: 0.00002, source: 'ChinaClear: 0.002 % of the money on both exchanges [M]' },
  { validFrom: '2022-04-29', value: 0.00001, source: 'ChinaClear: halved to 0.001 %' },
];
const BSE_TRANSFER_FEE: readonly Dated<number>[] = [
  { validFrom: '2021-11-15', value: 0.000025, source: 'ChinaClear: 0.0025 % for BSE [M]' },
  { validFrom: '2022-04-29', value: 0.00001, source: 'ChinaClear: one rate, 0.001 %, for all three exchanges [M]' },
];

// Stamp duty and transfer fee are for shares; funds and bonds pay neither. An unknown kind (`other`) pays as a share does, the cautious side.
const WITHOUT_DUTIES: ReadonlySet<Board> = new Set<Board>(['etf', 'lof', 'convertible', 'repo', 'index']);

/** Fees in CNY of `money` traded in one order on a day, each rounded to the cent, halves up. */
export function orderFees(
  trade: { readonly security: string; readonly side: Side; readonly money: number; readonly day: string },
  schedule: FeeSchedule,
): Fees {
  const { security, side, money, day } = trade;
  const board = boardOf(security);
  if (board === 'repo')
    return { commission: cents(money * repoCommissionRate(security)), stampDuty: 0, transferFee: 0 };
  const commission = commissionOn(money, schedule);
  if (WITHOUT_DUTIES.has(board)) return { commission, stampDuty: 0, transferFee: 0 };
  const transferRate = valueOn(board === 'bse' ? BSE_TRANSFER_FEE : TRANSFER_FEE, day) ?? 0;
  const stampRate = valueOn(STAMP_DUTY, day)?.[side] ?? 0;
  return { commission, stampDuty: cents(money * stampRate), transferFee: cents(money * transferRate) };
}

/** Commission in CNY on the money of one whole order (all its fills), with its minimum; 0 when nothing was traded. */
export function commissionOn(money: number, schedule: FeeSchedule): number {
  if (!(money > 0)) return 0;
  const commission = cents(money * schedule.commissionRate);
  return schedule.freeOfMinimum === true ? commission : Math.max(commission, schedule.minCommission);
}

function cents(money: number): number {
  return money > 0 ? roundToTick(money, 0.01, 'nearest') : 0;
}
