import { flag } from '../args.ts';
import { unknownColumn } from '../errors.ts';
import { GroupBy } from '../groupby/group-by.ts';
import type { TableGroups } from '../groupby/group-by.ts';
import { groupRows, keysBy, readGroupKeys } from '../groupby/grouping.ts';
import type { GroupKey, GroupOptions } from '../groupby/grouping.ts';
import { Resampler } from '../groupby/resample.ts';
import type { FreqOptions, ResampleOptions } from '../groupby/resample.ts';
import { stepsOf } from '../labels/rename.ts';
import { given } from '../signatures/signature.ts';
import { DATA, NAMES } from '../store.ts';
import type { DataFrame } from '../types.ts';
import { Ewm, readDecay } from '../windows/ewm.ts';
import type { EwmArgs } from '../windows/ewm.ts';
import { openExpanding, openRolling } from '../windows/open.ts';
import type { ExpandingArgs, RollingArgs } from '../windows/open.ts';
import type { Rolling } from '../windows/rolling.ts';
import { frameSource } from '../windows/source.ts';
import { FrameReshaping } from './reshaping.ts';

/** Groups of rows, windows over rows, steps of time. */
export abstract class FrameWindows<C extends string> extends FrameReshaping<C> {
  /** `groupby('code')`, `groupby(['a', 'b'])`, `groupby(series)`, `groupby(label => …)`, `groupby({ level: 0 })`. */
  groupby(by?: unknown, options: GroupOptions = {}): TableGroups {
    const own = (name: unknown): GroupKey | null => {
      const at = this[NAMES].rowOf(name);
      const column = this[DATA][at];
      return column === undefined ? null : { column, name: name as string, own: true };
    };
    const keys = keysBy(by, options, this.index, own);
    const sorted = flag(options.sort, true);
    const grouping = groupRows(keys, { sort: sorted, dropna: flag(options.dropna, true) });
    const chosen = Array.from(this[DATA].keys()).filter(
      (at) => !grouping.keys.includes(String(this[NAMES].labelAt(at))),
    );
    const frame = this as unknown as DataFrame;
    const asIndex = flag(options.as_index, true);
    const groupKeys = readGroupKeys(options.group_keys);
    return new GroupBy({ frame, grouping, chosen, single: false, asIndex, groupKeys, sorted }) as TableGroups; // columns are read by name
  }

  /** `rolling(20, { min_periods: 1 }).mean()` */
  rolling(...args: RollingArgs): Rolling<DataFrame<C>> {
    const a = given(args);
    const on = a['on'] === undefined || a['on'] === null ? null : this[NAMES].rowOf(a['on']);
    if (on === -1) throw unknownColumn(a['on'], this[NAMES]);
    return openRolling(frameSource(this as unknown as DataFrame, on), a) as unknown as Rolling<DataFrame<C>>; // the same columns
  }

  expanding(...args: ExpandingArgs): Rolling<DataFrame<C>> {
    return openExpanding(frameSource(this as unknown as DataFrame), given(args)) as unknown as Rolling<DataFrame<C>>; // the same columns
  }

  ewm(...args: EwmArgs): Ewm<DataFrame<C>> {
    return new Ewm(frameSource(this as unknown as DataFrame), readDecay(given(args))) as unknown as Ewm<DataFrame<C>>; // the same columns
  }

  /** Groups by steps of time: `resample('W').last()`, `resample('5min', { label: 'right', closed: 'right' }).agg({…})`. */
  resample(rule: string, options: ResampleOptions = {}): Resampler {
    return Resampler.of(this as unknown as DataFrame, rule, options, false);
  }

  /** Rows at every step of time; `method: 'ffill'` fills those that were not there. */
  asfreq(rule: string, options: FreqOptions = {}): DataFrame<C> {
    const { method, fill_value: fill } = options;
    return this.reindex(stepsOf(this.index, rule), { method: method ?? null, fill_value: fill });
  }
}
