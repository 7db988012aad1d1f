import { expect, test } from 'vitest';
import { trial } from './trial.ts';

test.each([
  ['objects', 'kept.push({ i: kept.length })'],
  ['arrays, in a loop that nobody can interrupt', 'kept.push(new Array(1000).fill({}))'],
  ['texts', 'kept.push(Buffer.alloc(1e6, 1).toString("latin1"))'],
])('a heap that grows: %s', async (_what, grow) => {
  const { end } = await trial({
    head: 'const kept = [];',
    body: `for (;;) ${grow};`,
    limits: { memoryLimitMb: 200 },
  });
  // The watch on the process or V8's own limit, whichever it meets first.
  expect(end).toMatchObject({
    kind: 'lost',
    reason: expect.stringMatching(/200 MB.*\(STRATEGY_MEMORY_MB\)/u) as string,
  });
});
