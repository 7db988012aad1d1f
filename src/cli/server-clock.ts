import type { Clock } from '../platform/clock.ts';
import { SimulatedClock } from '../platform/simulated-clock.ts';
import { WallClock } from '../platform/wall-clock.ts';
import { readStateAnchor } from '../server/index.ts';
import type { ServerPlan } from './server-options.ts';

/**
 * Real time, or simulated: a book that has a simulated clock goes on where its clock would be now, else `--at` and
 * `--speed` begin one. `resumed` tells the former. Throws what reading the state file throws.
 */
export function serverClock(plan: ServerPlan): { clock: Clock; resumed: boolean } {
  const { statePath } = plan.options;
  const anchor = statePath === null || statePath === undefined ? null : readStateAnchor(statePath);
  if (anchor !== null) {
    const { market, wall, speed } = anchor;
    return { clock: new SimulatedClock({ start: market, anchor: wall, speed }), resumed: true };
  }
  const clock = plan.at === null ? new WallClock() : new SimulatedClock({ start: plan.at, speed: plan.speed });
  return { clock, resumed: false };
}
