import { runSeed } from '../test/simulation/run-seed.ts';
import type { Figure } from './figure.ts';
import { spreadOf } from './stats.ts';

const ROUNDS = 5;
const ROUND_MS = 1_000;
const WARM_UP = 30;

/** Seeds of `npm run simulate` a second on one core: each is an engine and a gateway in which everything goes wrong, to its end. */
export const figure: Figure = {
  async run() {
    let seed = 1;
    const next = async (): Promise<void> => {
      const { violations } = await runSeed(seed);
      // One that failed ended early, or late: it must not count.
      if (violations.length > 0) throw new Error(`seed ${seed} failed: ${violations.join('; ')}`);
      seed += 1;
    };
    for (let run = 0; run < WARM_UP; run += 1) await next();
    const rates: number[] = [];
    while (rates.length < ROUNDS) rates.push(await rate(next));
    const spread = spreadOf(rates);
    return [{ what: 'simulation seeds, one core', unit: '/s', shape: 'runs', spread, floor: null, target: null }];
  },
};

/** Runs a second. */
async function rate(run: () => Promise<void>): Promise<number> {
  const began = performance.now();
  let count = 0;
  while (performance.now() - began < ROUND_MS) {
    await run();
    count += 1;
  }
  return (count / (performance.now() - began)) * 1000;
}
