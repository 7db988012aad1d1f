import { afterEach, describe, expect, test } from 'vitest';
import { Running } from '../running.ts';

const started: Running[] = [];

async function start(...args: Parameters<typeof Running.start>): Promise<Running> {
  const running = await Running.start(...args);
  started.push(running);
  return running;
}

afterEach(async () => {
  await Promise.all(started.splice(0).map((running) => running.close()));
});

describe('the memory of a strategy', () => {
  test.each([
    ['arrays', 'new Array(100_000).fill(1.5)'],
    ['objects', 'Array.from({ length: 10_000 }, (_, i) => ({ i, name: "n" + i }))'],
    ['texts', '"x".repeat(1_000_000) + kept.length'],
    ['typed arrays', 'new Float64Array(100_000).fill(1)'],
    ['buffers', 'Buffer.alloc(1_000_000, 1)'],
    ['a map', 'new Map(Array.from({ length: 10_000 }, (_, i) => [i, [i]]))'],
  ])('of %s counts, and ends it above the limit', async (_what, value) => {
    const running = await start(
      `function initialize() {}
       const kept = [];
       function greedy() { for (;;) { const one = ${value}; kept.push(typeof one === 'string' ? Buffer.from(one).toString('latin1') : one); } }`,
      { memoryLimitMb: 150 },
    );
    expect(await running.task('greedy')).toMatchObject({
      kind: 'lost',
      reason: expect.stringMatching(/holds \d+ MB of memory, above the limit of 150 MB/u) as string,
    });
  });

  test('is seen also in a loop that nobody can interrupt', async () => {
    // It ends by itself, or this process could not: until then the thread neither answers nor stops.
    const running = await start(
      `function initialize() {}
       const kept = [];
       function greedy() { for (let i = 0; i < 60_000; i += 1) kept.push(new Array(1000).fill({})); }`,
      { memoryLimitMb: 100 },
    );
    expect(await running.task('greedy')).toMatchObject({
      kind: 'lost',
      reason: expect.stringMatching(/holds \d+ MB of memory, above the limit of 100 MB/u) as string,
    });
  });

  test('is not what the engine holds: an engine that grows ends nobody', async () => {
    const running = await start(
      `function initialize() {}
       function work() { for (const end = performance.now() + 400; performance.now() < end;); }`,
      { memoryLimitMb: 64 },
    );
    const before = process.memoryUsage.rss();
    const kept = [
      Array.from({ length: 40 }, () => new Float64Array(500_000).fill(1)),
      Array.from({ length: 100 }, () => Array.from({ length: 100_000 }, () => 1.5)),
    ];
    expect(process.memoryUsage.rss() - before).toBeGreaterThan(64 * 1024 * 1024);
    // Several readings of the watchdog fall into it.
    expect(await running.task('work')).toEqual({ kind: 'ok' });
    expect(kept.flat()).toHaveLength(140);
  });
});
