import { planFor, plainPlan } from '../src/domain/data/query-plan.ts';
import type { QueryPlan } from '../src/domain/data/query-plan.ts';
import { closesOf } from '../src/exchange/daily-close.ts';
import { finished } from '../src/domain/steps.ts';
import { query } from '../src/exchange/company/query/answer.ts';
import { Market } from '../src/exchange/market.ts';
import { collector } from './collector.ts';
import { once, quietMost } from './figure.ts';
import type { Figure, Row } from './figure.ts';
import { spreadOf } from './stats.ts';

const ROUNDS = 25;
const SEED = 7;
const NOW = Date.parse('2026-07-06T10:00:00+08:00');
const DAY = '2026-07-03';
const CODES = 300;
const DAYS = 250;
const WHOLE_LIMIT = 150;
const LONG_LIMIT = 50;
const MEMORY_LIMIT = 60;

/** Twenty columns of five tables, as a screen of the whole market has them. */
const SCREEN = [
  'valuation.code valuation.market_cap valuation.pe_ratio valuation.pb_ratio valuation.ps_ratio valuation.circulating_market_cap',
  'indicator.roe indicator.roa indicator.eps indicator.inc_net_profit_year_on_year indicator.gross_profit_margin',
  'indicator.adjusted_profit income.net_profit income.operating_revenue income.np_parent_company_owners',
  'balance.total_assets balance.total_liability balance.retained_profit',
  'cash_flow.net_operate_cash_flow cash_flow.subtotal_operate_cash_inflow',
];
const RATIOS = ['valuation.code valuation.market_cap valuation.pe_ratio valuation.pb_ratio'];

/** Questions for fundamentals of the paper market, asked of the market itself: no border, no wire. */
export const figure: Figure = {
  run() {
    const market = new Market(SEED);
    const gc = collector();
    market.stocks();
    gc();
    const before = process.memoryUsage();
    const first = milliseconds(() => wholeMarket(market));
    gc();
    const after = process.memoryUsage();
    const grown = after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers;
    return Promise.resolve([
      once('fundamentals of the whole market, the first time', 'ms', first, WHOLE_LIMIT),
      again(market),
      long(market),
      once('what they keep in memory', 'MB', grown / 1e6, MEMORY_LIMIT),
    ]);
  },
};

function again(market: Market): Row {
  const companies = market.stocks().length;
  const columns = Array.from({ length: 20 }, () => Float64Array.from({ length: companies }, (_, row) => row));
  const mine: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    bare.push(milliseconds(() => columns.map((column) => column.map((value) => value * 2))));
    mine.push(milliseconds(() => wholeMarket(market)));
  }
  return {
    what: `fundamentals of ${companies} companies × 20 columns`,
    unit: 'ms',
    shape: 'runs',
    spread: spreadOf(mine),
    floor: { what: 'as many numbers doubled', spread: spreadOf(bare) },
    target: quietMost(WHOLE_LIMIT, 'ms', mine),
  };
}

function long(market: Market): Row {
  const last = market.days.list.indexOf(DAY);
  const days = market.days.list.slice(last - DAYS + 1, last + 1);
  const companies = market
    .stocks()
    .filter(({ startIndex, lastIndex }) => startIndex < last - DAYS && lastIndex === null)
    .slice(0, CODES);
  const plan = planOf(
    RATIOS,
    companies.map(({ security }) => security),
  );
  const mine: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    bare.push(milliseconds(() => companies.map((company) => closesOf(company, last - DAYS + 1, last))));
    mine.push(
      milliseconds(() =>
        finished(query(market, { database: 'fundamentals', query: plan, day: null, period: null, days }, NOW)),
      ),
    );
  }
  return {
    what: `valuation of ${CODES} companies on ${DAYS} days`,
    unit: 'ms',
    shape: 'runs',
    spread: spreadOf(mine),
    floor: { what: 'their closes', spread: spreadOf(bare) },
    target: quietMost(LONG_LIMIT, 'ms', mine),
  };
}

function wholeMarket(market: Market): void {
  finished(
    query(market, { database: 'fundamentals', query: planOf(SCREEN, null), day: DAY, period: null, days: null }, NOW),
  );
}

function planOf(lines: readonly string[], codes: readonly string[] | null): QueryPlan {
  const column = (name: string) => {
    const [table = '', of = ''] = name.split('.');
    return { name: of, expression: { op: 'column', table, column: of } } as const;
  };
  const select = lines.flatMap((line) => line.split(' ')).map(column);
  return codes === null ? plainPlan(select) : planFor(select, 'valuation', codes);
}

function milliseconds(run: () => unknown): number {
  const began = performance.now();
  run();
  return performance.now() - began;
}
