import { catalogueTable, type CATALOGUE } from '../../../domain/data/catalogue/index.ts';
import type { Range } from '../../../domain/data/query/evaluate.ts';
import type { Needed } from '../../../domain/data/query/sources.ts';
import { tableOf, type DataColumn, type DataTable } from '../../../domain/data/table.ts';
import { BtError } from '../../../domain/errors.ts';
import type { Steps } from '../../../domain/steps.ts';
import { chinaMidnight, DAY, HOUR } from '../../../domain/time.ts';
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

/** A row, or what makes it: rows that cost something are counted before one of them is made. */
export type Made<R> = R | (() => R);

/** Brings the rows of a table; null codes = of all. Null is no row: others may have their turn. Conditions are looked at again. */
export type EventSource<N extends EventName> = (
  context: EventContext,
  codes: readonly string[] | null,
) => Iterable<Made<EventRow<N>> | null>;
export type EventSources = { readonly [N in EventName]?: EventSource<N> };

type AnyRow = Readonly<Record<string, string | number | null | undefined>>;

/** A table of events as it was known at an instant. BtError TABLE_NOT_SERVED; QUERY_TOO_LARGE before a row is made that costs something. */
export function* madeTable(
  market: Market,
  sources: EventSources,
  { table, columns, codes, ranges }: Needed,
  asOf: number,
): Steps<DataTable> {
  const source = Object.hasOwn(sources, table) ? sources[table as EventName] : undefined;
  if (source === undefined) throw notServed(table);
  const rows: Made<AnyRow>[] = [];
  for (const row of source(contextOf(market, asOf, ranges), codes)) {
    yield;
    if (row === null) continue;
    if (rows.length === MOST_ROWS) throw tooMany(table);
    rows.push(row);
  }
  return yield* tableOfEvents(table, columns, rows);
}

function contextOf(market: Market, asOf: number, ranges: ReadonlyMap<string, Range>): EventContext {
  const { days } = market;
  const today = chinaMidnight(asOf);
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

/** Row by row: of what a row holds only the columns are kept. */
function* tableOfEvents(table: string, columns: readonly string[], rows: readonly Made<AnyRow>[]): Steps<DataTable> {
  const specs = catalogueTable(table).columns;
  const fills = columns.map((name) => columnOf(name, specs[name]?.[0] ?? 'text', rows.length));
  for (const [at, made] of rows.entries()) {
    const row = typeof made === 'function' ? made() : made;
    for (const { fill } of fills) fill(row, at);
    yield;
  }
  return tableOf(Object.fromEntries(fills.map(({ name, column }) => [name, column])));
}

interface Fill {
  readonly name: string;
  readonly column: DataColumn;
  readonly fill: (row: AnyRow, at: number) => void;
}

function columnOf(name: string, kind: DataColumn['kind'], rows: number): Fill {
  if (kind === 'text') {
    const values = Array.from<string | null>({ length: rows }).fill(null);
    const fill: Fill['fill'] = (row, at) => {
      const value = row[name];
      if (typeof value === 'string') values[at] = value;
    };
    return { name, column: { kind, values }, fill };
  }
  const values = new Float64Array(rows);
  const fill: Fill['fill'] = (row, at) => {
    const value = row[name];
    values[at] = typeof value === 'number' ? value : Number.NaN;
  };
  return { name, column: { kind, values }, fill };
}

/** What makes the rows of one security. */
export type RowsOf<N extends EventName> = (
  context: EventContext,
  instrument: Instrument,
) => Iterable<Made<EventRow<N>>>;

/** A source that tells of securities that have been listed, one after the other. */
export function perInstrument<N extends EventName>(
  listOf: (market: Market, codes: readonly string[] | null) => Iterable<Instrument>,
  rowsOf: RowsOf<N>,
): EventSource<N> {
  return function* rows(context, codes) {
    for (const instrument of listOf(context.market, codes)) {
      if (instrument.startIndex <= context.index) yield* rowsOf(context, instrument);
      yield null;
    }
  };
}

export function perCompany<N extends EventName>(rowsOf: RowsOf<N>): EventSource<N> {
  return perInstrument(companiesOf, rowsOf);
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
