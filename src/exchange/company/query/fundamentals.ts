import { catalogueTable } from '../../../domain/data/catalogue/index.ts';
import type { Needed } from '../../../domain/data/query/sources.ts';
import { takeRows, type DataColumn, type DataTable } from '../../../domain/data/table.ts';
import type { Steps } from '../../../domain/steps.ts';
import type { Instrument } from '../../instrument.ts';
import type { Market } from '../../market.ts';
import { closesOf } from '../../daily-close.ts';
import { booksOf } from '../books.ts';
import { companiesOf } from '../stocks.ts';
import { readerOf, type TableReader } from './columns.ts';
import { rowOf, type Row, type Slot } from './rows.ts';

/** A table of fundamentals once for each slot. */
interface Block {
  readonly names: readonly string[];
  readonly codes: readonly string[];
  /** Each slot after the other, in each of them the companies by their code. */
  readonly values: readonly Float64Array[];
  /** 1 where there is a row. */
  readonly present: Uint8Array;
}

/** A table that is being made. */
interface Part {
  readonly table: string;
  readonly companies: readonly Instrument[];
  readonly reader: TableReader;
  readonly block: Block;
}

/**
 * Tables of fundamentals, one row a company, as of several slots (days, or one period). Nothing that was published after the day
 * `known` (midnight, epoch ms) is in them.
 */
export class Fundamentals {
  readonly #market: Market;
  readonly #slots: readonly Slot[];
  readonly #known: number;
  /** Trading days of the slots. */
  readonly #first: number;
  readonly #last: number;
  readonly #blocks = new Map<string, Block>();

  constructor(market: Market, slots: readonly Slot[], known: number) {
    this.#market = market;
    this.#slots = slots;
    this.#known = known;
    this.#first = Math.min(...slots.map(({ index }) => index));
    this.#last = Math.max(...slots.map(({ index }) => index));
  }

  /** Makes these tables, company by company: what one of them has read of a company is at hand for the next. */
  *make(tables: readonly Needed[]): Steps<void> {
    const parts = tables.map((table) => this.#begin(table));
    for (const { table, block } of parts) this.#blocks.set(table, block);
    const most = parts.reduce((longest, { companies }) => Math.max(longest, companies.length), 0);
    for (let place = 0; place < most; place += 1) {
      for (const part of parts) {
        const company = part.companies[place];
        if (company !== undefined) this.#fillCompany(part, company, place);
      }
      yield;
    }
  }

  /** The rows of a table that was made as of a slot. `code` is always among the columns. */
  table(slot: number, table: string): DataTable {
    const block = this.#blockOf(table);
    const size = block.codes.length;
    return rowsOf(table, block, block.codes, slot * size, (slot + 1) * size);
  }

  /** The rows as of all slots, one after the other. */
  wholeTable(table: string): DataTable {
    const block = this.#blockOf(table);
    const texts = this.#slots.flatMap(() => block.codes);
    return rowsOf(table, block, texts, 0, texts.length);
  }

  #blockOf(table: string): Block {
    const block = this.#blocks.get(table);
    if (block === undefined) throw new RangeError(`${table} was not made`);
    return block;
  }

  /** A table without its figures; null codes = all companies. */
  #begin({ table, columns, codes }: Needed): Part {
    const names = columns.filter((name) => name !== 'code');
    const companies = companiesOf(this.#market, codes);
    const size = companies.length * this.#slots.length;
    const values = names.map(() => new Float64Array(size));
    const block = { names, codes: companies.map(({ security }) => security), values, present: new Uint8Array(size) };
    return { table, companies, reader: readerOf(this.#market, table, names), block };
  }

  /** All slots of a company, one after the other: most days tell of the same report as the day before. */
  #fillCompany({ reader, block: { values, present }, companies }: Part, company: Instrument, place: number): void {
    const step = companies.length;
    const books = booksOf(company, this.#market.days);
    const closes = reader.closes ? this.#closes(company) : null;
    let [before, from]: [Row | null, number] = [null, 0];
    for (const [at, slot] of this.#slots.entries()) {
      const close = closes?.[slot.index - this.#first] ?? Number.NaN;
      const row = rowOf(books, slot, reader.rhythm, this.#known, close);
      if (row === null || !reader.fits(row)) continue;
      const to = at * step + place;
      present[to] = 1;
      if (reader.constant && before?.period.last === row.period.last)
        for (const column of values) column[to] = column[from] ?? Number.NaN;
      else reader.fill(row, values, to);
      reader.common(row, values, to);
      [before, from] = [row, to];
    }
  }

  /** Closes of all days from the first slot to the last, CNY. */
  #closes(company: Instrument): Float64Array {
    const closes = closesOf(company, this.#first, this.#last);
    for (let at = 0; at < closes.length; at += 1) closes[at] = ((closes[at] ?? 0) * company.tickMills) / 1000;
    return closes;
  }
}

/** Rows `from` … `to − 1` of a block, as far as they are there, with their codes. */
function rowsOf(table: string, block: Block, codes: readonly string[], from: number, to: number): DataTable {
  const { names, values, present } = block;
  const specs = catalogueTable(table).columns;
  const columns = new Map<string, DataColumn>([['code', { kind: 'text', values: codes }]]);
  for (const [at, name] of names.entries()) {
    const kind = specs[name]?.[0];
    const column = values[at];
    if (kind !== undefined && kind !== 'text' && column !== undefined)
      columns.set(name, { kind, values: column.subarray(from, to) });
  }
  const whole: DataTable = { rows: to - from, columns };
  const rows: number[] = [];
  for (let at = from; at < to; at += 1) if (present[at] === 1) rows.push(at - from);
  return rows.length === whole.rows ? whole : takeRows(whole, rows);
}
