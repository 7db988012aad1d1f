import { catalogueTable, type CATALOGUE } from '../../../domain/data/catalogue/index.ts';
import type { LoadTable, Range } from '../../../domain/data/query/evaluate.ts';
import { tableOf, type DataColumn, type DataTable } from '../../../domain/data/table.ts';
import { BtError } from '../../../domain/errors.ts';
import { chinaDay, chinaInstant, DAY, HOUR } from '../../../domain/time.ts';
import { nameOn, type Instrument } from '../../instrument.ts';
import type { Market } from '../../market.ts';
import { companiesOf } from '../stocks.ts';

/** Rows of one answer: what is more was asked for without saying of whom or when. */
const MOST_ROWS = 200_000;
/** Lists and dividends of a day are there from this time on. */
const MORNING = 8 * HOUR;

/** When and of what an event table is asked. */
export interface EventContext {
  readonly market: Market;
  /** Midnight of the last day that is over: what is published on it is known. */
  readonly known: number;
  /** Midnight of the last day whose news of the morning are known. */
  readonly morning: number;
  /** Number of the last trading day that is over. */
  readonly index: number;
  /** Whether a value of a day column may be in the answer: rows that may not be need not be made. */
  readonly within: (column: string, ms: number) => boolean;
  /** Numbers of the trading days from one on that are over and may be in the answer by a day column. */
  readonly tradingDays: (column: string, from: number) => Iterable<number>;
}

type Catalogue = typeof CATALOGUE;
type Tables = Catalogue['finance'] & Catalogue['macro'];
export type EventName = keyof Tables;
type Cell<K> = K extends 'text' ? string | null : number;
type Kinds<C> = { readonly [N in keyof C]?: C[N] extends readonly [infer K, ...unknown[]] ? Cell<K> : never };
/** A row of a table of the catalogue; a column that is left out is missing. */
export type EventRow<N extends EventName> = Kinds<Tables[N]['columns']>;

/** Makes the rows of a table; null codes = of all. Conditions are looked at again. */
export type EventSource<N extends EventName> = (
  context: EventContext,
  codes: readonly string[] | null,
) => Iterable<EventRow<N>>;
export type EventSources = { readonly [N in EventName]?: EventSource<N> };

type AnyRow = Readonly<Record<string, string | number | null | undefined>>;

/** Loads tables of events as they were known at an instant. BtError TABLE_NOT_SERVED, QUERY_TOO_LARGE. */
export function eventLoader(market: Market, sources: EventSources, asOf: number): LoadTable {
  return (table, columns, codes, ranges) => {
    const source = Object.hasOwn(sources, table) ? sources[table as EventName] : undefined;
    if (source === undefined) throw notServed(table);
    const rows: AnyRow[] = [];
    for (const row of source(contextOf(market, asOf, ranges), codes)) {
      if (rows.length === MOST_ROWS) throw tooMany(table);
      rows.push(row);
    }
    return tableOfEvents(table, columns, rows);
  };
}

function contextOf(market: Market, asOf: number, ranges: ReadonlyMap<string, Range>): EventContext {
  const { days } = market;
  const today = chinaInstant(chinaDay(asOf), '00:00');
  const known = today - DAY;
  const index = days.indexWithin(known);
  return {
    market,
    known,
    morning: asOf - today >= MORNING ? today : known,
    index,
    within: (column, ms) => {
      const range = ranges.get(column);
      return range === undefined || (ms >= range.from && ms <= range.to);
    },
    tradingDays: function* tradingDays(column, from) {
      const { from: first, to: last } = ranges.get(column) ?? { from: -Infinity, to: Infinity };
      const begin = Number.isFinite(first) ? Math.max(from, days.indexWithin(first)) : from;
      const end = Number.isFinite(last) ? Math.min(index, days.indexWithin(last)) : index;
      for (let at = Math.max(0, begin); at <= end; at += 1) yield at;
    },
  };
}

function tableOfEvents(table: string, columns: readonly string[], rows: readonly AnyRow[]): DataTable {
  const specs = catalogueTable(table).columns;
  const made: Record<string, DataColumn> = {};
  for (const name of columns) {
    const kind = specs[name]?.[0] ?? 'text';
    made[name] =
      kind === 'text'
        ? textColumn(rows, name)
        : { kind, values: Float64Array.from(rows, (row) => numberIn(row, name)) };
  }
  return tableOf(made);
}

function textColumn(rows: readonly AnyRow[], name: string): DataColumn {
  return { kind: 'text', values: rows.map((row) => (typeof row[name] === 'string' ? row[name] : null)) };
}

function numberIn(row: AnyRow, name: string): number {
  const value = row[name];
  return typeof value === 'number' ? value : Number.NaN;
}

/** A source that tells of companies, one after the other. */
export function perCompany<N extends EventName>(
  rowsOf: (context: EventContext, company: Instrument) => Iterable<EventRow<N>>,
): EventSource<N> {
  return function* perCompanyRows(context, codes) {
    for (const company of companiesOf(context.market, codes))
      if (company.startIndex <= context.index) yield* rowsOf(context, company);
  };
}

/** What most tables tell of a company. */
export function companyCells(company: Instrument): {
  readonly code: string;
  readonly company_id: number;
  readonly company_name: string;
} {
  const { security, displayName } = company;
  return { code: security, company_id: 430_000_000 + numberOf(company), company_name: `${displayName}股份有限公司` };
}

export function numberOf({ security }: Instrument): number {
  return Number.parseInt(security, 10);
}

/** A running number: the same for the same row. */
export function rowId(company: Instrument, nth: number): number {
  return nth * 1_000_000 + numberOf(company);
}

export function nameKnown({ index }: EventContext, company: Instrument): string {
  return nameOn(company, index);
}

function notServed(table: string): BtError {
  const why = `The paper market does not fill the table ${table}. Ask another table, or another source of data.`;
  return new BtError('TABLE_NOT_SERVED', why, { fault: 'config' });
}

function tooMany(table: string): BtError {
  const why = `The query of ${table} goes through more than ${MOST_ROWS} rows. Add a filter on codes or on days.`;
  return new BtError('QUERY_TOO_LARGE', why, { fault: 'strategy' });
}
