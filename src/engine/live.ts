import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { InstanceState } from '../ledger/instance-state.ts';
import { isImported, markImported, refuseExported } from '../ledger/instance-file.ts';
import { Ledger } from '../ledger/ledger.ts';
import { lockInstance } from '../ledger/lock.ts';
import { privateFolder } from '../platform/private-files.ts';
import type { LiveOptions } from './live-options.ts';
import { LiveRun } from './live-run.ts';
import { attended } from './operator/attended.ts';
import type { RunReport } from './report.ts';
import { refuseUnserved } from './run-checks.ts';
import { connected, withOneEnd } from './run-end.ts';
import { checkInitialize } from './strategy-calls.ts';
import { refuseFindings } from './strategy-check.ts';
import { checkStrategyFile } from './strategy-start.ts';
import { buildStrategy } from './strategy/build/build.ts';
import { isPython } from './strategy/build/module-path.ts';
import { findPython, type Python } from './strategy/python/interpreter.ts';
import { ProcessRunner } from './strategy/process-runner/process-runner.ts';
import { ProcessAhead } from './strategy/process-runner/waiting-process.ts';
import type { StartRunner } from './strategy/runner.ts';

/**
 * Runs one strategy until it is told to stop, its `until` is reached, or it ends itself; one that is lost goes on until its orders
 * have ended. Throws BtError when it cannot start; once it has started every end is a report. Without `startRunner` it runs in a process
 * of its own, which starts at once.
 */
export async function runLive(asked: LiveOptions, startRunner: StartRunner | null = null): Promise<RunReport> {
  const { options, release } = withOneEnd(asked);
  try {
    if (startRunner !== null) return await runTold(options, startRunner);
    privateFolder(options.stateFolder);
    using ahead = new ProcessAhead({ ...options.limits, folder: options.stateFolder, inspect: false });
    const found = await pythonAhead(options, ahead);
    return await runTold(options, (runner) => ProcessRunner.start(runner, ahead), found);
  } finally {
    release();
  }
}

/** Python starts while the account is read, as the strategy's process does. Null for what is no script of its. */
async function pythonAhead({ strategyFile, python = {} }: LiveOptions, ahead: ProcessAhead): Promise<Python | null> {
  if (!isPython(strategyFile) || !existsSync(strategyFile)) return null;
  const found = await findPython(strategyFile, python.asked ?? null);
  ahead.startPython(found);
  return found;
}

/** `options.stop` tells of every end. */
async function runTold(
  options: LiveOptions,
  startRunner: StartRunner,
  found: Python | null = null,
): Promise<RunReport> {
  privateFolder(options.stateFolder);
  const outDir = join(options.stateFolder, 'build');
  const bundle = await buildStrategy({ file: options.strategyFile, outDir, python: { ...options.python, found } });
  for (const note of bundle.notes) options.log.warning(note);
  refuseFindings(bundle, options);
  const lock = lockInstance(options.stateFolder);
  try {
    refuseExported(options.stateFolder);
    const ledger = Ledger.open(options.stateFolder, options.meter);
    try {
      if (options.fresh !== true) checkLife(ledger, bundle.entry, options.stateFolder);
      return await attended(options, ledger, (run, operation) => {
        const work = (start: StartRunner): Promise<RunReport> =>
          new LiveRun(run, ledger, bundle, start, operation).run();
        return connected(run, () => {
          refuseUnserved(bundle.uses, options);
          return recorded(options, startRunner, work);
        });
      });
    } finally {
      ledger.close();
    }
  } finally {
    lock.release();
  }
}

/** Whether this strategy may go on with what the ledger holds, or begin. */
function checkLife(ledger: Ledger, entry: string, folder: string): void {
  const life = new InstanceState(ledger);
  const isMoved = isImported(folder);
  checkStrategyFile(life, entry, isMoved);
  if (isMoved) markImported(folder, false);
  checkInitialize(ledger, life);
}

/** Does the work with a runner that records what the strategy does, when that is asked for. */
async function recorded<T>(
  options: LiveOptions,
  startRunner: StartRunner,
  work: (start: StartRunner) => Promise<T>,
): Promise<T> {
  const { recordFile = null, log } = options;
  if (recordFile === null) return work(startRunner);
  const { RecordFile } = await import('./replay/record-file.ts');
  const { mendRecording } = await import('./replay/mend-recording.ts');
  const { recordedBy } = await import('./replay/recorder.ts');
  const warn = (text: string): void => log.warning(text);
  if (!(await mendRecording(recordFile, warn))) return work(startRunner);
  const file = new RecordFile(recordFile, warn);
  try {
    return await work(recordedBy(file, startRunner));
  } finally {
    await file.close();
  }
}
