import type { PriceFactor, PriceFactors } from './definition.ts';
import type { Prices } from './prices.ts';
import { debtToAssets } from './ratios.ts';
import { reported, trend, trendOf, worthOn } from './reported.ts';
import type { Company } from './reported.ts';
import type { Year } from './reports.ts';
import { nonLinearSize } from './size-curve.ts';
import { sum, value } from './windows.ts';

const MONTH = 21;
const YEAR = 252;

/** Weights that halve every so many days, the last day's first. */
function weights(n: number, half: number): Float64Array {
  const decay = 0.5 ** (1 / half);
  return Float64Array.from({ length: n }, (_, back) => decay ** back);
}

const BETA_WEIGHTS = weights(YEAR, 63);
const DEVIATION_WEIGHTS = weights(YEAR, 42);
const MOMENTUM_DAYS = 504;
const MOMENTUM_WEIGHTS = weights(MOMENTUM_DAYS, 126);

/** Slope and spread of what is left of a year's returns beside those of the market. */
function regression(prices: Prices, at: number): { readonly beta: number; readonly sigma: number } {
  const { benchmark, change } = prices;
  const other = (i: number): number => value(benchmark.change, i + prices.from - benchmark.from);
  let [w, x, y, xx, xy, yy] = [0, 0, 0, 0, 0, 0];
  for (let back = 0; back < YEAR; back += 1) {
    const [weight, a, b] = [BETA_WEIGHTS[back] ?? 0, other(at - back), value(change, at - back)];
    w += weight;
    x += weight * a;
    y += weight * b;
    xx += weight * a * a;
    xy += weight * a * b;
    yy += weight * b * b;
  }
  const [spread, both, own] = [xx / w - (x / w) ** 2, xy / w - (x / w) * (y / w), yy / w - (y / w) ** 2];
  const beta = both / spread;
  return { beta, sigma: Math.sqrt(Math.max(0, own - beta * both)) };
}

function weightedDeviation({ change }: Prices, at: number): number {
  let [w, x, xx] = [0, 0, 0];
  for (let back = 0; back < YEAR; back += 1) {
    const [weight, own] = [DEVIATION_WEIGHTS[back] ?? 0, value(change, at - back)];
    w += weight;
    x += weight * own;
    xx += weight * own * own;
  }
  return Math.sqrt(Math.max(0, xx / w - (x / w) ** 2));
}

/** How far apart the highest and the lowest are of what a year's first months earned, 1 to 12 of them. */
function cumulativeRange({ close }: Prices, at: number): number {
  let [high, low] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let month = 1; month <= 12; month += 1) {
    const earned = Math.log(value(close, at) / value(close, at - month * MONTH));
    if (Number.isNaN(earned)) return Number.NaN;
    [high, low] = [Math.max(high, earned), Math.min(low, earned)];
  }
  return high - low;
}

function relativeStrength({ change }: Prices, at: number): number {
  let [w, x] = [0, 0];
  for (let back = 0; back < MOMENTUM_DAYS; back += 1) {
    const weight = MOMENTUM_WEIGHTS[back] ?? 0;
    w += weight;
    x += weight * Math.log1p(value(change, at - MONTH - back));
  }
  return (x / w) * MOMENTUM_DAYS;
}

/** Logarithm of the turnover of an average month. */
const monthlyTurnover = ({ bars }: Prices, at: number, months: number): number =>
  Math.log(sum(bars.turnover, at, months * MONTH) / months / 100);

const sales = ({ income }: Year): number => income.operating_revenue;
const earnings = ({ income }: Year): number => income.np_parent_company_owners;

const marketLeverage = ({ now: { balance }, worth }: Company): number =>
  (worth + balance.total_non_current_liability) / worth;

function bookLeverage({ now: { balance } }: Company): number {
  const equity = balance.equities_parent_company_owners;
  return (equity + balance.total_non_current_liability) / equity;
}

const of = (intro: string, days: number, made: PriceFactor['value']): PriceFactor => ({ intro, days, value: made });

// What a risk model and one of its descriptors both name.
const logOfWorth = of('对数总市值', 1, (p, at) => Math.log(worthOn(p, at)));
const beta = of('贝塔', YEAR, (p, at) => regression(p, at).beta);
const strength = of('相对强弱', MOMENTUM_DAYS + MONTH, relativeStrength);

/** Descriptors of risk models, of prices and of reports (nobody forecasts here), as they are: neither cut nor standardized over the market, but for the size whose cube is. */
export const STYLE: PriceFactors = {
  size: { ...logOfWorth, intro: '市值' },
  non_linear_size: of('非线性市值', 1, (p, at) => nonLinearSize(p.market, Math.log(worthOn(p, at)))),
  beta,
  momentum: { ...strength, intro: '动量' },
  residual_volatility: of(
    '残差波动率',
    YEAR + 1,
    (p, at) => 0.74 * weightedDeviation(p, at) + 0.16 * cumulativeRange(p, at) + 0.1 * regression(p, at).sigma,
  ),
  liquidity: of(
    '流动性',
    YEAR,
    (p, at) => 0.35 * monthlyTurnover(p, at, 1) + 0.35 * monthlyTurnover(p, at, 3) + 0.3 * monthlyTurnover(p, at, 12),
  ),
  book_to_price_ratio: reported('市净率因子', ({ now, worth }) => now.balance.equities_parent_company_owners / worth),
  earnings_yield: reported(
    '盈利预期因子（不含预测）',
    ({ now, worth }) =>
      (0.21 * now.cash.net_operate_cash_flow + 0.11 * now.income.np_parent_company_owners) / 0.32 / worth,
  ),
  leverage: reported(
    '杠杆',
    (company) => 0.38 * marketLeverage(company) + 0.35 * debtToAssets(company.now) + 0.27 * bookLeverage(company),
  ),
  natural_log_of_market_cap: logOfWorth,
  raw_beta: beta,
  relative_strength: strength,
  daily_standard_deviation: of('日收益率标准差', YEAR, weightedDeviation),
  cumulative_range: of('收益离差', YEAR + 1, cumulativeRange),
  historical_sigma: of('残差历史波动率', YEAR, (p, at) => regression(p, at).sigma),
  share_turnover_monthly: of('月换手率', MONTH, (p, at) => monthlyTurnover(p, at, 1)),
  average_share_turnover_quarterly: of('季度平均月换手率', 3 * MONTH, (p, at) => monthlyTurnover(p, at, 3)),
  average_share_turnover_annual: of('年度平均月换手率', YEAR, (p, at) => monthlyTurnover(p, at, 12)),
  earnings_to_price_ratio: reported('利润市值比', ({ now, worth }) => earnings(now) / worth),
  cash_earnings_to_price_ratio: reported('现金流量市值比', ({ now, worth }) => now.cash.net_operate_cash_flow / worth),
  sales_growth: trend('5年营业收入增长率', sales),
  earnings_growth: trend('5年盈利增长率', earnings),
  growth: reported(
    '成长（不含预测）',
    (company) => (0.24 * trendOf(company, earnings) + 0.47 * trendOf(company, sales)) / 0.71,
  ),
  market_leverage: reported('市场杠杆', marketLeverage),
  debt_to_assets: reported('资产负债比', ({ now }) => debtToAssets(now)),
  book_leverage: reported('账面杠杆', bookLeverage),
};
