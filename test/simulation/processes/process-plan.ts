import { Rng } from '../../../src/platform/random.ts';

/** One kill -9, and when the process comes back; wall ms from the engine's first READY. */
export interface Kill {
  readonly who: 'engine' | 'server';
  readonly at: number;
  readonly downMs: number;
}

/** What happens to the processes of a seed. */
export interface ProcessPlan {
  readonly seed: number;
  readonly marketSeed: number;
  readonly kills: readonly Kill[];
}

/** Kills fall into this span. The strategy trades until 09:42, market time runs at 30 times wall time. */
const KILLS_FROM_MS = 300;
const KILLS_TO_MS = 9_000;

export function drawProcessPlan(seed: number): ProcessPlan {
  const rng = new Rng(seed).fork('processes');
  const kill = (who: Kill['who']): Kill => ({
    who,
    at: KILLS_FROM_MS + rng.next() * (KILLS_TO_MS - KILLS_FROM_MS),
    downMs: 20 + rng.next() ** 2 * 1_500,
  });
  const kills = [
    ...Array.from({ length: 1 + rng.int(3) }, () => kill('engine')),
    ...Array.from({ length: rng.int(3) }, () => kill('server')),
  ];
  return { seed, marketSeed: 1 + rng.int(1_000), kills: kills.sort((a, b) => a.at - b.at) };
}
