import { errorMessage } from '../../../src/domain/errors.ts';
import { Rng } from '../../../src/platform/random.ts';
import { fuzzClientFrame } from './client-frames.ts';
import { FuzzedServer } from './server-frames.ts';

export interface FuzzResult {
  readonly frames: number;
  /** Each with the seed of its frame. */
  readonly violations: readonly string[];
}

const MOST_TOLD = 20;

/** So many frames of a server and as many of a client; frame `n` of seed `s` is the same in every run. */
export async function runFuzz(plan: {
  readonly frames: number;
  readonly seed: number;
  /** Called now and then with how many frames are done. */
  readonly progress?: (done: number) => void;
}): Promise<FuzzResult> {
  const violations: string[] = [];
  const server = await FuzzedServer.start();
  let done = 0;
  try {
    for (; done < plan.frames && violations.length < MOST_TOLD; done += 1) {
      const rng = new Rng(plan.seed).fork(done);
      const client = await attempt(() => fuzzClientFrame(rng.fork('client')));
      if (client !== null) violations.push(`frame ${done} to the client: ${client}`);
      const served = await attempt(() => server.fuzz(rng.fork('server')));
      if (served !== null) violations.push(`frame ${done} to the server: ${served}`);
      if (done % 10_000 === 0) plan.progress?.(done);
    }
  } finally {
    await server.stop();
  }
  return { frames: done, violations };
}

async function attempt(work: () => string | null | Promise<string | null>): Promise<string | null> {
  try {
    return await work();
  } catch (error) {
    return `it threw ${errorMessage(error)}`;
  }
}
