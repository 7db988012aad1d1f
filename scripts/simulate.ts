/** Runs simulated worlds, and worlds of real processes, in which everything goes wrong; see docs/architecture.md, "The life of an order". */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { monotonic } from '../src/platform/timers.ts';
import { coverageTable, emptyCells } from '../test/simulation/report/coverage.ts';
import { runSeeds } from '../test/simulation/report/pool.ts';
import { replayCommand, tallyTable, type Tally } from '../test/simulation/report/tally.ts';
import { runSeed } from '../test/simulation/run-seed.ts';

const HELP = `Usage: npm run simulate -- [options]
  --seeds N       run the worlds of N seeds (default 2000)
  --from N        the first of them (default 1)
  --jobs N        threads (default: one a core)
  --coverage      print how often each fault struck in each state of an order
  --seed N        run one world
  --trace         with --seed: print all that happens in it
  --processes     real processes over TCP instead, killed at random moments
  --runs N        how many of these (default 200)`;

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '2000' },
    from: { type: 'string', default: '1' },
    jobs: { type: 'string', default: String(availableParallelism()) },
    coverage: { type: 'boolean', default: false },
    seed: { type: 'string' },
    trace: { type: 'boolean', default: false },
    processes: { type: 'boolean', default: false },
    runs: { type: 'string', default: '200' },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) console.log(HELP);
else if (values.processes) process.exitCode = await processes(whole(values.runs, 'runs'), whole(values.from, 'from'));
else if (values.seed === undefined) process.exitCode = await many();
else process.exitCode = await one(whole(values.seed, 'seed'));

async function one(seed: number): Promise<number> {
  const { violations, trace } = await runSeed(seed, { trace: values.trace });
  if (values.trace) console.log(trace);
  for (const violation of violations) console.log(`VIOLATION  ${violation}`);
  console.log(violations.length === 0 ? `Seed ${seed}: every promise was kept.` : `Seed ${seed} failed.`);
  return violations.length === 0 ? 0 : 1;
}

async function many(): Promise<number> {
  const first = whole(values.from, 'from');
  const last = first + whole(values.seeds, 'seeds') - 1;
  const begun = monotonic();
  const seconds = (): number => (monotonic() - begun) / 1000;
  let shown = 0;
  const tally = await runSeeds({
    first,
    last,
    jobs: whole(values.jobs, 'jobs'),
    onProgress: (so) => {
      for (; shown < so.failures.length; shown += 1) showFailure(so, shown);
      if (process.stderr.isTTY)
        process.stderr.write(`\r${so.seeds} seeds, ${(so.seeds / seconds()).toFixed(0)} a second `);
    },
  });
  if (process.stderr.isTTY) process.stderr.write('\n');
  console.log(tallyTable(tally, seconds()));
  if (values.coverage) showCoverage(tally);
  return tally.failures.length === 0 ? 0 : 1;
}

function showFailure(tally: Tally, index: number): void {
  const failure = tally.failures[index];
  if (failure === undefined) return;
  console.log(`\nSeed ${failure.seed} failed; see it again with: ${replayCommand(failure.seed)}`);
  for (const violation of failure.violations) console.log(`  ${violation}`);
}

function showCoverage({ coverage }: Tally): void {
  console.log(`\nHow often each fault struck while an order was in each state:\n${coverageTable(coverage)}`);
  const empty = emptyCells(coverage);
  console.log(empty.length === 0 ? 'No cell is empty.' : `Empty cells: ${empty.join(', ')}`);
}

async function processes(runs: number, from: number): Promise<number> {
  const { runProcesses } = await import('../test/simulation/processes/run-processes.ts');
  return runProcesses(runs, from);
}

function whole(text: string, name: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value > 0) return value;
  console.error(`--${name} must be a whole number above 0, was ${text}.\n${HELP}`);
  process.exit(2);
}
