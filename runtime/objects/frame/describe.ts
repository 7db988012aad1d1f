import { cell, isNumeric } from './column/column.ts';
import type { Column } from './column/column.ts';
import { columnFrom } from './column/infer.ts';
import { asFloats, takeColumn } from './column/take.ts';
import { makeIndex, makeSeries } from './factory.ts';
import { factorize } from './kernel/keys.ts';
import { argsort } from './kernel/order.ts';
import * as stats from './kernel/stats.ts';
import type { Series } from './types.ts';

const NUMBERS = ['count', 'mean', 'std', 'min', '25%', '50%', '75%', 'max'];

/** pandas' summary of a column: of numbers their spread, of anything else the commonest value. */
export function describeColumn(column: Column, name: unknown): Series {
  if (isNumeric(column) && column.kind !== 'bool') {
    const values = asFloats(column);
    const sorted = stats.sorted(values);
    const quantiles = [0.25, 0.5, 0.75].map((q) => stats.quantileOf(sorted, q));
    const data = [
      stats.count(values),
      stats.mean(values),
      stats.std(values),
      stats.min(values),
      ...quantiles,
      stats.max(values),
    ];
    return makeSeries<number>({ kind: 'float64', data: Float64Array.from(data) }, makeIndex(NUMBERS), name);
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
  const kept = { kind: 'object' as const, data: cells };
  return makeSeries<number>(top < 0 ? columnFrom(cells) : kept, makeIndex(['count', 'unique', 'top', 'freq']), name);
}
