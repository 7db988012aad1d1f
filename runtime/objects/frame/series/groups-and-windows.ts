import { TimeMethods } from '../accessors/dt.ts';
import { TextMethods } from '../accessors/str.ts';
import { flag } from '../args.ts';
import { badOperator } from '../errors.ts';
import { makeFrame, makeIndex } from '../factory.ts';
import { GroupBy } from '../groupby/group-by.ts';
import { groupRows, keysBy, readGroupKeys } from '../groupby/grouping.ts';
import type { GroupOptions } from '../groupby/grouping.ts';
import { Resampler } from '../groupby/resample.ts';
import type { FreqOptions, ResampleOptions } from '../groupby/resample.ts';
import { stepsOf } from '../labels/rename.ts';
import { given } from '../signatures/signature.ts';
import { COLUMN, NUMBERS } from '../store.ts';
import type { Series } from '../types.ts';
import { Ewm, readDecay } from '../windows/ewm.ts';
import type { EwmArgs } from '../windows/ewm.ts';
import { openExpanding, openRolling } from '../windows/open.ts';
import type { ExpandingArgs, RollingArgs } from '../windows/open.ts';
import type { Rolling } from '../windows/rolling.ts';
import { seriesSource } from '../windows/source.ts';
import { SeriesLabels } from './labels.ts';

/** Groups of rows, windows over rows, steps of time; the parts of texts and times. */
export abstract class SeriesWindows<T> extends SeriesLabels<T> {
  /** `rolling(20, { min_periods: 1 }).mean()` */
  rolling(...args: RollingArgs): Rolling<Series> {
    return openRolling(this.#source('rolling'), given(args));
  }

  expanding(...args: ExpandingArgs): Rolling<Series> {
    return openExpanding(this.#source('expanding'), given(args));
  }

  /** `ewm({ span: 20 }).mean()` */
  ewm(...args: EwmArgs): Ewm<Series> {
    return new Ewm(this.#source('ewm'), readDecay(given(args)));
  }

  groupby(by?: unknown, options: GroupOptions = {}): GroupBy<true> {
    const keys = keysBy(by, options, this.index, () => null);
    const sorted = flag(options.sort, true);
    const grouping = groupRows(keys, { sort: sorted, dropna: flag(options.dropna, true) });
    const frame = makeFrame(makeIndex([this.name]), [this[COLUMN]], this.index);
    const groupKeys = readGroupKeys(options.group_keys);
    return new GroupBy({
      frame,
      grouping,
      chosen: [0],
      single: true,
      asIndex: true,
      groupKeys,
      sorted,
    }) as unknown as GroupBy<true>; // one column
  }

  /** Groups by steps of time: `resample('W').last()`. */
  resample(rule: string, options: ResampleOptions = {}): Resampler<true> {
    const frame = makeFrame(makeIndex([this.name]), [this[COLUMN]], this.index);
    return Resampler.of(frame, rule, options, true) as unknown as Resampler<true>; // one column
  }

  asfreq(rule: string, options: FreqOptions = {}): Series<T> {
    const { method, fill_value: fill } = options;
    return this.reindex(stepsOf(this.index, rule), { method: method ?? null, fill_value: fill });
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
    return seriesSource(this as unknown as Series<unknown>, this[NUMBERS](method));
  }
}
