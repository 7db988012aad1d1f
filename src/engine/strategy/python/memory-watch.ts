import { readFile } from 'node:fs/promises';
import { every, type Timer } from '../../../platform/timers.ts';

const LOOK_MS = 100;
const KILOBYTE = 1024;

/** Looks how much memory a process holds, where the system tells it (Linux); `tooLarge` is called once. */
export function watchMemory(pid: number, limitBytes: number, tooLarge: (bytes: number) => void): Timer {
  let looking = false;
  const look = async (): Promise<void> => {
    const bytes = await residentBytes(pid);
    looking = false;
    if (bytes === null || bytes <= limitBytes) return;
    timer.cancel();
    tooLarge(bytes);
  };
  const timer = every(LOOK_MS, () => {
    if (looking) return;
    looking = true;
    void look();
  });
  if (process.platform !== 'linux') timer.cancel();
  return timer;
}

/** Null when the process has ended. */
async function residentBytes(pid: number): Promise<number | null> {
  try {
    const status = await readFile(`/proc/${pid}/status`, 'latin1');
    const held = /^VmRSS:\s*(?<kb>\d+) kB$/mu.exec(status)?.groups?.['kb'];
    return held === undefined ? null : Number(held) * KILOBYTE;
  } catch {
    return null;
  }
}
