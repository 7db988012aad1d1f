import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BtError } from '../domain/errors.ts';
import { chinaText, parseChinaTime } from '../domain/time.ts';
import { readRecording } from '../engine/replay/read-recording.ts';
import type { RecordedRun } from '../engine/replay/recording.ts';
import { replay, type ReplayOptions, type ReplayOutcome } from '../engine/replay/replayer.ts';
import { buildStrategy } from '../engine/strategy/build/build.ts';
import { ProcessRunner } from '../engine/strategy/process-runner/process-runner.ts';
import { createLog, nullLog } from '../platform/log.ts';
import { writeDocument } from '../platform/terminal.ts';
import { say, sayErr } from './say.ts';
import { monotonic } from '../platform/timers.ts';
import { readableFile } from './files.ts';
import { pythonAsked } from './python-asked.ts';
import { differenceText } from './replay-text.ts';
import { inLanguage } from '../words/in-language.ts';

/** Exit code when the replay came out otherwise. */
const DIFFERS = 2;
const MEMORY_MB = 2_048;
/** A debugger may stop a hook for a day. */
const PATIENCE_MS = 86_400_000;
const HOOK_MS = 1_800_000;

type Flags = Readonly<Record<string, unknown>>;

/** Runs `bt replay`; the exit code is in `process.exitCode`. Throws BtError BAD_RECORDING, or what loading the strategy throws. */
export async function runReplay(file: string, flags: Flags): Promise<void> {
  const damaged = (why: string): void => sayErr(`The recording is damaged (${why}): it is played as far as it goes.\n`);
  const runs = await readRecording(readableFile('the recording', file), damaged);
  const folder = mkdtempSync(join(tmpdir(), 'bt-replay-'));
  try {
    const began = monotonic();
    const outcomes: ReplayOutcome[] = [];
    for (const run of runs) {
      const outcome = await replay(run, await optionsOf(run, flags, folder));
      outcomes.push(outcome);
      if (outcome.differences.length > 0 && flags['all'] !== true) break;
    }
    await tell(runs, outcomes, { flags, ms: monotonic() - began });
    process.exitCode = outcomes.every(({ differences }) => differences.length === 0) ? 0 : DIFFERS;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function optionsOf(run: RecordedRun, flags: Flags, folder: string): Promise<ReplayOptions> {
  const given = flags['strategy'];
  const file = readableFile('the strategy', typeof given === 'string' ? given : run.start.strategy);
  const inspect = flags['inspect'] === true;
  return {
    bundle: await buildStrategy({ file, outDir: folder, python: pythonAsked(flags) }),
    start: ProcessRunner.start,
    // Where the debugger listens is said there.
    log: inspect ? createLog({ level: 'info', screen: true, source: 'bt', say: inLanguage }) : nullLog,
    memoryLimitMb: MEMORY_MB,
    hookTimeoutMs: inspect ? PATIENCE_MS : HOOK_MS,
    until: untilOf(flags['until']),
    only: typeof flags['hook'] === 'string' ? flags['hook'] : null,
    all: flags['all'] === true,
    inspect,
  };
}

function untilOf(text: unknown): number | null {
  if (typeof text !== 'string') return null;
  const instant = parseChinaTime(text);
  if (instant !== null) return instant;
  throw new BtError('BAD_CONFIG', `--until '${text}' is no time: write it like '2026-07-06 10:30'.`, {
    fault: 'config',
  });
}

interface Told {
  readonly flags: Flags;
  /** Wall ms the replay took. */
  readonly ms: number;
}

async function tell(
  runs: readonly RecordedRun[],
  outcomes: readonly ReplayOutcome[],
  { flags, ms }: Told,
): Promise<void> {
  if (flags['json'] === true) {
    await writeDocument(`${JSON.stringify(outcomes, null, 2)}\n`);
    return;
  }
  for (const [index, { differences, sameCode }] of outcomes.entries()) {
    if (!sameCode)
      sayLine(
        `Run ${index + 1}: the code is another than the recorded one; what acts is compared, what is logged is not.`,
      );
    for (const difference of differences) sayLine(differenceText(difference));
  }
  for (const { unfinished } of runs)
    if (unfinished.length > 0)
      sayLine(`The recording ends within a hook, after ${unfinished.length} of its calls: that hook is not played.`);
  const total = (count: (outcome: ReplayOutcome) => number): number =>
    outcomes.reduce((sum, one) => sum + count(one), 0);
  const [hooks, calls, found] = [total((o) => o.dispatches), total((o) => o.calls), total((o) => o.differences.length)];
  const played = `${hooks} hooks and tasks with ${calls} calls, ${spanText(outcomes)}, in ${(ms / 1000).toFixed(1)} s`;
  sayLine(
    found === 0 ? `Identical: ${played}.` : `${found === 1 ? 'One difference' : `${found} differences`} in ${played}.`,
  );
}

function spanText(outcomes: readonly ReplayOutcome[]): string {
  const [first, last] = [outcomes[0], outcomes.at(-1)];
  return first === undefined || last === undefined ? 'nothing' : `${chinaText(first.from)} to ${chinaText(last.to)}`;
}

function sayLine(text: string): void {
  say(`${text}\n`);
}
