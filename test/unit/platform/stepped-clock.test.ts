import { describe, expect, test } from 'vitest';
import { SteppedClock } from '../../../src/platform/stepped-clock.ts';

describe('SteppedClock', () => {
  test('stops at each due instant on its way', () => {
    const clock = new SteppedClock(0);
    const seen: number[] = [];
    clock.at(30, () => seen.push(clock.now()));
    clock.at(10, () => {
      seen.push(clock.now());
      clock.at(20, () => seen.push(clock.now()));
    });
    clock.advance(40);
    expect(seen).toEqual([10, 20, 30]);
    expect(clock.now()).toBe(40);
  });

  test('what is due already fires, but not synchronously', async () => {
    const clock = new SteppedClock(5);
    let fired = false;
    clock.at(5, () => (fired = true));
    expect(fired).toBe(false);
    await Promise.resolve();
    expect(fired).toBe(true);
  });

  test('jump makes everything due at once, late', () => {
    const clock = new SteppedClock(0);
    const seen: number[] = [];
    clock.at(10, () => seen.push(clock.now()));
    clock.at(20, () => seen.push(clock.now()));
    clock.jump(100);
    expect(seen).toEqual([100, 100]);
  });

  test('walk lets promises run on between the steps', async () => {
    const clock = new SteppedClock(0);
    const seen: string[] = [];
    const task = async (name: string): Promise<void> => {
      seen.push(`${name} begins`);
      await Promise.resolve();
      seen.push(`${name} ends`);
    };
    clock.at(10, () => void task('first'));
    clock.at(20, () => void task('second'));
    await clock.walk(30);
    expect(seen).toEqual(['first begins', 'first ends', 'second begins', 'second ends']);
  });

  test('never runs backwards, fires nothing that was cancelled, and nothing after stop', () => {
    const clock = new SteppedClock(100);
    let fired = 0;
    clock.at(150, () => (fired += 1)).cancel();
    clock.set(50);
    expect(clock.now()).toBe(100);
    clock.at(200, () => (fired += 1));
    expect(clock.nextDue()).toBe(200);
    clock.stop();
    clock.at(200, () => (fired += 1));
    clock.advance(1000);
    expect(fired).toBe(0);
  });
});
