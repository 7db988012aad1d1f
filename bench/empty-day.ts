import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunReport } from '../src/engine/report.ts';
import { CHECKOUT } from './bt.ts';
import { atMost } from './figure.ts';
import type { Figure } from './figure.ts';
import { launch, ROOT, temporaryFolder } from './processes.ts';
import { percentile, spreadOf } from './stats.ts';

const RUNS = 5;
const TARGET_MS = 1_000;
const MINUTES = 240;
const STRATEGY = 'export function handle_data(): void {}\n';
/** One simulated day, from before its first hook to after its last. */
const DAY = ['--with-stub', '--at', '2026-07-06 09:00:00', '--speed', 'max', '--until', '15:31'];

/**
 * A day in which `handle_data` does nothing, at `--speed max` on a paper market in the same process: from READY to the end of the
 * process, so all that each of the 240 minutes costs besides the strategy.
 */
export const figure: Figure = {
  async run() {
    // Where ledgers live: a system's temporary folder may be memory.
    const folder = temporaryFolder(join(ROOT, '.bt'));
    const file = join(folder, 'empty.ts');
    writeFileSync(file, STRATEGY);
    const times: number[] = [];
    for (let run = 0; run <= RUNS; run += 1) times.push(await oneDay(folder, file));
    const days = times.slice(1); // the first one filled the caches
    return [
      {
        what: `an empty day of ${MINUTES} handle_data at --speed max`,
        unit: 'ms',
        shape: 'runs',
        spread: spreadOf(days),
        floor: null,
        target: atMost(TARGET_MS, 'ms', 'median', percentile(days, 0.5)),
      },
    ];
  },
};

/** Wall ms from READY to the end. */
async function oneDay(folder: string, file: string): Promise<number> {
  const report = join(folder, 'report.json');
  const running = launch([CHECKOUT, 'live', file, '--broker', 'qmt-remote', ...DAY, '--report', report], {
    cwd: folder,
    env: { TMPDIR: folder, TEMP: folder, EVENT_TIME_OUT: '3600' },
  });
  const { afterMs } = await running.printed(/\bREADY /u);
  const ms = (await running.ended) - afterMs;
  checkRan(report);
  return ms;
}

/** A day in which minutes were skipped is none. */
function checkRan(report: string): void {
  const { triggers } = JSON.parse(readFileSync(report, 'utf8')) as RunReport;
  const ran = triggers.filter(({ outcome }) => outcome === 'ran' || outcome === 'ran_late').length;
  if (ran !== MINUTES) throw new Error(`${ran} of ${MINUTES} minutes ran`);
}
