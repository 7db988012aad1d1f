import { badArgument } from '../../../api/arguments.ts';
import { flag, named, numberOr } from '../args.ts';
import { badOperator } from '../errors.ts';
import { durationOf } from '../time-rules.ts';
import type { Index } from '../types.ts';
import { rollingWindows } from './aggregations.ts';
import type { Windows } from './aggregations.ts';
import { Rolling } from './rolling.ts';
import type { Source } from './source.ts';

export interface RollingOptions {
  readonly window?: number | string;
  readonly min_periods?: number | null;
  readonly center?: boolean;
  readonly axis?: 0;
}

/** `rolling(20, { min_periods: 1 })`; a text like `'5D'` is a span of time. */
export function openRolling<R>(source: Source<R>, args: readonly unknown[]): Rolling<R> {
  if (typeof args[0] === 'number' && args[1] === undefined) return fixed(source, args[0], null, false);
  const a = named('rolling', ['window', 'min_periods', 'center', 'win_type', 'on', 'axis', 'closed'], args);
  const { window } = a;
  if (typeof window === 'string') {
    const periods = numberOr(a['min_periods'], 1, 'rolling() min_periods');
    const span = durationOf(window);
    return new Rolling(source, { size: null, windows: () => timeWindows(source.index, span) }, periods, periods);
  }
  return fixed(source, window, a['min_periods'], flag(a['center'], false));
}

function fixed<R>(source: Source<R>, window: unknown, minimum: unknown, center: boolean): Rolling<R> {
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
    size: center ? null : window,
    windows: () => rollingWindows(source.index.length, window, center),
  };
  return new Rolling(source, plan, minPeriods, numberOr(minimum, 0, 'rolling() min_periods'));
}

/** Windows from the first row on; at least `min_periods` (1) values. */
export function openExpanding<R>(source: Source<R>, args: readonly unknown[]): Rolling<R> {
  const a = named('expanding', ['min_periods', 'axis', 'center'], args);
  const periods = numberOr(a['min_periods'], 1, 'expanding() min_periods');
  const { length } = source.index;
  const plan = { size: null, windows: () => rollingWindows(length, Math.max(1, length), false) };
  return new Rolling(source, plan, periods, periods);
}

/** Rows later than `span` ms before each row, up to it. */
function timeWindows(index: Index, span: number): Windows {
  const [level] = index.levels;
  if (level?.kind !== 'datetime64[ns]') throw badOperator('rolling() over a span of time needs an index of times.');
  const n = index.length;
  const starts = new Int32Array(n);
  const ends = Int32Array.from({ length: n }, (_, i) => i + 1);
  let from = 0;
  for (let i = 0; i < n; i += 1) {
    while ((level.data[from] ?? NaN) <= (level.data[i] ?? NaN) - span) from += 1;
    starts[i] = from;
  }
  return { starts, ends };
}
