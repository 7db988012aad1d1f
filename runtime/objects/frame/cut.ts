import { badArgument } from '../../api/arguments.ts';
import { flag, named } from './args.ts';
import { columnFrom } from './column/dtypes.ts';
import * as stats from './column/statistics.ts';
import { asFloats } from './column/take.ts';
import { makeRange, makeSeries } from './factory.ts';
import { listOf } from './selection/select.ts';
import { COLUMN } from './store.ts';
import { isSeries } from './is-table.ts';
import type { Series } from './types.ts';

/** The bin of each value: its label, its number with `labels: false`, else its bounds as a text like `(0, 5]`. */
export function cut(values: unknown, bins: number | readonly number[], options: object = {}): Series<unknown> {
  const a = named('cut', ['right', 'labels', 'include_lowest', 'precision', 'duplicates'], [options]);
  const data = numbersOf(values);
  const right = flag(a['right'], true);
  const edges = typeof bins === 'number' ? evenEdges(data, bins, right) : [...bins];
  return binned(values, data, edges, { right, lowest: flag(a['include_lowest'], false), labels: a['labels'] });
}

/** Bins with as many values each: `qcut(s, 10, { labels: false })`; a list gives the quantiles. */
export function qcut(values: unknown, q: number | readonly number[], options: object = {}): Series<unknown> {
  const a = named('qcut', ['labels', 'precision', 'duplicates', 'retbins'], [options]);
  const data = numbersOf(values);
  const sorted = stats.sorted(data);
  const shares = typeof q === 'number' ? Array.from({ length: q + 1 }, (_, i) => i / q) : q;
  const edges = shares.map((share) => stats.quantileOf(sorted, share));
  const unique = edges.filter((edge, i) => i === 0 || edge !== edges[i - 1]);
  if (unique.length < edges.length && a['duplicates'] !== 'drop') {
    throw badArgument('qcut()', "bin edges repeat; pass { duplicates: 'drop' } or rank the values first.");
  }
  return binned(values, data, unique, { right: true, lowest: true, labels: a['labels'] });
}

interface Binning {
  readonly right: boolean;
  readonly lowest: boolean;
  readonly labels: unknown;
}

function binned(
  values: unknown,
  data: Float64Array,
  edges: readonly number[],
  { right, lowest, labels }: Binning,
): Series<unknown> {
  const count = edges.length - 1;
  const names =
    labels === undefined || labels === null
      ? bounds(edges, right, lowest)
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

/** pandas widens the outer edge by a thousandth so that the extreme value is inside. */
function evenEdges(data: Float64Array, bins: number, right: boolean): number[] {
  const [low, high] = [stats.min(data), stats.max(data)];
  const edges = Array.from({ length: bins + 1 }, (_, i) => low + ((high - low) * i) / bins);
  const margin = (high - low) * 0.001;
  if (right) edges[0] = low - margin;
  else edges[bins] = high + margin;
  return edges;
}

function bounds(edges: readonly number[], right: boolean, lowest: boolean): string[] {
  const text = (value: number): string => String(Number(value.toPrecision(4)));
  return edges.slice(1).map((high, b) => {
    const low = edges[b] ?? NaN;
    const from = lowest && b === 0 ? low - 0.001 : low;
    return right ? `(${text(from)}, ${text(high)}]` : `[${text(low)}, ${text(high)})`;
  });
}

function numbersOf(values: unknown): Float64Array {
  return asFloats(isSeries(values) ? values[COLUMN] : columnFrom(listOf(values) ?? []));
}
