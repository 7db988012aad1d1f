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
import { round } from './money-flow.ts';
import { tableOfRows } from './rows.ts';
import type { RowOf } from './rows.ts';

const KNOWN_FROM = 20 * HOUR;
/** Branches named on each side. */
const BRANCHES = 5;
/** Of a day's money, what the named branches of one side hold at most. */
const WIDEST = 0.5;
/** Branches there are. */
const OFFICES = 400;

type Row = RowOf<(typeof DATASETS)['billboard']['columns']>;

interface Reason {
  readonly code: number;
  readonly name: string;
  readonly fits: (shape: DayShape) => boolean;
}

/** Why an exchange tells who traded, JoinQuant's numbers; a day is listed for each that fits, and for the last one only alone. */
const REASONS: readonly Reason[] = [
  {
    code: 106001,
    name: '涨幅偏离值达7%的证券',
    fits: (shape) => hasLimits(shape) && shape.close / shape.preClose >= 1.07,
  },
  {
    code: 106002,
    name: '跌幅偏离值达7%的证券',
    fits: (shape) => hasLimits(shape) && shape.close / shape.preClose <= 0.93,
  },
  {
    code: 106003,
    name: '日价格振幅达到15%的证券',
    fits: (shape) => hasLimits(shape) && (shape.high - shape.low) / shape.preClose >= 0.15,
  },
  { code: 106005, name: '无价格涨跌幅限制的证券', fits: (shape) => !hasLimits(shape) },
];
const OTHER: Reason = {
  code: 106099,
  name: '其它异常波动的证券',
  fits: ({ high, low, highLimit, lowLimit }) => high === highLimit || low === lowLimit,
};

/** Who traded on days of large moves: for each reason a row of all, and the five largest buyers and sellers. */
export function* billboard(market: Market, params: ParamsOf<'billboard'>, asOf: number): Steps<DataTable> {
  const asked = daysAsked(market, params, publishedAt(market, asOf, KNOWN_FROM));
  const { first, last } = asked;
  const all = params.securities?.map((code) => market.instrument(code)) ?? market.stocks();
  requireFew('get_billboard_list', all.length, asked);
  const byDay = Array.from({ length: Math.max(0, last - first + 1) }, (): Row[] => []);
  for (const instrument of all) {
    if (instrument.type !== 'stock') continue;
    for (const shape of dayShapes(instrument, market.days, first, last))
      for (const reason of reasonsFor(shape)) byDay[shape.index - first]?.push(...rowsOf(shape, reason));
    yield;
  }
  return tableOfRows(DATASETS.billboard.columns, byDay.flat());
}

function reasonsFor(shape: DayShape): readonly Reason[] {
  if (shape.paused) return [];
  const found = REASONS.filter(({ fits }) => fits(shape));
  return found.length === 0 && OTHER.fits(shape) ? [OTHER] : found;
}

function hasLimits({ highLimit }: DayShape): boolean {
  return highLimit !== null;
}

function rowsOf(shape: DayShape, reason: Reason): Row[] {
  const key = mix(shape.key, reason.code);
  const money = round(moneyOf(shape));
  const row = (direction: string, rank: number, depart: string | null, bought: number, sold: number): Row => ({
    code: shape.instrument.security,
    day: shape.midnight,
    direction,
    abnormal_code: reason.code,
    abnormal_name: reason.name,
    sales_depart_name: depart,
    rank,
    buy_value: bought,
    buy_rate: round((bought / money) * 100),
    sell_value: sold,
    sell_rate: round((sold / money) * 100),
    net_value: bought - sold,
    amount: money,
    total_value: bought + sold,
  });
  const buyers = shares(mix(key, 1), money);
  const sellers = shares(mix(key, 2), money);
  const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
  return [
    row('ALL', 0, null, sum(buyers), sum(sellers)),
    ...buyers.map((value, i) => row('BUY', i + 1, office(mix(key, 10 + i)), value, other(value, mix(key, 20 + i)))),
    ...sellers.map((value, i) => row('SELL', i + 1, office(mix(key, 30 + i)), other(value, mix(key, 40 + i)), value)),
  ];
}

/** What each branch of one side traded, whole CNY, the largest first; together at most half of the day. */
function shares(key: number, money: number): number[] {
  const weights = Array.from({ length: BRANCHES }, (_, i) => 0.2 + unit(mix(key, i)));
  const total = weights.reduce((a, b) => a + b, 0);
  const all = money * WIDEST * (0.4 + 0.6 * unit(mix(key, 99)));
  return weights.map((weight) => Math.floor((all * weight) / total)).sort((a, b) => b - a);
}

/** What a branch traded on its other side: less. */
function other(value: number, key: number): number {
  return Math.floor(value * 0.3 * unit(key) ** 2);
}

/** One branch of five is an institution's seat, which has no other name. */
function office(key: number): string {
  return unit(mix(key, 1)) < 0.2 ? '机构专用' : `模拟证券第${1 + Math.floor(unit(key) * OFFICES)}营业部`;
}
