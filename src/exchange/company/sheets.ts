import { CATALOGUE } from '../../domain/data/catalogue/index.ts';
import { between, noise } from './draws.ts';

const { income, balance, cash_flow: cashFlow, indicator } = CATALOGUE.fundamentals;

/** What all tables of reports begin with: no lines of a statement. */
type Heading = 'id' | 'code' | 'day' | 'pubDate' | 'statDate';
const HEADINGS: ReadonlySet<string> = new Set<Heading>(['id', 'code', 'day', 'pubDate', 'statDate']);

type Lines<T extends { readonly columns: object }> = Exclude<keyof T['columns'], Heading>;
/** A statement by JoinQuant's names; NaN = a company of this kind does not report it. Money in whole CNY. */
export type Income = Record<Lines<typeof income>, number>;
export type Balance = Record<Lines<typeof balance>, number>;
export type CashFlow = Record<Lines<typeof cashFlow>, number>;
export type Indicator = Record<Lines<typeof indicator>, number>;

/** A sheet without figures: all of one shape, so that filling one again and again costs no memory. */
export const blankIncome = (): Income => blank(income.columns);
export const blankBalance = (): Balance => blank(balance.columns);
export const blankCashFlow = (): CashFlow => blank(cashFlow.columns);
export const blankIndicator = (): Indicator => blank(indicator.columns);

function blank<L extends string>(columns: Readonly<Partial<Record<L | Heading, unknown>>>): Record<L, number> {
  const sheet: Partial<Record<string, number>> = {};
  for (const name of Object.keys(columns)) if (!HEADINGS.has(name)) sheet[name] = Number.NaN;
  return sheet as Record<L, number>; // each of the names, by the loop
}

/** Adds the lines of a sheet to those of another. */
export function addSheet<L extends string>(sum: Record<L, number>, sheet: Readonly<Record<L, number>>): void {
  for (const name in sum) sum[name] += sheet[name];
}

/** Draws a constant part of a sum for a company. */
export function partOf(key: number, sum: number, label: number, low: number, high: number): number {
  return Math.round(sum * between(key, label, low, high));
}

/** The same, a little different each quarter. */
export function movingPart(
  key: number,
  quarter: number,
  sum: number,
  label: number,
  low: number,
  high: number,
): number {
  return Math.round(sum * between(key, label, low, high) * (1 + 0.15 * noise(key, label + 20, quarter)));
}
