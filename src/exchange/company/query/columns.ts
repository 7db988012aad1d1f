import type { Market } from '../../market.ts';
import { endMs } from '../quarters.ts';
import { SECTOR_TABLES, sectorIndicator } from '../sector-indicators.ts';
import { Statements } from '../statements.ts';
import { wantedFor } from '../wanted.ts';
import { OF_THE_CLOSE, VALUATION, valuationDay, type ValuationLine } from '../valuation.ts';
import type { Rhythm, Row } from './rows.ts';

/** Writes the figures of a row to its place in each column. */
export type FillRow = (row: Row, into: readonly Float64Array[], place: number) => void;

/** What is asked of a table of fundamentals, ready to be filled. */
export interface TableReader {
  readonly rhythm: Rhythm;
  /** Whether a company has rows in it. */
  readonly fits: (row: Row) => boolean;
  /** What the day and the report alone say. */
  readonly common: FillRow;
  /** The figures. */
  readonly fill: FillRow;
  /** Whether the figures are the same for two rows of one report. */
  readonly constant: boolean;
  /** Whether the close of the day is needed. */
  readonly closes: boolean;
}

const always = (): boolean => true;

/** A reader of these number columns of a table; columns the company does not report are NaN. */
export function readerOf(market: Market, table: string, columns: readonly string[]): TableReader {
  const sector = SECTOR_TABLES.get(table);
  if (table === 'valuation')
    return {
      rhythm: 'day',
      fits: always,
      common: fillOf(columns, dayColumns(market)),
      fill: valuationFill(columns),
      constant: false,
      closes: columns.some((name) => OF_THE_CLOSE.has(name)),
    };
  const common = fillOf(columns, REPORT_COLUMNS);
  if (sector !== undefined) {
    const statements = new Statements();
    const sheet: SheetOf = ({ books, period }) => sectorIndicator(statements, books, period.last);
    const fits = ({ books }: Row): boolean => books.profile.sector === sector;
    return { rhythm: 'year', fits, common, fill: sheetFill(columns, sheet), constant: true, closes: false };
  }
  const lines = columns.filter((name) => !Object.hasOwn(REPORT_COLUMNS, name));
  const fill = sheetFill(columns, sheetOf(new Statements(wantedFor(table, lines)), table));
  return { rhythm: 'quarter', fits: always, common, fill, constant: true, closes: false };
}

type SheetOf = (row: Row) => Readonly<Record<string, number>>;

function sheetOf(statements: Statements, table: string): SheetOf {
  switch (table) {
    case 'income':
      return ({ books, period }) => statements.income(books, period);
    case 'balance':
      return ({ books, period }) => statements.balance(books, period);
    case 'cash_flow':
      return ({ books, period }) => statements.cashFlow(books, period);
    case 'indicator':
      return ({ books, period }) => statements.indicator(books, period);
    default:
      throw new TypeError(`the paper market has no table ${table}`);
  }
}

type Common = Readonly<Record<string, (row: Row) => number>>;

/** Columns that all tables of reports have beside their figures. */
const REPORT_COLUMNS: Common = {
  id: ({ instrument, period }) => period.last * 1_000_000 + Number.parseInt(instrument.security, 10),
  day: ({ slot }) => slot.ms,
  pubDate: ({ published }) => published,
  statDate: ({ period }) => endMs(period.last),
};

function dayColumns({ days }: Market): Common {
  return {
    id: ({ instrument, slot }) => slot.index * 1_000_000 + Number.parseInt(instrument.security, 10),
    day: ({ slot }) => days.midnight(slot.index),
  };
}

function fillOf(columns: readonly string[], common: Common): FillRow {
  const known = columns.flatMap((name, at) => {
    const read = Object.hasOwn(common, name) ? common[name] : undefined;
    return read === undefined ? [] : [{ at, read }];
  });
  return (row, into, place) => {
    for (const { at, read } of known) {
      const column = into[at];
      if (column !== undefined) column[place] = read(row);
    }
  };
}

function sheetFill(columns: readonly string[], sheetOf: SheetOf): FillRow {
  const lines = columns.flatMap((name, at) => (Object.hasOwn(REPORT_COLUMNS, name) ? [] : [{ name, at }]));
  if (lines.length === 0) return () => undefined;
  return (row, into, place) => {
    const sheet = sheetOf(row);
    for (const { name, at } of lines) {
      const column = into[at];
      if (column !== undefined) column[place] = sheet[name] ?? Number.NaN;
    }
  };
}

function valuationFill(columns: readonly string[]): FillRow {
  const lines = columns.flatMap((name, at) =>
    Object.hasOwn(VALUATION, name) ? [{ read: VALUATION[name as ValuationLine], at }] : [],
  );
  return (row, into, place) => {
    const { index } = row.slot;
    const day = valuationDay(row.books, index, row.period.last, row.close);
    for (const { read, at } of lines) {
      const column = into[at];
      if (column !== undefined) column[place] = read(day);
    }
  };
}
