import { errorMessage } from '../../../../src/domain/errors.ts';
import { Rng } from '../../../../src/platform/random.ts';
import { FuzzedDoor } from './fuzzed-door.ts';

export interface HttpFuzzResult {
  readonly requests: number;
  /** Each with the number of its request. */
  readonly violations: readonly string[];
}

const MOST_TOLD = 20;

/** So many changed requests; request `n` of seed `s` is the same in every run. */
export async function runHttpFuzz(plan: {
  readonly requests: number;
  readonly seed: number;
  /** Called now and then with how many are done. */
  readonly progress?: (done: number) => unknown;
}): Promise<HttpFuzzResult> {
  const violations: string[] = [];
  const door = await FuzzedDoor.start();
  let done = 0;
  try {
    for (; done < plan.requests && violations.length < MOST_TOLD; done += 1) {
      const wrong = await door
        .fuzz(new Rng(plan.seed).fork(done))
        .catch((error: unknown) => `it threw ${errorMessage(error)}`);
      if (wrong !== null) violations.push(`request ${done}: ${wrong}`);
      if (done % 10_000 === 0) plan.progress?.(done);
    }
  } finally {
    await door.stop();
  }
  return { requests: done, violations };
}
