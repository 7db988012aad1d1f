import { BtError } from '../../../src/domain/errors.ts';
import { bools, objects } from './column/column.ts';
import type { Column, Dtype } from './column/column.ts';
// The classes put themselves into the factory when they load.
import './data-frame.ts';
import { makeFrame, makeLevels, makeSeries } from './factory.ts';
import { COLUMN, DATA, NAMES } from './store.ts';
import { isFrame, isIndex, isSeries } from './is-table.ts';
import type { DataFrame, Index, Series } from './types.ts';

/** Cells of a column: copies of its numbers, or what an object column holds. */
interface ColumnState {
  readonly dtype: Dtype;
  readonly cells: Float64Array | Uint8Array | readonly unknown[];
}
interface LabelsState {
  readonly levels: readonly ColumnState[];
  readonly names: readonly (string | null)[];
}

/** A table as plain data that can be cloned and stored; object cells are as they are. */
export type TableState =
  | {
      readonly table: 'DataFrame';
      readonly columns: LabelsState;
      readonly index: LabelsState;
      readonly data: readonly ColumnState[];
    }
  | { readonly table: 'Series'; readonly index: LabelsState; readonly data: ColumnState; readonly name: unknown }
  | { readonly table: 'Index'; readonly index: LabelsState };

/** What a table is made of; null for anything that is none. */
export function tableState(value: unknown): TableState | null {
  if (isFrame(value)) {
    const data = value[DATA].map(columnState);
    return { table: 'DataFrame', columns: labelsState(value[NAMES]), index: labelsState(value.index), data };
  }
  if (isSeries(value)) {
    return { table: 'Series', index: labelsState(value.index), data: columnState(value[COLUMN]), name: value.name };
  }
  return isIndex(value) ? { table: 'Index', index: labelsState(value as Index) } : null;
}

/** The same table again. */
export function tableFrom(state: TableState): DataFrame | Series<unknown> | Index {
  const index = labelsFrom(state.index);
  if (state.table === 'Index') return index;
  if (state.table === 'Series') return makeSeries<unknown>(columnFromState(state.data), index, state.name);
  return makeFrame(labelsFrom(state.columns), state.data.map(columnFromState), index);
}

function columnState({ kind, data }: Column): ColumnState {
  return { dtype: kind, cells: data.slice() };
}

function labelsState(index: Index): LabelsState {
  return { levels: index.levels.map(columnState), names: [...index.names] };
}

function labelsFrom({ levels, names }: LabelsState): Index {
  return makeLevels(levels.map(columnFromState), names);
}

function columnFromState({ dtype, cells }: ColumnState): Column {
  if (dtype === 'object' && Array.isArray(cells)) return objects(cells as readonly unknown[]);
  if (dtype === 'bool' && cells instanceof Uint8Array) return bools(cells);
  if (dtype !== 'object' && dtype !== 'bool' && cells instanceof Float64Array) return { kind: dtype, data: cells };
  throw new BtError(
    'BAD_TABLE',
    `a stored table has ${dtype} cells of another kind; delete the state and start again.`,
    {
      fault: 'bug',
    },
  );
}
