import { badArgument } from '../../../api/arguments.ts';
import { isFunction } from '../args.ts';
import type { AnyFunction } from '../args.ts';
import type { Column } from '../column/column.ts';
import { columnFrom } from '../column/dtypes.ts';
import { REDUCERS } from '../column/reduce.ts';
import type { Reducer } from '../column/reduce.ts';
import { floatColumn, takeColumn } from '../column/take.ts';
import { listOf } from '../selection/select.ts';
import type { DescribeOptions } from '../series/describe.ts';
import { GROUPS } from '../signatures/groups.ts';
import { given, installSignatures } from '../signatures/signature.ts';
import {
  COLUMN_AT,
  DATA,
  GROUPED,
  GROUP_ROWS,
  LABELS,
  OVER,
  PART,
  REDUCED,
  ROWS,
  SELECT,
  SELECTED_ROWS,
  SUMMARY,
  VALUE_COLUMNS,
} from '../store.ts';
import type { DataFrame, Series } from '../types.ts';
import { aggregate, underLabels } from './aggregate.ts';
import { applyGroups } from './apply.ts';
import { describable } from './options.ts';
import type { GroupArgs, GroupQuantileOptions, MostOptions } from './options.ts';
import type { GroupParts, GroupResult } from './groups.ts';
import { GroupStatistics } from './statistics.ts';

/** `df.groupby('code')`: statistics a group. With one column chosen (`gb.close`, `gb.col('close')`) results are Series. */
export class GroupBy<S extends boolean = false> extends GroupStatistics<S> {
  /** Row n of each group (several with a list), under the labels of the groups. */
  nth(n: number | readonly number[]): GroupResult<S> {
    const wanted = listOf(n) ?? [n];
    const picks = this[GROUP_ROWS].flatMap((group, g) =>
      Array.from(group.entries())
        .filter(([place]) => wanted.some((at) => at === place || at === place - group.length))
        .map(([, row]) => [row, g] as const),
    );
    const { frame, chosen, asIndex, sorted } = this[GROUPED];
    const order = asIndex && sorted !== false ? picks : picks.toSorted(([a], [b]) => a - b);
    const kept = Int32Array.from(order, ([row]) => row);
    if (!asIndex) return this[SELECTED_ROWS](kept);
    const labels = this[LABELS].take(Int32Array.from(order, ([, g]) => g));
    const columns = chosen.map((at) => takeColumn(frame[DATA][at] ?? columnFrom([]), kept));
    return this[SELECT](chosen, this[GROUPED].single)[OVER](labels, columns) as GroupResult<S>;
  }

  quantile(q: number | readonly number[] = 0.5, options: GroupQuantileOptions = {}): GroupResult<S> {
    if (typeof q !== 'number') throw badArgument('quantile()', 'of groups takes one q; call it once for each.');
    const { interpolation, numeric_only: numeric } = options;
    const rule = interpolation === undefined ? {} : { interpolation };
    const exact = ['lower', 'higher', 'nearest'].includes(interpolation ?? 'linear');
    return this.#perGroup(
      (values) => (values.dtype === 'bool' ? values.astype('int') : (values as Series)).quantile(q, rule),
      exact ? undefined : floatColumn,
      numeric,
    );
  }

  /** Label of the row with the smallest cell of each group. */
  idxmin(...args: GroupArgs): GroupResult<S> {
    const { skipna = true, numeric_only: numeric } = given(args);
    return this.#perGroup((values) => values.idxmin({ skipna: skipna !== false }), undefined, numeric);
  }

  idxmax(...args: GroupArgs): GroupResult<S> {
    const { skipna = true, numeric_only: numeric } = given(args);
    return this.#perGroup((values) => values.idxmax({ skipna: skipna !== false }), undefined, numeric);
  }

  describe(options: DescribeOptions = {}): DataFrame {
    const plain = describable(this[GROUPED]);
    const groups = plain === null ? this : this[SELECT](plain, false);
    return aggregate(groups.#inside(), (values: Series) => values.describe(options), []) as DataFrame;
  }

  /** `agg('mean')`, `agg(['mean', 'std'])`, `agg({ close: 'last', volume: ['sum', 'max'] })`, `agg({ out: ['col', 'fn'] })`, a function. */
  agg(what: unknown, ...args: readonly unknown[]): DataFrame & Series {
    if (typeof what === 'string') return this.#byName(what) as DataFrame & Series; // single decides
    return aggregate(this.#inside(), what, args) as DataFrame & Series; // what decides
  }

  aggregate(what: unknown, ...args: readonly unknown[]): DataFrame & Series {
    return this.agg(what, ...args);
  }

  /** A function of each group: numbers make a Series, Series or tables are put together. */
  apply(
    apply: (part: GroupResult<S>, ...args: readonly unknown[]) => unknown,
    ...args: readonly unknown[]
  ): DataFrame & Series {
    return applyGroups(this.#inside(), apply as AnyFunction, args) as DataFrame & Series; // apply decides
  }

  pipe<R>(apply: (groups: GroupBy<S>) => R): R {
    return apply(this);
  }

  /** Groups of one column: results are Series. */
  col(name: string): GroupBy<true> {
    return this[SELECT]([this[COLUMN_AT](name)], true); // one column
  }

  /** Groups of some columns. */
  cols(...names: readonly (string | readonly string[])[]): GroupBy {
    const list = names.flatMap((name) => listOf(name) ?? [name]);
    return this[SELECT](
      list.map((name) => this[COLUMN_AT](name)),
      false,
    ); // a table again
  }

  /** How often each value occurs in each group. */
  value_counts(options: object = {}): Series {
    const counts = this.#stacked((part) => part.sort_values().value_counts(options)); // equal counts in the order of the values
    counts.index = counts.index.set_names([...this[LABELS].names, counts.name]);
    return counts;
  }

  /** The n largest cells of each group. */
  nlargest(n = 5, options: MostOptions = {}): Series {
    return this.#stacked((part) => part.nlargest(n, options));
  }

  nsmallest(n = 5, options: MostOptions = {}): Series {
    return this.#stacked((part) => part.nsmallest(n, options));
  }

  #stacked(run: (part: Series) => Series<unknown>): Series {
    const parts = this[GROUP_ROWS].map((_, g) => run(this[PART](g) as unknown as Series));
    return underLabels(parts, this[LABELS]) as unknown as Series; // Series in, Series out
  }

  [SELECT](at: readonly number[], single: boolean): GroupBy<boolean> {
    return new GroupBy<boolean>({ ...this[GROUPED], chosen: at, single, selected: true });
  }

  /** Results over some of the groups. */
  [OVER](labels: GroupBy[typeof LABELS], columns: Parameters<GroupBy[typeof SUMMARY]>[0]): unknown {
    const part = new GroupBy<boolean>({ ...this[GROUPED], grouping: { ...this[GROUPED].grouping, index: labels } });
    return part[SUMMARY](columns, this[GROUPED].chosen);
  }

  #inside(): GroupParts {
    return {
      grouped: this[GROUPED],
      labels: this[LABELS],
      rows: this[GROUP_ROWS],
      part: (g) => this[PART](g),
    };
  }

  #byName(name: string): unknown {
    if ((REDUCERS as readonly string[]).includes(name)) {
      return name === 'size' ? this.size() : this[REDUCED](name as Reducer);
    }
    const method: unknown = Reflect.get(this, name);
    if (isFunction(method)) return Reflect.apply(method, this, []);
    throw badArgument('agg()', `there is no statistic '${name}'; write 'mean', 'sum', 'count', 'last' …`);
  }

  #perGroup(
    run: (values: Series<unknown>) => unknown,
    as: (column: Column) => Column = (column) => column,
    numericOnly?: unknown,
  ): GroupResult<S> {
    const values = this[VALUE_COLUMNS]('std', numericOnly);
    const { frame } = this[GROUPED];
    const columns = values.map(({ at }) => {
      const series = frame[COLUMN_AT](at);
      return as(columnFrom(this[GROUP_ROWS].map((rows) => run(series[ROWS](rows)))));
    });
    return this[SUMMARY](
      columns,
      values.map(({ at }) => at),
    );
  }
}

installSignatures(GroupBy.prototype, GROUPS);

/** A group by of a table: columns by name are groups of that column. */
export type TableGroups = GroupBy & { readonly [column: string]: GroupBy<true> };
