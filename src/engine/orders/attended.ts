import type { Clock, Hold } from '../../platform/clock.ts';
import type { Tracker } from './reading/tracker.ts';

/** Something of an order happens, or somebody waits for it: the broker's lists are read often. `hold`: whether market time goes on. */
export async function attended<T>(
  { clock, tracker }: { readonly clock: Pick<Clock, 'hold'>; readonly tracker: Pick<Tracker, 'watch'> },
  hold: Hold,
  work: () => Promise<T>,
): Promise<T> {
  const release = clock.hold(hold);
  const unwatch = tracker.watch();
  try {
    return await work();
  } finally {
    unwatch();
    release();
  }
}
