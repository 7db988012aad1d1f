import { badArgument } from '../../../api/arguments.ts';
import { isFunction, wholeNumber } from '../args.ts';
import type { AnyFunction } from '../args.ts';
import { cell, floats, ints } from '../column/column.ts';
import type { Column } from '../column/column.ts';
import { columnFrom, inferColumn } from '../column/dtypes.ts';
import { REDUCERS } from '../column/reduce.ts';
import { comparable } from '../column/sorting.ts';
import type { Reducer } from '../column/reduce.ts';
import { floatColumn, takeColumn } from '../column/take.ts';
import { makeFrame, makeLevels, makeSeries } from '../factory.ts';
import {
  CODES,
  COLUMN,
  COLUMN_AT,
  GROUPED,
  GROUP_ROWS,
  KEPT_ROWS,
  LABELS,
  LIKE_ROWS,
  PART,
  ROWS,
  SELECTED_ROWS,
  VALUE_COLUMNS,
} from '../store.ts';
import { isSeries } from '../is-table.ts';
import type { Series } from '../types.ts';
import { given } from '../signatures/signature.ts';
import type { RollingArgs } from '../windows/open.ts';
import { GroupCore } from './groups.ts';
import type { GroupResult } from './groups.ts';
import { reduceGroups } from './reduce.ts';

type PeriodOptions = { readonly periods?: number; readonly fill_value?: unknown; readonly fill_method?: string | null };
type PeriodArgs = readonly [periods?: number | PeriodOptions, options?: PeriodOptions];

/** Results with one row for each row of the table. */
export abstract class GroupTransforms<S extends boolean> extends GroupCore<S> {
  cumsum(): GroupResult<S> {
    return this.#each('cumsum');
  }

  cumprod(): GroupResult<S> {
    return this.#each('cumprod');
  }

  cummax(): GroupResult<S> {
    return this.#each('cummax');
  }

  cummin(): GroupResult<S> {
    return this.#each('cummin');
  }

  shift(...args: PeriodArgs): GroupResult<S> {
    return this.#each('shift', [{ fill_value: NaN, ...given(args) }], false);
  }

  diff(...args: PeriodArgs): GroupResult<S> {
    return this.#each('diff', [wholeNumber(given(args)['periods'], 1, 'diff() periods')]);
  }

  pct_change(...args: PeriodArgs): GroupResult<S> {
    return this.#each('pct_change', [given(args)]);
  }

  rank(...args: readonly unknown[]): GroupResult<S> {
    return this.#each('rank', [given(args)], false, comparable);
  }

  ffill(...args: readonly [limit?: number | { readonly limit?: number }]): GroupResult<S> {
    return this.#each('ffill', [given(args)], false);
  }

  bfill(...args: readonly [limit?: number | { readonly limit?: number }]): GroupResult<S> {
    return this.#each('bfill', [given(args)], false);
  }

  fillna(value?: unknown, options: object = {}): GroupResult<S> {
    return this.#each('fillna', [value, options], false);
  }

  head(n: number | { readonly n?: number } = 5): GroupResult<S> {
    const most = wholeNumber(n, 5, 'head() n');
    return this[KEPT_ROWS]((place, size) => place < (most < 0 ? size + most : most));
  }

  tail(n: number | { readonly n?: number } = 5): GroupResult<S> {
    const most = wholeNumber(n, 5, 'tail() n');
    return this[KEPT_ROWS]((place, size) => place >= (most < 0 ? -most : size - most));
  }

  /** Place of each row in its group, from 0; from the end with `ascending: false`. */
  cumcount(...args: readonly [ascending?: boolean | { readonly ascending?: boolean }]): Series {
    const down = given(args)['ascending'] === false;
    const out = new Float64Array(this[CODES].length).fill(NaN);
    for (const rows of this[GROUP_ROWS]) {
      rows.forEach((row, place) => {
        out[row] = down ? rows.length - 1 - place : place;
      });
    }
    return makeSeries<number>(ints(out), this[GROUPED].frame.index);
  }

  /** Number of each row's group, from 0. */
  ngroup(...args: readonly [ascending?: boolean | { readonly ascending?: boolean }]): Series {
    const down = given(args)['ascending'] === false;
    const data = Float64Array.from(this[CODES], (code) => (down && code >= 0 ? this.ngroups - 1 - code : code));
    return makeSeries<number>(
      data.includes(-1) ? floats(data.map((code) => (code < 0 ? NaN : code))) : ints(data),
      this[GROUPED].frame.index,
    );
  }

  /** A statistic by name, or a function of each column of each group, spread over the group's rows. */
  transform(
    what: string | ((values: Series, ...args: readonly never[]) => unknown),
    ...args: readonly unknown[]
  ): GroupResult<S> {
    if (typeof what === 'string') {
      if (!(REDUCERS as readonly string[]).includes(what)) return this.#each(what);
      const values = this[VALUE_COLUMNS](what as Reducer);
      const spread = values.map(({ column }) => {
        const reduced = reduceGroups(column, this[CODES], this.ngroups, what as Reducer);
        return takeColumn(reduced, this[CODES]);
      });
      return this[LIKE_ROWS](
        spread,
        values.map(({ at }) => at),
      );
    }
    return this.#perColumn((values) => (what as AnyFunction)(values, ...args), null);
  }

  /** The rows of the groups for which the function says true. */
  filter(keep: (part: GroupResult<S>) => unknown, options: { readonly dropna?: boolean } = {}): GroupResult<S> {
    const groups = this[GROUP_ROWS].map((_, g) => keep(this[PART](g)) === true);
    const gaps = options.dropna === false;
    const rows = Int32Array.from(this[CODES].keys()).filter((row) => groups[this[CODES][row] ?? -1] === true);
    if (!gaps) return this[SELECTED_ROWS](rows);
    const all = this[SELECTED_ROWS](this[CODES].map((code, row) => (groups[code] === true ? row : -1)));
    all.index = this[GROUPED].frame.index; // the rows of the others stay, without cells
    return all;
  }

  /** Rolling statistics inside each group; rows are called (group, row). */
  rolling(...args: RollingArgs): { readonly [name: string]: (...args: readonly unknown[]) => GroupResult<S> } {
    return new Proxy(
      {},
      {
        get:
          (_target, name) =>
          (...more: readonly unknown[]) =>
            this.#rolled(args, String(name), more),
      },
    );
  }

  #rolled(args: readonly unknown[], name: string, more: readonly unknown[]): GroupResult<S> {
    const { frame, single } = this[GROUPED];
    const values = this[VALUE_COLUMNS]('mean');
    const order = Int32Array.from(this[GROUP_ROWS].flatMap((rows) => Array.from(rows)));
    const columns = values.map(({ at }) => {
      const series = frame[COLUMN_AT](at) as unknown as Series;
      const parts = this[GROUP_ROWS].map((rows) => {
        const window = series[ROWS](rows).rolling(...(args as RollingArgs));
        const method: unknown = Reflect.get(window, name);
        if (!isFunction(method)) throw badArgument('rolling()', `there is no rolling statistic '${name}'.`);
        return (Reflect.apply(method, window, more) as Series).tolist();
      });
      return floatColumn(columnFrom(parts.flat()));
    });
    const groups = Int32Array.from(order, (row) => this[CODES][row] ?? -1);
    const inner = frame.index.take(order);
    const outer = this[LABELS].take(groups);
    const index = makeLevels([...outer.levels, ...inner.levels], [...outer.names, ...inner.names]);
    const names = frame.columns.take(values.map(({ at }) => at));
    const result = single
      ? makeSeries(columns[0] ?? columnFrom([]), index, names.labelAt(0))
      : makeFrame(names, columns, index);
    return result as unknown as GroupResult<S>; // one column or the table
  }

  /** A method of Series on each column of each group. */
  #each(
    method: string,
    args: readonly unknown[] = [],
    numbersOnly = true,
    takes: (column: Column) => boolean = () => true,
  ): GroupResult<S> {
    const apply: AnyFunction = (series) => {
      const run: unknown = Reflect.get(series as object, method);
      if (!isFunction(run)) throw badArgument('transform()', `there is no method '${method}'.`);
      return Reflect.apply(run, series, [...args]);
    };
    return this.#perColumn(apply, numbersOnly ? 'mean' : null, takes);
  }

  #perColumn(
    apply: AnyFunction,
    like: Reducer | null,
    takes: (column: Column) => boolean = () => true,
  ): GroupResult<S> {
    const { frame } = this[GROUPED];
    const all = this[VALUE_COLUMNS](like);
    const values = this[GROUPED].single ? all : all.filter(({ column }) => takes(column));
    const columns = values.map(({ at }) => {
      const series = frame[COLUMN_AT](at);
      const parts = this[GROUP_ROWS].map((rows) => apply(series[ROWS](rows)));
      return this.#scattered(parts);
    });
    return this[LIKE_ROWS](
      columns,
      values.map(({ at }) => at),
    );
  }

  #scattered(parts: readonly unknown[]): Column {
    const out: unknown[] = Array.from({ length: this[CODES].length }, () => NaN);
    let kind: Column['kind'] | null = null;
    this[GROUP_ROWS].forEach((rows, g) => {
      const part = parts[g];
      const column = isSeries(part) ? part[COLUMN] : null;
      if (column !== null) kind = column.kind;
      rows.forEach((row, place) => {
        out[row] = column === null ? part : cell(column, place);
      });
    });
    const result = inferColumn(out);
    return kind === 'float64' && result.kind === 'int64' ? floatColumn(result) : result;
  }
}
