import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { GatewayClock } from '../../../src/platform/gateway-clock.ts';
import { FakeTimers } from './fake-timers.ts';

const START = Date.UTC(2026, 6, 6, 1, 34, 30);

function setup(speed: number): { timers: FakeTimers; clock: GatewayClock } {
  const timers = new FakeTimers(0);
  return { timers, clock: new GatewayClock({ now: START, speed }, timers) };
}

describe('GatewayClock', () => {
  test('runs on at the speed it was told', () => {
    const { timers, clock } = setup(30);
    timers.pass(1000);
    expect(clock.now()).toBe(START + 30_000);
    expect(clock.speed).toBe(30);
  });

  test('a reading ahead steps forward at once, and what became due fires once', () => {
    const { timers, clock } = setup(1);
    let fired = 0;
    clock.at(START + 60_000, () => (fired += 1));
    expect(clock.align({ now: START + 90_000, speed: 1 })).toBe(90_000);
    expect(fired).toBe(0);
    timers.pass(1);
    expect(fired).toBe(1);
    timers.pass(100_000);
    expect(fired).toBe(1);
  });

  test('a reading behind makes time stand still until the gateway has caught up', () => {
    const { timers, clock } = setup(1);
    timers.pass(10_000);
    const before = clock.now();
    let firedAt: number | null = null;
    clock.at(before + 1000, () => (firedAt = clock.now()));
    expect(clock.align({ now: before - 5000, speed: 1 })).toBe(-5000);
    timers.pass(4999);
    expect(clock.now()).toBe(before);
    timers.pass(1001);
    expect(firedAt).toBe(before + 1000);
  });

  test('what is due already fires at once, also while time stands still', () => {
    const { timers, clock } = setup(1);
    timers.pass(10_000);
    const now = clock.now();
    clock.align({ now: now - 60_000, speed: 1 });
    let fired = false;
    clock.at(now, () => (fired = true));
    timers.pass(1);
    expect(fired).toBe(true);
  });

  test('a new speed moves what is armed', () => {
    const { timers, clock } = setup(1);
    let fired = false;
    clock.at(START + 60_000, () => (fired = true));
    clock.align({ now: START, speed: 60 });
    timers.pass(1000);
    expect(fired).toBe(true);
  });

  test('whatever it is told, it never runs backwards', () => {
    const step = fc.record({
      pass: fc.nat(5000),
      now: fc.integer({ min: -100_000, max: 100_000 }),
      speed: fc.constantFrom(0.5, 1, 30),
    });
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const { timers, clock } = setup(1);
        let last = clock.now();
        for (const { pass, now, speed } of steps) {
          timers.pass(pass);
          clock.align({ now: START + now, speed });
          expect(clock.now()).toBeGreaterThanOrEqual(last);
          last = clock.now();
        }
      }),
    );
  });

  test.each([
    { now: Number.NaN, speed: 1 },
    { now: START, speed: 0 },
  ])('refuses the reading %o', (reading) => {
    expect(() => new GatewayClock(reading)).toThrow(RangeError);
    expect(() => setup(1).clock.align(reading)).toThrow(RangeError);
  });
});
