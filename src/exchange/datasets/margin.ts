import { DATASETS } from '../../domain/data/datasets.ts';
import type { ParamsOf } from '../../domain/data/datasets.ts';
import { tableOf, texts } from '../../domain/data/table.ts';
import type { DataTable } from '../../domain/data/table.ts';
import { BtError } from '../../domain/errors.ts';
import { HOUR } from '../../domain/time.ts';
import { mix, unit } from '../../platform/random.ts';
import { walkHeight } from '../walk.ts';
import { yuan } from '../data.ts';
import { dayShapes, moneyOf } from '../day-shape.ts';
import type { DayShape } from '../day-shape.ts';
import { isListedOn, isStOn } from '../instrument.ts';
import type { Instrument } from '../instrument.ts';
import type { Market } from '../market.ts';
import type { Steps } from '../../domain/steps.ts';
import { ownDays } from '../suspensions.ts';
import { daysAsked, publishedNextDay, requireFew } from './day-range.ts';
import { tableOfRows } from './rows.ts';
import type { RowOf } from './rows.ts';

const KNOWN_FROM = 9 * HOUR;
/** Trading days for which a share must have been listed: about three months. */
const OLD_ENOUGH = 60;
/** Of the securities that are old enough, those that may be bought on margin, and of these those that may be sold short. */
const ON_MARGIN = 0.75;
const SHORT = 0.9;

type Row = RowOf<(typeof DATASETS)['margin_balances']['columns']>;

/** What is owed on margin at the end of each day: securities that may be bought on margin, oldest day first. */
export function* marginBalances(market: Market, params: ParamsOf<'margin_balances'>, asOf: number): Steps<DataTable> {
  const asked = daysAsked(market, params, publishedNextDay(market, asOf, KNOWN_FROM));
  requireFew('get_mtss', params.securities.length, asked, Object.keys(DATASETS.margin_balances.columns).length);
  const { first, last } = asked;
  const rows: Row[] = [];
  for (const code of params.securities) {
    const instrument = market.instrument(code);
    let before = levelsOn(instrument, first - 1);
    for (const shape of dayShapes(instrument, market.days, first, last)) {
      const now = levelsOn(instrument, shape.index);
      if (now !== null) rows.push(balanceOf(shape, before, now));
      before = now;
    }
    yield;
  }
  return tableOfRows(DATASETS.margin_balances.columns, rows);
}

/** The securities that may be bought on margin (fin) or sold short (sec) on a day. */
export function marginSecurities(
  market: Market,
  { side, day }: ParamsOf<'margin_securities'>,
  asOf: number,
): DataTable {
  if (side !== 'fin' && side !== 'sec') {
    throw new BtError('BAD_DATA_REQUEST', `margin_securities side must be fin or sec, was ${side}.`, { fault: 'bug' });
  }
  const index = Math.min(market.moment(asOf).index, market.days.upTo(day));
  const all = [...market.stocks(), ...market.funds()].filter((one) => isListedOn(one, index));
  const codes = all.filter((one) => isOnMargin(one, index, side)).map((one) => one.security);
  return tableOf({ code: texts(codes) });
}

/** Stocks and funds of some age without a risk warning; about three quarters of them. */
function isOnMargin(instrument: Instrument, index: number, side: 'fin' | 'sec'): boolean {
  const { type, startIndex, key } = instrument;
  if (type !== 'stock' && type !== 'etf') return false;
  if (index - startIndex < OLD_ENOUGH || isStOn(instrument, index)) return false;
  if (unit(mix(key, 91)) >= ON_MARGIN) return false;
  return side === 'fin' || unit(mix(key, 92)) < SHORT;
}

/** Balances are levels that wander; what was borrowed on a day is what it takes to get from one to the next, and what is repaid. */
function balanceOf(shape: DayShape, before: Levels | null, now: Levels): Row {
  const { instrument, index } = shape;
  const turn = (label: number, share: number): number => share * (0.5 + unit(mix(shape.key, label)));
  const fin = passage(before?.cash ?? 0, now.cash, Math.round(moneyOf(shape) * turn(91, 0.06)));
  const isShort = isOnMargin(instrument, index, 'sec');
  const sec = isShort
    ? passage(before?.shares ?? 0, now.shares, Math.round(shape.lots * turn(92, 0.002)) * 100)
    : passage(0, 0, 0);
  return {
    date: shape.midnight,
    sec_code: instrument.security,
    fin_value: fin.end,
    fin_buy_value: fin.more,
    fin_refund_value: fin.less,
    sec_value: sec.end,
    sec_sell_value: sec.more,
    sec_refund_value: sec.less,
    fin_sec_value: fin.end + sec.end * yuan(shape.close * instrument.tickMills),
  };
}

/** From one level to the next by what came and what went; neither is negative. */
function passage(start: number, end: number, turn: number): { end: number; more: number; less: number } {
  const more = Math.max(0, end - start) + turn;
  return { end, more, less: start + more - end };
}

/** At the end of a day, both standing still while it is paused. */
interface Levels {
  /** Whole CNY owed for shares bought. */
  readonly cash: number;
  /** Whole lots owed by who sold short, in shares. */
  readonly shares: number;
}

/** Null on a day on which it is not bought on margin. */
function levelsOn(instrument: Instrument, index: number): Levels | null {
  if (!isOnMargin(instrument, index, 'fin')) return null;
  const { key, dailyLots, anchorPrice, suspensions } = instrument;
  const day = ownDays(suspensions, index);
  const wander = (label: number): number => Math.exp(0.015 * walkHeight(mix(key, label), day));
  const cash = dailyLots * 100 * anchorPrice * (1 + 4 * unit(mix(key, 93))) * wander(94);
  const lots = dailyLots * 0.02 * (0.2 + unit(mix(key, 95))) * wander(96);
  return { cash: Math.round(cash), shares: Math.round(lots) * 100 };
}
