import { DAY } from '../../../domain/time.ts';
import { mix } from '../../../platform/random.ts';
import { closesOf } from '../../daily-close.ts';
import type { Instrument } from '../../instrument.ts';
import type { Market } from '../../market.ts';
import type { TradingDays } from '../../trading-days.ts';
import { booksOf, type Books } from '../books.ts';
import { curve, noise } from '../draws.ts';
import { publishedOn, QUARTERS } from '../quarters.ts';
import type { EventContext, EventRow } from './event-table.ts';
import { marketKey } from './links.ts';

type Row = EventRow<'STK_EXCHANGE_TRADE_INFO'>;
type Part = 'shanghai' | 'main' | 'sme' | 'gem';

/** The board of small and middle companies is one with the main board since this day. */
const MERGED = '2021-04-06';
/** Markets by what they are made of, JoinQuant's numbers; there are no B shares, and Beijing is none of them. From memory. */
const MARKETS: readonly { readonly code: number; readonly name: string; readonly parts: readonly Part[] }[] = [
  { code: 322_001, name: '上海市场', parts: ['shanghai'] },
  { code: 322_002, name: '上海A股', parts: ['shanghai'] },
  { code: 322_004, name: '深圳市场', parts: ['main', 'sme', 'gem'] },
  { code: 322_005, name: '深市主板', parts: ['main'] },
  { code: 322_006, name: '中小企业板', parts: ['sme'] },
  { code: 322_007, name: '创业板', parts: ['gem'] },
];
/** Shares traded of those that can be, % of an ordinary day, and shares of an ordinary trade. */
const TURNOVER: Readonly<Record<Part, number>> = { shanghai: 1, main: 1.6, sme: 2.1, gem: 2.8 };
const OF_A_TRADE = 900;

/** Sums of what is listed, day by day: CNY, CNY, shares, CNY of the last four quarters known. */
class Sums {
  readonly cap: Float64Array;
  readonly circulating: Float64Array;
  readonly tradable: Float64Array;
  readonly profit: Float64Array;

  constructor(days: number) {
    [this.cap, this.circulating] = [new Float64Array(days), new Float64Array(days)];
    [this.tradable, this.profit] = [new Float64Array(days), new Float64Array(days)];
  }

  /** Adds a company on the days of a quarter's report. */
  add({ instrument, steps }: Books, closes: Float64Array, profit: number, from: number, to: number): void {
    const begin = Math.max(0, instrument.startIndex);
    let step = Math.max(
      0,
      steps.findLastIndex(({ index }) => index <= from),
    );
    for (let index = from; index <= to; index += 1) {
      while ((steps[step + 1]?.index ?? Number.POSITIVE_INFINITY) <= index) step += 1;
      const { total, circulating } = steps[step] ?? { total: 0, circulating: 0 };
      const close = ((closes[index - begin] ?? 0) * instrument.tickMills) / 1000;
      this.cap[index] = (this.cap[index] ?? 0) + close * total;
      this.circulating[index] = (this.circulating[index] ?? 0) + close * circulating;
      this.tradable[index] = (this.tradable[index] ?? 0) + circulating;
      this.profit[index] = (this.profit[index] ?? 0) + profit;
    }
  }
}

type Totals = Readonly<Record<Part, Sums>>;
const known = new WeakMap<Market, Totals>();

/** Totals of the markets, a row a day: what their companies are worth, against what these reported; how much is traded is drawn. */
export function* STK_EXCHANGE_TRADE_INFO(context: EventContext): Generator<Row | null> {
  const { market } = context;
  const totals = known.get(market) ?? (yield* totalsOf(market));
  known.set(market, totals);
  const merged = market.days.from(MERGED);
  for (const index of context.tradingDays('date', 0)) {
    for (const each of MARKETS) {
      const isGone = each.code === 322_006 && index >= merged;
      const parts = each.code === 322_005 && index >= merged ? (['main', 'sme'] as const) : each.parts;
      yield isGone ? null : rowOf({ ...each, parts }, totals, market, index);
    }
  }
}

function rowOf(
  { code, name, parts }: (typeof MARKETS)[number],
  totals: Totals,
  market: Market,
  index: number,
): Row | null {
  const sum = { cap: 0, circulating: 0, tradable: 0, profit: 0, volume: 0, money: 0 };
  for (const part of parts) {
    const { cap, circulating, tradable, profit } = totals[part];
    const turnover = turnoverOf(market, part, index) / 100;
    sum.cap += cap[index] ?? 0;
    sum.circulating += circulating[index] ?? 0;
    sum.tradable += tradable[index] ?? 0;
    sum.profit += profit[index] ?? 0;
    sum.volume += turnover * (tradable[index] ?? 0);
    sum.money += turnover * (circulating[index] ?? 0);
  }
  if (sum.tradable === 0) return null;
  return {
    id: index * 10 + (code % 10),
    exchange_code: code,
    exchange_name: name,
    date: market.days.midnight(index),
    total_market_cap: sum.cap / 1e8,
    circulating_market_cap: sum.circulating / 1e8,
    volume: sum.volume / 1e4,
    money: sum.money / 1e8,
    deal_number: sum.volume / OF_A_TRADE / 1e4,
    pe_average: sum.profit > 0 ? sum.cap / sum.profit : Number.NaN,
    turnover_ratio: (100 * sum.volume) / sum.tradable,
  };
}

/** Per cent. */
function turnoverOf(market: Market, part: Part, index: number): number {
  const key = mix(marketKey(market), 322);
  const label = Math.round(TURNOVER[part] * 10);
  return (
    TURNOVER[part] *
    Math.exp(0.5 * curve(key, 1, 50, index) + 0.15 * noise(key, 2, index) + 0.1 * noise(key, label, index))
  );
}

/** Once a market: a second or two, in steps. */
function* totalsOf(market: Market): Generator<null, Totals> {
  const { days } = market;
  const made = (): Sums => new Sums(days.list.length);
  const totals = { shanghai: made(), main: made(), sme: made(), gem: made() };
  for (const company of market.stocks()) {
    const part = partOf(company);
    if (part !== null) addCompany(totals[part], company, days);
    yield null;
  }
  return totals;
}

function addCompany(sums: Sums, company: Instrument, days: TradingDays): void {
  const begin = Math.max(0, company.startIndex);
  const end = Math.min(company.lastIndex ?? Number.POSITIVE_INFINITY, days.list.length - 1);
  if (begin > end) return;
  const books = booksOf(company, days);
  const closes = closesOf(company, begin, end);
  // From the day on which a report is out to the day before the next one is: the days of whom nothing is known have no valuation.
  const outOn = (quarter: number): number => days.indexWithin(publishedOn(company.key, quarter) - DAY) + 1;
  for (let quarter = books.first + 3; quarter < QUARTERS; quarter += 1) {
    const from = Math.max(begin, outOn(quarter));
    const to = quarter === QUARTERS - 1 ? end : Math.min(end, outOn(quarter + 1) - 1);
    if (from <= to) sums.add(books, closes, books.yearlyProfit(quarter), from, to);
  }
}

function partOf({ exchange, board, security }: Instrument): Part | null {
  if (exchange === 'XSHG') return 'shanghai';
  if (exchange !== 'XSHE') return null;
  if (board === 'chinext') return 'gem';
  return /^00[23]/u.test(security) ? 'sme' : 'main';
}
