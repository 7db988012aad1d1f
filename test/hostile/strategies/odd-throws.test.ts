import { expect, test } from 'vitest';
import { trial } from './trial.ts';

test.each([
  'Object.create(null)',
  '{ toString() { throw new Error("inner"); } }',
  'new Proxy({}, { get() { throw 1; }, getPrototypeOf() { throw 2; } })',
  'undefined',
  'Object.assign(new Error("x"), { message: "x".repeat(1e7), stack: { toString() { for (;;); } } })',
])('%s is thrown', async (thrown) => {
  const { end, running } = await trial({ body: `throw ${thrown};` });
  expect(end).toMatchObject({ kind: 'error', error: { code: 'STRATEGY_ERROR' } });
  expect(await running.hook('initialize')).toEqual({ kind: 'ok' });
});
