import { beforeEach, describe, expect, test } from 'vitest';
import { Watchdog } from '../../../../../src/engine/strategy/process-runner/watchdog.ts';
import { FakeTimers } from '../../../platform/fake-timers.ts';

let timers: FakeTimers;
let said: string[];
let dog: Watchdog;

beforeEach(() => {
  timers = new FakeTimers();
  said = [];
  dog = new Watchdog({
    timers,
    hookTimeoutMs: 200_000,
    slow: (name, seconds) => said.push(`${name} ${seconds}`),
    alarm: (reason) => said.push(reason),
  });
});

describe('Watchdog', () => {
  test('a hook that runs is told after 30 s and each minute, and alarms once at its time-out', () => {
    dog.hookBegan('slow');
    timers.pass(29_999);
    expect(said).toEqual([]);
    timers.pass(1_000_000);
    expect(said).toEqual(['slow 30', 'slow 90', 'slow 150', 'slow ran longer than 200 s (HOOK_TIME_OUT)']);
  });

  test('a hook that ends in time is neither told nor alarms; the next one counts anew', () => {
    dog.hookBegan('quick');
    timers.pass(29_000);
    dog.hookEnded();
    dog.hookBegan('next');
    timers.pass(29_000);
    expect(said).toEqual([]);
    dog.hookEnded();
    timers.pass(1_000_000);
    expect(said).toEqual([]);
  });

  test('one hook may have a time-out of its own', () => {
    dog.hookBegan('loading', 500);
    timers.pass(501);
    expect(said).toEqual(['loading ran longer than 0.5 s (HOOK_TIME_OUT)']);
  });
});
