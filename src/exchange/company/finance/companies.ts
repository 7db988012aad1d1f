import { chinaInstant, DAY } from '../../../domain/time.ts';
import { mix, unit } from '../../../platform/random.ts';
import { closeTicks } from '../../daily-close.ts';
import type { Instrument } from '../../instrument.ts';
import { booksOf } from '../books.ts';
import { between } from '../draws.ts';
import { endMs, publishedOn, yearOf } from '../quarters.ts';
import { sharesOn, shareSteps } from '../shares.ts';
import { companyCells, nameKnown, perCompany, rowId } from './event-table.ts';
import { reportsOf } from './statements.ts';

const FIRMS = ['华信会计师事务所', '中兴会计师事务所', '天诚会计师事务所', '立德会计师事务所', '永明会计师事务所'];
const PLACES = [
  ['广东', '深圳市'],
  ['浙江', '杭州市'],
  ['江苏', '南京市'],
  ['北京', '北京市'],
  ['上海', '上海市'],
  ['山东', '济南市'],
  ['四川', '成都市'],
  ['湖北', '武汉市'],
] as const;
const OPINIONS = ['无保留', '无保留带解释性说明', '保留意见', '拒绝/无法表示意见'] as const;
const REASONS = { start: '发行融资', unlock: '限售股上市', bonus: '送、转股' } as const;
const REASON_IDS = { start: 306_001, unlock: 306_012, bonus: 306_007 } as const;

function pick<T>(key: number, label: number, list: readonly [T, ...T[]] | readonly T[]): T | undefined {
  return list[Math.floor(unit(mix(key, label)) * list.length)];
}

function listedOn({ startDate }: Instrument): number {
  return chinaInstant(startDate, '00:00');
}

export const STK_LIST = perCompany<'STK_LIST'>(function* rowsOf(context, company) {
  const { startIndex, lastIndex, tickMills, security, name } = company;
  const isGone = lastIndex !== null && lastIndex <= context.index;
  const first = sharesOn(company, startIndex);
  yield {
    id: rowId(company, 1),
    ...companyCells(company),
    name: nameKnown(context, company),
    short_name: name,
    category: 'A',
    exchange: security.endsWith('XSHG') ? 'XSHG' : security.endsWith('XSHE') ? 'XSHE' : 'BJSE',
    start_date: listedOn(company),
    ipo_shares: first.circulating,
    ipo_price: (closeTicks(company, startIndex - 1) * tickMills) / 1000,
    par_value: 1,
    ...(isGone
      ? { end_date: context.market.days.midnight(lastIndex), state_id: 301_006, state: '终止上市' }
      : { state_id: 301_001, state: '正常上市' }),
  };
});

export const STK_COMPANY_INFO = perCompany<'STK_COMPANY_INFO'>(function* rowsOf({ index }, company) {
  const { key, security, displayName, name } = company;
  const [province, city] = pick(key, 151, PLACES) ?? ['广东', '深圳市'];
  const founded = listedOn(company) - Math.floor(between(key, 152, 3, 16) * 365) * DAY;
  const cells = companyCells(company);
  yield {
    id: rowId(company, 2),
    ...cells,
    full_name: cells.company_name,
    short_name: displayName,
    a_code: security.slice(0, 6),
    shortname_en: name,
    register_location: `${province}${city}`,
    office_address: `${province}${city}`,
    register_capital: sharesOn(company, index).total / 1e4,
    currency_id: 110_001,
    currency: '人民币',
    establish_date: founded,
    province,
    city,
    cpafirm: pick(key, 153, FIRMS) ?? null,
  };
});

/** The opinion on each yearly report: hardly ever another than the best on who earns. */
export const STK_AUDIT_OPINION = perCompany<'STK_AUDIT_OPINION'>(function* rowsOf(context, company) {
  const books = booksOf(company, context.market.days);
  for (const quarter of reportsOf(context, books, books.first + 3)) {
    if (quarter % 4 !== 3) continue;
    const random = unit(mix(mix(company.key, 154), quarter));
    const lost = books.profitIn(quarter) < 0;
    const doubt = lost ? (random < 0.7 ? 0 : random < 0.85 ? 1 : random < 0.95 ? 2 : 3) : random < 0.985 ? 0 : 1;
    yield {
      id: rowId(company, quarter),
      ...companyCells(company),
      pub_date: publishedOn(company.key, quarter),
      end_date: endMs(quarter),
      report_type: '年度报告',
      accounting_firm: pick(company.key, 153, FIRMS) ?? null,
      opinion_type_id: doubt + 1,
      opinion_type: OPINIONS[doubt] ?? null,
    };
  }
});

export const STK_CAPITAL_CHANGE = perCompany<'STK_CAPITAL_CHANGE'>(function* rowsOf(
  { market, index, within },
  company,
) {
  for (const [nth, step] of shareSteps(company).entries()) {
    const changed = nth === 0 ? listedOn(company) : market.days.midnight(step.index);
    if (
      step.index > Math.min(index, company.lastIndex ?? index) ||
      !within('change_date', changed) ||
      !within('pub_date', changed)
    )
      continue;
    const limited = (step.total - step.circulating) / 1e4;
    yield {
      id: rowId(company, nth + 1),
      ...companyCells(company),
      change_date: changed,
      pub_date: changed,
      change_reason_id: REASON_IDS[step.reason],
      change_reason: REASONS[step.reason],
      share_total: step.total / 1e4,
      share_limited: limited,
      share_trade_total: step.circulating / 1e4,
      share_rmb: step.circulating / 1e4,
    };
  }
});

/** People who work for a company at the end of a year: so much revenue each. */
export const STK_EMPLOYEE_INFO = perCompany<'STK_EMPLOYEE_INFO'>(function* rowsOf(context, company) {
  const books = booksOf(company, context.market.days);
  for (const quarter of reportsOf(context, books, books.first + 3)) {
    if (quarter % 4 !== 3) continue;
    const revenue = books.yearlyRevenue(quarter);
    const years = yearOf(quarter) - 2005;
    const employees = Math.max(30, Math.round(revenue / (between(company.key, 155, 4e5, 2e6) * 1.03 ** years)));
    yield {
      id: rowId(company, quarter),
      ...companyCells(company),
      name: nameKnown(context, company),
      end_date: endMs(quarter),
      pub_date: publishedOn(company.key, quarter),
      employee: employees,
      graduate_rate: between(company.key, 156, 1, 15),
      college_rate: between(company.key, 157, 15, 45),
    };
  }
});
