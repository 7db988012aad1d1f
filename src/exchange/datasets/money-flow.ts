import { DATASETS } from '../../domain/data/datasets.ts';
import type { ParamsOf } from '../../domain/data/datasets.ts';
import type { DataTable } from '../../domain/data/table.ts';
import { HOUR } from '../../domain/time.ts';
import { mix, unit } from '../../platform/random.ts';
import { dayShapes, moneyOf } from '../day-shape.ts';
import type { DayShape } from '../day-shape.ts';
import type { Market } from '../market.ts';
import type { Steps } from '../../domain/steps.ts';
import { daysAsked, publishedAt, requireFew } from './day-range.ts';
import { tableOfRows } from './rows.ts';
import type { RowOf } from './rows.ts';

/** Published in the evening. */
const KNOWN_FROM = 20 * HOUR;
/** Net amounts are told in 0.01 万元. */
const UNIT = 100;
/** Of a day's money, what orders of one size buy more than they sell at most. */
const WIDEST = 0.18;

type Row = RowOf<(typeof DATASETS)['money_flow']['columns']>;

/** What large and small orders bought net of what they sold: a stock's own days of trading, oldest first. */
export function* moneyFlow(market: Market, params: ParamsOf<'money_flow'>, asOf: number): Steps<DataTable> {
  const asked = daysAsked(market, params, publishedAt(market, asOf, KNOWN_FROM));
  requireFew('get_money_flow', params.securities.length, asked, Object.keys(DATASETS.money_flow.columns).length);
  const { first, last } = asked;
  const rows: Row[] = [];
  for (const code of params.securities) {
    const instrument = market.instrument(code);
    if (instrument.type !== 'stock') continue;
    for (const shape of dayShapes(instrument, market.days, first, last)) if (!shape.paused) rows.push(flowOf(shape));
    yield;
  }
  return tableOfRows(DATASETS.money_flow.columns, rows);
}

/**
 * One day's flows. Whoever buys, somebody sells: the four sizes add up to nothing. Large orders follow the day's move, most of the
 * time.
 */
function flowOf(shape: DayShape): Row {
  const { instrument, midnight, key, preClose, close } = shape;
  const money = moneyOf(shape);
  const move = close / preClose - 1;
  const lean = Math.tanh(move / (2 * instrument.swing));
  const most = Math.floor((money / UNIT) * WIDEST);
  const net = (label: number, share: number): number =>
    Math.round(most * share * (0.6 * lean + 0.8 * (unit(mix(key, label)) + unit(mix(key, label + 10)) - 1)));
  const [xl, l, m] = [net(81, 0.6), net(82, 0.4), -net(83, 0.3)];
  const percent = (amount: number): number => round((amount * UNIT * 100) / money);
  const flow = { main: xl + l, xl, l, m, s: -(xl + l + m) };
  return {
    date: midnight,
    sec_code: instrument.security,
    change_pct: round(move * 100),
    net_amount_main: flow.main / 100,
    net_pct_main: percent(flow.main),
    net_amount_xl: flow.xl / 100,
    net_pct_xl: percent(flow.xl),
    net_amount_l: flow.l / 100,
    net_pct_l: percent(flow.l),
    net_amount_m: flow.m / 100,
    net_pct_m: percent(flow.m),
    net_amount_s: flow.s / 100,
    net_pct_s: percent(flow.s),
  };
}

/** To the two decimals in which money and percentages are told. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}
