import { describe, expect, test } from 'vitest';
import { Watchdog } from '../../../../src/engine/strategy/watchdog.ts';

const MB = 1024 * 1024;

describe('Watchdog', () => {
  test('alarms once, on memory above what was held at the start', async () => {
    const alarms: string[] = [];
    let used = 100;
    let readings = 0;
    const dog = new Watchdog({
      memoryLimitMb: 50,
      hookTimeoutMs: 60_000,
      alarm: (reason) => alarms.push(reason),
      readMemory: () => {
        readings += 1;
        return used * MB;
      },
    });
    used = 150;
    await expect.poll(() => readings).toBeGreaterThan(2);
    expect(alarms).toEqual([]);
    used = 151;
    await expect.poll(() => alarms.length).toBe(1);
    expect(alarms[0]).toContain('51 MB');
    dog.stop();
  });

  test('a hook that ends in time raises no alarm; the next one that does not, does', async () => {
    const alarms: string[] = [];
    const dog = new Watchdog({ memoryLimitMb: 1e6, hookTimeoutMs: 30, alarm: (reason) => alarms.push(reason) });
    dog.hookBegan('quick');
    dog.hookEnded();
    dog.hookBegan('slow');
    await expect.poll(() => alarms).toEqual(['slow ran longer than 0.03 s (HOOK_TIME_OUT)']);
    dog.stop();
  });
});
