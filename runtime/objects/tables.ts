import { BtError } from '../../src/domain/errors.ts';
import type { HistoryBlock } from '../host.ts';
import { columnOf } from './bars.ts';
import type { BarField } from './bars.ts';
import { numbers, objects, times } from './frame/columns.ts';
import type { ColumnData } from './frame/columns.ts';
import { createFrame } from './frame/data-frame.ts';
import type { DataFrame } from './frame/data-frame.ts';
import { Index } from './frame/labels.ts';
import { createPanel } from './frame/panel.ts';
import type { Panel } from './frame/panel.ts';

/** The block of a call about one security. */
export function onlyBlock(blocks: readonly HistoryBlock[]): HistoryBlock {
  const [block] = blocks;
  if (block !== undefined) return block;
  throw new BtError('BAD_ANSWER', 'the engine gave no table for a security; report this.', { fault: 'bug' });
}

/** One security: rows are times, columns fields. */
export function frameOf<F extends BarField>(block: HistoryBlock, fields: readonly F[]): DataFrame<F> {
  const columns = new Map<string, ColumnData>(fields.map((field) => [field, numbers(columnOf(block, field))]));
  return createFrame<F>(columns, new Index(times(block.time)));
}

/** One security with its times as the column `date` and rows numbered from 0. */
export function numberedFrame<F extends BarField | 'date'>(block: HistoryBlock, fields: readonly F[]): DataFrame<F> {
  const columns = new Map<string, ColumnData>(
    fields.map((field) => [field, field === 'date' ? times(block.time) : numbers(columnOf(block, field))]),
  );
  return createFrame<F>(columns, Index.range(block.time.length));
}

/** Several securities one under the other: columns time, code and the fields, rows numbered from 0. */
export function longFrame<F extends BarField>(
  blocks: readonly HistoryBlock[],
  fields: readonly F[],
): DataFrame<F | 'time' | 'code'> {
  const length = blocks.reduce((sum, block) => sum + block.time.length, 0);
  const columns = new Map<string, ColumnData>();
  columns.set('time', times(joined(blocks, length, (block) => block.time)));
  columns.set('code', objects(blocks.flatMap((block) => Array<string>(block.time.length).fill(block.security))));
  for (const field of fields) columns.set(field, numbers(joined(blocks, length, (block) => columnOf(block, field))));
  return createFrame<F | 'time' | 'code'>(columns, Index.range(length));
}

/** One field of several securities: rows are all their times, columns codes, NaN where a security has no bar. */
export function wideFrame(blocks: readonly HistoryBlock[], field: string): DataFrame {
  const axis = timeAxis(blocks);
  return wideOn(axis, blocks, field);
}

/** All fields of several securities, time × code each. */
export function panelOf<F extends BarField>(blocks: readonly HistoryBlock[], fields: readonly F[]): Panel<F> {
  const axis = timeAxis(blocks);
  const tables = new Map<F, DataFrame>(fields.map((field) => [field, wideOn(axis, blocks, field)]));
  const codes = blocks.map((block) => block.security);
  return createPanel<F>(tables, new Index(times(axis)), codes);
}

function wideOn(axis: Float64Array, blocks: readonly HistoryBlock[], field: string): DataFrame {
  const rows = new Map(Array.from(axis, (time, row): [number, number] => [time, row]));
  const columns = new Map<string, ColumnData>();
  for (const block of blocks) {
    const wide = new Float64Array(axis.length).fill(Number.NaN);
    const values = columnOf(block, field);
    block.time.forEach((time, i) => {
      wide[rows.get(time) ?? -1] = values[i] ?? Number.NaN;
    });
    columns.set(block.security, numbers(wide));
  }
  return createFrame(columns, new Index(times(axis)));
}

/** Every time of any block, once, ascending. */
function timeAxis(blocks: readonly HistoryBlock[]): Float64Array {
  return Float64Array.from(new Set(blocks.flatMap((block) => [...block.time]))).sort();
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
