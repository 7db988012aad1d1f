import { afterEach, describe, expect, test } from 'vitest';
import { until } from '../../../src/platform/clock.ts';
import { WallClock } from '../../../src/platform/wall-clock.ts';
import { FakeTimers } from './fake-timers.ts';

const START = Date.UTC(2026, 6, 6, 1, 0);
const HOUR = 3_600_000;

function setup(): { timers: FakeTimers; clock: WallClock; fired: number[]; at: (instant: number) => void } {
  const timers = new FakeTimers(START);
  const clock = new WallClock(timers);
  const fired: number[] = [];
  return { timers, clock, fired, at: (instant) => clock.at(instant, () => fired.push(clock.now() - START)) };
}

describe('WallClock', () => {
  test('fires as soon as the instant is reached, never synchronously', () => {
    const { timers, fired, at } = setup();
    at(START + 2500);
    at(START);
    expect(fired).toEqual([]);
    timers.pass(0);
    expect(fired).toEqual([0]);
    timers.pass(2499);
    expect(fired).toEqual([0]);
    timers.pass(1);
    expect(fired).toEqual([0, 2500]);
  });

  test('a step of the wall clock by an hour fires what it made due within a second, once (stack.md: node-schedule fired 3,656 times)', () => {
    const { timers, fired, at } = setup();
    at(START + 30 * 60_000);
    timers.pass(500);
    timers.setWall(START + HOUR);
    timers.pass(1000);
    expect(fired).toHaveLength(1);
    timers.pass(HOUR);
    expect(fired).toHaveLength(1);
  });

  test('after a step back by an hour the instant is waited for again, and fires once', () => {
    const { timers, fired, at } = setup();
    at(START + 60_000);
    timers.pass(30_000);
    timers.setWall(START - HOUR);
    timers.pass(HOUR + 59_999);
    expect(fired).toEqual([]);
    timers.pass(1);
    expect(fired).toEqual([60_000]);
  });

  test('no timer sleeps longer than a second', () => {
    const { timers, at } = setup();
    at(START + 40 * 24 * HOUR);
    timers.pass(5000);
    expect(timers.longest).toBe(1000);
  });

  test('nothing is armed when nothing waits, and nothing fires after stop', () => {
    const { timers, clock, fired, at } = setup();
    const timer = clock.at(START + 10, () => fired.push(0));
    timer.cancel();
    timers.pass(2000);
    expect(timers.armed).toBe(0);
    at(START + 5000);
    clock.stop();
    at(START + 6000);
    timers.pass(60_000);
    expect(fired).toEqual([]);
    expect(timers.armed).toBe(0);
  });

  test('a callback that throws does not take the others with it', () => {
    const { timers, clock, fired, at } = setup();
    clock.at(START + 10, () => {
      throw new Error('boom');
    });
    at(START + 10);
    expect(() => timers.pass(10)).toThrow('boom');
    timers.pass(10);
    expect(fired).toEqual([10]);
  });
});

describe('WallClock on the real machine', () => {
  const clock = new WallClock();
  afterEach(() => clock.stop());

  test('100 tasks all fire, in order, each no earlier than its instant', async () => {
    const first = clock.now() + 20;
    const fired: number[] = [];
    const lateness: number[] = [];
    for (let index = 0; index < 100; index += 1) {
      clock.at(first + index * 5, () => {
        fired.push(index);
        lateness.push(clock.now() - (first + index * 5));
      });
    }
    await until(clock, first + 500);
    expect(fired).toEqual(Array.from({ length: 100 }, (_, index) => index));
    expect(Math.min(...lateness)).toBeGreaterThanOrEqual(0);
  });
});
