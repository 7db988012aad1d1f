// Checked by tsc only: what the compiler knows about queries.
import {
  and_,
  balance,
  finance,
  func,
  get_fundamentals,
  get_fundamentals_continuously,
  get_history_fundamentals,
  get_valuation,
  income,
  indicator,
  not_,
  or_,
  query,
  valuation,
} from 'jqdata';
import type { Condition, Context, DataFrame, Query } from 'jqdata';

declare function use(...values: readonly unknown[]): void;

export function building(context: Context): void {
  const q: Query<'code' | 'cap'> = query(valuation.code, valuation.market_cap.label('cap'));
  const small: Condition = valuation.market_cap.between(20, 30).and(valuation.pe_ratio.gt(income.net_profit));
  q.filter(small, indicator.roe.div(100).ge(0.1), valuation.code.in_(['000001.XSHE']))
    .filter(or_(valuation.code.like('300%'), not_(valuation.code.notin_(new Set(['600000.XSHG'])))))
    .filter(and_(income.pubDate.gt(context.previous_date), income.statDate.eq('2025-12-31'), indicator.eps.ne(null)))
    .order_by(valuation.market_cap.asc(), balance.total_liability.div(balance.total_assets).desc())
    .limit(10);
  q.join(finance.STK_XR_XD, finance.STK_XR_XD.code.eq(valuation.code))
    .group_by(valuation.code)
    .having(func.count().gt(1));
  const unit: '100M CNY' | undefined = valuation.market_cap.about?.[1][1];
  use(unit);
  // @ts-expect-error a misspelt column
  use(valuation.pe_ration);
  // @ts-expect-error a misspelt table
  use(finance.STK_XR_XDD);
  // @ts-expect-error a number beside a text
  valuation.market_cap.gt('10');
  // @ts-expect-error a text beside a number
  valuation.code.eq(1);
  // @ts-expect-error operators do not work on columns
  q.filter(valuation.pe_ratio > 10);
  // @ts-expect-error nor ===
  q.filter(valuation.code === '000001.XSHE');
  // @ts-expect-error a column is no condition
  q.filter(valuation.pe_ratio);
  // @ts-expect-error texts are not calculated with
  valuation.market_cap.mul(valuation.code);
  // @ts-expect-error nothing to select
  query('code');
  // @ts-expect-error null only
  indicator.eps.is_(0);
}

export function asking(): void {
  const df = get_fundamentals(query(valuation.code, valuation.market_cap, indicator.roe.label('r')), {
    date: '2026-07-03',
  });
  const code: string = df.code.at(0);
  const cap: number = df.market_cap.at(0);
  const r: number = df.r.at(0);
  // @ts-expect-error it was not asked for
  use(df.roe);
  const whole = get_fundamentals(query(income), null, '2025q4');
  const profit: number = whole.net_profit.mean();
  const published: string = whole.pubDate.at(0);
  const wide: DataFrame = get_fundamentals_continuously(query(valuation.pe_ratio), { count: 5 }).pe_ratio;
  const long = get_fundamentals_continuously(query(valuation.pe_ratio), { count: 5, panel: false });
  const pe: number = long.pe_ratio.at(0);
  const caps = get_valuation('000001.XSHE', { end_date: '2026-07-03', count: 3, fields: ['market_cap', 'pe_ratio'] });
  // @ts-expect-error this field was not asked for
  use(caps.pb_ratio, caps.market_cap, caps.day);
  // @ts-expect-error a misspelt field
  get_valuation('000001.XSHE', { count: 3, fields: ['market_capp'] });
  const history = get_history_fundamentals(['000001.XSHE'], [balance.total_assets, income.net_profit], {
    stat_date: '2025q4',
    count: 4,
  });
  use(published, history.net_profit, history.statDate, code, cap, r, profit, wide, pe);
  // @ts-expect-error no such interval
  get_history_fundamentals('000001.XSHE', income.net_profit, { stat_date: '2025q4', interval: '2q' });
  const paid = finance.run_query(query(finance.STK_XR_XD.code, finance.STK_XR_XD.bonus_ratio_rmb));
  use(paid.bonus_ratio_rmb);
  // @ts-expect-error a list is no query
  get_fundamentals([valuation.code]);
}
