import { DateTime } from 'luxon';
import { chinaText } from '../../src/domain/time.ts';
import { isFrame, isIndex, isSeries, slice } from './tables.ts';
import type { DataFrame, Labels, Series } from './tables.ts';
import type { Tagged, TaggedIndex } from './value.ts';

/** The tagged form of what one of our expressions gave. */
export function encode(value: unknown): Tagged {
  if (typeof value === 'number') return numberTag(value);
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (isFrame(value)) return frameTag(value);
  if (isSeries(value)) return seriesTag(value);
  if (isIndex(value)) return { $index: indexTag(value) };
  if (value instanceof Date || DateTime.isDateTime(value)) return timeTag(value.valueOf());
  if (Array.isArray(value)) return tags(value);
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return tags(value as Float64Array);
  if (typeof value === 'object') return { $dict: entriesOf(value).map(([key, cell]) => [encode(key), encode(cell)]) };
  throw new Error(`no tag for ${typeof value}`);
}

function tags(values: Iterable<unknown>): Tagged[] {
  return Array.from(values, encode);
}

function numberTag(value: number): Tagged {
  if (Number.isNaN(value)) return { $n: 'NaN' };
  if (!Number.isFinite(value)) return { $n: value > 0 ? 'inf' : '-inf' };
  return value === 0 ? 0 : value;
}

function timeTag(ms: number): Tagged {
  return Number.isNaN(ms) ? null : { $t: chinaText(ms) };
}

function entriesOf(value: object): [unknown, unknown][] {
  if (value instanceof Map) return [...(value as Map<unknown, unknown>)];
  const items: unknown = Reflect.get(value, 'items');
  if (typeof items === 'function') return Reflect.apply(items, value, []) as [unknown, unknown][];
  return Object.entries(value);
}

function indexTag(index: Labels<unknown>): TaggedIndex {
  const labels = tags(index);
  if (index.nlevels > 1) return { tuples: labels as Tagged[][], names: index.names.map(encode) };
  return { labels, dtype: index.dtype, name: encode(index.name) };
}

function seriesTag(series: Series<unknown>): Tagged {
  const { dtype, name, index } = series;
  return { $series: { data: tags(series.tolist()), dtype, name: encode(name), index: indexTag(index) } };
}

function frameTag(frame: DataFrame): Tagged {
  const columns = Array.from({ length: frame.columns.length }, (_, i) => frame.iloc(slice(), i));
  return {
    $df: {
      columns: indexTag(frame.columns),
      index: indexTag(frame.index),
      data: columns.map((column) => tags(column.tolist())),
      dtypes: columns.map((column) => column.dtype),
    },
  };
}
