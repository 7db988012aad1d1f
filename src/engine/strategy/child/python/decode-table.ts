import {
  bools,
  chinaDateTime,
  columnFrom,
  createPanel,
  floats,
  ints,
  makeFrame,
  makeLevels,
  makeRange,
  makeSeries,
  objects,
  times,
  type DataFrame,
  type Index,
  type TableColumn,
} from '../../../../../runtime/foreign.ts';
import { isObject, NO_TIME } from './json.ts';

type Tagged = Readonly<Record<string, unknown>>;
/** Reads any other value. */
type Read = (value: unknown) => unknown;

/** A table, a column with labels, or labels, that Python passed. */
export function decodeTable(kind: 'series' | 'frame' | 'index' | 'panel', v: Tagged, bytes: Uint8Array, read: Read) {
  switch (kind) {
    case 'series':
      return makeSeries(columnOf(v['data'], bytes, read), indexOf(v['index'], bytes, read), read(v['name']));
    case 'frame':
      return frameOf(v, bytes, read);
    case 'index':
      return indexOf(v, bytes, read);
    case 'panel': {
      const frames = listOf(v['frames']).map((frame) => frameOf(objectOf(frame), bytes, read));
      const items = listOf(v['items']).map((item) => String(read(item)));
      const tables = new Map(frames.map((frame, i): [string, DataFrame] => [items[i] ?? '', frame]));
      const [first] = frames;
      return createPanel(tables, first?.index ?? makeRange(0), first?.columns.tolist().map(String) ?? []);
    }
  }
}

function frameOf(v: Tagged, bytes: Uint8Array, read: Read): DataFrame {
  const columns = listOf(v['data']).map((column) => columnOf(column, bytes, read));
  return makeFrame(indexOf(v['columns'], bytes, read), columns, indexOf(v['index'], bytes, read));
}

function indexOf(value: unknown, bytes: Uint8Array, read: Read): Index {
  const v = objectOf(value);
  if ('range' in v) return makeRange(Number(v['range']));
  if ('levels' in v) {
    const levels = listOf(v['levels']).map((level) => columnOf(level, bytes, read));
    return makeLevels(levels, listOf(v['names']).map(nameOf));
  }
  return makeLevels([columnOf(v['v'], bytes, read)], [nameOf(v['name'])]);
}

/** Names of ours are texts. */
function nameOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The cells of an array. */
export function columnOf(value: unknown, bytes: Uint8Array, read: Read): TableColumn {
  const v = objectOf(value);
  switch (v['k']) {
    case 'f8':
      return floats(new Float64Array(part(v, bytes, 8)));
    case 'i8':
      return ints(Float64Array.from(new BigInt64Array(part(v, bytes, 8)), Number));
    case 'b1':
      return bools(new Uint8Array(part(v, bytes, 1)));
    case 'ms':
      return times(Float64Array.from(new BigInt64Array(part(v, bytes, 8)), millisecondsOf));
    case 'text':
      return objects(listOf(v['v']));
    default:
      return columnFrom(listOf(v['v']).map(read));
  }
}

/** An array as a strategy would pass it: numbers as a Float64Array, everything else as a list. */
export function arrayOf(v: Tagged, bytes: Uint8Array, read: Read): unknown {
  const column = columnOf(v, bytes, read);
  switch (column.kind) {
    case 'float64':
      return column.data;
    case 'int64':
      return Array.from(column.data);
    case 'bool':
      return Array.from(column.data, (one) => one === 1);
    case 'datetime64[ns]':
      return Array.from(column.data, (ms) => (Number.isNaN(ms) ? null : chinaDateTime(ms)));
    case 'object':
      return [...column.data];
  }
}

/** The bytes of a block, as a buffer of their own. */
export function part(v: Tagged, bytes: Uint8Array, width: number): ArrayBuffer {
  const [offset, count] = [Number(v['o']), Number(v['n'])];
  const end = offset + count * width;
  if (!Number.isSafeInteger(end) || offset < 0 || end > bytes.length) {
    throw new RangeError(`a block from ${offset} to ${end} in ${bytes.length} bytes`);
  }
  return Uint8Array.from(bytes.subarray(offset, end)).buffer;
}

function millisecondsOf(value: bigint): number {
  return value === NO_TIME ? Number.NaN : Number(value);
}

function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new TypeError('a list was expected');
}

function objectOf(value: unknown): Tagged {
  if (isObject(value)) return value;
  throw new TypeError('an object was expected');
}
