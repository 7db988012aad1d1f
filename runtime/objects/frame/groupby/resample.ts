import { DAY, HOUR } from '../../../../src/domain/time.ts';
import { badArgument } from '../../../api/arguments.ts';
import { timedelta } from '../../datetime/timedelta.ts';
import { textOr } from '../args.ts';
import { times } from '../column/column.ts';
import type { Column } from '../column/column.ts';
import { concatColumns } from '../column/take.ts';
import { instantOf } from '../column/dtypes.ts';
import { fillPositions, takeFilled } from '../column/transforms.ts';
import { badOperator } from '../errors.ts';
import { makeFrame, makeIndex, makeLevels } from '../factory.ts';
import { cellsOf } from '../selection/select.ts';
import { STEPS } from '../signatures/groups.ts';
import { installSignatures } from '../signatures/signature.ts';
import { CODES, COLUMN, COLUMN_AT, DATA, GROUPED, LABELS, NAMES } from '../store.ts';
import { durationOf, midnight, stepAround, stepLabel, timeRule } from '../time-rules.ts';
import type { TimeRule } from '../time-rules.ts';
import type { DataFrame } from '../types.ts';
import { GroupBy } from './group-by.ts';
import type { GroupResult } from './groups.ts';
import { reduceGroups } from './reduce.ts';

/** Groups of steps of time; steps without rows are there too. */
export class Resampler<S extends boolean = false> extends GroupBy<S> {
  static of(frame: DataFrame, text: string, a: ResampleOptions, single: boolean): Resampler {
    const rule = timeRule(text);
    const on = a.on ?? undefined;
    const column = on === undefined ? frame.index.levels[0] : cellsOf(frame, on);
    if (column?.kind !== 'datetime64[ns]')
      throw badOperator('resample() needs an index of times, or { on: column } with times.');
    const usual = rule.end ? 'right' : 'left';
    const closedRight = textOr(a.closed, ['left', 'right'], usual, 'resample() closed') === 'right';
    const labelRight = textOr(a.label, ['left', 'right'], usual, 'resample() label') === 'right';
    if (closedRight && rule.unit !== 'fixed' && !rule.end)
      throw badArgument('resample()', `closed 'right' is not supported for '${text}'; leave it out.`);
    if (on === undefined && !frame.index.is_monotonic_increasing)
      return Resampler.of(frame.sort_index(), text, a, single);
    const { codes, labels } = bins(column.data, rule, closedRight, labelRight, startOf(rule, a));
    const name = on === undefined ? frame.index.name : on;
    const index = makeLevels([times(labels)], [name]);
    const keys = on === undefined ? [] : [on];
    const chosen = Array.from({ length: frame[NAMES].length }, (_, at) => at).filter(
      (at) => !keys.includes(String(frame[NAMES].labelAt(at))),
    );
    return new Resampler({ frame, grouping: { codes, index, keys }, chosen, single, asIndex: true, groupKeys: null });
  }

  /** Columns open, high, low, close of each step. */
  ohlc(): DataFrame {
    const [at = 0] = this[GROUPED].chosen;
    const column = this[GROUPED].frame[COLUMN_AT](at);
    const source = column[COLUMN];
    const parts = (['first', 'max', 'min', 'last'] as const).map((name) =>
      reduceGroups(source, this[CODES], this.ngroups, name),
    );
    return makeFrame(makeIndex(['open', 'high', 'low', 'close']), parts, this[LABELS]);
  }

  /** The rows that stand exactly at a step; `method` fills the others. */
  asfreq(options: FreqOptions = {}): GroupResult<S> {
    const ways = ['ffill', 'pad', 'bfill', 'backfill'] as const;
    const way = textOr(options.method, ways, undefined, 'asfreq() method');
    const method = way === undefined ? null : way.startsWith('b') ? 'bfill' : 'ffill';
    return this.#atSteps(method, options.fill_value);
  }

  override ffill(): GroupResult<S> {
    return this.#atSteps('ffill');
  }

  override bfill(): GroupResult<S> {
    return this.#atSteps('bfill');
  }

  #atSteps(method: 'ffill' | 'bfill' | null, fill?: unknown): GroupResult<S> {
    const { frame, single } = this[GROUPED];
    if (!frame.index.is_unique)
      throw badArgument('asfreq()', 'needs times that do not repeat; drop_duplicates() first.');
    const rows =
      method === null ? frame.index.rowsOf(this[LABELS]) : nearest(frame, this[LABELS].levels[0], method === 'bfill');
    const data = frame[DATA].map((column) => takeFilled(column, rows, fill));
    const table = makeFrame(frame[NAMES], data, frame.index.take(rows));
    table.index = this[LABELS];
    return (single ? table[COLUMN_AT](0) : table) as unknown as GroupResult<S>; // one column or the table
  }
}

installSignatures(Resampler.prototype, STEPS);

/** Keyword arguments of resample(). */
export interface ResampleOptions {
  readonly closed?: 'left' | 'right';
  readonly label?: 'left' | 'right';
  readonly on?: string;
  /** Where fixed steps are counted from: the first day's midnight, the first time, 1970, or a time. */
  readonly origin?: unknown;
  /** Moves that origin. */
  readonly offset?: unknown;
}

/** Keyword arguments of asfreq(). */
export interface FreqOptions {
  readonly method?: 'ffill' | 'pad' | 'bfill' | 'backfill' | null;
  /** Of rows that were not there. */
  readonly fill_value?: unknown;
}

/** Where fixed steps are counted from, out of the first instant; null: its midnight. */
function startOf(rule: TimeRule, { origin, offset }: ResampleOptions): ((first: number) => number) | null {
  if ((origin === undefined || origin === 'start_day' || origin === null) && (offset ?? null) === null) return null;
  if (rule.unit !== 'fixed') throw badArgument('resample()', "origin and offset move fixed steps like '5min' only.");
  const shift = offset === undefined || offset === null ? 0 : spanOf(offset);
  if (origin === 'start') return (first) => first + shift;
  if (origin === 'epoch') return () => -8 * HOUR + shift;
  if (origin === undefined || origin === null || origin === 'start_day') return (first) => midnight(first) + shift;
  if (origin === 'end' || origin === 'end_day') throw badArgument('resample()', `origin '${origin}' is not supported.`);
  const at = instantOf(origin);
  return () => at + shift;
}

function spanOf(offset: unknown): number {
  if (offset instanceof timedelta) return offset.valueOf();
  if (typeof offset === 'string') return durationOf(offset);
  throw badArgument('resample()', "offset is a span like '30min' or a timedelta.");
}

/** The number of each row's step, and what the steps are called, from the first to the last. */
function bins(
  instants: Float64Array,
  rule: TimeRule,
  closedRight: boolean,
  labelRight: boolean,
  origin: ((first: number) => number) | null,
): { codes: Int32Array; labels: Float64Array } {
  // Steps called by their end hold that whole day; closed on the left they begin with it instead.
  const shift = rule.unit === 'fixed' ? Number(closedRight) : rule.end && !closedRight ? -DAY : 0;
  const given = instants.filter((ms) => !Number.isNaN(ms));
  const first = given.reduce((least, ms) => Math.min(least, ms), Infinity);
  const last = given.reduce((most, ms) => Math.max(most, ms), -Infinity);
  const base = given.length === 0 ? 0 : (origin ?? midnight)(first);
  const starts: number[] = [];
  const labels: number[] = [];
  // Several weeks or months that are called by their end begin with a single one, as in pandas.
  const initial = rule.end ? { ...rule, count: 1 } : rule;
  for (
    let step = given.length === 0 ? null : stepAround(initial, first - shift, base);
    step !== null && step[0] <= last - shift;
  ) {
    starts.push(step[0]);
    labels.push(stepLabel(rule, step, labelRight));
    step = stepAround(rule, step[1], base);
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
