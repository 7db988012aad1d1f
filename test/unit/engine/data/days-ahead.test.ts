import fc from 'fast-check';
import { expect, it } from 'vitest';
import { exchangeCalendar } from '../../../../src/domain/market/calendar.ts';
import { DaysAhead } from '../../../../src/engine/data/days-ahead.ts';
import { FakeHost } from '../../runtime/fake-host.ts';

class DaysHost extends FakeHost {
  override tradeDays(start: string | null, end: string | null, count: number | null): readonly string[] {
    super.tradeDays(start, end, count);
    const last = end ?? '2026-07-06';
    return count === null ? exchangeCalendar().between(start ?? last, last) : exchangeCalendar().lastDays(last, count);
  }
}

it('a loop over listing days asks for the longest alone, in each dispatch', () => {
  const host = new DaysHost();
  const ahead = new DaysAhead(host);
  for (const start of ['1991-04-03', '2010-01-01', '1999-11-10', '2026-07-03']) ahead.read(start, '2026-07-06', null);
  expect(host.dayQuestions).toEqual([['1991-04-03', '2026-07-06', null]]);
  host.context = { ...host.context };
  ahead.read('2010-01-01', '2026-07-06', null);
  ahead.read('2010-01-01', '2026-07-03', null);
  ahead.read(null, '2026-07-03', 5);
  expect(host.dayQuestions.slice(1)).toEqual([
    ['2010-01-01', '2026-07-06', null],
    ['2010-01-01', '2026-07-03', null],
    [null, '2026-07-03', 5],
  ]);
});

it('what is cut out of a longer answer is what would have been answered', () => {
  const day = fc
    .date({ min: new Date('2024-01-01'), max: new Date('2026-07-06'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10));
  const end = fc.constantFrom(null, '2026-07-06', '2025-03-01');
  fc.assert(
    fc.property(fc.array(fc.tuple(day, end), { maxLength: 12 }), (questions) => {
      const host = new DaysHost();
      const ahead = new DaysAhead(host);
      for (const [start, last] of questions)
        expect(ahead.read(start, last, null)).toEqual(new DaysHost().tradeDays(start, last, null));
    }),
  );
});
