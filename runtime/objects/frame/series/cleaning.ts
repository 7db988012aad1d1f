import { badArgument } from '../../../api/arguments.ts';
import { flag, isFunction, pairsOf, textOr } from '../args.ts';
import type { Named } from '../args.ts';
import { bools, cell, cells, isNumeric, missingMask } from '../column/column.ts';
import { inferColumn } from '../column/dtypes.ts';
import { isinColumn } from '../column/keys.ts';
import { comparison, logic } from '../column/operators.ts';
import { asFloats, floatColumn, maskPositions, takeColumn } from '../column/take.ts';
import { fillColumn, fillWith, interpolate, replaceCells, whereColumn } from '../column/transforms.ts';
import type { Lines } from '../column/transforms.ts';
import { badOperator } from '../errors.ts';
import { operandColumn, pairWith } from '../labels/align.ts';
import { maskColumn } from '../selection/select.ts';
import { given } from '../signatures/signature.ts';
import { BECOME, COLUMN, NUMBERS, ROWS, WITH_COLUMN } from '../store.ts';
import { isSeries } from '../is-table.ts';
import type { Index, Label, Series } from '../types.ts';
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
    return this[WITH_COLUMN]<boolean>(bools(missingMask(this[COLUMN])));
  }

  isna(): Series<boolean> {
    return this.isnull();
  }

  notnull(): Series<boolean> {
    return this[WITH_COLUMN]<boolean>(bools(missingMask(this[COLUMN]).map((bit) => 1 - bit)));
  }

  notna(): Series<boolean> {
    return this.notnull();
  }

  get hasnans(): boolean {
    return missingMask(this[COLUMN]).includes(1);
  }

  dropna(
    ...args: readonly [axis?: 0 | { readonly inplace?: boolean }, options?: { readonly inplace?: boolean }]
  ): Series<T> {
    const kept = this[ROWS](maskPositions(missingMask(this[COLUMN]).map((bit) => 1 - bit)));
    return flag(given(args)['inplace'], false) ? this[BECOME](kept) : kept;
  }

  /** `fillna(0)`, `fillna({ method: 'ffill' })`, `fillna(series or { label: value })`. */
  fillna(value?: unknown, options: FillOptions = {}): Series<T> {
    const { inplace } = options;
    const limit = readLimit(options.limit, 'fillna() limit');
    const words = ['ffill', 'pad', 'bfill', 'backfill', 'none'] as const;
    const method = textOr(options.method, words, 'none', 'fillna() method');
    const nothing = value === undefined || value === null;
    if ((method === 'none') === nothing) throw badArgument('fillna()', 'needs a value or a method, and not both.');
    const filled = this[WITH_COLUMN]<T>(
      method === 'none' ? this.#filledWith(value, limit) : fillColumn(this[COLUMN], method.startsWith('b'), limit),
    );
    return flag(inplace, false) ? this[BECOME](filled) : filled;
  }

  ffill(options: FillOptions = {}): Series<T> {
    return this.fillna(undefined, { ...options, method: 'ffill' });
  }

  bfill(options: FillOptions = {}): Series<T> {
    return this.fillna(undefined, { ...options, method: 'bfill' });
  }

  /** Gaps take values on the straight line between their neighbours. */
  interpolate(...args: readonly [method?: string | InterpolateOptions, options?: InterpolateOptions]): Series<T> {
    const a = given(args);
    const filled = this.hasnans
      ? this[WITH_COLUMN]<T>({
          kind: 'float64',
          data: interpolate(this[NUMBERS]('interpolate'), readLines(a, this.index)),
        })
      : this.copy();
    return flag(a['inplace'], false) ? this[BECOME](filled) : filled;
  }

  /** `replace(0, NaN)`, `replace([1, 2], 0)`, `replace({ old: new })`. */
  replace(what?: unknown, value?: unknown, options: ReplaceOptions = {}): Series<T> {
    const { old, fresh, regex } = readReplace(what, value, options);
    const replaced = this[WITH_COLUMN]<T>(replaceCells(this[COLUMN], old, fresh, regex));
    return options.inplace === true ? this[BECOME](replaced) : replaced;
  }

  /** True where the cell is one of the values. */
  isin(values: Iterable<unknown>): Series<boolean> {
    return this[WITH_COLUMN]<boolean>(isinColumn(this[COLUMN], values));
  }

  between(
    left: unknown,
    right: unknown,
    ...args: readonly [inclusive?: Inclusive | { readonly inclusive?: Inclusive }]
  ): Series<boolean> {
    const inclusive = given(args)['inclusive'] ?? 'both';
    if (typeof inclusive !== 'boolean')
      textOr(inclusive, ['both', 'neither', 'left', 'right'], 'both', 'between() inclusive');
    const low = inclusive === true || inclusive === 'both' || inclusive === 'left';
    const high = inclusive === true || inclusive === 'both' || inclusive === 'right';
    const column = this[COLUMN];
    const n = this.length;
    const above = comparison(low ? 'ge' : 'gt', column, operandColumn(left, n), n);
    return this[WITH_COLUMN]<boolean>(
      logic('and', above, comparison(high ? 'le' : 'lt', column, operandColumn(right, n), n), n),
    );
  }

  /** Cells where the condition holds; elsewhere `other`, or missing. */
  where(condition: unknown, other?: unknown, options: { readonly inplace?: boolean } = {}): Series<T> {
    return this.#where(condition, other, options, false);
  }

  /** Cells where the condition does not hold; elsewhere `other`, or missing. */
  mask(condition: unknown, other?: unknown, options: { readonly inplace?: boolean } = {}): Series<T> {
    return this.#where(condition, other, options, true);
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
    return (this as unknown as Series<T>).reindex(index)[WITH_COLUMN]<T>(kept);
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

  #where(condition: unknown, other: unknown, { inplace }: { readonly inplace?: boolean }, turned: boolean): Series<T> {
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
    const result = this[WITH_COLUMN]<T>(whereColumn(this[COLUMN], keep, right ?? null));
    return inplace === true ? this[BECOME](result) : result;
  }
}

type Inclusive = 'both' | 'neither' | 'left' | 'right' | boolean;

export interface InterpolateOptions {
  /** `linear` goes by row, `index` (`values`, `time`) by the labels. */
  readonly method?: 'linear' | 'index' | 'values' | 'time';
  readonly limit?: number;
  readonly limit_direction?: 'forward' | 'backward' | 'both';
  readonly axis?: 0 | 1;
  readonly inplace?: boolean;
}

/** How interpolate() fills, out of its options and the labels. */
export function readLines(a: Named, index: Index): Lines {
  const words = ['linear', 'index', 'values', 'time'] as const;
  const method = textOr(a['method'], words, 'linear', 'interpolate() method');
  const limit = readLimit(a['limit'], 'interpolate() limit');
  const ways = ['forward', 'backward', 'both'] as const;
  const direction = textOr(a['limit_direction'], ways, 'forward', 'interpolate() limit_direction');
  if (method === 'linear') return { places: null, limit, direction };
  const [level] = index.levels;
  const times = level?.kind === 'datetime64[ns]';
  if (level === undefined || index.nlevels > 1 || (!times && (method === 'time' || !isNumeric(level))))
    throw badOperator(
      `interpolate({ method: '${method}' }) needs an index of ${method === 'time' ? 'times' : 'numbers or times'}.`,
    );
  return { places: times ? level.data : asFloats(level), limit, direction };
}

/** A limit of filled cells: a whole number from 1. */
export function readLimit(value: unknown, where: string): number {
  if (value === undefined || value === null) return Infinity;
  if (typeof value === 'number' && Number.isInteger(value) && value > 0) return value;
  throw badArgument(where, 'must be a whole number from 1 on.');
}

export interface ReplaceOptions {
  readonly inplace?: boolean;
  /** True: the old values are patterns; or the pattern itself. */
  readonly regex?: unknown;
}

/** What replace() replaces by what; `regex` may be the pattern itself. */
export function readReplace(
  what: unknown,
  value: unknown,
  { regex }: ReplaceOptions,
): { readonly old: unknown; readonly fresh: unknown; readonly regex: boolean } {
  const patterns = regex !== undefined && regex !== null && typeof regex !== 'boolean';
  if (patterns && what !== undefined && what !== null)
    throw badArgument('replace()', 'takes the old values or { regex: pattern }, not both.');
  const old = patterns ? regex : what;
  if (old === undefined || old === null) throw badArgument('replace()', 'needs the values to replace: replace(0, 1).');
  return { old, fresh: value, regex: patterns || regex === true || old instanceof RegExp };
}
