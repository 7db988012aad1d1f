import { badArgument } from '../../../api/arguments.ts';
import { cell, isNumeric } from '../column/column.ts';
import type { Column } from '../column/column.ts';
import { columnFrom } from '../column/dtypes.ts';
import { factorize } from '../column/keys.ts';
import { argsort } from '../column/sorting.ts';
import * as stats from '../column/statistics.ts';
import { asFloats, takeColumn } from '../column/take.ts';
import { makeIndex, makeSeries } from '../factory.ts';
import { listOf } from '../selection/select.ts';
import type { Series } from '../types.ts';

export interface DescribeOptions {
  /** From 0 to 1; the median is always among them. */
  readonly percentiles?: readonly number[];
}

const QUARTERS: readonly number[] = [0.25, 0.5, 0.75];

/** The percentiles of describe(), ascending; the median is always among them. */
export function shares(wanted: unknown): readonly number[] {
  if (wanted === undefined || wanted === null) return QUARTERS;
  const list = listOf(wanted);
  if (list === null || list.some((q) => typeof q !== 'number' || !(q >= 0 && q <= 1)))
    throw badArgument('describe()', 'percentiles are a list of numbers from 0 to 1.');
  return [...new Set([...(list as readonly number[]), 0.5])].sort((a, b) => a - b);
}

function shareName(q: number): string {
  const percent = Number((q * 100).toPrecision(12));
  return `${Number.isInteger(percent) ? percent : percent.toFixed(1)}%`;
}

/** pandas' summary of a column: of numbers their spread, of anything else the commonest value. */
export function describeColumn(column: Column, name: unknown, percentiles = QUARTERS): Series {
  if (isNumeric(column) && column.kind !== 'bool') {
    const values = asFloats(column);
    const sorted = stats.sorted(values);
    const quantiles = percentiles.map((q) => stats.quantileOf(sorted, q));
    const data = [
      stats.count(values),
      stats.mean(values),
      stats.std(values),
      stats.min(values),
      ...quantiles,
      stats.max(values),
    ];
    return makeSeries<number>(
      { kind: 'float64', data: Float64Array.from(data) },
      makeIndex(['count', 'mean', 'std', 'min', ...percentiles.map(shareName), 'max']),
      name,
    );
  }
  const { codes, labels } = factorize(column, false);
  const counts = new Float64Array(labels.data.length);
  for (const code of codes) if (code >= 0) counts[code] = (counts[code] ?? 0) + 1;
  const top = argsort({ kind: 'float64', data: counts }, false)[0] ?? -1;
  const count = codes.filter((code) => code >= 0).length;
  const best = top < 0 ? NaN : cell(takeColumn(labels, Int32Array.of(top)), 0);
  const cells = [count, labels.data.length, best, top < 0 ? NaN : counts[top]];
  if (column.kind === 'datetime64[ns]') {
    const ends = [cell(column, stats.argmin(column.data)), cell(column, stats.argmax(column.data))];
    const labels = ['count', 'unique', 'top', 'freq', 'first', 'last'];
    return makeSeries<number>({ kind: 'object', data: [...cells, ...ends] }, makeIndex(labels), name);
  }
  return makeSeries<number>(columnFrom(cells), makeIndex(['count', 'unique', 'top', 'freq']), name);
}
