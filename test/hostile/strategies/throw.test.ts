import { expect, test } from 'vitest';
import { trial } from './trial.ts';

test('an error', async () => {
  const { end, running } = await trial({ body: 'null.x;' });
  expect(end).toMatchObject({ kind: 'error', error: { code: 'STRATEGY_ERROR', fault: null } });
  expect(await running.hook('initialize')).toEqual({ kind: 'ok' });
});

test('a stack without end', async () => {
  const { end, running } = await trial({ head: 'function down() { return down() + 1; }', body: 'down();' });
  expect(end).toMatchObject({ kind: 'error', error: { message: 'RangeError: Maximum call stack size exceeded' } });
  expect(await running.hook('initialize')).toEqual({ kind: 'ok' });
});
