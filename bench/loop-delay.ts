import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Spread } from './stats.ts';

/** Interval of the probe, ms; what it measures contains it. */
const PROBE_MS = 1;
const NANOSECONDS = 1_000_000;

export type LoopProbe = ReturnType<typeof monitorEventLoopDelay>;

/** Begins to measure how late this process's loop is. */
export function probe(): LoopProbe {
  const histogram = monitorEventLoopDelay({ resolution: PROBE_MS });
  histogram.enable();
  return histogram;
}

/** Ends the probe; ms beyond its interval. */
export function delays(histogram: LoopProbe): Spread {
  histogram.disable();
  const ms = (nanoseconds: number): number => Math.max(0, nanoseconds / NANOSECONDS - PROBE_MS);
  return {
    count: histogram.count,
    min: ms(histogram.min),
    p50: ms(histogram.percentile(50)),
    p99: ms(histogram.percentile(99)),
    max: ms(histogram.max),
  };
}
