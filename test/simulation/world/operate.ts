import { errorMessage } from '../../../src/domain/errors.ts';
import type { OperatorAct } from '../plan/types.ts';
import type { World } from './world.ts';

/** Wall ms after which a person tries again when nobody answered. */
const AGAIN_MS = 1_500;

/** A person kills, pauses or resumes; one who is not answered tries again, as long as something may go wrong. */
export function operate(world: World, act: OperatorAct): void {
  if (act.kind === 'kill' && act.by === 'file') {
    world.note('operator', 'makes the file KILL');
    world.killFile = { cancel: act.cancel, flatten: act.flatten, reason: 'by file' };
    world.watch.stopped.acknowledged('kill', world.killFile);
    world.struck('kill');
    return;
  }
  const { engine } = world;
  if (engine?.ready !== true) {
    world.time.after(AGAIN_MS, () => again(world, act));
    return;
  }
  world.note('operator', act.kind);
  try {
    tell(world, act);
  } catch (error) {
    world.note('operator', `${act.kind} threw ${errorMessage(error)}`);
  }
  // The engine may have died of it: then nothing was acknowledged.
  if (!engine.process.alive) {
    world.time.after(AGAIN_MS, () => again(world, act));
    return;
  }
  world.struck(act.kind);
  if (act.kind === 'kill') world.watch.stopped.acknowledged('kill', { ...act, reason: '' });
  if (act.kind === 'pause') world.watch.stopped.acknowledged('pause', null);
}

function again(world: World, act: OperatorAct): void {
  if (world.time.now() < world.plan.quietAt) operate(world, act);
}

function tell({ engine, watch }: World, act: OperatorAct): void {
  const risk = engine?.trading.risk;
  if (act.kind === 'kill') risk?.pull({ cancel: act.cancel, flatten: act.flatten, reason: 'by hand' });
  else if (act.kind === 'pause') risk?.pause('by hand');
  else {
    watch.stopped.lifted();
    risk?.lift('by hand');
  }
}
