import { parseChinaTime } from '../../src/domain/time.ts';
import { chinaDateTime } from '../../runtime/objects/datetime/china-time.ts';
import { Labels, pd } from './tables.ts';
import type { DataFrame, Series } from './tables.ts';
import type { Tagged, TaggedFrame, TaggedIndex, TaggedSeries } from './value.ts';

type Dict = Exclude<Tagged, null | string | boolean | number | readonly Tagged[]>;

/** Our value of a tagged one: an input of a case, built with the constructors a strategy has. */
export function decode(value: Tagged): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return list(value as readonly Tagged[]);
  const tagged = value as Dict; // not a list
  if ('$n' in tagged) return { NaN: Number.NaN, inf: Infinity, '-inf': -Infinity }[tagged.$n];
  if ('$t' in tagged) return chinaDateTime(parseChinaTime(tagged.$t) ?? Number.NaN);
  if ('$dict' in tagged) return new Map(tagged.$dict.map(([key, cell]) => [decode(key), decode(cell)]));
  if ('$index' in tagged) return indexOf(tagged.$index);
  if ('$series' in tagged) return seriesOf(tagged.$series);
  if ('$df' in tagged) return frameOf(tagged.$df);
  throw new Error('an error is no input');
}

function list(values: readonly Tagged[]): unknown[] {
  return values.map(decode);
}

function indexOf(tagged: TaggedIndex): Labels {
  if ('tuples' in tagged) {
    const names = tagged.names.map((name) => (typeof name === 'string' ? name : null));
    return pd.MultiIndex.from_tuples(tagged.tuples.map(list), { names });
  }
  if (tagged.labels.length === 0 && tagged.dtype === 'int64') return Labels.range(0);
  if (tagged.labels.length === 0 && tagged.dtype === 'datetime64[ns]') return pd.DatetimeIndex([]);
  return new pd.Index(list(tagged.labels), { name: nameOf(tagged.name) });
}

function nameOf(name: Tagged): string | null {
  return typeof name === 'string' ? name : null;
}

function seriesOf({ data, index, name, dtype }: TaggedSeries): Series<unknown> {
  return pd.Series<unknown>(list(data), { index: indexOf(index), name: nameOf(name), dtype });
}

function frameOf(tagged: TaggedFrame): DataFrame {
  const index = indexOf(tagged.index);
  const names = 'labels' in tagged.columns ? tagged.columns.labels : [];
  const columns = tagged.data.map((data, i): [unknown, unknown] => [
    names[i],
    pd.Series<unknown>(list(data), { index, dtype: tagged.dtypes[i] }),
  ]);
  return pd.DataFrame(new Map(columns), { index });
}
