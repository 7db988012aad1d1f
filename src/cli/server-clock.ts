import type { Clock } from '../platform/clock.ts';
import { SimulatedClock } from '../platform/simulated-clock.ts';
import { wallNow } from '../platform/timers.ts';
import { WallClock } from '../platform/wall-clock.ts';
import { readStateAnchor } from '../server/index.ts';
import { bookClock } from './book-clock.ts';
import type { ServerPlan } from './server-options.ts';

export interface ServerClock {
  readonly clock: Clock;
  /** The `--at` that its book keeps; null = none. */
  readonly begun: number | null;
  /** What became of a clock that was kept in a file; null where none was. */
  readonly note: string | null;
}

/**
 * Real time, or simulated: a book that has a simulated clock goes on where its clock would be now, or moves on to a later `--at`;
 * else `--at` and `--speed` begin one. Throws BtError AT_IS_PAST, and what reading the state file throws.
 */
export function serverClock(plan: ServerPlan): ServerClock {
  const { statePath } = plan.options;
  const saved = statePath === null || statePath === undefined ? null : readStateAnchor(statePath);
  if (saved !== null && statePath !== null && statePath !== undefined) {
    const { start, speed, anchor, begun, note } = bookClock(saved, plan, statePath, wallNow());
    return { clock: new SimulatedClock({ start, speed, anchor }), begun, note };
  }
  if (plan.at === null) return { clock: new WallClock(), begun: null, note: null };
  return { clock: new SimulatedClock({ start: plan.at, speed: plan.speed ?? 1 }), begun: plan.at, note: null };
}
