import { expect, test } from 'vitest';
import { PRESSED, trial } from './trial.ts';

test('a promise that never settles', async () => {
  const { end } = await trial({ body: 'return new Promise(() => {});', endless: true });
  expect(end).toEqual({ kind: 'lost', reason: `${PRESSED} while misbehave ran` });
});
