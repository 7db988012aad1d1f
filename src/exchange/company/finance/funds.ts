import { chinaInstant, DAY } from '../../../domain/time.ts';
import { mix, unit } from '../../../platform/random.ts';
import { closeTicks } from '../../daily-close.ts';
import { isListedOn, nameOn, type Instrument } from '../../instrument.ts';
import type { Market } from '../../market.ts';
import { netValueOn } from '../../universe/net-value.ts';
import { cashMills } from '../books.ts';
import { between } from '../draws.ts';
import { endIndex, endMs, QUARTERS, yearOf } from '../quarters.ts';
import { sharesOn } from '../shares.ts';
import { perInstrument, rowId, type EventName, type EventRow, type EventSource, type RowsOf } from './event-table.ts';

/** Reports of funds are out so many days after the end of a quarter. */
const REPORT_DAYS = 20;
const ADVISORS = ['华夏基金', '易方达基金', '南方基金', '广发基金', '国泰基金', '博时基金', '嘉实基金', '富国基金'];
const TRUSTEES = ['中国工商银行', '中国建设银行', '中国银行', '中国农业银行', '招商银行'];
/** Companies that funds hold, and how many of them are told. */
const LARGEST = 200;
const HELD = 10;

function perFund<N extends EventName>(rowsOf: RowsOf<N>): EventSource<N> {
  return perInstrument(fundsOf, rowsOf);
}

/** The funds of these main codes; null = all. */
function fundsOf(market: Market, codes: readonly string[] | null): readonly Instrument[] {
  if (codes === null) return market.funds();
  const asked = new Set(codes);
  return market.funds().filter((fund) => asked.has(digits(fund)));
}

function digits({ security }: Instrument): string {
  return security.slice(0, 6);
}

export const FUND_MAIN_INFO = perFund<'FUND_MAIN_INFO'>(function* rowsOf({ index }, fund) {
  const started = chinaInstant(fund.startDate, '00:00');
  const pick = (label: number, names: readonly string[]): string =>
    names[Math.floor(unit(mix(fund.key, label)) * names.length)] ?? '';
  const mode =
    fund.type === 'etf'
      ? { operate_mode_id: 401_006, operate_mode: 'ETF' }
      : { operate_mode_id: 401_005, operate_mode: 'LOF' };
  yield {
    id: rowId(fund, 1),
    main_code: digits(fund),
    name: nameOn(fund, index),
    advisor: `${pick(211, ADVISORS)}管理有限公司`,
    trustee: `${pick(212, TRUSTEES)}股份有限公司`,
    ...mode,
    underlying_asset_type_id: 402_001,
    underlying_asset_type: '股票型',
    start_date: started,
    pub_date: started,
  };
});

export const FUND_NET_VALUE = perFund<'FUND_NET_VALUE'>(function* rowsOf(context, fund) {
  for (const index of context.tradingDays('day', fund.startIndex)) {
    const value = netValueOn(fund, index);
    yield {
      id: rowId(fund, index),
      code: digits(fund),
      day: context.market.days.midnight(index),
      net_value: value,
      sum_value: value,
      factor: 1,
      acc_factor: 1,
      refactor_net_value: value,
    };
  }
});

export const FUND_SHARE_DAILY = perFund<'FUND_SHARE_DAILY'>(function* rowsOf(context, fund) {
  if (fund.type !== 'etf') return;
  for (const index of context.tradingDays('date', fund.startIndex))
    yield {
      id: rowId(fund, index),
      code: digits(fund),
      name: nameOn(fund, index),
      exchange_code: fund.security.slice(7),
      date: context.market.days.midnight(index),
      shares: sharesOn(fund, index).total,
    };
});

/** What a fund has paid out: nothing while its price has no such steps. */
export const FUND_DIVIDEND = perFund<'FUND_DIVIDEND'>(function* rowsOf({ market, index }, fund) {
  for (const right of fund.exRights) {
    if (right.index > index) return;
    const day = market.days.midnight(right.index);
    yield {
      id: rowId(fund, right.index),
      code: digits(fund),
      name: nameOn(fund, right.index),
      pub_date: market.days.midnight(right.index - 2),
      event_id: 404_001,
      event: '分红',
      process_id: 405_003,
      process: '实施',
      proportion: cashMills(fund, right) / 1000,
      record_date: market.days.midnight(right.index - 1),
      ex_date: day,
      fund_paid_date: day,
    };
  }
});

/** The ten largest holdings of each quarter: of the large companies, the same ones for years. */
export const FUND_PORTFOLIO_STOCK = perFund<'FUND_PORTFOLIO_STOCK'>(function* rowsOf(context, fund) {
  const { market, known, within } = context;
  for (let quarter = 0; quarter < QUARTERS; quarter += 1) {
    const published = endMs(quarter) + REPORT_DAYS * DAY;
    if (published > known) return;
    const index = endIndex(quarter, market.days);
    if (index < fund.startIndex || !within('period_end', endMs(quarter)) || !within('pub_date', published)) continue;
    const listed = largestOn(market, index);
    let held: readonly Instrument[] | null = null;
    for (let at = 0; at < Math.min(HELD, listed.length); at += 1)
      yield () => {
        held ??= holdingsOf(listed, fund, quarter);
        return { pub_date: published, ...holdingCells(fund, quarter, index, held[at], at) };
      };
  }
});

function holdingCells(
  fund: Instrument,
  quarter: number,
  index: number,
  company: Instrument | undefined,
  at: number,
): EventRow<'FUND_PORTFOLIO_STOCK'> {
  if (company === undefined) throw new RangeError(`no holding ${at} of ${fund.security}`);
  const worth = sharesOn(fund, index).total * netValueOn(fund, index);
  const price = (closeTicks(company, index) * company.tickMills) / 1000;
  const shares = Math.round((worth * between(fund.key, 213, 0.03, 0.09) * 0.9 ** at) / price / 100) * 100;
  return {
    id: rowId(fund, quarter * 100 + at),
    code: digits(fund),
    period_start: chinaInstant(`${yearOf(quarter)}-${['01', '04', '07', '10'][quarter % 4]}-01`, '00:00'),
    period_end: endMs(quarter),
    report_type_id: 403_001 + (quarter % 4),
    report_type: `第${['一', '二', '三', '四'][quarter % 4]}季度`,
    rank: at + 1,
    symbol: digits(company),
    name: nameOn(company, index),
    shares,
    market_cap: shares * price,
    proportion: (100 * shares * price) / worth,
  };
}

const largest = new WeakMap<Market, readonly Instrument[]>();

function largestCompanies(market: Market): readonly Instrument[] {
  const value = (one: Instrument): number => one.anchorPrice * sharesOn(one, market.days.list.length).total;
  const found =
    largest.get(market) ??
    market
      .stocks()
      .toSorted((a, b) => value(b) - value(a))
      .slice(0, LARGEST);
  largest.set(market, found);
  return found;
}

function largestOn(market: Market, index: number): readonly Instrument[] {
  return largestCompanies(market).filter((one) => isListedOn(one, index));
}

function holdingsOf(listed: readonly Instrument[], fund: Instrument, quarter: number): readonly Instrument[] {
  const liking = (one: Instrument): number => {
    const own = mix(one.key, fund.key);
    return unit(own) + 0.1 * unit(mix(own, Math.floor(quarter / 2)));
  };
  return listed.toSorted((a, b) => liking(b) - liking(a)).slice(0, HELD);
}
