import { badArgument } from '../../../api/arguments.ts';
import { flag, isFunction, numberOr, pairsOf, readAxis, textOr } from '../args.ts';
import { bools, floats, missingMask } from '../column/column.ts';
import { isinColumn } from '../column/keys.ts';
import { asFloats, maskPositions } from '../column/take.ts';
import { interpolate, replaceCells, whereColumn } from '../column/transforms.ts';
import { makeFrame } from '../factory.ts';
import { operandColumn } from '../labels/align.ts';
import { listOf, transposed } from '../selection/select.ts';
import { columnForRows } from '../selection/write.ts';
import { readLines, readReplace } from '../series/cleaning.ts';
import type { FillOptions, InterpolateOptions, ReplaceOptions } from '../series/cleaning.ts';
import { given } from '../signatures/signature.ts';
import { BECOME, COLUMN, COLUMNS_AT, COLUMN_AT, DATA, MAP_COLUMNS, NAMES, ROWS } from '../store.ts';
import { isFrame, isSeries } from '../is-table.ts';
import type { DataFrame } from '../types.ts';
import { missingInRows } from './numbers.ts';
import { FrameCorrelation } from './correlation.ts';

/** Missing cells, conditions, and other values for the cells. */
export abstract class FrameCleaning<C extends string> extends FrameCorrelation<C> {
  isnull(): DataFrame<C> {
    return this[MAP_COLUMNS]((column) => bools(missingMask(column)));
  }

  isna(): DataFrame<C> {
    return this.isnull();
  }

  notnull(): DataFrame<C> {
    return this[MAP_COLUMNS]((column) => bools(missingMask(column).map((bit) => 1 - bit)));
  }

  notna(): DataFrame<C> {
    return this.notnull();
  }

  /** Rows (columns with `axis: 1`) without missing cells; `how: 'all'`, `thresh`, `subset` as in pandas. */
  dropna(...args: readonly unknown[]): DataFrame<C> {
    const a = given(args);
    if (a['how'] !== undefined && a['thresh'] !== undefined)
      throw badArgument('dropna()', 'takes how or thresh, not both.');
    const kept = readAxis(a['axis']) === 1 ? this.#fullColumns(a) : this.#fullRows(a);
    return flag(a['inplace'], false) ? this[BECOME](kept as unknown as DataFrame) : kept;
  }

  /** `fillna(0)`, `fillna({ method: 'ffill' })`, `fillna({ close: 0 })`, `fillna(df.mean())`. */
  fillna(value?: unknown, options: FillOptions = {}): DataFrame<C> {
    const { axis, inplace, ...rest } = options;
    const with_ = value;
    if (readAxis(axis) === 1)
      return transposed(this as unknown as DataFrame).fillna(with_, rest).T as unknown as DataFrame<C>;
    const dict = isSeries(with_) ? new Map(with_.items() as [unknown, unknown][]) : new Map(pairsOf(with_) ?? []);
    const perColumn = isSeries(with_) || pairsOf(with_) !== null;
    const data = this[DATA].map((column, i) => {
      const name = this[NAMES].labelAt(i);
      const series = this[COLUMN_AT](i);
      if (isFrame(with_))
        return with_[NAMES].includes(name) ? series.fillna(with_.col(name as string), rest)[COLUMN] : column;
      if (perColumn) return dict.has(name) ? series.fillna(dict.get(name), rest)[COLUMN] : column;
      return series.fillna(with_, rest)[COLUMN];
    });
    const filled = makeFrame<C>(this[NAMES], data, this.index);
    return flag(inplace, false) ? this[BECOME](filled as unknown as DataFrame) : filled;
  }

  ffill(options: FillOptions = {}): DataFrame<C> {
    return this.fillna(undefined, { ...options, method: 'ffill' });
  }

  bfill(options: FillOptions = {}): DataFrame<C> {
    return this.fillna(undefined, { ...options, method: 'bfill' });
  }

  interpolate(...args: readonly [method?: string | InterpolateOptions, options?: InterpolateOptions]): DataFrame<C> {
    const { axis, inplace, ...rest } = given(args);
    const across = readAxis(axis) === 1;
    const table = across ? transposed(this as unknown as DataFrame) : (this as unknown as DataFrame);
    const lines = readLines(rest, table.index);
    const filled = table[MAP_COLUMNS]((column) =>
      column.kind === 'float64' ? floats(interpolate(column.data, lines)) : column,
    );
    const result = across ? filled.T : filled;
    return (flag(inplace, false) ? this[BECOME](result) : result) as unknown as DataFrame<C>; // the same columns
  }

  replace(wanted?: unknown, by?: unknown, options: ReplaceOptions = {}): DataFrame<C> {
    const { old: what, fresh: value, regex } = readReplace(wanted, by, options);
    const pairs = value === undefined ? pairsOf(what) : null;
    const byColumn =
      pairs !== null &&
      pairs.length > 0 &&
      pairs.every(([name, one]) => this[NAMES].includes(name) && pairsOf(one) !== null);
    const dict = new Map(pairs ?? []);
    const data = this[DATA].map((column, i) => {
      if (!byColumn) return replaceCells(column, what, value, regex);
      const own = dict.get(this[NAMES].labelAt(i));
      return own === undefined ? column : replaceCells(column, own, undefined, regex);
    });
    const replaced = makeFrame<C>(this[NAMES], data, this.index);
    return options.inplace === true ? this[BECOME](replaced as unknown as DataFrame) : replaced;
  }

  /** True where the cell is one of the values; a dict gives values for some columns. */
  isin(values: unknown): DataFrame<C> {
    const pairs = pairsOf(values);
    const dict = pairs === null ? null : new Map(pairs);
    const data = this[DATA].map((column, i) => {
      const wanted = dict === null ? values : (dict.get(this[NAMES].labelAt(i)) ?? []);
      return isinColumn(column, wanted as Iterable<unknown>);
    });
    return makeFrame<C>(this[NAMES], data, this.index);
  }

  /** Cells where the condition holds; elsewhere `other`, or missing. */
  where(condition: unknown, other?: unknown, options: WhereOptions = {}): DataFrame<C> {
    return this.#where(condition, other, options, false);
  }

  mask(condition: unknown, other?: unknown, options: WhereOptions = {}): DataFrame<C> {
    return this.#where(condition, other, options, true);
  }

  #fullRows(a: Readonly<Record<string, unknown>>): DataFrame<C> {
    const subset = a['subset'] === undefined ? null : (listOf(a['subset']) ?? [a['subset']]);
    const looked =
      subset === null ? (this as unknown as DataFrame) : (this.cols(subset as readonly C[]) as unknown as DataFrame);
    const missing = missingInRows(looked);
    const most = mostMissing(a, looked[NAMES].length);
    return this[ROWS](maskPositions(Uint8Array.from(missing, (n) => Number(n <= most))));
  }

  #fullColumns(a: Readonly<Record<string, unknown>>): DataFrame<C> {
    const subset = a['subset'] === undefined || a['subset'] === null ? null : (listOf(a['subset']) ?? [a['subset']]);
    const looked = subset === null ? this : (this.loc(subset) as unknown as FrameCleaning<C>);
    const most = mostMissing(a, looked.length);
    const at = looked[DATA].flatMap((column, i) =>
      missingMask(column).reduce((n, bit) => n + bit, 0) <= most ? [i] : [],
    );
    return this[COLUMNS_AT](Int32Array.from(at), false) as unknown as DataFrame<C>; // fewer of the same
  }

  #where(condition: unknown, other: unknown, { axis, inplace }: WhereOptions, turned: boolean): DataFrame<C> {
    const mask = isFunction(condition) ? condition(this) : condition;
    const fallback = isFunction(other) ? other(this) : other;
    if (isSeries(fallback) && axis === undefined)
      throw badArgument('where()', 'a Series needs { axis: 0 } (by row) or { axis: 1 } (by column).');
    const byName = isSeries(fallback) && readAxis(axis) === 1 ? fallback : null;
    const data = this[DATA].map((column, i) => {
      const name = this[NAMES].labelAt(i) as string;
      const bits = columnForRows(isFrame(mask) ? mask.col(name) : mask, this.index);
      const keep = Uint8Array.from(asFloats(bits), (bit) => ((bit === 1) === turned ? 0 : 1));
      if (fallback === undefined || fallback === null) return whereColumn(column, keep, null);
      const right = byName === null ? (isFrame(fallback) ? fallback.get(name, NaN) : fallback) : byName.get(name, NaN);
      return whereColumn(
        column,
        keep,
        isSeries(right) ? columnForRows(right, this.index) : operandColumn(right, this.length),
      );
    });
    const result = makeFrame<C>(this[NAMES], data, this.index);
    return inplace === true ? this[BECOME](result as unknown as DataFrame) : result;
  }
}

interface WhereOptions {
  /** How a Series for the other cells goes: by row (0) or by column (1). */
  readonly axis?: 0 | 1 | 'index' | 'columns';
  readonly inplace?: boolean;
}

function mostMissing(a: Readonly<Record<string, unknown>>, length: number): number {
  if (a['thresh'] !== undefined) return length - numberOr(a['thresh'], 0, 'dropna() thresh');
  return textOr(a['how'], ['any', 'all'], 'any', 'dropna() how') === 'all' ? length - 1 : 0;
}
