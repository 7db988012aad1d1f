import type { Expression } from '../query-plan.ts';
import { takeValues } from '../table.ts';
import type { DataColumn, DataTable } from '../table.ts';
import { aggregate, noAggregateHere } from './aggregates.ts';
import type { Aggregate } from './aggregates.ts';
import { badQuery } from './bad-query.ts';
import { valuesOf } from './expressions.ts';
import type { Scope } from './expressions.ts';
import type { Groups } from './groups.ts';

/** Which row of a table stands in each row of what was put together; −1 = none; null = each in its place. */
interface Part {
  readonly table: DataTable;
  readonly places: Int32Array | null;
}

/** Rows of tables put side by side; a column is made when it is asked for. */
export class Rows implements Scope {
  readonly rows: number;
  readonly #parts: ReadonlyMap<string, Part>;
  readonly #made = new Map<string, DataColumn>();

  constructor(rows: number, parts: ReadonlyMap<string, Part>) {
    this.rows = rows;
    this.#parts = parts;
  }

  static of(name: string, table: DataTable): Rows {
    return new Rows(table.rows, new Map([[name, { table, places: null }]]));
  }

  column(name: string, column: string): DataColumn {
    const key = `${name}.${column}`;
    const known = this.#made.get(key);
    if (known !== undefined) return known;
    const part = this.#parts.get(name);
    if (part === undefined) throw badQuery(`${key} is used before its table is joined. Change the order of join().`);
    const whole = part.table.columns.get(column);
    if (whole === undefined) throw new TypeError(`the source left out ${key}`);
    const made = part.places === null ? whole : takeValues(whole, part.places);
    this.#made.set(key, made);
    return made;
  }

  aggregate(name: Aggregate): DataColumn {
    throw noAggregateHere(name);
  }

  /** Chosen rows, in the order given. */
  take(rows: Int32Array): Rows {
    return new Rows(rows.length, this.#at(rows));
  }

  /** These rows of ours beside those rows of another table; −1 = nothing stands there. */
  beside(ours: Int32Array | null, name: string, table: DataTable, theirs: Int32Array | null): Rows {
    const parts = ours === null ? new Map(this.#parts) : this.#at(ours);
    parts.set(name, { table, places: theirs });
    return new Rows(ours?.length ?? this.rows, parts);
  }

  #at(rows: Int32Array): Map<string, Part> {
    const parts = new Map<string, Part>();
    for (const [name, { table, places }] of this.#parts)
      parts.set(name, { table, places: places === null ? rows : rows.map((row) => places[row] ?? -1) });
    return parts;
  }
}

/** Groups of rows: an aggregate is calculated over each, a column is that of its first row. */
export class GroupedRows implements Scope {
  readonly rows: number;
  readonly #all: Rows;
  readonly #groups: Groups;
  readonly #first: Rows;

  constructor(all: Rows, groups: Groups) {
    this.#all = all;
    this.#groups = groups;
    this.#first = all.take(groups.first);
    this.rows = groups.first.length;
  }

  column(table: string, column: string): DataColumn {
    return this.#first.column(table, column);
  }

  aggregate(name: Aggregate, arg: Expression): DataColumn {
    return aggregate(name, valuesOf(arg, this.#all), this.#groups);
  }
}

/** Some rows of a scope. */
export class ChosenRows implements Scope {
  readonly rows: number;
  readonly #all: Scope;
  readonly #chosen: Int32Array;

  constructor(all: Scope, chosen: Int32Array) {
    this.#all = all;
    this.#chosen = chosen;
    this.rows = chosen.length;
  }

  column(table: string, column: string): DataColumn {
    return takeValues(this.#all.column(table, column), this.#chosen);
  }

  aggregate(name: Aggregate, arg: Expression): DataColumn {
    return takeValues(this.#all.aggregate(name, arg), this.#chosen);
  }
}
