import { describe, expect, test } from 'vitest';
import { LeapingTime } from '../../../bench/leaping-time.ts';

const START = 1_783_300_000_000;

describe('time that is not waited for', () => {
  test('runs what is due on either clock in the order of time, at its time', async () => {
    const time = new LeapingTime(START);
    const seen: [string, number][] = [];
    time.timers.after(300, () => seen.push(['wall', time.timers.monotonic()]));
    time.clock.at(START + 200, () => seen.push(['market', time.clock.now() - START]));
    time.timers.after(100, () => time.timers.after(50, () => seen.push(['follows', time.timers.monotonic()])));
    time.timers.after(400, () => seen.push(['cancelled', 0])).cancel();
    await time.pass(500);
    expect(seen).toEqual([
      ['follows', 150],
      ['market', 200],
      ['wall', 300],
    ]);
    expect([time.clock.now() - START, time.timers.monotonic()]).toEqual([500, 500]);
  });

  test('what repeats does so until it is cancelled', async () => {
    const time = new LeapingTime(START);
    let times = 0;
    const timer = time.timers.every(100, () => {
      times += 1;
    });
    await time.pass(350);
    timer.cancel();
    await time.pass(350);
    expect(times).toBe(3);
  });

  test('stops when it is done, with the promises that were woken on the way', async () => {
    const time = new LeapingTime(START);
    const work = async (): Promise<string> => {
      await new Promise<void>((resolve) => time.timers.after(70, resolve));
      return 'done';
    };
    expect(await time.settle(work())).toBe('done');
    expect(time.timers.monotonic()).toBe(70);
  });

  test('a call that does not end is told, and one that fails fails', async () => {
    const time = new LeapingTime(START);
    await expect(time.settle(new Promise(() => undefined), 1000)).rejects.toThrow(/not ended after 1000 ms/u);
    await expect(time.settle(Promise.reject(new Error('no')))).rejects.toThrow('no');
  });

  test('a night passes on the market only, and what was due in it is due', async () => {
    const time = new LeapingTime(START);
    const seen: string[] = [];
    time.clock.at(START + 1000, () => seen.push('market'));
    time.timers.after(1000, () => seen.push('wall'));
    await time.leap(START + 3_600_000);
    expect(seen).toEqual(['market']);
    expect([time.clock.now() - START, time.timers.monotonic()]).toEqual([3_600_000, 0]);
  });
});
