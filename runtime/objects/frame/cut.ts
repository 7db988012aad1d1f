import { badArgument } from '../../api/arguments.ts';
import { flag, numberOr, textOr } from './args.ts';
import { columnFrom } from './column/dtypes.ts';
import * as stats from './column/statistics.ts';
import { asFloats } from './column/take.ts';
import { roundHalfEven } from './column/transforms.ts';
import { makeRange, makeSeries } from './factory.ts';
import { listOf } from './selection/select.ts';
import { COLUMN } from './store.ts';
import { isSeries } from './is-table.ts';
import type { Series } from './types.ts';

/** The bin of each value: its label, its number with `labels: false`, else its bounds as a text like `(0, 5]`. */
export function cut(values: unknown, bins: number | Iterable<number>, options: BinOptions = {}): Series<unknown> {
  const data = numbersOf(values);
  const right = flag(options.right, true);
  if (data.length === 0) throw badArgument('cut()', 'has nothing to cut: the list is empty.');
  if (typeof bins === 'number' && !(Number.isInteger(bins) && bins > 0))
    throw badArgument('cut()', 'bins must be a whole number from 1 on, or a list of edges.');
  const edges =
    typeof bins === 'number' ? evenEdges(data, bins, right) : unrepeated([...bins], options.duplicates, 'cut()');
  if (edges.some((edge, i) => i > 0 && !(edge > (edges[i - 1] ?? NaN))))
    throw badArgument('cut()', 'edges must go up.');
  return binned(values, data, edges, { ...options, right, include_lowest: flag(options.include_lowest, false) });
}

/** Bins with as many values each: `qcut(s, 10, { labels: false })`; a list gives the quantiles. */
export function qcut(values: unknown, q: number | readonly number[], options: BinOptions = {}): Series<unknown> {
  const data = numbersOf(values);
  const sorted = stats.sorted(data);
  const shares = typeof q === 'number' ? Array.from({ length: q + 1 }, (_, i) => i / q) : q;
  const edges = shares.map((share) => stats.quantileOf(sorted, share));
  const unique = unrepeated(edges, options.duplicates, 'qcut()');
  return binned(values, data, unique, { ...options, right: true, include_lowest: true });
}

/** Keyword arguments of cut() and qcut(). */
export interface BinOptions {
  readonly right?: boolean;
  readonly labels?: unknown;
  readonly precision?: number;
  readonly include_lowest?: boolean;
  readonly duplicates?: 'raise' | 'drop';
}

function unrepeated(edges: readonly number[], duplicates: unknown, where: string): number[] {
  const unique = edges.filter((edge, i) => i === 0 || edge !== edges[i - 1]);
  const drop = textOr(duplicates, ['raise', 'drop'], 'raise', `${where} duplicates`) === 'drop';
  if (unique.length < edges.length && !drop)
    throw badArgument(where, "bin edges repeat; pass { duplicates: 'drop' } or rank the values first.");
  return unique;
}

function binned(
  values: unknown,
  data: Float64Array,
  edges: readonly number[],
  { right = true, include_lowest: lowest = false, labels, precision }: BinOptions,
): Series<unknown> {
  const digits = numberOr(precision, 3, 'cut() precision');
  const count = edges.length - 1;
  const names =
    labels === undefined || labels === null
      ? bounds(edges, right, lowest, digits)
      : labels === false
        ? null
        : (listOf(labels) ?? []);
  if (names !== null && names.length !== count)
    throw badArgument('cut()', `has ${count} bins but ${names.length} labels.`);
  const cells = Array.from(data, (value) => {
    const bin = binOf(value, edges, right, lowest);
    if (bin < 0) return NaN;
    return names === null ? bin : names[bin];
  });
  const index = isSeries(values) ? values.index : makeRange(cells.length);
  return makeSeries(columnFrom(cells), index, isSeries(values) ? values.name : null);
}

function binOf(value: number, edges: readonly number[], right: boolean, lowest: boolean): number {
  for (let b = 0; b + 1 < edges.length; b += 1) {
    const [low = NaN, high = NaN] = [edges[b], edges[b + 1]];
    const inside = right ? value > low && value <= high : value >= low && value < high;
    if (inside || (right && lowest && b === 0 && value === low)) return b;
  }
  return -1;
}

/** pandas widens the outer edge by a thousandth so that the extreme value is inside; cells that are all equal get room on both sides. */
function evenEdges(data: Float64Array, bins: number, right: boolean): number[] {
  const [low, high] = [stats.min(data), stats.max(data)];
  if (!Number.isFinite(low) || !Number.isFinite(high))
    throw badArgument('cut()', 'needs finite numbers to make bins of.');
  const spare = low === high ? (low === 0 ? 0.001 : 0.001 * Math.abs(low)) : 0;
  const edges = evenly(low - spare, high + spare, bins);
  if (low === high) return edges;
  const margin = (high - low) * 0.001;
  if (right) edges[0] = low - margin;
  else edges[bins] = high + margin;
  return edges;
}

/** numpy's linspace. */
function evenly(from: number, to: number, steps: number): number[] {
  const step = (to - from) / steps;
  return Array.from({ length: steps + 1 }, (_, i) => (i === steps ? to : from + i * step));
}

/** The bounds as pandas' intervals show them, with as many digits as tell the edges apart. */
function bounds(edges: readonly number[], right: boolean, lowest: boolean, precision: number): string[] {
  let digits = precision;
  while (digits < 20 && new Set(edges.map((edge) => roundedTo(edge, digits))).size < edges.length) digits += 1;
  const all = edges.map((edge) => roundedTo(edge, digits));
  const whole = edges.every(Number.isInteger) && !lowest;
  const text = (value: number): string => (whole || !Number.isInteger(value) ? String(value) : value.toFixed(1));
  return all.slice(1).map((high, b) => {
    const low = all[b] ?? NaN;
    const from = lowest && b === 0 && right ? low - 10 ** -digits : low;
    return right ? `(${text(from)}, ${text(high)}]` : `[${text(low)}, ${text(high)})`;
  });
}

/** pandas' _round_frac: digits behind the point, or significant ones below 1. */
function roundedTo(value: number, digits: number): number {
  if (!Number.isFinite(value) || value === 0) return value;
  const whole = Math.trunc(value);
  const places = whole === 0 ? -Math.floor(Math.log10(Math.abs(value - whole))) - 1 + digits : digits;
  return roundHalfEven(value, places);
}

function numbersOf(values: unknown): Float64Array {
  return asFloats(isSeries(values) ? values[COLUMN] : columnFrom(listOf(values) ?? []));
}
