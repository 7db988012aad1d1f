import { describe, expect, it } from 'vitest';
import { errorCode } from '../../../../src/domain/errors.ts';
import { exchangeCalendar } from '../../../../src/domain/market/calendar.ts';
import { checkOrdinal, isTaskDay } from '../../../../src/domain/schedule/task-days.ts';

describe('isTaskDay', () => {
  const calendar = exchangeCalendar();

  it('weekday=-1 is the last trading day of the week, known in advance', () => {
    const rule = { frequency: 'weekly', ordinal: -1, force: true } as const;
    const fired = calendar
      .between('2026-09-21', '2026-09-30')
      .filter((day) => isTaskDay(rule, day, calendar, '2026-01-05'));
    // 25 September is closed: Thursday ends that week, Wednesday the next one.
    expect(fired).toEqual(['2026-09-24', '2026-09-30']);
  });

  it('a closed day is never one', () => {
    expect(isTaskDay({ frequency: 'daily', ordinal: null, force: true }, '2026-10-01', calendar, '2026-01-05')).toBe(
      false,
    );
  });
});

describe('checkOrdinal', () => {
  it('accepts whole ordinals other than 0', () => {
    for (const ordinal of [1, 5, -1, 31]) checkOrdinal({ frequency: 'monthly', ordinal, force: false });
    checkOrdinal({ frequency: 'daily', ordinal: null, force: false });
    let code: string | null = null;
    try {
      checkOrdinal({ frequency: 'weekly', ordinal: 0, force: true });
    } catch (error) {
      code = errorCode(error);
    }
    expect(code).toBe('BAD_ORDINAL');
  });
});
