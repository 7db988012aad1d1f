import { expect, it } from 'vitest';
import { Serial } from '../../../src/platform/serial.ts';

it('begins at once, or after the run under way, and never overlaps', async () => {
  const runs: PromiseWithResolvers<number>[] = [];
  let ended = 0;
  const serial = new Serial(
    () => {
      const run = Promise.withResolvers<number>();
      runs.push(run);
      return run.promise;
    },
    () => (ended += 1),
  );
  const first = serial.run();
  const [second, third] = [serial.run(), serial.run()];
  expect([runs.length, serial.isRunning]).toEqual([1, true]);
  runs[0]?.resolve(1);
  expect(await first).toBe(1);
  await Promise.resolve();
  expect(runs).toHaveLength(2);
  runs[1]?.resolve(2);
  expect([await second, await third]).toEqual([2, 2]);
  expect([runs.length, ended, serial.isRunning]).toEqual([2, 2, false]);
  await serial.idle();
});

it('a call from where the first has just ended shares the run that begins then', async () => {
  let count = 0;
  const serial = new Serial(() => Promise.resolve((count += 1)));
  const again = serial.run().then(() => serial.run());
  const queued = serial.run();
  expect(await Promise.all([again, queued])).toEqual([2, 2]);
  expect(count).toBe(2);
});
