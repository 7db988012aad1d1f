import { describe, expect, it, vi } from 'vitest';
import { exchangeCalendar } from '../../../src/domain/market/calendar.ts';
import { chinaInstant } from '../../../src/domain/time.ts';
import type { AccountView } from '../../../src/domain/order/types.ts';
import { reportDay } from '../../../src/engine/housekeeping.ts';
import { scheduleDaily } from '../../../src/platform/daily-jobs.ts';
import { nullLog } from '../../../src/platform/log.ts';
import { SteppedClock } from '../../../src/platform/stepped-clock.ts';

describe('the day-end line', () => {
  const account = (): AccountView => ({ totalValue: 1, availableCash: 1, positions: [] }) as unknown as AccountView;

  it.each([
    ['2026-12-31', 1],
    ['2026-10-01', 0], // a holiday
    ['2027-01-04', 1], // beyond the calendar: it may have traded
  ])('on %s: %d', (day, count) => {
    const texts: string[] = [];
    const log = { ...nullLog, info: (text: string) => void texts.push(text) };
    const clock = new SteppedClock(chinaInstant(day, '15:35'));
    reportDay({ clock, calendar: exchangeCalendar(), log, account, orders: () => [] });
    expect(texts).toHaveLength(count);
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
