import { expect, test } from 'vitest';
import { trial } from './trial.ts';

test.each([
  ['is returned', 'return Promise.reject(new Error("late"));'],
  ['is forgotten', 'void Promise.reject(new Error("late"));'],
])('a rejection that %s', async (_how, body) => {
  const { end, running } = await trial({ body });
  expect(end).toMatchObject({ kind: 'error', error: { message: 'late' } });
  expect(await running.hook('initialize')).toEqual({ kind: 'ok' });
});
