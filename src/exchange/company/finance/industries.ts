import { BtError } from '../../../domain/errors.ts';
import { isListedOn, type Instrument } from '../../instrument.ts';
import type { Market } from '../../market.ts';
import { industriesOf } from '../../universe/industries.ts';
import { booksOf } from '../books.ts';
import { newestPublished } from '../quarters.ts';
import { closeOn, marketValue, VALUATION, valuationDay, type ValuationDay } from '../valuation.ts';
import type { EventContext, EventRow } from './event-table.ts';

type Row = EventRow<'SW1_DAILY_VALUATION'>;

/** Companies × days that one answer adds up: more would take seconds. */
const MOST_VALUES = 200_000;

const known = new WeakMap<Market, ReadonlyMap<string, readonly Instrument[]>>();

/** Companies of each class of the first level, by its code. */
function membersOf(market: Market): ReadonlyMap<string, readonly Instrument[]> {
  const found =
    known.get(market) ??
    Map.groupBy(market.stocks(), ({ security, board }) => industriesOf(security, board).sw_l1.code);
  known.set(market, found);
  return found;
}

/** Valuation of industries, a row a day: sums of all that are listed, against the sums of what they reported. */
export function* SW1_DAILY_VALUATION(context: EventContext, codes: readonly string[] | null): Generator<Row | null> {
  const members = membersOf(context.market);
  const asked = [...members].filter(([code]) => codes?.includes(code) ?? true).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const size = asked.reduce((sum, [, companies]) => sum + companies.length, 0);
  const days = [...context.tradingDays('date', 0)];
  if (days.length * size > MOST_VALUES) throw tooMany();
  for (const index of days) {
    for (const [code, companies] of asked) {
      const row = industryDay(context.market, code, companies, index);
      yield row;
    }
  }
}

function industryDay({ days }: Market, code: string, companies: readonly Instrument[], index: number): Row | null {
  const sums = { cap: 0, circulating: 0, profit: 0, equity: 0, shares: 0, traded: 0, tradable: 0, paid: 0, members: 0 };
  for (const company of companies) {
    const day = isListedOn(company, index) ? dayOf(company, days, index) : null;
    if (day === null) continue;
    const { books, quarter, close, shares } = day;
    sums.members += 1;
    sums.cap += marketValue(day);
    sums.circulating += close * shares.circulating;
    sums.profit += books.yearlyProfit(quarter);
    sums.equity += books.equityAt(quarter);
    sums.shares += shares.total;
    sums.tradable += shares.circulating;
    sums.traded += VALUATION.turnover_ratio(day) * shares.circulating;
    sums.paid += VALUATION.dividend_ratio(day) * marketValue(day);
  }
  const [first] = companies;
  if (sums.members === 0 || first === undefined) return null;
  return {
    id: index * 1_000_000 + Number(code),
    date: days.midnight(index),
    code,
    name: industriesOf(first.security, first.board).sw_l1.name,
    turnover_ratio: sums.traded / sums.tradable,
    pe: sums.cap / sums.profit,
    pb: sums.cap / sums.equity,
    average_price: sums.cap / sums.shares,
    circulating_market_cap: sums.circulating / 1e8,
    average_circulating_market_cap: sums.circulating / sums.members / 1e8,
    dividend_ratio: sums.paid / sums.cap,
  };
}

function dayOf(company: Instrument, days: Market['days'], index: number): ValuationDay | null {
  const books = booksOf(company, days);
  const quarter = newestPublished(company.key, days.midnight(index));
  return quarter < books.first + 3 ? null : valuationDay(books, index, quarter, closeOn(books, index));
}

function tooMany(): BtError {
  const why = 'The query of SW1_DAILY_VALUATION goes through too many days. Add a filter on date, or on code and date.';
  return new BtError('QUERY_TOO_LARGE', why, { fault: 'strategy' });
}
