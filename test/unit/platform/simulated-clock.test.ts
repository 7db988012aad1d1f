import { describe, expect, test } from 'vitest';
import { letPass, STILL_MS, until } from '../../../src/platform/clock.ts';
import { SimulatedClock } from '../../../src/platform/simulated-clock.ts';
import { nextTurn } from '../../../src/platform/turn.ts';
import { FakeTimers } from './fake-timers.ts';

const START = Date.UTC(2026, 6, 6, 1, 34, 30);
const WALL = Date.UTC(2030, 0, 1);

describe('SimulatedClock with a speed', () => {
  test('starts where it is told and runs at its speed', () => {
    const timers = new FakeTimers(WALL);
    const clock = new SimulatedClock({ start: START, speed: 30, timers });
    const fired: number[] = [];
    clock.at(START + 30_000, () => fired.push(clock.now() - START));
    expect(clock.now()).toBe(START);
    timers.pass(999);
    expect(clock.now()).toBe(START + 29_970);
    expect(fired).toEqual([]);
    timers.pass(1);
    expect(fired).toEqual([30_000]);
  });

  test('steps of the wall clock do not reach it', () => {
    const timers = new FakeTimers(WALL);
    const clock = new SimulatedClock({ start: START, speed: 2, timers });
    timers.setWall(WALL + 3_600_000);
    timers.pass(100);
    expect(clock.now()).toBe(START + 200);
    timers.setWall(0);
    timers.pass(100);
    expect(clock.now()).toBe(START + 400);
  });

  test('two clocks with one anchor agree, whenever they were made', () => {
    const timers = new FakeTimers(WALL);
    const first = new SimulatedClock({ start: START, speed: 30, anchor: WALL, timers });
    timers.pass(12_345);
    const second = new SimulatedClock({ start: START, speed: 30, anchor: WALL, timers });
    expect(second.now()).toBe(first.now());
    expect(first.now()).toBe(START + 12_345 * 30);
  });

  test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('refuses the speed %s', (speed) => {
    expect(() => new SimulatedClock({ start: START, speed })).toThrow(RangeError);
  });

  test('market times are whole milliseconds', () => {
    const timers = new FakeTimers(WALL);
    const clock = new SimulatedClock({ start: START, speed: 0.3, timers });
    timers.pass(1);
    expect(Number.isInteger(clock.now())).toBe(true);
  });
});

describe('SimulatedClock at max', () => {
  test('jumps from one due instant to the next while nothing is open', async () => {
    const clock = new SimulatedClock({ start: START, speed: 'max' });
    const seen: number[] = [];
    for (const day of [3, 1, 2])
      clock.at(START + day * 86_400_000, () => seen.push((clock.now() - START) / 86_400_000));
    await until(clock, START + 4 * 86_400_000);
    expect(seen).toEqual([1, 2, 3]);
    clock.stop();
  });

  test('stands still while nothing waits', async () => {
    const timers = new FakeTimers(WALL);
    const clock = new SimulatedClock({ start: START, speed: 'max', timers });
    timers.pass(10_000);
    await nextTurn();
    expect(clock.now()).toBe(START);
  });

  test('flows at 60 while something holds it, until the last hold is released', async () => {
    const timers = new FakeTimers(WALL);
    const clock = new SimulatedClock({ start: START, speed: 'max', timers });
    expect(clock.speed).toBe(60);
    const first = clock.hold();
    const second = clock.hold();
    let fired = 0;
    clock.at(START + 60_000, () => (fired += 1));
    timers.pass(999);
    await nextTurn();
    expect(fired).toBe(0);
    expect(clock.now()).toBe(START + 59_940);
    first();
    first(); // a second release of one hold changes nothing
    timers.pass(1);
    expect(fired).toBe(1);
    second();
    timers.pass(1000);
    expect(clock.now()).toBe(START + 60_000);
  });

  test('stands still under what takes no market time: what is due runs, and nothing jumps', async () => {
    const timers = new FakeTimers(WALL);
    const clock = new SimulatedClock({ start: START, speed: 'max', timers });
    const release = clock.hold('still');
    const fired: string[] = [];
    clock.at(START, () => fired.push('now'));
    clock.at(START + 60_000, () => fired.push('later'));
    await nextTurn();
    timers.pass(STILL_MS - 1);
    await nextTurn();
    expect(clock.now()).toBe(START);
    expect(fired).toEqual(['now']);
    release();
    await until(clock, START + 60_000);
    expect(fired).toEqual(['now', 'later']);
    expect(clock.now()).toBe(START + 60_000);
    expect(timers.armed).toBe(0);
  });

  test('flows under it while somebody waits for the market', async () => {
    const timers = new FakeTimers(WALL);
    const clock = new SimulatedClock({ start: START, speed: 'max', timers });
    const still = clock.hold('still');
    timers.pass(500);
    const flow = clock.hold();
    timers.pass(1000);
    flow();
    timers.pass(500);
    expect(clock.now()).toBe(START + 60_000);
    still();
    still(); // a second release of one hold changes nothing
    await until(clock, START + 61_000);
    expect(clock.now()).toBe(START + 61_000);
  });

  test('flows when it has stood still for the gateway for long: what is waited for may need the market to move', () => {
    const timers = new FakeTimers(WALL);
    const clock = new SimulatedClock({ start: START, speed: 'max', timers });
    const release = clock.hold('still');
    timers.pass(STILL_MS);
    timers.pass(1000);
    expect(clock.now()).toBe(START + 60_000);
    release();
    timers.pass(1000);
    expect(clock.now()).toBe(START + 60_000);
  });

  test('stands still while code of the strategy runs, however long, and passes where that waits', async () => {
    const timers = new FakeTimers(WALL);
    const clock = new SimulatedClock({ start: START, speed: 'max', timers });
    expect([clock.pace, clock.speed]).toEqual([0, 60]);
    const release = clock.hold('strategy');
    timers.pass(10 * STILL_MS);
    expect(clock.now()).toBe(START);
    const passed = letPass(clock, 3_000);
    timers.pass(50);
    await passed;
    expect(clock.now()).toBe(START + 3_000);
    timers.pass(STILL_MS);
    expect(clock.now()).toBe(START + 3_000);
    release();
    await until(clock, START + 60_000);
    expect(clock.now()).toBe(START + 60_000);
    clock.stop();
  });

  test('leaves no timer behind when it is stopped', () => {
    const timers = new FakeTimers(WALL);
    const clock = new SimulatedClock({ start: START, speed: 'max', timers });
    clock.hold('still');
    clock.at(START + 1000, () => undefined);
    clock.stop();
    expect(timers.armed).toBe(0);
  });

  test('a clock with a speed runs on, whatever holds it', () => {
    const timers = new FakeTimers(WALL);
    const clock = new SimulatedClock({ start: START, speed: 30, timers });
    clock.hold('still');
    timers.pass(1000);
    expect(clock.now()).toBe(START + 30_000);
  });

  test('a hold taken before the jump keeps the instant away, and releasing it lets the clock jump', async () => {
    const timers = new FakeTimers(WALL);
    const clock = new SimulatedClock({ start: START, speed: 'max', timers });
    let fired = 0;
    clock.at(START + 3_600_000, () => (fired += 1));
    const release = clock.hold();
    await nextTurn();
    expect(fired).toBe(0);
    release();
    await until(clock, START + 3_600_000);
    expect(fired).toBe(1);
    expect(clock.now()).toBe(START + 3_600_000);
  });

  test('each jump gives other work its turn', async () => {
    const clock = new SimulatedClock({ start: START, speed: 'max' });
    const work = { turns: 0, on: true };
    const count = async (): Promise<void> => {
      while (work.on) {
        await nextTurn();
        work.turns += 1;
      }
    };
    const counter = count();
    for (let minute = 1; minute <= 200; minute += 1) await until(clock, START + minute * 60_000);
    work.on = false;
    await counter;
    expect(work.turns).toBeGreaterThanOrEqual(190);
    clock.stop();
  });
});
