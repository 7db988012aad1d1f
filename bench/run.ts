import { fork } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chosenFigures, PATIENT_FIGURES } from './figures.ts';
import { machineFacts } from './machine.ts';
import type { FigureMessage } from './one.ts';
import { reportData, reportGaps, reportHead, reportTable } from './report.ts';
import type { Outcome } from './report.ts';

/**
 * `npm run bench [-- NAME…]`: the figures of the project, each beside a bare floor measured in the same run, as a table and in
 * `bench/results.json`. A missed target is marked and fails nothing; a figure that cannot be measured ends the run with 1.
 */
const RESULTS = fileURLToPath(new URL('./results.json', import.meta.url));
const ONE = fileURLToPath(new URL('./one.ts', import.meta.url));

/** The longest takes 40 s; one that hangs must not hold up the others. */
const LONGEST_MS = 90_000;

function measure(figure: string): Promise<Outcome> {
  const began = performance.now();
  const child = fork(ONE, [figure], { stdio: 'inherit' });
  let message: FigureMessage = { error: 'its process ended without an answer' };
  child.on('message', (sent) => {
    message = sent as FigureMessage; // only one.ts is at the other end
  });
  const timer = setTimeout(() => {
    message = { error: `it was ended after ${LONGEST_MS / 1000} s` };
    child.kill('SIGTERM');
  }, LONGEST_MS);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', () => {
      clearTimeout(timer);
      const seconds = Math.round((performance.now() - began) / 100) / 10;
      const read = 'rows' in message ? { rows: message.rows, error: null } : { rows: [], error: message.error };
      resolve({ figure, seconds, ...read });
    });
  });
}

async function run(names: readonly string[], asked: readonly string[]): Promise<void> {
  const command = ['npm run bench', ...(asked.length === 0 ? [] : ['--', ...asked])].join(' ');
  const machine = machineFacts(new Date());
  console.log(`${reportHead({ command, machine, outcomes: [] })}\n`);
  const patient = names.filter((name) => PATIENT_FIGURES.has(name));
  const turns = names.filter((name) => !PATIENT_FIGURES.has(name)).map((name) => [name]);
  const measured = new Map<string, Outcome>();
  for (const turn of patient.length === 0 ? turns : [...turns, patient]) {
    process.stdout.write(`${turn.join(', ')} … `);
    const outcomes = await Promise.all(turn.map(measure));
    for (const outcome of outcomes) measured.set(outcome.figure, outcome);
    console.log(`${outcomes.map(({ seconds }) => seconds).join(', ')} s`);
  }
  const outcomes = names.flatMap((name) => measured.get(name) ?? []);
  const report = { command, machine, outcomes };
  console.log(['', reportTable(report), ...reportGaps(report)].join('\n'));
  writeFileSync(RESULTS, `${JSON.stringify(reportData(report), null, 2)}\n`);
  if (outcomes.some(({ error }) => error !== null)) process.exitCode = 1;
}

// The figures end by themselves: their processes hear the same signal, or see that this one is gone.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(130));
const asked = process.argv.slice(2);
try {
  await run(chosenFigures(asked), asked);
} catch (error) {
  if (!(error instanceof RangeError)) throw error;
  console.error(`bench: ${error.message}`);
  process.exitCode = 1;
}
