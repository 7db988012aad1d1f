import { addDays, weekday } from '../../domain/time.ts';

/** A product whose contracts are listed; orders in futures are not taken. */
interface Product {
  readonly exchange: string;
  /** Months whose contracts are traded most. */
  readonly main: readonly number[];
  /** Of an index: this month, the next, and the last of two quarters; of a bond three quarters; else each of a year's months. */
  readonly kind: 'index' | 'bond' | 'goods';
  /** Contracts before this day there are none, `YYYY-MM-DD`. */
  readonly from: string;
}

const EVERY = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
const QUARTERS = [3, 6, 9, 12];
const financial = (from: string): Product => ({ exchange: 'CCFX', main: EVERY, kind: 'index', from });

// Product, exchange, main months (* = each), first day. Exchanges and days are those of well-known products, main months plausible [M].
const ROWS = `
TF CCFX 3,6,9,12 2013-09-06
T CCFX 3,6,9,12 2015-03-20
TS CCFX 3,6,9,12 2018-08-17
TL CCFX 3,6,9,12 2023-04-21
AU XSGE 2,4,6,8,10,12 2008-01-09
AG XSGE 2,4,6,8,10,12 2012-05-10
CU XSGE * 2005-01-04
AL XSGE * 2005-01-04
ZN XSGE * 2007-03-26
PB XSGE * 2011-03-24
NI XSGE * 2015-03-27
SN XSGE * 2015-03-27
AO XSGE * 2023-06-19
RB XSGE 1,5,10 2009-03-27
WR XSGE 1,5,10 2009-03-27
HC XSGE 1,5,10 2014-03-21
SS XSGE * 2019-09-25
BU XSGE 6,9,12 2013-10-09
RU XSGE 1,5,9 2005-01-04
BR XSGE * 2023-07-28
FU XSGE 1,5,9 2005-01-04
SP XSGE 1,5,9 2018-11-27
SC XINE * 2018-03-26
NR XINE * 2019-08-12
LU XINE * 2020-06-22
BC XINE * 2020-11-19
EC XINE 2,4,6,8,10,12 2023-08-18
A XDCE 1,5,9 2005-01-04
B XDCE 1,5,9 2005-01-04
M XDCE 1,5,9 2005-01-04
Y XDCE 1,5,9 2006-01-09
P XDCE 1,5,9 2007-10-29
C XDCE 1,5,9 2005-01-04
CS XDCE 1,5,9 2014-12-19
JD XDCE 1,5,9 2013-11-08
LH XDCE 1,5,9 2021-01-08
RR XDCE 1,5,9 2019-08-16
L XDCE 1,5,9 2007-07-31
V XDCE 1,5,9 2009-05-25
PP XDCE 1,5,9 2014-02-28
EG XDCE 1,5,9 2018-12-10
EB XDCE * 2019-09-26
PG XDCE * 2020-03-30
J XDCE 1,5,9 2011-04-15
JM XDCE 1,5,9 2013-03-22
I XDCE 1,5,9 2013-10-18
FB XDCE 1,5,9 2013-12-06
BB XDCE 1,5,9 2013-12-06
SR XZCE 1,5,9 2006-01-06
CF XZCE 1,5,9 2005-01-04
CY XZCE 1,5,9 2017-08-18
TA XZCE 1,5,9 2006-12-18
PF XZCE * 2020-10-12
MA XZCE 1,5,9 2014-06-17
FG XZCE 1,5,9 2012-12-03
SA XZCE 1,5,9 2019-12-06
SH XZCE * 2023-09-15
PX XZCE 1,5,9 2023-09-15
UR XZCE 1,5,9 2019-08-09
RM XZCE 1,5,9 2012-12-28
OI XZCE 1,5,9 2012-07-16
RS XZCE 7,9,11 2012-12-28
PK XZCE 1,4,10 2021-02-01
AP XZCE 1,5,10 2017-12-22
CJ XZCE 1,5,9 2019-04-30
WH XZCE 1,5,9 2012-07-16
PM XZCE 1,5,9 2012-01-17
RI XZCE 1,5,9 2012-07-16
JR XZCE 1,5,9 2013-11-18
LR XZCE 1,5,9 2014-07-08
ZC XZCE 1,5,9 2015-05-18
SF XZCE 1,5,9 2014-08-08
SM XZCE 1,5,9 2014-08-08
SI GFEX * 2022-12-22
LC GFEX * 2023-07-21
PS GFEX * 2024-12-26
`;

const PRODUCTS: Readonly<Record<string, Product>> = {
  IF: financial('2010-04-16'),
  IC: financial('2015-04-16'),
  IH: financial('2015-04-16'),
  IM: financial('2022-07-22'),
  ...Object.fromEntries(ROWS.trim().split('\n').map(readRow)),
};

function readRow(row: string): [string, Product] {
  const [name = '', exchange = '', main = '', from = ''] = row.split(' ');
  const kind = exchange === 'CCFX' ? 'bond' : 'goods';
  return [name, { exchange, main: main === '*' ? EVERY : main.split(',').map(Number), kind, from }];
}

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
  const lead = addDays(day, product.kind === 'index' ? 2 : 32);
  const month = monthsOn(product, day).find((one) => product.main.includes(one.month) && lastDay(product, one) >= lead);
  return month === undefined ? '' : codeOf(name, product, month);
}

function monthsOn(product: Product, day: string): Month[] {
  if (day < product.from) return [];
  const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7))];
  const months = Array.from({ length: 14 }, (_, ahead) => monthAfter(year, month, ahead));
  const open = months.filter((one) => lastDay(product, one) >= day);
  if (product.kind === 'goods') return open.slice(0, 12);
  if (product.kind === 'bond') return open.filter((one) => QUARTERS.includes(one.month)).slice(0, 3);
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

/** The third Friday of an index future's month, the second of a bond's; the fifteenth of goods'. */
function lastDay({ kind }: Product, { year, month }: Month): string {
  const first = `${year}-${String(month).padStart(2, '0')}-01`;
  if (kind === 'goods') return `${first.slice(0, 8)}15`;
  return addDays(first, ((12 - weekday(first)) % 7) + (kind === 'index' ? 14 : 7));
}

function codeOf(name: string, { exchange }: Product, { year, month }: Month): string {
  return `${name}${String(year).slice(2)}${String(month).padStart(2, '0')}.${exchange}`;
}
