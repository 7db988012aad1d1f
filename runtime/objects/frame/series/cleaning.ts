import { badArgument } from '../../../api/arguments.ts';
import { flag, isFunction, named, numberOr, pairsOf, textOr } from '../args.ts';
import { bools, cell, cells, missingMask } from '../column/column.ts';
import { inferColumn } from '../column/dtypes.ts';
import { isinColumn } from '../column/keys.ts';
import { comparison, logic } from '../column/operators.ts';
import { floatColumn, maskPositions, takeColumn } from '../column/take.ts';
import { fillColumn, fillWith, interpolate, replaceCells, whereColumn } from '../column/transforms.ts';
import { operandColumn, pairWith } from '../labels/align.ts';
import { maskColumn } from '../selection/select.ts';
import { COLUMN } from '../store.ts';
import { isSeries } from '../is-table.ts';
import type { Label, Series } from '../types.ts';
import { SeriesTransforms } from './transforms.ts';

export interface FillOptions {
  readonly value?: unknown;
  readonly method?: 'ffill' | 'pad' | 'bfill' | 'backfill' | null;
  readonly limit?: number | null;
  readonly inplace?: boolean;
  readonly axis?: 0 | 1;
}

/** Missing cells, conditions, and other values for the cells. */
export abstract class SeriesCleaning<T> extends SeriesTransforms<T> {
  isnull(): Series<boolean> {
    return this.withColumn<boolean>(bools(missingMask(this[COLUMN])));
  }

  isna(): Series<boolean> {
    return this.isnull();
  }

  notnull(): Series<boolean> {
    return this.withColumn<boolean>(bools(missingMask(this[COLUMN]).map((bit) => 1 - bit)));
  }

  notna(): Series<boolean> {
    return this.notnull();
  }

  get hasnans(): boolean {
    return missingMask(this[COLUMN]).includes(1);
  }

  dropna(options: { readonly inplace?: boolean } = {}): Series<T> {
    const kept = this.rows(maskPositions(missingMask(this[COLUMN]).map((bit) => 1 - bit)));
    return options.inplace === true ? this.become(kept) : kept;
  }

  /** `fillna(0)`, `fillna({ method: 'ffill' })`, `fillna(series or { label: value })`. */
  fillna(value?: unknown, options?: FillOptions): Series<T> {
    const a = named('fillna', ['value', 'method', 'axis', 'inplace', 'limit'], [value, options], true);
    const limit = numberOr(a['limit'], Infinity, 'fillna() limit');
    const words = ['ffill', 'pad', 'bfill', 'backfill', 'none'] as const;
    const method = textOr(a['method'], words, 'none', 'fillna() method');
    if (method === 'none' && a['value'] === undefined) throw badArgument('fillna()', 'needs a value or a method.');
    const filled = this.withColumn<T>(
      method === 'none' ? this.#filledWith(a['value'], limit) : fillColumn(this[COLUMN], method.startsWith('b'), limit),
    );
    return flag(a['inplace'], false) ? this.become(filled) : filled;
  }

  ffill(options: FillOptions = {}): Series<T> {
    return this.fillna({ ...options, method: 'ffill' });
  }

  bfill(options: FillOptions = {}): Series<T> {
    return this.fillna({ ...options, method: 'bfill' });
  }

  /** Gaps take values on the straight line between their neighbours. */
  interpolate(): Series<T> {
    if (!this.hasnans) return this.copy();
    return this.withColumn<T>({ kind: 'float64', data: interpolate(this.numbers('interpolate')) });
  }

  /** `replace(0, NaN)`, `replace([1, 2], 0)`, `replace({ old: new })`. */
  replace(what: unknown, value?: unknown, options: { readonly inplace?: boolean } = {}): Series<T> {
    const replaced = this.withColumn<T>(replaceCells(this[COLUMN], what, value));
    return options.inplace === true ? this.become(replaced) : replaced;
  }

  /** True where the cell is one of the values. */
  isin(values: Iterable<unknown>): Series<boolean> {
    return this.withColumn<boolean>(isinColumn(this[COLUMN], values));
  }

  between(
    left: unknown,
    right: unknown,
    options: { readonly inclusive?: 'both' | 'neither' | 'left' | 'right' | boolean } = {},
  ): Series<boolean> {
    const { inclusive = 'both' } = options;
    const low = inclusive === true || inclusive === 'both' || inclusive === 'left';
    const high = inclusive === true || inclusive === 'both' || inclusive === 'right';
    const column = this[COLUMN];
    const n = this.length;
    const above = comparison(low ? 'ge' : 'gt', column, operandColumn(left, n), n);
    return this.withColumn<boolean>(
      logic('and', above, comparison(high ? 'le' : 'lt', column, operandColumn(right, n), n), n),
    );
  }

  /** Cells where the condition holds; elsewhere `other`, or missing. */
  where(condition: unknown, other?: unknown): Series<T> {
    return this.#where(condition, other, false);
  }

  /** Cells where the condition does not hold; elsewhere `other`, or missing. */
  mask(condition: unknown, other?: unknown): Series<T> {
    return this.#where(condition, other, true);
  }

  /** Label of the first cell that is not missing; null when all are. */
  first_valid_index(): Label | null {
    const at = missingMask(this[COLUMN]).indexOf(0);
    return at < 0 ? null : this.index.at(at);
  }

  last_valid_index(): Label | null {
    const at = missingMask(this[COLUMN]).lastIndexOf(0);
    return at < 0 ? null : this.index.at(at);
  }

  /** The cells of this Series, and where it has none those of the other. */
  combine_first(other: Series<unknown>): Series<T> {
    const { index, left, right } = pairWith(this[COLUMN], this.index, other);
    const gaps = missingMask(left);
    const list = Array.from({ length: index.length }, (_, i) => cell(gaps[i] === 1 ? right : left, i));
    const column = inferColumn(list);
    const kept = left.kind === 'float64' ? floatColumn(column) : column;
    return (this as unknown as Series<T>).reindex(index).withColumn<T>(kept);
  }

  #filledWith(value: unknown, limit: number): ReturnType<typeof fillWith> {
    const column = this[COLUMN];
    const pairs = pairsOf(value);
    if (!isSeries(value) && pairs === null) return fillWith(column, value, limit);
    const rows = isSeries(value) ? takeColumn(value[COLUMN], value.index.rowsOf(this.index)) : null;
    const dict = new Map(pairs ?? []);
    const gaps = missingMask(column);
    const own = this.index;
    return inferColumn(
      cells(column).map((was, i) => {
        if (gaps[i] === 0) return was;
        return rows === null ? (dict.get(own.labelAt(i)) ?? NaN) : cell(rows, i);
      }),
    );
  }

  #where(condition: unknown, other: unknown, turned: boolean): Series<T> {
    const given = isFunction(condition) ? condition(this) : condition;
    const bits = maskColumn(this.index, given).data as Uint8Array;
    const keep = turned ? bits.map((bit) => 1 - bit) : bits;
    const fallback = isFunction(other) ? other(this) : other;
    const right =
      fallback === undefined || fallback === null
        ? null
        : isSeries(fallback)
          ? pairWith(this[COLUMN], this.index, fallback).right
          : operandColumn(fallback, this.length);
    return this.withColumn<T>(whereColumn(this[COLUMN], keep, right ?? null));
  }
}
