import { catalogueTable } from '../../../domain/data/catalogue/index.ts';
import { takeRows, type DataColumn, type DataTable } from '../../../domain/data/table.ts';
import type { Instrument } from '../../instrument.ts';
import type { Market } from '../../market.ts';
import { closesOf } from '../../daily-close.ts';
import { booksOf } from '../books.ts';
import { companiesOf } from '../stocks.ts';
import { readerOf, type TableReader } from './columns.ts';
import { rowOf, type Row, type Slot } from './rows.ts';

/** A table of fundamentals once for each slot, made when it is first asked for. */
interface Block {
  readonly names: readonly string[];
  readonly codes: readonly string[];
  /** Each slot after the other, in each of them the companies by their code. */
  readonly values: readonly Float64Array[];
  /** 1 where there is a row. */
  readonly present: Uint8Array;
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

  /** The rows of a table as of a slot; null codes = all companies. `code` is always among the columns. */
  table(slot: number, table: string, columns: readonly string[], codes: readonly string[] | null): DataTable {
    const known = this.#blocks.get(table);
    const block = known ?? this.#block(table, columns, codes);
    if (known === undefined) this.#blocks.set(table, block);
    const { names, codes: texts, values, present } = block;
    const [from, to] = [slot * texts.length, (slot + 1) * texts.length];
    const found = new Map<string, DataColumn>([['code', { kind: 'text', values: texts }]]);
    for (const [at, name] of names.entries()) {
      const kind = catalogueTable(table).columns[name]?.[0];
      const column = values[at];
      if (kind !== undefined && kind !== 'text' && column !== undefined)
        found.set(name, { kind, values: column.subarray(from, to) });
    }
    const whole: DataTable = { rows: texts.length, columns: found };
    const rows: number[] = [];
    for (let at = from; at < to; at += 1) if (present[at] === 1) rows.push(at - from);
    return rows.length === texts.length ? whole : takeRows(whole, rows);
  }

  #block(table: string, columns: readonly string[], codes: readonly string[] | null): Block {
    const names = columns.filter((name) => name !== 'code');
    const reader = readerOf(this.#market, table, names);
    const companies = companiesOf(this.#market, codes);
    const size = companies.length * this.#slots.length;
    const values = names.map(() => new Float64Array(size));
    const present = new Uint8Array(size);
    for (const [place, company] of companies.entries())
      this.#fillCompany(reader, company, { values, present }, place, companies.length);
    return { names, codes: companies.map(({ security }) => security), values, present };
  }

  /** All slots of a company, one after the other: most days tell of the same report as the day before. */
  #fillCompany(
    reader: TableReader,
    company: Instrument,
    { values, present }: Pick<Block, 'values' | 'present'>,
    place: number,
    step: number,
  ): void {
    const books = booksOf(company, this.#market.days);
    const closes = reader.rhythm === 'day' ? this.#closes(company) : null;
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
