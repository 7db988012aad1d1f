import { errorMessage } from '../../src/domain/errors.ts';
import type { Mutant } from './mutants/mutant.ts';
import { judge } from './oracle/judge.ts';
import type { Witness } from './oracle/witness.ts';
import { IN_FORCE, type Scope } from './plan/axes.ts';
import { drawPlan } from './plan/draw.ts';
import type { Plan } from './plan/types.ts';
import { Trace } from './trace.ts';
import { World } from './world/world.ts';

/** Virtual ms that a world gets to settle once nothing goes wrong any more, and after the last share that is traded. */
const SETTLE_MS = 240_000;
const AFTER_FILL_MS = 60_000;
/** A sale of everything there is, cut into parts, has been filled long before. */
const LONGEST_MS = 900_000;
/** Between two looks of the judge, virtual ms. */
const LOOK_MS = 700;

export interface SeedOptions {
  readonly mutant?: Mutant;
  readonly trace?: boolean;
  /** Instead of the seed's own. */
  readonly plan?: Plan;
  /** What worlds can have and what is demanded of them; what is in force when absent. */
  readonly scope?: Scope;
}

export interface SeedResult {
  readonly seed: number;
  /** What sort of world it was. */
  readonly about: string;
  readonly violations: readonly string[];
  readonly strikes: Witness['strikes'];
  /** Virtual ms from the calm to the last promise kept. */
  readonly settledMs: number;
  readonly events: number;
  readonly orders: number;
  readonly trace: string;
}

/** Runs the world of a seed to its end. Equal seeds run equally, on every machine. */
export async function runSeed(seed: number, options: SeedOptions = {}): Promise<SeedResult> {
  const trace = new Trace(options.trace ?? false);
  const plan = options.plan ?? drawPlan(seed, options.scope ?? IN_FORCE);
  const world = new World({ plan, trace, mutant: options.mutant ?? null });
  const { witness, time } = world;
  const uncaught = (error: unknown): void => {
    world.note('world', `uncaught: ${errorMessage(error)}`);
    witness.violate(`uncaught: ${error instanceof Error ? (error.stack ?? error.message) : errorMessage(error)}`);
  };
  process.on('unhandledRejection', uncaught);
  process.on('uncaughtException', uncaught);
  options.mutant?.switch?.(true);
  try {
    await world.open();
    await time.runUntil(plan.quietAt, () => witness.violations.length > 0);
    world.calm();
    const problems = await settle(world);
    return {
      seed,
      about: aboutOf(plan),
      violations: [...witness.violations, ...problems],
      strikes: witness.strikes,
      settledMs: time.now() - plan.quietAt,
      events: time.events,
      orders: witness.orders.size,
      trace: trace.text(),
    };
  } finally {
    process.off('unhandledRejection', uncaught);
    process.off('uncaughtException', uncaught);
    options.mutant?.switch?.(false);
    world.watch.end();
    world.close();
  }
}

function aboutOf({ kind, odd, outside, timedFaults, serverCrashes, stub, positions, signals, stream }: Plan): string {
  const parts = [kind, ...odd.map((each) => `odd ${each.kind}`), ...timedFaults.map((fault) => fault.kind)];
  if (serverCrashes.length > 0) parts.push(`server ${serverCrashes.map(({ memory }) => memory).join(' ')}`);
  if (stub !== null) parts.push('stub');
  if (outside !== null) parts.push('outside');
  if (stream !== null) parts.push('stream');
  if (signals.length > 0) parts.push(`${signals.length} signals`);
  return [...parts, positions].join(', ');
}

/** Looks again and again until all is as it must be; what is still wrong at the end is what was violated. */
async function settle(world: World): Promise<string[]> {
  const { time, witness } = world;
  const latest = time.now() + LONGEST_MS;
  let deadline = time.now() + SETTLE_MS;
  let traded = witness.traded();
  let problems: string[] = [];
  while (time.now() < deadline && witness.violations.length === 0) {
    await time.runUntil(time.now() + LOOK_MS, () => false);
    problems = judge(world);
    if (problems.length === 0) return [];
    if (witness.traded() !== traded) deadline = Math.min(latest, Math.max(deadline, time.now() + AFTER_FILL_MS));
    traded = witness.traded();
  }
  // What is not settled yet while something else went wrong says nothing.
  return witness.violations.length === 0 ? problems : [];
}
