import { describe, expect, it, vi } from 'vitest';
import { exchangeCalendar } from '../../../src/domain/market/calendar.ts';
import { chinaInstant } from '../../../src/domain/time.ts';
import { startHousekeeping, warnOfExpiry } from '../../../src/engine/housekeeping.ts';
import { scheduleDaily } from '../../../src/platform/daily-jobs.ts';
import { nullLog } from '../../../src/platform/log.ts';
import { SteppedClock } from '../../../src/platform/stepped-clock.ts';

function warnings(): { readonly log: typeof nullLog; readonly texts: string[] } {
  const texts: string[] = [];
  return { log: { ...nullLog, warning: (text: string) => void texts.push(text) }, texts };
}

describe('warnOfExpiry', () => {
  it('D+akshare#3336: speaks from 30 days before the end, not earlier', () => {
    const { log, texts } = warnings();
    warnOfExpiry(exchangeCalendar(), '2026-11-30', log);
    expect(texts).toEqual([]);
    warnOfExpiry(exchangeCalendar(), '2026-12-01', log);
    expect(texts).toEqual([expect.stringContaining('2026-12-31')]);
  });

  it('is looked at when a run starts, also on a simulated clock', async () => {
    const { log, texts } = warnings();
    const clock = new SteppedClock(chinaInstant('2026-12-10', '09:00'));
    const unused = (): never => {
      throw new Error('not on a simulated clock');
    };
    const stop = await startHousekeeping({
      clock,
      calendar: exchangeCalendar(),
      log,
      account: unused,
      orders: unused,
      compact: unused,
    });
    stop();
    expect(texts).toHaveLength(1);
  });
});

describe('scheduleDaily', () => {
  it('runs at the time of Shanghai, survives a job that throws, and can be cancelled', async () => {
    vi.useFakeTimers({ now: chinaInstant('2026-07-06', '08:29:30') });
    try {
      const ran: string[] = [];
      const failed: string[] = [];
      const stop = await scheduleDaily(
        [
          { name: 'fine', time: '08:30', run: () => void ran.push('fine') },
          {
            name: 'broken',
            time: '08:30',
            run() {
              throw new Error('broken');
            },
          },
        ],
        (name) => void failed.push(name),
      );
      await vi.advanceTimersByTimeAsync(60_000);
      expect({ ran, failed }).toEqual({ ran: ['fine'], failed: ['broken'] });
      await vi.advanceTimersByTimeAsync(24 * 3_600_000);
      expect(ran).toHaveLength(2);
      stop();
      await vi.advanceTimersByTimeAsync(24 * 3_600_000);
      expect(ran).toHaveLength(2);
    } finally {
      vi.useRealTimers();
    }
  });
});
