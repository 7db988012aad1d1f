// Checked by tsc only (`npm run types`): what compiles here is promised, and each @ts-expect-error is a misuse that must not.
import {
  attribute_history,
  get_current_data,
  get_price,
  LimitOrderStyle,
  order,
  OrderStatus,
  run_daily,
  run_weekly,
  Series,
  talib,
} from 'jqdata';
import { alpha, alpha_001, alpha_101 } from 'jqlib.alpha101';
import { alpha as alphas191, alpha_075, alpha_191 } from 'jqlib/alpha191';
import { Bound, MarketConstraint, portfolio_optimizer, RiskParity, WeightEqualConstraint } from 'jqlib/optimizer';
import { KDJ, RSI } from 'jqlib/technical_analysis';
import { SMA } from 'talib';
import type { Context, DataFrame, Order } from 'jqdata';

declare function use(...values: readonly unknown[]): void;

export function orders(context: Context): void {
  const placed: Order | null = order('000001.XSHE', 100);
  order('000001.XSHE', 100, LimitOrderStyle(10.5));
  order('000001.XSHE', 100, new LimitOrderStyle(10.5), { wait_timeout: 10, keep: true });
  order('000001.XSHE', 100, { style: LimitOrderStyle(10.5), remark: 'grid' });
  // @ts-expect-error the third value is a style, not a price
  order('000001.XSHE', 100, 10.5);
  // @ts-expect-error amounts are numbers
  order('000001.XSHE', '100');
  // @ts-expect-error there is no short side
  order('000001.XSHE', 100, null, 'short');
  // @ts-expect-error no such option
  order('000001.XSHE', 100, { wait: 10 });
  // @ts-expect-error an order may be null
  use(placed.filled);
  // @ts-expect-error orders are read-only
  if (placed !== null) placed.amount = 5;
  if (placed !== null && placed.status === OrderStatus.held) use(placed.filled > 0);
  // @ts-expect-error the portfolio is read-only
  context.portfolio.cash = 5;
}

function task(_context: Context): void {}

export function schedule(): void {
  run_daily(task, '9:35');
  run_daily(task, { time: 'every_bar', reference_security: '000300.XSHG' });
  run_weekly(task, 1, { time: 'open+5m', force: false });
  // @ts-expect-error a task takes the context only
  run_daily((_context: Context, _data: number) => {}, '9:35');
  // @ts-expect-error a week needs its day
  run_weekly(task);
}

export function tables(): void {
  const df = attribute_history('000001.XSHE', 5, '1d', ['close', 'high']);
  const closes: Series = df.close;
  const last: number = df.close.at(-1);
  // @ts-expect-error this column was not asked for
  use(df.open);
  // @ts-expect-error a column that does not exist
  get_price('000001.XSHE', { count: 5, fields: ['clsoe'] });
  const defaults: number = get_price('000001.XSHE', { count: 5 }).volume.sum();
  const long = get_price(['000001.XSHE'], { count: 5, fields: ['close'], panel: false });
  const code: string = long.code.at(0);
  const panel = get_price(['000001.XSHE'], { count: 5, fields: ['close'] });
  const wide: DataFrame = panel.close;
  // @ts-expect-error a Series does not calculate
  use(closes * 2);
  use(last, defaults, code, wide);
}

export function dates(context: Context): void {
  const text: string = context.current_dt.strftime('%Y-%m-%d');
  const days: number = context.previous_date.sub(context.current_dt.date()).days;
  const before: boolean = context.previous_date < context.current_dt.date();
  // @ts-expect-error dates are not subtracted with a minus sign
  use(context.previous_date - context.current_dt);
  use(text, days, before, get_current_data().get('000001.XSHE').last_price);
}

export function indicators(): void {
  const close = attribute_history('000001.XSHE', 60).close;
  const mean: Series = talib.MA(close, 20);
  const [dif, dea, hist] = talib.MACD(close.values, { fastperiod: 5 });
  const numbers: Float64Array = dif;
  // @ts-expect-error no such option
  talib.MA(close, { period: 20 });
  // @ts-expect-error ATR takes high, low and close
  talib.ATR(close, 14);
  const rsi: number | null = RSI(['000001.XSHE'], '2026-07-03', { N1: 12 }).get('000001.XSHE');
  const [k, , j] = KDJ('000001.XSHE', '2026-07-03');
  // @ts-expect-error no such number
  KDJ('000001.XSHE', '2026-07-03', { K: 9 });
  use(mean, numbers, dea, hist, rsi, k.get('000001.XSHE'), j, SMA([1, 2], 2));
}

export function weights(context: Context): void {
  const codes = ['000001.XSHE', '600000.XSHG'];
  const found: Series | null = portfolio_optimizer(
    context.previous_date,
    codes,
    RiskParity({ count: 120, risk_budget: new Series([0.5, 0.5], { index: codes }) }),
    [WeightEqualConstraint(0.9), MarketConstraint('stock', 0, 0.8)],
    [Bound(0, 0.1)],
  );
  // @ts-expect-error it may be null
  use(found.sum());
  // @ts-expect-error no such argument
  Bound({ hihg: 0.1 });
  // @ts-expect-error a target is called
  portfolio_optimizer(context.previous_date, codes, RiskParity, []);
  const values: Series = alpha_101(context.previous_date, '000300.XSHG');
  const table: DataFrame = alpha(context.previous_date, codes, 'pre', [1, 'alpha_002']);
  use(values.sort_values({ ascending: false }).head(5), table, alpha_001({ enddate: '2026-07-03' }));
  // @ts-expect-error a price is no set of securities
  alpha_001('2026-07-03', 5);
  // @ts-expect-error: no benchmark
  alpha_191(codes, { benchmark: '000300.XSHG' });
  use(
    alpha_075(codes, '000300.XSHG', '2026-07-03').values,
    alpha_191('600000.XSHG').values,
    alphas191(codes, { alpha: [1, 'alpha_002'] }),
  );
}
