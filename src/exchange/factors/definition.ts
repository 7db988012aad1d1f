import type { Prices } from './prices.ts';

/** JoinQuant's categories of factors and what it calls them. */
export const CATEGORIES = {
  style: '风格因子',
  quality: '质量类因子',
  basics: '基础科目及衍生类因子',
  emotion: '情绪类因子',
  momentum: '动量类因子',
  pershare: '每股指标因子',
  growth: '成长类因子',
  risk: '风险类因子',
  technical: '技术指标因子',
} as const;
export type Category = keyof typeof CATEGORIES;

/** A figure of a security and a day that follows from its prices, volumes and reports up to then. */
export interface PriceFactor {
  readonly intro: string;
  /** Days that it looks back from its own, that one included. */
  readonly days: number;
  /** Days that there must be when fewer do than it looks back; absent = all of them. */
  readonly least?: number;
  /** NaN when there are not enough days. */
  readonly value: (prices: Prices, at: number) => number;
}

export type PriceFactors = Readonly<Record<string, PriceFactor>>;

/** One definition for each of these periods, under its name and period. */
export function forPeriods(prefix: string, periods: readonly number[], make: (n: number) => PriceFactor): PriceFactors {
  return Object.fromEntries(periods.map((n) => [`${prefix}${n}`, make(n)]));
}
