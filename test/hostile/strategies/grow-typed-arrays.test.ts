import { expect, test } from 'vitest';
import { trial } from './trial.ts';

test.each([
  ['typed arrays', 'new Float64Array(1e6).fill(1)'],
  ['buffers', 'new Uint8Array(new ArrayBuffer(1e6)).fill(1)'],
  ['shared buffers', 'new Uint8Array(new SharedArrayBuffer(1e6)).fill(1)'],
])('memory outside the heap: %s', async (_what, value) => {
  const { end } = await trial({
    head: 'const kept = [];',
    body: `for (;;) kept.push(${value});`,
    limits: { memoryLimitMb: 200 },
  });
  const reason = /^it holds \d+ MB of memory, above the limit of 200 MB \(STRATEGY_MEMORY_MB\)$/u;
  expect(end).toMatchObject({ kind: 'lost', reason: expect.stringMatching(reason) as string });
});
