import { Worker } from 'node:worker_threads';
import type { Scope } from '../plan/axes.ts';
import { addTally, emptyTally, type Tally } from './tally.ts';

export interface PoolOptions {
  readonly first: number;
  readonly last: number;
  readonly jobs: number;
  readonly scope: Scope;
  readonly onProgress: (tally: Tally) => void;
}

/** Runs the seeds on several threads; rejects when one of them breaks. */
export async function runSeeds({ first, last, jobs, scope, onProgress }: PoolOptions): Promise<Tally> {
  const total = emptyTally();
  const shard = (index: number): Promise<void> =>
    new Promise((resolve, reject) => {
      const worker = new Worker(new URL('shard.ts', import.meta.url), {
        workerData: {
          first: first + index,
          last,
          step: jobs,
          axes: [...scope.axes],
          laws: [...scope.laws],
          forced: scope.forced ?? null,
        },
      });
      worker.on('message', (part: Tally) => {
        addTally(total, part);
        onProgress(total);
      });
      worker.on('error', reject);
      worker.on('exit', (code) => {
        if (code === 0) resolve();
        else reject(new Error(`a thread ended with code ${code}`));
      });
    });
  await Promise.all(Array.from({ length: Math.min(jobs, last - first + 1) }, (_, index) => shard(index)));
  return total;
}
