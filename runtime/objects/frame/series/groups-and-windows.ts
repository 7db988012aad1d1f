import { TimeMethods } from '../accessors/dt.ts';
import { TextMethods } from '../accessors/str.ts';
import { flag, named } from '../args.ts';
import { badOperator } from '../errors.ts';
import { makeFrame, makeIndex } from '../factory.ts';
import { GroupBy } from '../groupby/group-by.ts';
import { groupRows, levelKey, readKeys } from '../groupby/grouping.ts';
import { Resampler } from '../groupby/resample.ts';
import { listOf } from '../selection/select.ts';
import { COLUMN } from '../store.ts';
import type { Series } from '../types.ts';
import { Ewm, readDecay } from '../windows/ewm.ts';
import type { EwmOptions } from '../windows/ewm.ts';
import { openExpanding, openRolling } from '../windows/open.ts';
import type { RollingOptions } from '../windows/open.ts';
import type { Rolling } from '../windows/rolling.ts';
import { seriesSource } from '../windows/source.ts';
import { SeriesLabels } from './labels.ts';

/** Groups of rows, windows over rows, steps of time; the parts of texts and times. */
export abstract class SeriesWindows<T> extends SeriesLabels<T> {
  /** `rolling(20, { min_periods: 1 }).mean()` */
  rolling(window: number | string | RollingOptions, options?: RollingOptions): Rolling<Series> {
    return openRolling(this.#source('rolling'), [window, options]);
  }

  expanding(options: { readonly min_periods?: number } | number = {}): Rolling<Series> {
    return openExpanding(this.#source('expanding'), [options]);
  }

  /** `ewm({ span: 20 }).mean()` */
  ewm(options: EwmOptions): Ewm<Series> {
    return new Ewm(this.#source('ewm'), readDecay([options]));
  }

  groupby(by: unknown, options?: object): GroupBy<true> {
    const a = named(
      'groupby',
      ['by', 'axis', 'level', 'as_index', 'sort', 'group_keys', 'dropna'],
      [by, options],
      true,
    );
    const levels = a['level'] === undefined ? null : (listOf(a['level']) ?? [a['level']]);
    const keys =
      levels === null
        ? readKeys(a['by'], this.index, () => null)
        : levels.map((level) => levelKey(this.index, level as number));
    const grouping = groupRows(keys, { sort: flag(a['sort'], true), dropna: flag(a['dropna'], true) });
    const frame = makeFrame(makeIndex([this.name]), [this[COLUMN]], this.index);
    return new GroupBy({ frame, grouping, chosen: [0], single: true, asIndex: true }) as unknown as GroupBy<true>; // one column
  }

  /** Groups by steps of time: `resample('W').last()`. */
  resample(rule: string, options: object = {}): Resampler<true> {
    const frame = makeFrame(makeIndex([this.name]), [this[COLUMN]], this.index);
    return Resampler.of(frame, rule, options, true) as unknown as Resampler<true>; // one column
  }

  asfreq(rule: string, options: { readonly method?: 'ffill' | 'bfill' | null } = {}): Series<T> {
    return this.resample(rule).asfreq(options.method ?? null) as unknown as Series<T>; // the same cells
  }

  /** Methods of texts, cell by cell. */
  get str(): TextMethods {
    const column = this[COLUMN];
    if (column.kind === 'object') return new TextMethods(this as unknown as Series<unknown>, column.data);
    throw badOperator(`.str needs a column of texts; '${this.name ?? ''}' holds ${column.kind}: use .astype('str').`);
  }

  /** Parts of times, cell by cell. */
  get dt(): TimeMethods {
    const column = this[COLUMN];
    if (column.kind === 'datetime64[ns]') return new TimeMethods(this as unknown as Series<unknown>, column);
    throw badOperator(`.dt needs a column of times; '${this.name ?? ''}' holds ${column.kind}: use pd.to_datetime(s).`);
  }

  #source(method: string): ReturnType<typeof seriesSource> {
    return seriesSource(this as unknown as Series<unknown>, this.numbers(method));
  }
}
