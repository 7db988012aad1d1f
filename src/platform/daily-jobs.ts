import type { Job } from 'node-schedule';

/** A job at a wall-clock time of each day in Shanghai. */
export interface DailyJob {
  readonly name: string;
  /** `HH:MM` */
  readonly time: string;
  readonly run: () => void | Promise<void>;
}

/**
 * Arms housekeeping on the wall clock, whatever this machine's zone. A job that fails is told to `onError` and runs again the
 * next day; none of them can end the process. Returns what cancels them all.
 */
export async function scheduleDaily(
  jobs: readonly DailyJob[],
  onError: (name: string, error: unknown) => void,
): Promise<() => void> {
  // Loaded when it is needed: no command that ends at once pays for it.
  const { default: schedule } = await import('node-schedule');
  const armed: Job[] = jobs.map(({ name, time, run }) => {
    const [hour, minute] = time.split(':').map(Number);
    const rule = new schedule.RecurrenceRule();
    rule.hour = hour ?? 0;
    rule.minute = minute ?? 0;
    rule.second = 0;
    rule.tz = 'Asia/Shanghai';
    return schedule.scheduleJob(name, rule, async () => {
      try {
        await run();
      } catch (error) {
        onError(name, error);
      }
    });
  });
  return () => {
    for (const job of armed) job.cancel();
  };
}
