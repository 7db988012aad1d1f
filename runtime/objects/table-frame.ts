import type { DataColumn, DataTable } from '../../src/domain/data/table.ts';
import { chinaDay } from '../../src/domain/time.ts';
import { date } from './datetime/date.ts';
import { bools, floats, ints, objects, times } from './frame/column/column.ts';
import type { Column } from './frame/column/column.ts';
// The classes put themselves into the factory when they load.
import './frame/data-frame.ts';
import { makeFrame } from './frame/factory.ts';
import { Index } from './frame/index/index.ts';
import type { DataFrame } from './frame/types.ts';

/** How days are shown: as pandas' Timestamps, as `date` objects, or as texts `YYYY-MM-DD`. */
export type DayLook = 'timestamp' | 'date' | 'text';

export interface FrameLook {
  readonly days: DayLook;
  /** The column that becomes the index; null = rows are numbered from 0. */
  readonly index: string | null;
}

/** A table of the engine's as a strategy sees it, its columns in their order. */
export function frameOfTable<C extends string = string>(table: DataTable, look: FrameLook): DataFrame<C> {
  const { days, index } = look;
  const shown = [...table.columns].filter(([name]) => name !== index);
  const labels = index === null ? undefined : table.columns.get(index);
  const rows = labels === undefined ? Index.range(table.rows) : Index.of([columnFor(labels, days)]);
  return makeFrame<C>(
    new Index(shown.map(([name]) => name)),
    shown.map(([, column]) => columnFor(column, days)),
    rows,
  );
}

/** A column of an answer as one of a table. Whole numbers with a gap are floats, as in pandas; flags with a gap are objects. */
export function columnFor(column: DataColumn, days: DayLook): Column {
  switch (column.kind) {
    case 'text':
      return objects(column.values);
    case 'float':
      return floats(column.values);
    case 'int':
      return column.values.some(Number.isNaN) ? floats(column.values) : ints(column.values);
    case 'time':
      return times(column.values);
    case 'flag':
      return column.values.some(Number.isNaN) ? objects(flagsOf(column.values)) : bools(Uint8Array.from(column.values));
    case 'day':
      return days === 'timestamp' ? times(column.values) : objects(dayLabels(column.values, days === 'date'));
  }
}

/** True or false for each flag; null for one that is not known. */
export function flagsOf(values: Float64Array): (boolean | null)[] {
  return Array.from(values, (value) => (Number.isNaN(value) ? null : value === 1));
}

/** Days repeat: each is made once. */
function dayLabels(values: Float64Array, isDate: boolean): unknown[] {
  const known = new Map<number, unknown>();
  return Array.from(values, (value) => {
    if (Number.isNaN(value)) return null;
    const label = known.get(value) ?? (isDate ? date.fromisoformat(chinaDay(value)) : chinaDay(value));
    known.set(value, label);
    return label;
  });
}
