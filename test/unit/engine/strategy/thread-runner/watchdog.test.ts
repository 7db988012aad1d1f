import { describe, expect, test } from 'vitest';
import { Watchdog } from '../../../../../src/engine/strategy/thread-runner/watchdog.ts';

const MB = 1024 * 1024;

describe('Watchdog', () => {
  test('alarms once, on memory above the limit', async () => {
    const alarms: string[] = [];
    let held = 50;
    let readings = 0;
    const dog = new Watchdog({
      memoryLimitMb: 50,
      hookTimeoutMs: 60_000,
      alarm: (reason) => alarms.push(reason),
      readMemory: () => {
        readings += 1;
        return held * MB;
      },
    });
    await expect.poll(() => readings).toBeGreaterThan(2);
    expect(alarms).toEqual([]);
    held = 51;
    await expect.poll(() => alarms.length).toBe(1);
    expect(alarms[0]).toBe('it holds 51 MB of memory, above the limit of 50 MB (STRATEGY_MEMORY_MB)');
    dog.stop();
  });

  test('a hook that ends in time raises no alarm; the next one that does not, does', async () => {
    const alarms: string[] = [];
    const dog = new Watchdog({
      memoryLimitMb: 1e6,
      hookTimeoutMs: 30,
      alarm: (reason) => alarms.push(reason),
      readMemory: () => 0,
    });
    dog.hookBegan('quick');
    dog.hookEnded();
    dog.hookBegan('slow');
    await expect.poll(() => alarms).toEqual(['slow ran longer than 0.03 s (HOOK_TIME_OUT)']);
    dog.stop();
  });
});
