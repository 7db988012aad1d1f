import { expect, test } from 'vitest';
import { PRESSED, trial } from './trial.ts';

test('a regular expression that backtracks', async () => {
  const { end } = await trial({ body: '/^(?:a+)+$/.test("a".repeat(60) + "b");', endless: true });
  expect(end).toEqual({ kind: 'lost', reason: `${PRESSED} while misbehave ran` });
});
