import { describe, expect, test } from 'vitest';
import { start } from '../running.ts';

/** V8 has the same limit for its heap: whichever of the two looks first ends it. */
const BY_WATCH = /holds \d+ MB of memory, above the limit of 150 MB/u;
const BY_WATCH_OR_HEAP = /holds \d+ MB of memory, above the limit of 150 MB|its heap reached 150 MB/u;

describe('the memory of a strategy', () => {
  test.each([
    ['arrays', BY_WATCH_OR_HEAP, 'new Array(100_000).fill(1.5)'],
    ['objects', BY_WATCH_OR_HEAP, 'Array.from({ length: 10_000 }, (_, i) => ({ i, name: "n" + i }))'],
    ['texts', BY_WATCH_OR_HEAP, '"x".repeat(1_000_000) + kept.length'],
    ['typed arrays', BY_WATCH, 'new Float64Array(100_000).fill(1)'],
    ['buffers', BY_WATCH, 'Buffer.alloc(1_000_000, 1)'],
    ['shared buffers', BY_WATCH, 'new Uint8Array(new SharedArrayBuffer(1_000_000)).fill(1)'],
    ['a map', BY_WATCH_OR_HEAP, 'new Map(Array.from({ length: 10_000 }, (_, i) => [i, [i]]))'],
  ])('of %s counts, and ends it above the limit', async (_what, reason, value) => {
    const running = await start(
      `function initialize() {}
       const kept = [];
       function greedy() { for (;;) { const one = ${value}; kept.push(typeof one === 'string' ? Buffer.from(one).toString('latin1') : one); } }`,
      { memoryLimitMb: 150 },
    );
    expect(await running.task('greedy')).toMatchObject({
      kind: 'lost',
      reason: expect.stringMatching(reason) as string,
    });
  });

  test('is seen also in a loop that nobody can interrupt', async () => {
    const running = await start(
      `function initialize() {}
       const kept = [];
       function greedy() { for (;;) kept.push(new Uint8Array(65_536).fill(1)); }`,
      { memoryLimitMb: 100 },
    );
    expect(await running.task('greedy')).toMatchObject({
      kind: 'lost',
      reason: expect.stringMatching(/holds \d+ MB of memory, above the limit of 100 MB/u) as string,
    });
  });
});
