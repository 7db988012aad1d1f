import { Rng } from '../../../src/platform/random.ts';
import { IN_FORCE } from './axes.ts';
import { drawPlan } from './draw.ts';
import { withSignals } from './draw-signals.ts';
import type { Plan } from './types.ts';

/** The world of a seed, with signals whatever its axes drew: months are too long for them. */
export function followed(seed: number): Plan {
  const axes = new Set([...IN_FORCE.axes].filter((axis) => axis !== 'months'));
  const plan = drawPlan(seed, { ...IN_FORCE, axes });
  return plan.signals.length > 0 ? plan : withSignals(plan, new Rng(seed).fork('signals'));
}
