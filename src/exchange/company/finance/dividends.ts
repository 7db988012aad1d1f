import { chinaInstant, DAY } from '../../../domain/time.ts';
import { mix, unit } from '../../../platform/random.ts';
import type { ExRight } from '../../ex-rights.ts';
import type { Instrument } from '../../instrument.ts';
import { cashMills, paidOut } from '../books.ts';
import { publishedOn, quarterAt, yearOf } from '../quarters.ts';
import { sharesOn } from '../shares.ts';
import { companyCells, perCompany, rowId, type EventContext, type EventRow } from './event-table.ts';

type Row = EventRow<'STK_XR_XD'>;

/** Trading days between the announcement of a payment and the day on which the price is without it. */
const AHEAD = 4;
const STAGES = {
  board: { plan_progress_code: 313_001, plan_progress: '董事会预案' },
  shareholders: { plan_progress_code: 313_002, plan_progress: '股东大会预案' },
  implementation: { plan_progress_code: 313_003, plan_progress: '实施方案' },
} as const;

/** Dividends as far as they are decided: the plan comes with the yearly report, the day of payment a week before it. */
export const STK_XR_XD = perCompany<'STK_XR_XD'>(function* rowsOf(context, company) {
  for (const right of company.exRights) {
    const row = rowOf(context, company, right);
    if (row !== null) yield row;
  }
});

/** The days on which a payment is decided and made, midnights. */
export function stagesOf({ days }: EventContext['market'], company: Instrument, right: ExRight) {
  const ex = days.midnight(right.index);
  const annual = quarterAt(ex) - (quarterAt(ex) % 4) - 1;
  const board = publishedOn(company.key, annual);
  const announced = days.midnight(right.index - AHEAD);
  const between = Math.max(0, Math.round((announced - board) / DAY) - 2);
  const decided = board + Math.floor(between * (0.4 + 0.5 * unit(mix(company.key, right.index)))) * DAY;
  return { year: yearOf(annual), board, decided: Math.min(decided, announced), announced, ex };
}

function rowOf({ market, morning, within }: EventContext, company: Instrument, right: ExRight): Row | null {
  const { year, board, decided, announced, ex } = stagesOf(market, company, right);
  const reported = chinaInstant(`${year}-12-31`, '00:00');
  if (board > morning || !within('board_plan_pub_date', board) || !within('report_date', reported)) return null;
  const cash = cashMills(company, right) / 100;
  const shares = sharesOn(company, right.index - 1);
  const note = noteOf(cash, right.bonus);
  const base = shares.total / 1e4;
  return {
    id: rowId(company, year),
    ...companyCells(company),
    report_date: reported,
    bonus_type: '年度分红',
    board_plan_pub_date: board,
    board_plan_bonusnote: note,
    distributed_share_base_board: base,
    bonus_ratio_rmb: cash,
    at_bonus_ratio_rmb: cash * 0.9,
    bonus_amount_rmb: paidOut(company, right) / 1e4,
    ...(right.bonus > 0 ? { transfer_ratio: right.bonus * 10, transfer_number: base * right.bonus } : {}),
    ...STAGES.board,
    ...(decided <= morning ? decidedCells(decided, note, base) : {}),
    ...(announced <= morning ? paidCells({ market, company, right, announced, ex, note, base }) : {}),
  };
}

function decidedCells(decided: number, note: string, base: number): Row {
  return {
    shareholders_plan_pub_date: decided,
    shareholders_plan_bonusnote: note,
    distributed_share_base_shareholders: base,
    ...STAGES.shareholders,
  };
}

interface Payment {
  readonly market: EventContext['market'];
  readonly company: Instrument;
  readonly right: ExRight;
  readonly announced: number;
  readonly ex: number;
  readonly note: string;
  readonly base: number;
}

/** What is known when the payment is announced: its days, and the shares before and after it. */
function paidCells({ market, company, right, announced, ex, note, base }: Payment): Row {
  const [before, after] = [sharesOn(company, right.index - 1), sharesOn(company, right.index)];
  const given =
    right.bonus > 0 ? { a_transfer_arrival_date: ex, a_increment_listing_date: ex, dividend_arrival_date: ex } : {};
  return {
    implementation_pub_date: announced,
    implementation_bonusnote: note,
    distributed_share_base_implement: base,
    a_registration_date: market.days.midnight(right.index - 1),
    a_xr_date: ex,
    a_bonus_date: ex,
    ...given,
    total_capital_before_transfer: before.total / 1e4,
    total_capital_after_transfer: after.total / 1e4,
    float_capital_before_transfer: before.circulating / 1e4,
    float_capital_after_transfer: after.circulating / 1e4,
    ...STAGES.implementation,
  };
}

/** For ten shares, as companies write it. */
function noteOf(cash: number, bonus: number): string {
  const shares = bonus > 0 ? `转增${Math.round(bonus * 100) / 10}股` : '';
  return `10${shares}派${cash}元(含税)`;
}
