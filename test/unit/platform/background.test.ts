import { expect, it } from 'vitest';
import { inBackground } from '../../../src/platform/background.ts';
import type { Timer, TimerSource } from '../../../src/platform/timers.ts';
import { FakeTimers, settle } from './fake-timers.ts';

/** Steps of one ms each, so many of them; says how many are done, and whether they were left off. */
function work(count: number, timers: FakeTimers) {
  const seen = { done: 0, isClosed: false };
  const steps = (function* counted(): Generator<undefined, void, undefined> {
    try {
      for (; seen.done < count; seen.done += 1) {
        timers.pass(1);
        yield;
      }
    } finally {
      seen.isClosed = true;
    }
  })();
  return { seen, steps };
}

it('works two milliseconds of ten, and not before its delay is over', async () => {
  const timers = new FakeTimers();
  const { seen, steps } = work(6, timers);
  const over = inBackground(steps, 1000, new AbortController().signal, timers);
  await timers.advance(999);
  expect(seen.done).toBe(0);
  await timers.advance(1);
  expect(seen.done).toBe(1); // its second step is under way when the time is over
  const began = timers.monotonic();
  await timers.advance(30);
  expect(await over).toBe(true);
  expect(seen.done).toBe(6);
  expect(timers.monotonic() - began).toBeGreaterThanOrEqual(30);
});

it('waits longer while others keep the process busy, and as before when they are done', async () => {
  const timers = new FakeTimers();
  const pauses: number[] = [];
  const late: TimerSource['after'] = (ms, fn): Timer => {
    pauses.push(ms);
    // Somebody works for 20 ms when the second pause ends.
    return timers.after(pauses.length === 2 ? ms + 20 : ms, fn);
  };
  const { steps } = work(9, timers);
  const monotonic = (): number => timers.monotonic();
  const over = inBackground(steps, 8, new AbortController().signal, { after: late, monotonic });
  await timers.advance(1000);
  expect(await over).toBe(true);
  expect(pauses.slice(0, 4)).toEqual([8, 8, 100, 8]);
});

it('a signal ends it at once, in a pause and before it began, and closes what it was doing', async () => {
  const timers = new FakeTimers();
  const { seen, steps } = work(1000, timers);
  const stop = new AbortController();
  const over = inBackground(steps, 1, stop.signal, timers);
  await timers.advance(1);
  const done = seen.done;
  stop.abort();
  await settle();
  expect(await over).toBe(false);
  expect([seen.done, seen.isClosed, timers.armed]).toEqual([done, true, 0]);
  const other = work(1000, timers);
  expect(await inBackground(other.steps, 0, stop.signal, timers)).toBe(false);
  expect([other.seen.done, timers.armed]).toEqual([0, 0]);
});

it('what a step throws is thrown', async () => {
  const timers = new FakeTimers();
  const steps = (function* failing(): Generator<undefined, void, undefined> {
    yield;
    throw new RangeError('no more');
  })();
  const over = inBackground(steps, 0, new AbortController().signal, timers);
  const thrown = expect(over).rejects.toThrow('no more');
  await timers.advance(100);
  await thrown;
});
