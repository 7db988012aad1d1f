import { runProcess } from './run-process.ts';

/** Worlds of processes that run beside one another. */
const AT_A_TIME = 2;

/** Runs the worlds of `runs` seeds and prints what came of them; the exit code. */
export async function runProcesses(runs: number, from: number): Promise<number> {
  const total = { runs: 0, kills: 0, orders: 0, failed: 0 };
  const seeds = Array.from({ length: runs }, (_, index) => from + index).values();
  const work = async (): Promise<void> => {
    for (const seed of seeds) {
      const { violations, kills, orders, folder } = await runProcess(seed);
      total.runs += 1;
      total.kills += kills;
      total.orders += orders;
      console.log(`seed ${seed}: ${kills} kills, ${orders} orders, ${violations.length === 0 ? 'ok' : 'FAILED'}`);
      if (violations.length === 0) continue;
      total.failed += 1;
      for (const violation of violations) console.log(`  ${violation}`);
      console.log(`  ledger, book, plan and logs: ${folder}`);
      console.log(`  again: npm run simulate -- --processes --runs 1 --from ${seed}`);
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_A_TIME, runs) }, work));
  console.log(`${total.runs} runs, ${total.kills} kills, ${total.orders} orders, ${total.failed} with violations`);
  return total.failed === 0 ? 0 : 1;
}
