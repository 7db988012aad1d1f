import { BtError } from '../../src/domain/errors.ts';
import type { HistoryBlock } from '../host.ts';
import { columnOf } from './bars.ts';
import type { BarField } from './bars.ts';
import { floats, ints, objects, times } from './frame/column/column.ts';
import type { Column } from './frame/column/column.ts';
// The classes put themselves into the factory when they load.
import './frame/data-frame.ts';
import { makeFrame } from './frame/factory.ts';
import { Index } from './frame/index/index.ts';
import { createPanel } from './frame/panel.ts';
import type { Panel } from './frame/panel.ts';
import type { DataFrame } from './frame/types.ts';

/** The block of a call about one security. */
export function onlyBlock(blocks: readonly HistoryBlock[]): HistoryBlock {
  const [block] = blocks;
  if (block !== undefined) return block;
  throw new BtError('BAD_ANSWER', 'the engine gave no table for a security; report this.', { fault: 'bug' });
}

/** One security: rows are times, columns fields. */
export function frameOf<F extends BarField>(block: HistoryBlock, fields: readonly F[]): DataFrame<F> {
  const data = fields.map((field) => floats(columnOf(block, field)));
  return makeFrame<F>(new Index(fields), data, timeIndex(block.time));
}

/** One security with its times as the column `date` and rows numbered from 0. */
export function numberedFrame<F extends BarField | 'date'>(block: HistoryBlock, fields: readonly F[]): DataFrame<F> {
  const data = fields.map((field) => (field === 'date' ? times(block.time) : floats(columnOf(block, field))));
  return makeFrame<F>(new Index(fields), data, Index.range(block.time.length));
}

/** Several securities one under the other, rows (code, number from 0). */
export function codedFrame<F extends BarField | 'date'>(
  blocks: readonly HistoryBlock[],
  fields: readonly F[],
): DataFrame<F> {
  const length = blocks.reduce((sum, block) => sum + block.time.length, 0);
  const codes = blocks.flatMap((block) => Array.from(block.time, () => block.security));
  const numbers = blocks.flatMap((block) => Array.from(block.time.keys()));
  const data = fields.map((field) =>
    field === 'date'
      ? times(joined(blocks, length, (block) => block.time))
      : floats(joined(blocks, length, (block) => columnOf(block, field))),
  );
  return makeFrame<F>(
    new Index(fields),
    data,
    Index.of([objects(codes), ints(Float64Array.from(numbers))], [null, null]),
  );
}

/** Several securities one under the other: columns time, code and the fields, rows numbered from 0. */
export function longFrame<F extends BarField>(
  blocks: readonly HistoryBlock[],
  fields: readonly F[],
): DataFrame<F | 'time' | 'code'> {
  const length = blocks.reduce((sum, block) => sum + block.time.length, 0);
  const codes: string[] = [];
  for (const block of blocks) for (let i = 0; i < block.time.length; i += 1) codes.push(block.security);
  const data: Column[] = [
    times(joined(blocks, length, (block) => block.time)),
    objects(codes),
    ...fields.map((field) => floats(joined(blocks, length, (block) => columnOf(block, field)))),
  ];
  return makeFrame<F | 'time' | 'code'>(new Index(['time', 'code', ...fields]), data, Index.range(length));
}

/** One field of several securities: rows are all their times, columns codes, NaN where a security has no bar. */
export function wideFrame(blocks: readonly HistoryBlock[], field: string): DataFrame {
  return wideOn(axisOf(blocks), blocks, field);
}

/** One field of several securities whose rows are not of the same times: columns codes, rows numbered from 0. */
export function numberedColumns(columns: readonly (readonly [string, Float64Array])[], rows: number): DataFrame {
  const names = new Index(columns.map(([security]) => security));
  return makeFrame(
    names,
    columns.map(([, values]) => floats(values)),
    Index.range(rows),
  );
}

/** All fields of several securities, time × code each. */
export function panelOf<F extends BarField>(blocks: readonly HistoryBlock[], fields: readonly F[]): Panel<F> {
  const axis = axisOf(blocks);
  const tables = new Map<F, DataFrame>(fields.map((field) => [field, wideOn(axis, blocks, field)]));
  return createPanel<F>(
    tables,
    axis.index,
    blocks.map((block) => block.security),
  );
}

/** The rows of a wide table, and for each security where its own rows go (null: they are the same). */
interface Axis {
  readonly index: Index;
  readonly places: readonly (Int32Array | null)[];
}

function wideOn({ index, places }: Axis, blocks: readonly HistoryBlock[], field: string): DataFrame {
  const data = blocks.map((block, b) => {
    const values = columnOf(block, field);
    const place = places[b];
    if (place === null || place === undefined) return floats(values);
    const wide = new Float64Array(index.length).fill(NaN);
    for (let i = 0; i < place.length; i += 1) wide[place[i] ?? 0] = values[i] ?? NaN;
    return floats(wide);
  });
  return makeFrame(new Index(blocks.map((block) => block.security)), data, index);
}

/** Every time of any block, once, ascending. Securities with the same times as the first keep their columns as they are. */
function axisOf(blocks: readonly HistoryBlock[]): Axis {
  const [first] = blocks;
  if (first === undefined) return { index: timeIndex(new Float64Array(0)), places: [] };
  const same = blocks.map((block) => sameTimes(first.time, block.time));
  if (!same.includes(false)) return { index: timeIndex(first.time), places: blocks.map(() => null) };
  const seen = new Set(first.time);
  blocks.forEach((block, b) => {
    if (same[b] === false) for (const time of block.time) seen.add(time);
  });
  const axis = Float64Array.from(seen).sort();
  const rows = new Map(Array.from(axis, (time, row): [number, number] => [time, row]));
  const places = blocks.map((block) => Int32Array.from(block.time, (time) => rows.get(time) ?? 0));
  return { index: timeIndex(axis), places };
}

function sameTimes(a: Float64Array, b: Float64Array): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i += 1) if (a[i] !== b[i]) return false;
  return true;
}

function timeIndex(data: Float64Array): Index {
  return Index.of([times(data)]);
}

function joined(
  blocks: readonly HistoryBlock[],
  length: number,
  pick: (block: HistoryBlock) => Float64Array,
): Float64Array {
  const all = new Float64Array(length);
  let at = 0;
  for (const block of blocks) {
    all.set(pick(block), at);
    at += block.time.length;
  }
  return all;
}
