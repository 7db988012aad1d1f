import { residentBytes } from '../../../platform/resident-memory.ts';
import { every, type Timer } from '../../../platform/timers.ts';

const LOOK_MS = 100;

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
