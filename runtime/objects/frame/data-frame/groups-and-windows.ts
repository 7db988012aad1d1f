import { badArgument } from '../../../api/arguments.ts';
import { flag, named, readAxis } from '../args.ts';
import { GroupBy } from '../groupby/group-by.ts';
import type { TableGroups } from '../groupby/group-by.ts';
import { groupRows, levelKey, readKeys } from '../groupby/grouping.ts';
import type { GroupKey } from '../groupby/grouping.ts';
import { Resampler } from '../groupby/resample.ts';
import { listOf } from '../selection/select.ts';
import { DATA } from '../store.ts';
import type { DataFrame } from '../types.ts';
import { Ewm, readDecay } from '../windows/ewm.ts';
import { openExpanding, openRolling } from '../windows/open.ts';
import type { RollingOptions } from '../windows/open.ts';
import type { Rolling } from '../windows/rolling.ts';
import { frameSource } from '../windows/source.ts';
import { FrameReshaping } from './reshaping.ts';

/** Groups of rows, windows over rows, steps of time. */
export abstract class FrameWindows<C extends string> extends FrameReshaping<C> {
  /** `groupby('code')`, `groupby(['a', 'b'])`, `groupby(series)`, `groupby(label => …)`, `groupby({ level: 0 })`. */
  groupby(by: unknown, options?: object): TableGroups {
    const names = ['by', 'axis', 'level', 'as_index', 'sort', 'group_keys', 'dropna'];
    const a = named('groupby', names, [by, options], true);
    const own = (name: unknown): GroupKey | null => {
      const at = this.names.rowOf(name);
      const column = this[DATA][at];
      return column === undefined ? null : { column, name: name as string, own: true };
    };
    const levels = a['level'] === undefined ? null : (listOf(a['level']) ?? [a['level']]);
    const keys =
      levels === null
        ? readKeys(a['by'], this.index, own)
        : levels.map((level) => levelKey(this.index, level as number));
    const grouping = groupRows(keys, { sort: flag(a['sort'], true), dropna: flag(a['dropna'], true) });
    const chosen = Array.from(this[DATA].keys()).filter(
      (at) => !grouping.keys.includes(String(this.names.labelAt(at))),
    );
    const frame = this as unknown as DataFrame;
    return new GroupBy({ frame, grouping, chosen, single: false, asIndex: flag(a['as_index'], true) }) as TableGroups; // columns are read by name
  }

  /** `rolling(20, { min_periods: 1 }).mean()` */
  rolling(window: number | string | RollingOptions, options?: RollingOptions): Rolling<DataFrame<C>> {
    const source = frameSource(this as unknown as DataFrame);
    const plain = options === undefined && typeof window === 'number';
    if (plain) return openRolling(source, [window]) as unknown as Rolling<DataFrame<C>>; // the same columns
    const { axis, ...rest } = named(
      'rolling',
      ['window', 'min_periods', 'center', 'axis', 'win_type', 'on', 'closed'],
      [window, options],
    );
    if (readAxis(axis) === 1) throw badArgument('rolling()', 'along rows is written df.T.rolling(n).mean().T.');
    return openRolling(frameSource(this as unknown as DataFrame), [rest]) as unknown as Rolling<DataFrame<C>>; // the same columns
  }

  expanding(options: { readonly min_periods?: number } | number = {}): Rolling<DataFrame<C>> {
    return openExpanding(frameSource(this as unknown as DataFrame), [options]) as unknown as Rolling<DataFrame<C>>; // the same columns
  }

  ewm(...args: readonly unknown[]): Ewm<DataFrame<C>> {
    return new Ewm(frameSource(this as unknown as DataFrame), readDecay(args)) as unknown as Ewm<DataFrame<C>>; // the same columns
  }

  /** Groups by steps of time: `resample('W').last()`, `resample('5min', { label: 'right', closed: 'right' }).agg({…})`. */
  resample(rule: string, options: object = {}): Resampler {
    return Resampler.of(this as unknown as DataFrame, rule, options, false);
  }

  /** Rows at every step of time; `method: 'ffill'` fills those that were not there. */
  asfreq(rule: string, options: { readonly method?: 'ffill' | 'bfill' | null } = {}): DataFrame<C> {
    return this.resample(rule).asfreq(options.method ?? null) as unknown as DataFrame<C>; // the same columns
  }
}
