import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';

/** What a figure depends on besides the code; nothing that names the machine or its folders. */
export interface Machine {
  /** ISO 8601. */
  readonly date: string;
  readonly node: string;
  readonly platform: string;
  readonly cpu: string;
  readonly cores: number;
  readonly memoryMb: number;
  /** Runnable processes in the last minute before the run; far above 0 means that others were at work. */
  readonly load: number;
}

export function machineFacts(now: Date): Machine {
  return {
    date: now.toISOString(),
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryMb: Math.round(totalmem() / 2 ** 20),
    load: Math.round((loadavg()[0] ?? 0) * 100) / 100,
  };
}
