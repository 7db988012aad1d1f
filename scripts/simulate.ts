/** Runs simulated worlds, and worlds of real processes, in which everything goes wrong; see docs/architecture.md, "The life of an order". */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { monotonic } from '../src/platform/timers.ts';
import {
  AXES,
  FORCIBLE,
  IN_FORCE,
  LAWS,
  namesOf,
  textOf,
  type Forcible,
  type Scope,
} from '../test/simulation/plan/axes.ts';
import { cellsOf, cellsText, coverageTable } from '../test/simulation/report/coverage.ts';
import { runSeeds } from '../test/simulation/report/pool.ts';
import { replayCommand, tallyTable, type Tally } from '../test/simulation/report/tally.ts';
import { runSeed } from '../test/simulation/run-seed.ts';

const HELP = `Usage: npm run simulate -- [options]
  --seeds N       run the worlds of N seeds (default 2000)
  --from N        the first of them (default 1)
  --jobs N        threads (default: one a core)
  --coverage      print how often each fault struck in each state of an order
  --axes A,B      what worlds can have: ${AXES.join(', ')}, all, none
                  (default: what is in force, see test/simulation/plan/axes.ts)
  --axis NAME     every world has it, whatever its seed would draw: ${FORCIBLE.join(' or ')}
                  (npm run simulate -- --seeds 20000 --axis signals)
  --laws A,B      what is demanded while they run: ${LAWS.join(', ')}, all, none
  --seed N        run one world
  --trace         with --seed: print all that happens in it
  --processes     real processes over TCP instead, killed at random moments
  --runs N        how many of these (default 200)
  --fortnight     two weeks on the paper market in a real process, killed with -9 at every distinct point of its
                  input and output, the first, a middle and the last time it comes there (about 170 runs)
  --kept FILE     with --fortnight: keep in FILE how each ended; the same command goes on with what is left`;

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '2000' },
    from: { type: 'string', default: '1' },
    jobs: { type: 'string', default: String(availableParallelism()) },
    coverage: { type: 'boolean', default: false },
    axes: { type: 'string', default: textOf(IN_FORCE.axes) },
    axis: { type: 'string' },
    laws: { type: 'string', default: textOf(IN_FORCE.laws) },
    seed: { type: 'string' },
    trace: { type: 'boolean', default: false },
    processes: { type: 'boolean', default: false },
    runs: { type: 'string', default: '200' },
    fortnight: { type: 'boolean', default: false },
    kept: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

const axes = chosen(values.axes, AXES, 'axes');
const scope: Scope = { axes, laws: chosen(values.laws, LAWS, 'laws'), forced: forcedOf(values.axis ?? null) };

if (values.help) console.log(HELP);
else if (values.processes) process.exitCode = await processes(whole(values.runs, 'runs'), whole(values.from, 'from'));
else if (values.fortnight) process.exitCode = await fortnight();
else if (values.seed === undefined) process.exitCode = await many();
else process.exitCode = await one(whole(values.seed, 'seed'));

async function one(seed: number): Promise<number> {
  const { about, violations, trace } = await runSeed(seed, { trace: values.trace, scope });
  if (values.trace) console.log(trace);
  console.log(`World ${seed}: ${about}.`);
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
    scope,
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
  console.log(
    `\nSeed ${failure.seed} failed (${failure.about}); see it again with: ${replayCommand(failure.seed, scope)}`,
  );
  for (const violation of failure.violations) console.log(`  ${violation}`);
}

function showCoverage({ coverage }: Tally): void {
  console.log(`\nHow often each fault struck while an order was in each state:\n${coverageTable(coverage, scope)}`);
  console.log(cellsText(cellsOf(coverage, scope)));
}

async function processes(runs: number, from: number): Promise<number> {
  const { runProcesses } = await import('../test/simulation/processes/run-processes.ts');
  return runProcesses(runs, from);
}

async function fortnight(): Promise<number> {
  const { killsOf, walkFortnight, wholeFortnight } = await import('../test/simulation/fortnight/walk-fortnight.ts');
  const { keptWalk } = await import('../test/simulation/fortnight/kept-walk.ts');
  const unkilled = await wholeFortnight();
  const walk = keptWalk(values.kept ?? null, killsOf(unkilled));
  console.log(`${walk.kills.length} kills at ${unkilled.points.size} points; ${walk.left.length} are left`);
  const now = await walkFortnight(walk.left, unkilled, (each) => {
    const { kill, struck, violations, folder } = each;
    walk.keep(each);
    const result = violations.length > 0 ? `FAILED (${folder})` : struck ? 'ok' : 'ok, not come to';
    console.log([`${kill}: ${result}`, ...violations.map((violation) => `  ${violation}`)].join('\n'));
  });
  const walked = [...walk.walked, ...now];
  const failed = walked.filter(({ violations }) => violations.length > 0).length;
  const struck = walked.filter((each) => each.struck).length;
  console.log(`${walked.length} fortnights, ${struck} killed, ${failed} with violations`);
  return failed === 0 ? 0 : 1;
}

function chosen<T extends string>(text: string, known: readonly T[], name: string): ReadonlySet<T> {
  const names = namesOf(text, known);
  if (names !== null) return names;
  return refuse(`--${name} must be some of ${known.join(', ')}, or all, or none; was ${text}.`);
}

function forcedOf(text: string | null): Forcible | null {
  if (text === null) return null;
  const found = FORCIBLE.find((each) => each === text);
  if (found === undefined) return refuse(`--axis must be ${FORCIBLE.join(' or ')}; was ${text}.`);
  if (!axes.has(found))
    return refuse(`--axis ${found} is not among --axes ${values.axes}: add it there, or leave it out.`);
  if (values.processes || values.fortnight)
    return refuse('--axis is for worlds: --processes and --fortnight have none of it.');
  return found;
}

function refuse(text: string): never {
  console.error(text);
  process.exit(2);
}

function whole(text: string, name: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value > 0) return value;
  return refuse(`--${name} must be a whole number above 0, was ${text}.\n${HELP}`);
}
