import { badArgument } from '../../../api/arguments.ts';
import { flag, named, readAxis } from '../args.ts';
import { columnFrom } from '../column/infer.ts';
import { maskPositions } from '../column/take.ts';
import { makeFrame, makeSeries } from '../factory.ts';
import { GroupBy } from '../group/group-by.ts';
import type { TableGroups } from '../group/group-by.ts';
import { groupRows, levelKey, readKeys } from '../group/grouping.ts';
import type { GroupKey } from '../group/grouping.ts';
import { joinTables } from '../merge/join.ts';
import { mergeTables } from '../merge/merge.ts';
import { queryRows } from '../query/query.ts';
import { Resampler } from '../resample.ts';
import { meltTable } from '../reshape/melt.ts';
import { pivotTable } from '../reshape/pivot-table.ts';
import { pivot } from '../reshape/pivot.ts';
import { stackTable } from '../reshape/stack.ts';
import { unstackFrame } from '../reshape/unstack.ts';
import { listOf, maskColumn } from '../select.ts';
import { DATA, isFrame } from '../store.ts';
import type { DataFrame, Series } from '../types.ts';
import { Ewm, readDecay } from '../window/ewm.ts';
import { openExpanding, openRolling } from '../window/open.ts';
import type { RollingOptions } from '../window/open.ts';
import type { Rolling } from '../window/rolling.ts';
import { frameSource } from '../window/source.ts';
import { FrameCombine } from './combine.ts';
import { transposed } from './part.ts';

/** Groups, windows, and tables made of this table and others. */
export abstract class FrameReshape<C extends string> extends FrameCombine<C> {
  /** Rows as columns. */
  get T(): DataFrame {
    return transposed(this as unknown as DataFrame);
  }

  transpose(): DataFrame {
    return this.T;
  }

  /** `groupby('code')`, `groupby(['a', 'b'])`, `groupby(series)`, `groupby(label => …)`, `groupby({ level: 0 })`. */
  groupby(by: unknown, options?: object): TableGroups {
    const names = ['by', 'axis', 'level', 'as_index', 'sort', 'group_keys', 'dropna'];
    const a = named('groupby', names, [by, options], true);
    const own = (name: unknown): GroupKey | null => {
      const at = this.names.rowOf(name);
      const column = this[DATA][at];
      return column === undefined ? null : { column, name: name as string, own: true };
    };
    const levels = a['level'] === undefined ? null : (listOf(a['level']) ?? [a['level']]);
    const keys =
      levels === null
        ? readKeys(a['by'], this.index, own)
        : levels.map((level) => levelKey(this.index, level as number));
    const grouping = groupRows(keys, { sort: flag(a['sort'], true), dropna: flag(a['dropna'], true) });
    const chosen = Array.from(this[DATA].keys()).filter(
      (at) => !grouping.keys.includes(String(this.names.labelAt(at))),
    );
    const frame = this as unknown as DataFrame;
    return new GroupBy({ frame, grouping, chosen, single: false, asIndex: flag(a['as_index'], true) }) as TableGroups; // columns are read by name
  }

  /** `rolling(20, { min_periods: 1 }).mean()` */
  rolling(window: number | string | RollingOptions, options?: RollingOptions): Rolling<DataFrame<C>> {
    const source = frameSource(this as unknown as DataFrame);
    const plain = options === undefined && typeof window === 'number';
    if (plain) return openRolling(source, [window]) as unknown as Rolling<DataFrame<C>>; // the same columns
    const { axis, ...rest } = named(
      'rolling',
      ['window', 'min_periods', 'center', 'axis', 'win_type', 'on', 'closed'],
      [window, options],
    );
    if (readAxis(axis) === 1) throw badArgument('rolling()', 'along rows is written df.T.rolling(n).mean().T.');
    return openRolling(frameSource(this as unknown as DataFrame), [rest]) as unknown as Rolling<DataFrame<C>>; // the same columns
  }

  expanding(options: { readonly min_periods?: number } | number = {}): Rolling<DataFrame<C>> {
    return openExpanding(frameSource(this as unknown as DataFrame), [options]) as unknown as Rolling<DataFrame<C>>; // the same columns
  }

  ewm(...args: readonly unknown[]): Ewm<DataFrame<C>> {
    return new Ewm(frameSource(this as unknown as DataFrame), readDecay(args)) as unknown as Ewm<DataFrame<C>>; // the same columns
  }

  /** Groups by steps of time: `resample('W').last()`, `resample('5min', { label: 'right', closed: 'right' }).agg({…})`. */
  resample(rule: string, options: object = {}): Resampler {
    return Resampler.of(this as unknown as DataFrame, rule, options, false);
  }

  /** Rows at every step of time; `method: 'ffill'` fills those that were not there. */
  asfreq(rule: string, options: { readonly method?: 'ffill' | 'bfill' | null } = {}): DataFrame<C> {
    return this.resample(rule).asfreq(options.method ?? null) as unknown as DataFrame<C>; // the same columns
  }

  /** `pivot({ index: 'time', columns: 'code', values: 'close' })`: long to wide, one cell each. */
  pivot(...args: readonly unknown[]): DataFrame {
    return pivot(this as unknown as DataFrame, named('pivot', ['index', 'columns', 'values'], args));
  }

  /** As pivot, with a statistic where several rows meet. */
  pivot_table(...args: readonly unknown[]): DataFrame {
    const names = ['values', 'index', 'columns', 'aggfunc', 'fill_value', 'margins', 'dropna'];
    return pivotTable(this as unknown as DataFrame, named('pivot_table', names, args));
  }

  /** Columns become a second level of row labels. */
  stack(options: { readonly level?: number; readonly dropna?: boolean } = {}): Series & DataFrame {
    return stackTable(this as unknown as DataFrame, options.dropna ?? true) as Series & DataFrame; // one level of columns: a Series
  }

  /** A level of the row labels becomes columns. */
  unstack(...args: readonly unknown[]): DataFrame {
    const a = named('unstack', ['level', 'fill_value'], args);
    return unstackFrame(this as unknown as DataFrame, (a['level'] ?? -1) as number, a['fill_value']);
  }

  melt(...args: readonly unknown[]): DataFrame {
    return meltTable(
      this as unknown as DataFrame,
      named('melt', ['id_vars', 'value_vars', 'var_name', 'value_name'], args),
    );
  }

  /** Rows of both tables that meet: `merge(right, { on: 'code', how: 'left' })`. */
  merge(right: DataFrame | Series<unknown>, ...args: readonly unknown[]): DataFrame {
    return mergeTables(this as unknown as DataFrame, right, args);
  }

  /** Columns of other tables by row label. */
  join(
    other: DataFrame | Series<unknown> | readonly (DataFrame | Series<unknown>)[],
    ...args: readonly unknown[]
  ): DataFrame {
    return joinTables(this as unknown as DataFrame, other, args);
  }

  /** Rows for which a text holds: `query('close > open and volume >= 100')`; `@name` is looked up in `vars`. */
  query(
    text: string,
    options: { readonly vars?: Readonly<Record<string, unknown>>; readonly inplace?: boolean } = {},
  ): DataFrame<C> {
    const { vars, inplace } = named('query', ['vars', 'inplace'], [options]);
    const found = queryRows(this as unknown as DataFrame, text, (vars ?? {}) as Readonly<Record<string, unknown>>);
    const kept = this.rows(maskPositions(maskColumn(this.index, found).data as Uint8Array));
    return flag(inplace, false) ? this.become(kept as unknown as DataFrame) : kept;
  }

  /** Sums of products: with a Series by its labels, with a table by its rows. */
  dot(other: Series<unknown> | DataFrame): DataFrame & Series {
    const left = this.numeric();
    const across = (weights: Series<unknown>): Series => {
      const row = weights.reindex(left.names);
      return left.mul(row).sum({ axis: 1, skipna: false });
    };
    if (!isFrame(other)) return across(other) as unknown as DataFrame & Series; // a value a row
    const data = Array.from({ length: other.names.length }, (_, c) => columnFrom(across(other.columnAt(c)).values));
    return makeFrame(other.names, data, this.index) as unknown as DataFrame & Series; // a table
  }

  /** The only column or row of a table of one, else the table. */
  squeeze(): DataFrame<C> | Series {
    if (this.names.length === 1) return makeSeries(this[DATA][0] ?? columnFrom([]), this.index, this.names.at(0));
    return this.length === 1 ? (this.iloc(0) as unknown as Series) : (this as unknown as DataFrame<C>);
  }
}
