import { badArgument } from '../../../api/arguments.ts';
import { timedelta } from '../../datetime/timedelta.ts';
import { flag, numberOr, textOr } from '../args.ts';
import type { Named } from '../args.ts';
import { badOperator } from '../errors.ts';
import { durationOf } from '../time-rules.ts';
import type { Index } from '../types.ts';
import { rollingWindows } from './aggregations.ts';
import type { Closed, Windows } from './aggregations.ts';
import { Rolling } from './rolling.ts';
import type { Source } from './source.ts';

export interface RollingOptions {
  readonly window?: number | string;
  readonly min_periods?: number | null;
  readonly center?: boolean;
  readonly on?: string;
  /** Which ends belong to a window; 'right' unless said. */
  readonly closed?: 'right' | 'left' | 'both' | 'neither';
}

/** By position as in pandas. */
export type RollingArgs = readonly [
  window: number | string | RollingOptions,
  min_periods?: number | null | RollingOptions,
  center?: boolean | RollingOptions,
  options?: RollingOptions,
];
export type ExpandingArgs = readonly [min_periods?: number | { readonly min_periods?: number }];

/** `rolling(20, { min_periods: 1 })`; a text like `'5D'` is a span of time. */
export function openRolling<R>(source: Source<R>, a: Named): Rolling<R> {
  const { window } = a;
  const closed = textOr(a['closed'], ['right', 'left', 'both', 'neither'], 'right', 'rolling() closed');
  if (typeof window === 'string' || window instanceof timedelta) {
    if (flag(a['center'], false)) throw badArgument('rolling()', 'does not centre a span of time; leave center out.');
    const periods = numberOr(a['min_periods'], 1, 'rolling() min_periods');
    const span = typeof window === 'string' ? durationOf(window) : window.valueOf();
    const times = ordered(source.index);
    return new Rolling(source, { size: null, windows: () => timeWindows(times, span, closed) }, periods, periods);
  }
  return fixed(source, a, closed);
}

function fixed<R>(source: Source<R>, a: Named, closed: Closed): Rolling<R> {
  const { window, min_periods: minimum } = a;
  const center = flag(a['center'], false);
  if (typeof window !== 'number' || !Number.isInteger(window) || window < 0) {
    throw badArgument(
      'rolling()',
      "needs a whole number of rows, as rolling(20), or a span of time, as rolling('5D').",
    );
  }
  const minPeriods = numberOr(minimum, window, 'rolling() min_periods');
  if (minPeriods > window) {
    throw badArgument('rolling()', `min_periods ${minPeriods} must be at most the window, ${window}.`);
  }
  const plan = {
    size: center || closed !== 'right' ? null : window,
    windows: () => rollingWindows(source.index.length, window, center, closed),
  };
  return new Rolling(source, plan, minPeriods, numberOr(minimum, 0, 'rolling() min_periods'));
}

/** Windows from the first row on; at least `min_periods` (1) values. */
export function openExpanding<R>(source: Source<R>, a: Named): Rolling<R> {
  const periods = numberOr(a['min_periods'], 1, 'expanding() min_periods');
  const { length } = source.index;
  const plan = { size: null, windows: () => rollingWindows(length, Math.max(1, length), false, 'right') };
  return new Rolling(source, plan, periods, periods);
}

/** The times that windows go by; pandas refuses them unless they are in order, and so do we. */
function ordered(index: Index): Float64Array {
  const [level] = index.levels;
  if (level?.kind !== 'datetime64[ns]') throw badOperator('rolling() over a span of time needs an index of times.');
  if (level.data.some(Number.isNaN))
    throw badOperator('rolling() over a span of time: a time is missing; drop it first.');
  if (!index.is_monotonic_increasing && !index.is_monotonic_decreasing)
    throw badOperator('rolling() over a span of time needs sorted times; write df.sort_index() first.');
  return level.data;
}

/** Rows less than `span` ms before each row, up to it; after it where times go down. */
function timeWindows(times: Float64Array, span: number, closed: Closed): Windows {
  const n = times.length;
  const starts = new Int32Array(n);
  const ends = new Int32Array(n);
  const sign = (times[n - 1] ?? 0) < (times[0] ?? 0) ? -1 : 1;
  const left = closed === 'left' || closed === 'both';
  const right = closed === 'right' || closed === 'both';
  const distance = (row: number, from: number): number => ((times[row] ?? 0) - (times[from] ?? 0)) * sign;
  for (let i = 0; i < n; i += 1) {
    let start = starts[i - 1] ?? 0;
    while (start < i && (left ? distance(i, start) > span : distance(i, start) >= span)) start += 1;
    starts[i] = start;
    ends[i] = right ? i + 1 : i;
  }
  return { starts, ends };
}
