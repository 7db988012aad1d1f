import { describe, expect, test } from 'vitest';
import { bookClock } from '../../../src/cli/book-clock.ts';
import { chinaInstant } from '../../../src/domain/time.ts';

const at = (time: string): number => chinaInstant('2026-07-06', time);
const WALL = 1_790_000_000_000;
const SAVED = { market: at('10:12:05'), wall: WALL, speed: 30, begun: at('09:30') };
/** A minute after the book was last written. */
const NOW = WALL + 60_000;

describe('the clock of a book that exists', () => {
  test('goes on as if it had never stopped: without --at, and with the one it began with', () => {
    for (const told of [null, at('09:30')]) {
      const { start, anchor, speed, begun, note } = bookClock(SAVED, { at: told, speed: null }, 'book.json', NOW);
      expect({ start, anchor, speed, begun }).toEqual({
        start: SAVED.market,
        anchor: WALL,
        speed: 30,
        begun: SAVED.begun,
      });
      expect(note).toBe('the market of book.json goes on at 2026-07-06 10:42:05');
    }
  });

  test('runs at another --speed from where the former one brought it', () => {
    const clock = bookClock(SAVED, { at: at('09:30'), speed: 5 }, 'book.json', NOW);
    expect(clock).toMatchObject({ start: at('10:42:05'), anchor: NOW, speed: 5 });
    expect(clock.note).toContain('at x5 instead of x30');
  });

  test('stood still where it jumps', () => {
    const clock = bookClock(SAVED, { at: at('09:30'), speed: 'max' }, 'book.json', NOW);
    expect(clock).toMatchObject({ start: SAVED.market, speed: 'max' });
    expect(clock.note).toBe('the market of book.json goes on at 2026-07-06 10:12:05');
  });

  test('moves on to a later --at, also one that the clock would have passed by now, and keeps it', () => {
    for (const told of [at('10:12:05'), at('10:20'), chinaInstant('2026-07-08', '09:20')]) {
      const clock = bookClock(SAVED, { at: told, speed: 2 }, 'book.json', NOW);
      expect(clock).toMatchObject({ start: told, anchor: NOW, speed: 2, begun: told });
      expect(clock.note).toMatch(/moves on from 2026-07-06 10:12:05 to --at 2026-07-0/u);
    }
  });

  test('refuses an earlier --at, naming both instants and what to write', () => {
    const earlier = (begun: number | null) => () =>
      bookClock({ ...SAVED, begun }, { at: at('10:00'), speed: null }, 'book.json', NOW);
    expect(earlier(at('09:30'))).toThrow(
      expect.objectContaining({
        code: 'AT_IS_PAST',
        fault: 'config',
        message:
          "--at 2026-07-06 10:00:00 is before 2026-07-06 10:12:05, where the market of book.json stands: what happened there cannot happen again. Write --at '2026-07-06 09:30:00', the last it was given, to go on from there, a later --at to move it on, or another --state to begin a new market.",
      }),
    );
    expect(earlier(null)).toThrow(/Leave --at out to go on from there/u);
  });

  test('never goes back because the wall clock was set back', () => {
    const clock = bookClock(SAVED, { at: null, speed: 5 }, 'book.json', WALL - 60_000);
    expect(clock.start).toBe(SAVED.market);
  });
});
