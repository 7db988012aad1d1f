import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chinaInstant, chinaTimeOfDay, DAY, HOUR, MINUTE } from '../../../../src/domain/time.ts';
import { NOTICE_LEVELS } from '../../../../src/notify/notice.ts';
import { backOff } from '../../../../src/notify/rules/back-off.ts';
import { foldEntries, type Entry } from '../../../../src/notify/rules/fold.ts';
import { cutTo, inBytes, inJson, inUnits } from '../../../../src/notify/rules/measure.ts';
import { countOn, nextAt, type Sent } from '../../../../src/notify/rules/pace.ts';
import { mayTellAt } from '../../../../src/notify/rules/quiet.ts';
import { placeNotice, REPEAT_MS, type LastOfKey } from '../../../../src/notify/rules/repeats.ts';
import { MOST_PARTS, splitText } from '../../../../src/notify/rules/split.ts';

const NOON = chinaInstant('2026-07-06', '12:00');
const texts = fc.string({ unit: fc.constantFrom('a', '中', '\n', '😀', '"', ' '), maxLength: 600 });
const measures = fc.constantFrom(inBytes, inUnits, inJson);

describe('a text of a bounded length', () => {
  test('is cut to what fits, between whole characters, and is a start of the text', () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 0, max: 110 }), measures, (text, share, measure) => {
        const longest = Math.floor((measure(text) * share) / 100);
        const cut = cutTo(text, longest, measure);
        expect(measure(cut)).toBeLessThanOrEqual(longest);
        expect(cut.isWellFormed()).toBe(true);
        if (measure(text) <= longest) expect(cut).toBe(text);
        else expect(text.startsWith(cut.replace(/…$/u, ''))).toBe(true);
      }),
    );
  });

  test('goes in parts that fit, each numbered, and nothing is lost before the last allowed part', () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 40, max: 300 }), measures, (text, longest, measure) => {
        const parts = splitText(text, longest, measure);
        expect(parts.length).toBeLessThanOrEqual(MOST_PARTS);
        for (const part of parts) expect(measure(part)).toBeLessThanOrEqual(longest);
        const bare = parts.map((part) => part.replace(/…\(\d\/\d\)$/u, '')).join('');
        const same = (one: string): string => one.replaceAll(/[\s…]/gu, '');
        if (parts.length < MOST_PARTS) expect(same(bare)).toBe(same(text));
        else expect(same(text).startsWith(same(bare))).toBe(true);
      }),
    );
  });
});

describe('bursts', () => {
  const entry = (index: number): fc.Arbitrary<Entry> =>
    fc.record({
      id: fc.constant(`e${index}`),
      kind: fc.constantFrom('order' as const, 'refusal' as const, 'alarm' as const),
      level: fc.constantFrom(...NOTICE_LEVELS),
      time: fc.integer({ min: NOON, max: NOON + HOUR }),
      since: fc.constant(NOON),
      source: fc.constant('bt demo'),
      title: fc.constant('Title'),
      text: fc.string({ unit: fc.constantFrom('x', '中', '\n'), minLength: 1, maxLength: 500 }),
      count: fc.integer({ min: 1, max: 9 }),
    });
  const burst = fc
    .integer({ min: 2, max: 60 })
    .chain((many) => fc.tuple(...Array.from({ length: many }, (_, i) => entry(i))));

  test('become one message that fits, says how many there are, and counts each that has no line', () => {
    fc.assert(
      fc.property(burst, fc.integer({ min: 500, max: 4_000 }), (entries, longest) => {
        const letter = foldEntries(entries, longest, inBytes);
        const total = entries.reduce((sum, { count }) => sum + count, 0);
        expect(letter.count).toBe(total);
        expect(inBytes(letter.text)).toBeLessThanOrEqual(longest);
        const more = Number(/… and (\d+) more/u.exec(letter.text)?.[1] ?? 0);
        const lines = letter.text.split('\n').filter((line) => !line.startsWith('… and'));
        const shown = lines.reduce((sum, line) => sum + Number(/\((\d+) times since/u.exec(line)?.[1] ?? 1), 0);
        expect(shown + more).toBe(total);
      }),
    );
  });

  test('show what is urgent before what is not', () => {
    const one = (level: Entry['level'], index: number): Entry => ({
      id: `e${index}`,
      kind: 'order',
      level,
      time: NOON + index,
      since: NOON,
      source: 'bt demo',
      title: 'T',
      text: `${level} ${'x'.repeat(250)}`,
      count: 1,
    });
    const { text, title } = foldEntries(
      [...Array(20).keys()].map((i) => one(i === 19 ? 'critical' : 'info', i)),
      900,
      inBytes,
    );
    expect(text).toContain('! 07-06 12:00:00 T: critical');
    expect(title).toBe('bt demo: 20 messages (1 critical)');
    expect(text).toMatch(/… and \d+ more: \d+ order$/u);
  });
});

describe('equal messages', () => {
  test('are told at most once in ten minutes, and each is counted', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 5 * MINUTE }), { minLength: 1, maxLength: 80 }), (gaps) => {
        let now = NOON;
        const told: { at: number; count: number }[] = [];
        let last: LastOfKey | null = null;
        for (const gap of gaps) {
          now += gap;
          // Whatever may be sent by now has been.
          if (last !== null && last.notBefore <= now) last = { notBefore: last.notBefore, isTaken: true };
          const place = placeNotice(last, now);
          const latest = told.at(-1);
          if (place.kind === 'count' && latest !== undefined) latest.count += 1;
          else if (place.kind === 'new') {
            told.push({ at: place.notBefore, count: 1 });
            last = { notBefore: place.notBefore, isTaken: place.notBefore <= now };
          }
        }
        expect(told.reduce((sum, { count }) => sum + count, 0)).toBe(gaps.length);
        for (const [index, { at }] of told.entries()) {
          if (index > 0) expect(at - (told[index - 1]?.at ?? 0)).toBeGreaterThanOrEqual(REPEAT_MS);
        }
      }),
    );
  });

  test('a wall clock that is set back silences nobody for longer than ten minutes', () => {
    const place = placeNotice({ notBefore: NOON + DAY, isTaken: true }, NOON);
    expect(place).toEqual({ kind: 'new', notBefore: NOON + REPEAT_MS });
  });
});

describe('quiet hours', () => {
  const seconds = fc.integer({ min: 0, max: 86_399 });

  test('hold what is not critical to their end, and nothing outside them', () => {
    fc.assert(
      fc.property(seconds, seconds, fc.integer({ min: 0, max: DAY - 1 }), (from, until, at) => {
        const now = NOON + Math.floor(at / 1000) * 1000;
        const quiet = { from, until };
        expect(mayTellAt(quiet, 'critical', now)).toBe(now);
        const when = mayTellAt(quiet, 'info', now);
        expect(when).toBeGreaterThanOrEqual(now);
        expect(when - now).toBeLessThanOrEqual(DAY);
        if (when > now) expect(chinaTimeOfDay(when)).toBe(until);
        // Where it may be told it may be told at that very time too.
        expect(mayTellAt(quiet, 'info', when)).toBe(when);
      }),
    );
  });

  test('run over midnight when they end earlier than they begin', () => {
    const quiet = { from: 22 * 3600, until: 7 * 3600 };
    const at = (time: string): number => mayTellAt(quiet, 'warning', chinaInstant('2026-07-06', time));
    expect(at('21:59')).toBe(chinaInstant('2026-07-06', '21:59'));
    expect(at('22:00')).toBe(chinaInstant('2026-07-07', '07:00'));
    expect(at('03:00')).toBe(chinaInstant('2026-07-06', '07:00'));
    expect(at('07:00')).toBe(chinaInstant('2026-07-06', '07:00'));
  });
});

describe('the pace of a service', () => {
  test('is kept: never two within the gap, never more than the day allows, a part kept for what is critical', () => {
    const pace = { gapMs: 3_000, perDay: 5 };
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...NOTICE_LEVELS), { maxLength: 40 }), (levels) => {
        let sent: Sent = { last: null, day: '', count: 0 };
        let now = NOON;
        const times: { at: number; level: string }[] = [];
        for (const level of levels) {
          now = Math.max(now, nextAt(pace, sent, level, false, now));
          sent = countOn(sent, now);
          times.push({ at: now, level });
        }
        for (const [index, { at }] of times.entries())
          if (index > 0) expect(at - (times[index - 1]?.at ?? 0)).toBeGreaterThanOrEqual(3_000);
        const days = Map.groupBy(times, ({ at }) => Math.floor((at + 8 * HOUR) / DAY));
        for (const day of days.values()) expect(day.length).toBeLessThanOrEqual(5);
      }),
    );
    const used: Sent = { last: null, day: '2026-07-06', count: 3 };
    expect(nextAt(pace, used, 'info', false, NOON)).toBe(chinaInstant('2026-07-07', '00:00'));
    expect(nextAt(pace, used, 'critical', false, NOON)).toBe(NOON);
    expect(nextAt(pace, used, 'info', true, NOON)).toBe(NOON);
  });

  test('after failures it waits longer, never longer than six minutes', () => {
    const waits = [1, 2, 3, 4, 5, 50].map((failures) => backOff(failures, 0));
    expect(waits).toEqual([1_000, 5_000, 30_000, 120_000, 300_000, 300_000]);
    expect(backOff(50, 0.999)).toBeLessThanOrEqual(6 * MINUTE);
  });
});
