import { Socket } from 'node:net';
import { workerData } from 'node:worker_threads';
import { every } from '../../../platform/timers.ts';
import { FD } from '../border/pipes.ts';
import { leave } from './pipe-files.ts';

/** What the watcher is started with. */
export interface WatcherStart {
  readonly memoryLimitBytes: number;
}

const MEMORY_CHECK_MS = 50;

/**
 * A thread of its own in the strategy's process, because a strategy that loops hears nothing: it ends the process when the engine is gone,
 * however that ended, and tells the engine when the process holds more memory than it may.
 */
function watch({ memoryLimitBytes }: WatcherStart): void {
  const lifeline = new Socket({ fd: FD.lifeline });
  lifeline.on('error', () => undefined); // it closes
  lifeline.on('close', leave);
  lifeline.resume();
  const timer = every(MEMORY_CHECK_MS, () => {
    const bytes = process.memoryUsage.rss();
    if (bytes <= memoryLimitBytes) return;
    timer.cancel();
    lifeline.write(`${bytes}\n`);
  });
}

watch(workerData as WatcherStart);
