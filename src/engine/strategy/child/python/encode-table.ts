import {
  COLUMN,
  DATA,
  isFrame,
  isIndex,
  isSeries,
  NAMES,
  PanelMethods,
  type DataFrame,
  type Index,
  type TableColumn,
} from '../../../../../runtime/foreign.ts';
import type { Blocks } from './frame.ts';
import { TAG, type Json, type JsonObject } from './json.ts';

/** Writes any other value. */
type Write = (value: unknown) => Json;

/** A table as it crosses: columns as blocks. Null for what is no table. */
export function encodeTable(value: object, blocks: Blocks, write: Write): JsonObject | null {
  if (isFrame(value)) return frameJson(value, blocks, write);
  if (isSeries(value)) {
    const index = indexJson(value.index, blocks, write);
    return { [TAG]: 'series', name: write(value.name), index, data: columnJson(value[COLUMN], blocks, write) };
  }
  if (isIndex(value)) return { [TAG]: 'index', ...indexJson(value as Index, blocks, write) };
  if (value instanceof PanelMethods) {
    const items = value.items.tolist();
    // Its tables are read by their names, which no other member has.
    const frames = items.map((name) => frameJson(Reflect.get(value, String(name)) as DataFrame, blocks, write));
    return { [TAG]: 'panel', items: items.map(write), frames };
  }
  return null;
}

function frameJson(frame: DataFrame, blocks: Blocks, write: Write): JsonObject {
  return {
    [TAG]: 'frame',
    columns: indexJson(frame[NAMES], blocks, write),
    index: indexJson(frame.index, blocks, write),
    data: frame[DATA].map((column) => columnJson(column, blocks, write)),
  };
}

function indexJson(index: Index, blocks: Blocks, write: Write): JsonObject {
  const [first] = index.levels;
  if (index.nlevels !== 1 || first === undefined) {
    const levels = index.levels.map((level) => columnJson(level, blocks, write));
    return { names: index.names.map(write), levels };
  }
  if (index.name === null && isRange(first)) return { range: first.data.length };
  return { name: index.name, v: columnJson(first, blocks, write) };
}

function isRange(column: TableColumn): boolean {
  if (column.kind !== 'int64') return false;
  const { data } = column;
  for (let i = 0; i < data.length; i += 1) if (data[i] !== i) return false;
  return true;
}

export function columnJson(column: TableColumn, blocks: Blocks, write: Write): JsonObject {
  switch (column.kind) {
    case 'float64':
      return floatsJson(column.data, blocks);
    case 'int64':
      return blockJson('i8', wholes(column.data), column.data.length, blocks);
    case 'bool':
      return blockJson('b1', column.data, column.data.length, blocks);
    case 'datetime64[ns]':
      return blockJson('ms', wholes(column.data), column.data.length, blocks);
    case 'object':
      return cellsJson(column.data, write);
  }
}

export function floatsJson(values: Float64Array, blocks: Blocks): JsonObject {
  return blockJson('f8', bytesOf(values), values.length, blocks);
}

/** Any other typed array of whole numbers. */
export function wholesJson(values: ArrayLike<number | bigint>, blocks: Blocks): JsonObject {
  const numbers = Float64Array.from(values as ArrayLike<number>, Number);
  return blockJson('i8', wholes(numbers), numbers.length, blocks);
}

function cellsJson(cells: readonly unknown[], write: Write): JsonObject {
  if (cells.every((cell) => typeof cell === 'string' || cell === null)) return { [TAG]: 'array', k: 'text', v: cells };
  return { [TAG]: 'array', k: 'any', v: write([...cells]) };
}

function blockJson(k: string, bytes: Uint8Array, n: number, blocks: Blocks): JsonObject {
  return { [TAG]: 'array', k, o: blocks.add(bytes), n };
}

const WORD = 2 ** 32;
/** The upper half of the missing time, −2^63; its lower half is 0. */
const NO_TIME_HIGH = 2 ** 31;

/** As 64-bit integers, by halves, because BigInt takes ten times as long; what is no number becomes the missing time. */
function wholes(values: Float64Array): Uint8Array {
  const out = new Uint32Array(2 * values.length);
  for (let i = 0; i < values.length; i += 1) {
    const value = Math.trunc(values[i] ?? Number.NaN);
    const high = Math.floor(value / WORD);
    out[2 * i] = Number.isNaN(value) ? 0 : value - high * WORD;
    out[2 * i + 1] = Number.isNaN(value) ? NO_TIME_HIGH : high;
  }
  return bytesOf(out);
}

/** Little-endian on all that Node runs on. */
function bytesOf(values: Float64Array | Uint32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
