import { describe, expect, test } from 'vitest';
import { STILL_MS } from '../../../src/platform/clock.ts';
import { StartingClock } from '../../../src/platform/starting-clock.ts';
import { FakeTimers } from './fake-timers.ts';

const START = Date.UTC(2026, 6, 6, 1, 34, 30);

function open(speed: number | 'max'): { clock: StartingClock; timers: FakeTimers; fired: number[] } {
  const timers = new FakeTimers(0);
  return { clock: new StartingClock({ start: START, speed, timers }), timers, fired: [] };
}

describe('StartingClock', () => {
  test('stands still until it begins, then runs at its own speed', () => {
    const { clock, timers } = open(30);
    timers.pass(STILL_MS - 1);
    expect([clock.now() - START, clock.pace]).toEqual([0, 0]);
    clock.begin();
    clock.begin();
    timers.pass(1000);
    expect([clock.now() - START, clock.speed]).toEqual([30_000, 30]);
  });

  test('goes at the real pace while somebody waits for the market, and in a start that takes long', () => {
    const { clock, timers, fired } = open('max');
    const release = clock.hold();
    clock.at(START + 500, () => fired.push(1));
    timers.pass(700);
    expect([clock.now() - START, clock.speed, fired]).toEqual([700, 1, [1]]);
    release();
    timers.pass(STILL_MS - 700);
    expect(clock.now() - START).toBe(700);
    timers.pass(300);
    expect(clock.now() - START).toBe(1_000);
    clock.stop();
    expect(timers.armed).toBe(0);
  });

  test('timers live through the change and fire once, in order', () => {
    const { clock, timers, fired } = open(30);
    clock.at(START + 500, () => fired.push(1));
    clock.at(START + 30_700, () => fired.push(3));
    clock.at(START + 2_000, () => fired.push(2));
    const dropped = clock.at(START + 3_000, () => fired.push(99));
    const release = clock.hold();
    timers.pass(700);
    release();
    expect(fired).toEqual([1]);
    clock.begin();
    dropped.cancel();
    clock.at(START + 40_000, () => fired.push(4));
    timers.pass(1_000);
    expect(fired).toEqual([1, 2, 3]);
    timers.pass(9_000);
    expect(fired).toEqual([1, 2, 3, 4]);
  });

  test('what holds a jumping clock holds it after it has begun', () => {
    const { clock, timers, fired } = open('max');
    const release = clock.hold();
    clock.at(START + 3_600_000, () => fired.push(1));
    clock.begin();
    timers.pass(1000);
    expect(clock.now()).toBe(START + 60_000);
    release();
    release();
    expect(fired).toEqual([]);
    timers.pass(10_000);
    expect(clock.now()).toBe(START + 60_000);
    clock.stop();
  });

  test('what stands still before it begins stands still afterwards', () => {
    const { clock, timers } = open('max');
    const release = clock.hold('still');
    clock.begin();
    timers.pass(1000);
    expect(clock.now()).toBe(START);
    release();
    clock.stop();
  });

  test('a stopped clock fires nothing, whenever it was stopped', () => {
    for (const begun of [false, true]) {
      const { clock, timers, fired } = open(30);
      clock.at(START + 100, () => fired.push(1));
      if (begun) clock.begin();
      clock.stop();
      clock.begin();
      clock.at(START + 200, () => fired.push(2));
      timers.pass(10_000);
      expect(fired).toEqual([]);
    }
  });
});
