import { badArgument } from '../../../api/arguments.ts';
import { isFunction, numberOr } from '../args.ts';
import type { AnyFunction } from '../args.ts';
import type { Column } from '../column/column.ts';
import { columnFrom } from '../column/dtypes.ts';
import { REDUCERS } from '../column/reduce.ts';
import type { ReduceOptions, Reducer } from '../column/reduce.ts';
import { floatColumn, takeColumn } from '../column/take.ts';
import { listOf } from '../selection/select.ts';
import { DATA } from '../store.ts';
import type { DataFrame, Series } from '../types.ts';
import { aggregate, applyGroups, underLabels } from './aggregate.ts';
import type { GroupParts, GroupResult } from './groups.ts';
import { GroupTransforms } from './transforms.ts';

type Spread = number | ReduceOptions;

/** `df.groupby('code')`: statistics a group. With one column chosen (`gb.close`, `gb.col('close')`) results are Series. */
export class GroupBy<S extends boolean = false> extends GroupTransforms<S> {
  sum(options: ReduceOptions = {}): GroupResult<S> {
    return this.reduced('sum', options);
  }

  mean(): GroupResult<S> {
    return this.reduced('mean');
  }

  median(): GroupResult<S> {
    return this.reduced('median');
  }

  min(): GroupResult<S> {
    return this.reduced('min');
  }

  max(): GroupResult<S> {
    return this.reduced('max');
  }

  std(options: Spread = {}): GroupResult<S> {
    return this.reduced('std', spread(options));
  }

  var(options: Spread = {}): GroupResult<S> {
    return this.reduced('var', spread(options));
  }

  sem(options: Spread = {}): GroupResult<S> {
    return this.reduced('sem', spread(options));
  }

  prod(): GroupResult<S> {
    return this.reduced('prod');
  }

  skew(): GroupResult<S> {
    return this.reduced('skew');
  }

  count(): GroupResult<S> {
    return this.reduced('count');
  }

  nunique(): GroupResult<S> {
    return this.reduced('nunique');
  }

  /** First cell of each group that is not missing. */
  first(): GroupResult<S> {
    return this.reduced('first');
  }

  last(): GroupResult<S> {
    return this.reduced('last');
  }

  any(): GroupResult<S> {
    return this.reduced('any');
  }

  all(): GroupResult<S> {
    return this.reduced('all');
  }

  /** Row n of each group. */
  nth(n: number): GroupResult<S> {
    const rows = this.rowsOfGroups.map((group) => group.at(n) ?? -1);
    const kept = Int32Array.from(rows.filter((row) => row >= 0));
    const { frame, chosen } = this.grouped;
    const labels = this.labels.take(Int32Array.from(rows.keys()).filter((g) => (rows[g] ?? -1) >= 0));
    const columns = chosen.map((at) => takeColumn(frame[DATA][at] ?? columnFrom([]), kept));
    return this.select(chosen, this.grouped.single).over(labels, columns) as GroupResult<S>;
  }

  quantile(q = 0.5): GroupResult<S> {
    return this.#perGroup('median', (values) => (values as Series).quantile(q), floatColumn);
  }

  /** Label of the row with the smallest cell of each group. */
  idxmin(): GroupResult<S> {
    return this.#perGroup('median', (values) => values.idxmin());
  }

  idxmax(): GroupResult<S> {
    return this.#perGroup('median', (values) => values.idxmax());
  }

  describe(): DataFrame {
    return aggregate(this.#inside(), (values: Series) => values.describe(), []) as DataFrame;
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
    return this.select([this.columnAt(name)], true); // one column
  }

  /** Groups of some columns. */
  cols(...names: readonly (string | readonly string[])[]): GroupBy {
    const list = names.flatMap((name) => listOf(name) ?? [name]);
    return this.select(
      list.map((name) => this.columnAt(name)),
      false,
    ); // a table again
  }

  /** How often each value occurs in each group. */
  value_counts(): Series {
    const counts = this.#stacked((part) => part.sort_values().value_counts()); // equal counts in the order of the values
    counts.index = counts.index.set_names([...this.labels.names, counts.name]);
    return counts;
  }

  /** The n largest cells of each group. */
  nlargest(n = 5): Series {
    return this.#stacked((part) => part.nlargest(n));
  }

  nsmallest(n = 5): Series {
    return this.#stacked((part) => part.nsmallest(n));
  }

  #stacked(run: (part: Series) => Series<unknown>): Series {
    const parts = this.rowsOfGroups.map((_, g) => run(this.part(g) as unknown as Series));
    return underLabels(parts, this.labels) as unknown as Series; // Series in, Series out
  }

  select(at: readonly number[], single: boolean): GroupBy<boolean> {
    return new GroupBy<boolean>({ ...this.grouped, chosen: at, single });
  }

  /** Results over some of the groups. */
  over(labels: GroupBy['labels'], columns: Parameters<GroupBy['summary']>[0]): unknown {
    const part = new GroupBy<boolean>({ ...this.grouped, grouping: { ...this.grouped.grouping, index: labels } });
    return part.summary(columns, this.grouped.chosen);
  }

  #inside(): GroupParts {
    return {
      grouped: this.grouped,
      labels: this.labels,
      rows: this.rowsOfGroups,
      part: (g) => this.part(g),
    };
  }

  #byName(name: string): unknown {
    if ((REDUCERS as readonly string[]).includes(name)) {
      return name === 'size' ? this.size() : this.reduced(name as Reducer);
    }
    const method: unknown = Reflect.get(this, name);
    if (isFunction(method)) return Reflect.apply(method, this, []);
    throw badArgument('agg()', `there is no statistic '${name}'; write 'mean', 'sum', 'count', 'last' …`);
  }

  #perGroup(
    like: Reducer,
    run: (values: Series<unknown>) => unknown,
    as: (column: Column) => Column = (column) => column,
  ): GroupResult<S> {
    const values = this.valueColumns(like);
    const { frame } = this.grouped;
    const columns = values.map(({ at }) => {
      const series = frame.columnAt(at);
      return as(columnFrom(this.rowsOfGroups.map((rows) => run(series.rows(rows)))));
    });
    return this.summary(
      columns,
      values.map(({ at }) => at),
    );
  }
}

function spread(options: Spread): ReduceOptions {
  return typeof options === 'number' ? { ddof: numberOr(options, 1, 'ddof') } : options;
}

/** A group by of a table: columns by name are groups of that column. */
export type TableGroups = GroupBy & { readonly [column: string]: GroupBy<true> };
