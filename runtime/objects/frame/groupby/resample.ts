import { badArgument } from '../../../api/arguments.ts';
import { named } from '../args.ts';
import { times } from '../column/column.ts';
import type { Column } from '../column/column.ts';
import { concatColumns } from '../column/take.ts';
import { fillPositions } from '../column/transforms.ts';
import { badOperator } from '../errors.ts';
import { makeFrame, makeIndex, makeLevels } from '../factory.ts';
import { cellsOf } from '../selection/select.ts';
import { COLUMN } from '../store.ts';
import { stepAround, stepLabel, timeRule } from '../time-rules.ts';
import type { TimeRule } from '../time-rules.ts';
import type { DataFrame } from '../types.ts';
import { GroupBy } from './group-by.ts';
import type { GroupResult } from './groups.ts';
import { reduceGroups } from './reduce.ts';

/** Groups of steps of time; steps without rows are there too. */
export class Resampler<S extends boolean = false> extends GroupBy<S> {
  static of(frame: DataFrame, text: string, options: object, single: boolean): Resampler {
    const a = named('resample', ['closed', 'label', 'on', 'axis', 'origin', 'offset', 'convention', 'kind'], [options]);
    const rule = timeRule(text);
    const { on } = a;
    const column = on === undefined ? frame.index.levels[0] : cellsOf(frame, on);
    if (column?.kind !== 'datetime64[ns]')
      throw badOperator('resample() needs an index of times, or { on: column } with times.');
    const closedRight = a['closed'] === undefined ? false : a['closed'] === 'right';
    const labelRight = a['label'] === undefined ? rule.end : a['label'] === 'right';
    const { codes, labels } = bins(column.data, rule, closedRight, labelRight);
    const name = on === undefined ? frame.index.name : (on as string);
    const index = makeLevels([times(labels)], [name]);
    const keys = typeof on === 'string' ? [on] : [];
    const chosen = Array.from({ length: frame.names.length }, (_, at) => at).filter(
      (at) => !keys.includes(String(frame.names.labelAt(at))),
    );
    return new Resampler({ frame, grouping: { codes, index, keys }, chosen, single, asIndex: true });
  }

  /** Columns open, high, low, close of each step. */
  ohlc(): DataFrame {
    const [at = 0] = this.grouped.chosen;
    const column = this.grouped.frame.columnAt(at);
    const source = column[COLUMN];
    const parts = (['first', 'max', 'min', 'last'] as const).map((name) =>
      reduceGroups(source, this.codes, this.ngroups, name),
    );
    return makeFrame(makeIndex(['open', 'high', 'low', 'close']), parts, this.labels);
  }

  /** The rows that stand exactly at a step; `method` fills the others. */
  asfreq(method: 'ffill' | 'bfill' | null = null): GroupResult<S> {
    return this.#atSteps(method);
  }

  override ffill(): GroupResult<S> {
    return this.#atSteps('ffill');
  }

  override bfill(): GroupResult<S> {
    return this.#atSteps('bfill');
  }

  #atSteps(method: 'ffill' | 'bfill' | null): GroupResult<S> {
    const { frame, single } = this.grouped;
    if (!frame.index.is_unique)
      throw badArgument('asfreq()', 'needs times that do not repeat; drop_duplicates() first.');
    const rows =
      method === null ? frame.index.rowsOf(this.labels) : nearest(frame, this.labels.levels[0], method === 'bfill');
    const table = frame.rows(rows);
    table.index = this.labels;
    return (single ? table.columnAt(0) : table) as unknown as GroupResult<S>; // one column or the table
  }
}

/** The number of each row's step, and what the steps are called, from the first to the last. */
function bins(
  instants: Float64Array,
  rule: TimeRule,
  closedRight: boolean,
  labelRight: boolean,
): { codes: Int32Array; labels: Float64Array } {
  const shift = closedRight && rule.unit === 'fixed' ? 1 : 0;
  const given = instants.filter((ms) => !Number.isNaN(ms));
  const first = given.reduce((least, ms) => Math.min(least, ms), Infinity);
  const last = given.reduce((most, ms) => Math.max(most, ms), -Infinity);
  const starts: number[] = [];
  const labels: number[] = [];
  // Several weeks or months that are called by their end begin with a single one, as in pandas.
  const initial = rule.end ? { ...rule, count: 1 } : rule;
  for (
    let step = given.length === 0 ? null : stepAround(initial, first - shift, first);
    step !== null && step[0] <= last - shift;
  ) {
    starts.push(step[0]);
    labels.push(stepLabel(rule, step, labelRight));
    step = stepAround(rule, step[1], first);
  }
  const codes = Int32Array.from(instants, (ms) => (Number.isNaN(ms) ? -1 : lastAtMost(starts, ms - shift)));
  return { codes, labels: Float64Array.from(labels) };
}

/** Place of the last start that is not after the instant. */
function lastAtMost(starts: readonly number[], ms: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? NaN) <= ms) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The last row at or before each step (the first at or after it). */
function nearest(frame: DataFrame, steps: Column | undefined, backward: boolean): Int32Array {
  const own = frame.index.levels.slice(0, 1);
  const at = steps ?? times(new Float64Array(0));
  const both = makeLevels([concatColumns([...own, at])], [null])
    .unique()
    .sort_values();
  const rows = frame.index.rowsOf(both);
  const filled = fillPositions(
    Uint8Array.from(rows, (row) => Number(row < 0)),
    backward,
    Infinity,
  );
  return both.rowsOf(makeLevels([at], [null])).map((place) => rows[filled[place] ?? -1] ?? -1);
}
