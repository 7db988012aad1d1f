import { memberNames } from '../../attributes.ts';
import { ints } from '../column/column.ts';
import type { Column } from '../column/column.ts';
import { columnFrom } from '../column/dtypes.ts';
import { isStatistical } from '../column/reduce.ts';
import type { ReduceOptions, Reducer } from '../column/reduce.ts';
import type { Positions } from '../column/take.ts';
import { badOperator, unknownColumn, unknownLabel } from '../errors.ts';
import { makeFrame, makeIndex, makeRange, makeSeries } from '../factory.ts';
import {
  CODES,
  COLUMNS_AT,
  COLUMN_AT,
  DATA,
  GROUPED,
  GROUP_ROWS,
  KEPT_ROWS,
  LABELS,
  LIKE_ROWS,
  NamedCells,
  PART,
  READ,
  REDUCED,
  ROWS,
  SELECT,
  SELECTED_ROWS,
  SUMMARY,
  VALUE_COLUMNS,
  WRITE,
} from '../store.ts';
import type { DataFrame, Index, Series } from '../types.ts';
import { groupPositions } from './grouping.ts';
import type { Grouping } from './grouping.ts';
import { reduceGroups, wantsNumbers } from './reduce.ts';

/** Statistics for which pandas leaves texts out even when told not to. */
const DROPS: ReadonlySet<Reducer> = new Set(['mean', 'median', 'prod']);

/** What is grouped: the table, its columns that count (by position), and whether one column was chosen alone. */
export interface Grouped {
  readonly frame: DataFrame;
  readonly grouping: Grouping;
  readonly chosen: readonly number[];
  readonly single: boolean;
  readonly asIndex: boolean;
  /** What groupby() was told by `group_keys`; null: nothing. */
  readonly groupKeys: boolean | null;
  /** Columns were chosen by name: parts of the table have these alone. */
  readonly selected?: boolean;
  /** False: groups in the order in which they appear. */
  readonly sorted?: boolean;
}

/** What the functions of agg and apply see of a group by: labels of the groups, their rows, and each as a table or Series. */
export interface GroupParts {
  readonly grouped: Grouped;
  readonly labels: Index;
  readonly rows: readonly Positions[];
  readonly part: (g: number) => unknown;
}

/** A result of a group by: a table, or a Series when one column was chosen. */
export type GroupResult<S extends boolean> = S extends true ? Series : DataFrame;

/** Groups of rows: their parts, and the shape of results. */
export abstract class GroupCore<S extends boolean> extends NamedCells {
  readonly #grouped: Grouped;
  #rows: Positions[] | null = null;

  constructor(grouped: Grouped) {
    super();
    this.#grouped = grouped;
  }

  protected get [GROUPED](): Grouped {
    return this.#grouped;
  }

  protected get [CODES](): Positions {
    return this.#grouped.grouping.codes;
  }

  /** Labels of the groups. */
  protected get [LABELS](): Index {
    return this.#grouped.grouping.index;
  }

  get ngroups(): number {
    return this[LABELS].length;
  }

  get length(): number {
    return this.ngroups;
  }

  /** Rows of each group. */
  protected get [GROUP_ROWS](): readonly Positions[] {
    this.#rows ??= groupPositions(this[CODES], this.ngroups);
    return this.#rows;
  }

  /** Row labels of each group, by the group's label. */
  get groups(): Map<unknown, unknown[]> {
    const { index } = this.#grouped.frame;
    return new Map(this[GROUP_ROWS].map((rows, g) => [this[LABELS].labelAt(g), index.take(rows).tolist()]));
  }

  /** Row positions of each group, by the group's label. */
  get indices(): Map<unknown, number[]> {
    return new Map(this[GROUP_ROWS].map((rows, g) => [this[LABELS].labelAt(g), Array.from(rows)]));
  }

  get_group(label: unknown): GroupResult<S> {
    const g = this[LABELS].rowOf(label);
    if (g < 0) throw unknownLabel(label, this[LABELS]);
    return this[PART](g);
  }

  /** The rows of a group as the function of apply sees them. */
  protected [PART](g: number): GroupResult<S> {
    return this[SELECTED_ROWS](this[GROUP_ROWS][g] ?? new Int32Array(0));
  }

  /** Rows of the table, of the column, or of the columns that were chosen. */
  protected [SELECTED_ROWS](rows: Positions): GroupResult<S> {
    const { frame, chosen, single, selected } = this.#grouped;
    if (single) return frame[COLUMN_AT](chosen[0] ?? 0)[ROWS](rows) as unknown as GroupResult<S>; // one column
    const table = selected === true ? frame[COLUMNS_AT](Int32Array.from(chosen), false) : frame;
    return table[ROWS](rows) as GroupResult<S>; // a table was grouped
  }

  *[Symbol.iterator](): Iterator<[unknown, GroupResult<S>]> {
    for (let g = 0; g < this.ngroups; g += 1) yield [this[LABELS].labelAt(g), this[PART](g)];
  }

  /** Rows of each group, missing cells counted too. */
  size(): Series {
    const counts = Float64Array.from(this[GROUP_ROWS], (rows) => rows.length);
    const name = this.#grouped.single ? this.#grouped.frame.columns.labelAt(this.#grouped.chosen[0] ?? 0) : null;
    return makeSeries<number>(ints(counts), this[LABELS], name);
  }

  /** The chosen columns that a statistic is made of. */
  protected [VALUE_COLUMNS](
    reducer: Reducer | null,
    numericOnly: unknown = null,
  ): { readonly at: number; readonly column: Column }[] {
    const { frame, chosen, single } = this.#grouped;
    const data = frame[DATA];
    const all = chosen.map((at) => ({ at, column: data[at] ?? columnFrom([]) }));
    if (
      single ||
      reducer === null ||
      (numericOnly === false && !DROPS.has(reducer)) ||
      !(wantsNumbers(reducer) || numericOnly === true)
    )
      return all;
    const numbers = all.filter(({ column }) => isStatistical(column));
    if (numericOnly === true) return numbers;
    return numbers.length === 0 && all.length > 0 ? all : numbers;
  }

  protected [REDUCED](reducer: Reducer, given: ReduceOptions = {}): GroupResult<S> {
    const { numeric_only: numeric, ...options } = given;
    const values = this[VALUE_COLUMNS](reducer, numeric);
    const columns = values.map(({ column }) => reduceGroups(column, this[CODES], this.ngroups, reducer, options));
    return this[SUMMARY](
      columns,
      values.map(({ at }) => at),
    );
  }

  /** One row a group. */
  protected [SUMMARY](columns: readonly Column[], at: readonly number[]): GroupResult<S> {
    const { frame, single, asIndex } = this.#grouped;
    const names = frame.columns.take(at);
    if (single && asIndex) {
      return makeSeries(columns[0] ?? columnFrom([]), this[LABELS], names.labelAt(0)) as GroupResult<S>; // one column
    }
    if (asIndex) return makeFrame(names, columns, this[LABELS]) as GroupResult<S>; // a table was grouped
    const keys = this[LABELS].names.map((name, i) => name ?? `level_${i}`);
    const all = makeIndex([...keys, ...names.tolist()]).rename(names.name);
    return makeFrame(all, [...this[LABELS].levels, ...columns], makeRange(this.ngroups)) as GroupResult<S>; // as_index: false
  }

  /** One row a row of the table, in its order. */
  protected [LIKE_ROWS](columns: readonly Column[], at: readonly number[]): GroupResult<S> {
    const { frame, single } = this.#grouped;
    if (single) {
      const name = frame.columns.labelAt(at[0] ?? 0);
      return makeSeries(columns[0] ?? columnFrom([]), frame.index, name) as GroupResult<S>; // one column
    }
    return makeFrame(frame.columns.take(at), columns, frame.index) as GroupResult<S>; // a table was grouped
  }

  /** Rows of the table that a condition on their place in the group keeps. */
  protected [KEPT_ROWS](keep: (place: number, size: number) => boolean): GroupResult<S> {
    const kept = this[GROUP_ROWS].flatMap((rows) => Array.from(rows).filter((_, place) => keep(place, rows.length)));
    return this[SELECTED_ROWS](Int32Array.from(kept).sort());
  }

  /** Position of a chosen column by name. */
  protected [COLUMN_AT](name: unknown): number {
    const { frame, chosen } = this.#grouped;
    const at = frame.columns.rowOf(name);
    if (at >= 0 && (chosen.includes(at) || this.#grouped.grouping.keys.includes(String(name)))) return at;
    throw unknownColumn(name, frame.columns.take(chosen));
  }

  abstract [SELECT](at: readonly number[], single: boolean): GroupCore<boolean>;

  [READ](key: string): unknown {
    if (!(#grouped in this)) return undefined;
    if (this.#grouped.frame.columns.rowOf(key) < 0)
      throw unknownColumn(key, this.#grouped.frame.columns.take(this.#grouped.chosen), memberNames(this));
    return this[SELECT]([this[COLUMN_AT](key)], true);
  }

  [WRITE](key: string): void {
    throw badOperator(`a group by is not assigned to (${key}); assign to the table before groupby().`);
  }

  override toString(): string {
    return `GroupBy(${this[LABELS].names.map(String).join(', ')}: ${this.ngroups} groups)`;
  }

  [Symbol.toPrimitive](hint: string): string {
    if (hint === 'string') return this.toString();
    throw badOperator('a group by does not work with operators: write .sum(), .mean() … first.');
  }
}
