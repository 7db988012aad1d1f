import { spawn } from 'node:child_process';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RunReport } from '../../src/engine/report.ts';
import { after, monotonic } from '../../src/platform/timers.ts';
import { classify } from './classify.ts';
import type { Result } from './table.ts';

const BT = fileURLToPath(new URL('../../src/bin/bt.js', import.meta.url));
/** So much of what a script printed is looked at, from its beginning and from its end: what is refused by name is told before the open. */
const KEPT = 64 * 1024;

export interface Week {
  readonly from: string;
  readonly until: string;
  readonly limitSeconds: number;
  /** Further options of `bt live`. */
  readonly options: readonly string[];
  /** The `bt.js` that runs them; null = the sources'. A built package starts faster, as it does at its users'. */
  readonly bt: string | null;
  /** The folder where what each printed, and its report, are kept; null = nowhere. */
  readonly logs: string | null;
}

/** Runs one script for the week in a folder of its own, and says how that ended. */
export async function runScript(path: string, week: Week): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'bt-corpus-'));
  const began = monotonic();
  try {
    const report = join(folder, 'report.json');
    const run = await runLive(path, folder, report, week);
    const written = await readFile(report, 'utf8').then(
      (text) => JSON.parse(text) as RunReport,
      () => null,
    );
    const source = await readFile(path, 'utf8');
    const end = classify({ ...run, report: written, source });
    const seconds = (monotonic() - began) / 1000;
    const script = basename(path).replace(/\.\w+$/u, '');
    if (week.logs !== null) {
      await writeFile(join(week.logs, `${script}.log`), run.output);
      if (written !== null) await copyFile(report, join(week.logs, `${script}.json`));
    }
    return { script, end, seconds, load: loadavg()[0] ?? Number.NaN };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Run {
  readonly output: string;
  readonly exitCode: number | null;
  readonly timedOut: boolean;
}

function runLive(path: string, folder: string, report: string, week: Week): Promise<Run> {
  const options = ['--with-stub', '--at', week.from, '--until', week.until, '--speed', 'max', '--force'];
  const kept = ['--state', join(folder, 'state'), '--report', report];
  const args = [week.bt ?? BT, 'live', path, '--broker', 'qmt-remote', ...options, ...kept, ...week.options];
  return new Promise((resolve, reject) => {
    // JoinQuant has no limits of ours: what a script orders is measured, not what a person allows.
    const env = { RISK_CHECK_ENABLED: 'false', ...process.env };
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'], cwd: folder, env });
    let [head, tail] = ['', ''];
    let timedOut = false;
    const take = (chunk: Buffer): void => {
      const text = chunk.toString();
      const first = text.slice(0, KEPT - head.length);
      head += first;
      tail = (tail + text.slice(first.length)).slice(-KEPT);
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    const limit = after(week.limitSeconds * 1000, () => {
      timedOut = true;
      child.kill('SIGKILL');
    });
    child.on('error', reject);
    child.on('close', (exitCode) => {
      limit.cancel();
      resolve({ output: head + tail, exitCode, timedOut });
    });
  });
}
