import type { Column } from '../column/column.ts';
import { unknownColumn } from '../errors.ts';
import { makeFrame, makeIndex, makeSeries } from '../factory.ts';
import { isFrame, isSeries } from '../is-table.ts';
import { COLUMN, DATA } from '../store.ts';
import type { DataFrame } from '../types.ts';
import type { Source } from './source.ts';

/** Some columns of a table by name. */
export function chosen<R>(source: Source<R>, names: readonly string[]): Source<DataFrame> {
  const at = names.map((name) => {
    const place = source.names?.rowOf(name) ?? -1;
    if (place < 0) throw unknownColumn(name, source.names ?? []);
    return place;
  });
  const labels = makeIndex(names);
  return {
    numbers: at.map((place) => source.numbers[place] ?? new Float64Array(0)),
    names: labels,
    index: source.index,
    build: (results) =>
      makeFrame(
        labels,
        results.map((data) => ({ kind: 'float64', data })),
        source.index,
      ),
    partner: (other) => source.partner(other).slice(0, at.length),
  };
}

/** Series as columns of one table, under the names of their statistics. */
export function besides(names: readonly string[], parts: readonly unknown[]): DataFrame {
  const columns: Column[] = [];
  const labels: unknown[] = [];
  let index = makeSeries({ kind: 'object', data: [] }, makeIndex([])).index;
  parts.forEach((part, i) => {
    if (isSeries(part)) {
      columns.push(part[COLUMN]);
      labels.push(names[i]);
      index = part.index;
    } else if (isFrame(part)) {
      part[DATA].forEach((column, c) => {
        columns.push(column);
        labels.push([part.columns.labelAt(c), names[i]]);
      });
      index = part.index;
    }
  });
  return makeFrame(makeIndex(labels), columns, index);
}
