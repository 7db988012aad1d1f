import { expect, test } from 'vitest';
import { PRESSED, trial } from './trial.ts';

test.each([
  ['lines', 'process.stdout.write("x\\n".repeat(1000));'],
  ['one line', 'process.stdout.write("x".repeat(1000));'],
  ['complaints', 'process.stderr.write("x\\n".repeat(1000));'],
])('%s past the console, without end', async (_what, write) => {
  const { end, running } = await trial({ body: `for (;;) ${write}`, endless: true });
  expect(end).toEqual({ kind: 'lost', reason: `${PRESSED} while misbehave ran` });
  expect(running.log.entries.length).toBeGreaterThan(0);
  expect(Math.max(...running.log.entries.slice(0, 100).map(({ text }) => text.length))).toBeLessThanOrEqual(4_000);
});
