import type { RunnerOptions } from '../../../src/engine/strategy/runner.ts';
import { startIn } from '../../unit/engine/strategy/running.ts';
import { Workspace } from '../../unit/engine/strategy/workspace.ts';
import { BEGUN, trialOf } from '../strategies/trial.ts';

interface PythonTrial {
  /** Lines of the task, from the margin. */
  readonly body: string;
  /** It never ends: it is ended when all was shown. */
  readonly endless?: boolean;
  readonly limits?: Partial<Pick<RunnerOptions, 'memoryLimitMb' | 'hookTimeoutMs'>>;
}

/** As `trial`, of a task in Python; it is at line 6 of main.py and on. */
export async function pythonTrial({ body, endless = false, limits = {} }: PythonTrial): ReturnType<typeof trialOf> {
  const lines = body.split('\n').map((line) => `    ${line}`);
  const source = ['import ctypes, os, sys', 'def initialize(context): pass', '', 'def misbehave(context):'];
  const space = await Workspace.make({
    'main.py': [...source, `    log.info('${BEGUN}')`, ...lines, ''].join('\n'),
  });
  // Loading takes its time on a busy machine; what is watched is the task.
  const patience = { loadTimeoutMs: 60_000 };
  return trialOf((options) => startIn(space, 'main.py', { ...patience, ...options, ...limits }), 'main.py', endless);
}
