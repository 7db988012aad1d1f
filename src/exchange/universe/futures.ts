import { addDays, weekday } from '../../domain/time.ts';

/** A product whose contracts are listed; orders in futures are not taken. */
interface Product {
  readonly exchange: string;
  /** Months whose contracts are traded most. */
  readonly main: readonly number[];
  /** Index futures: this month, the next, and the last of two quarters; else each of a year's months. */
  readonly isFinancial: boolean;
  /** Contracts before this day there are none, `YYYY-MM-DD`. */
  readonly from: string;
}

const EVERY = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
const commodity = (exchange: string, main: readonly number[], from: string): Product => {
  return { exchange, main, isFinancial: false, from };
};
const financial = (from: string): Product => ({ exchange: 'CCFX', main: EVERY, isFinancial: true, from });

// First days, exchanges and main months of well-known products [M].
const PRODUCTS: Readonly<Record<string, Product>> = {
  IF: financial('2010-04-16'),
  IC: financial('2015-04-16'),
  IH: financial('2015-04-16'),
  IM: financial('2022-07-22'),
  AU: commodity('XSGE', [2, 4, 6, 8, 10, 12], '2008-01-09'),
  AG: commodity('XSGE', [2, 4, 6, 8, 10, 12], '2012-05-10'),
  CU: commodity('XSGE', EVERY, '2005-01-04'),
  AL: commodity('XSGE', EVERY, '2005-01-04'),
  RB: commodity('XSGE', [1, 5, 10], '2009-03-27'),
  I: commodity('XDCE', [1, 5, 9], '2013-10-18'),
  M: commodity('XDCE', [1, 5, 9], '2005-01-04'),
  C: commodity('XDCE', [1, 5, 9], '2005-01-04'),
  P: commodity('XDCE', [1, 5, 9], '2007-10-29'),
  SR: commodity('XZCE', [1, 5, 9], '2006-01-06'),
  CF: commodity('XZCE', [1, 5, 9], '2005-01-04'),
  TA: commodity('XZCE', [1, 5, 9], '2006-12-18'),
  MA: commodity('XZCE', [1, 5, 9], '2014-06-17'),
};

export const PRODUCT_NAMES: readonly string[] = Object.keys(PRODUCTS);

interface Month {
  readonly year: number;
  readonly month: number;
}

/** Contracts of a product that are listed on a day, the nearest first; null for a product that is none. */
export function contractsOn(name: string, day: string): readonly string[] | null {
  const product = PRODUCTS[name];
  if (product === undefined) return null;
  return monthsOn(product, day).map((month) => codeOf(name, product, month));
}

/** The contract that is traded most; empty when there is none, null for a product that is none. */
export function dominantOn(name: string, day: string): string | null {
  const product = PRODUCTS[name];
  if (product === undefined) return null;
  // Holders leave a contract of goods in the month before it ends, one of an index on its last days.
  const lead = addDays(day, product.isFinancial ? 2 : 32);
  const month = monthsOn(product, day).find((one) => product.main.includes(one.month) && lastDay(product, one) >= lead);
  return month === undefined ? '' : codeOf(name, product, month);
}

function monthsOn(product: Product, day: string): Month[] {
  if (day < product.from) return [];
  const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7))];
  const months = Array.from({ length: 14 }, (_, ahead) => monthAfter(year, month, ahead));
  const open = months.filter((one) => lastDay(product, one) >= day);
  if (!product.isFinancial) return open.slice(0, 12);
  return [
    ...open.slice(0, 2),
    ...open
      .slice(2)
      .filter((one) => one.month % 3 === 0)
      .slice(0, 2),
  ];
}

function monthAfter(year: number, month: number, ahead: number): Month {
  const count = year * 12 + month - 1 + ahead;
  return { year: Math.floor(count / 12), month: (count % 12) + 1 };
}

/** The third Friday of an index future's month; the fifteenth of goods'. */
function lastDay({ isFinancial }: Product, { year, month }: Month): string {
  const first = `${year}-${String(month).padStart(2, '0')}-01`;
  return isFinancial ? addDays(first, ((12 - weekday(first)) % 7) + 14) : `${first.slice(0, 8)}15`;
}

function codeOf(name: string, { exchange }: Product, { year, month }: Month): string {
  return `${name}${String(year).slice(2)}${String(month).padStart(2, '0')}.${exchange}`;
}
