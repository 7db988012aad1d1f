import { parentPort, workerData } from 'node:worker_threads';
import * as z from 'zod';
import { AXES, FORCIBLE, LAWS } from '../plan/axes.ts';
import { runSeed } from '../run-seed.ts';
import { count, emptyTally } from './tally.ts';

/** A thread that runs every `step`-th seed from `first` to `last`, and reports now and then. */
const { first, last, step, axes, laws, forced } = z
  .object({
    first: z.int(),
    last: z.int(),
    step: z.int(),
    axes: z.array(z.enum(AXES)),
    laws: z.array(z.enum(LAWS)),
    forced: z.enum(FORCIBLE).nullable(),
  })
  .parse(workerData);
const scope = { axes: new Set(axes), laws: new Set(laws), forced };

const REPORT_EVERY = 50;

let tally = emptyTally();
for (let seed = first; seed <= last; seed += step) {
  count(tally, await runSeed(seed, { scope }));
  if (tally.seeds < REPORT_EVERY && seed + step <= last) continue;
  // A thread's port, not a window: it has no origin.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  parentPort?.postMessage(tally);
  tally = emptyTally();
}
