import { expect, test } from 'vitest';
import * as np from '../../../../runtime/numpy/index.ts';
import { codeOf } from '../helpers.ts';

const cube = [2, 3, 4] as unknown as [number, number];

test.each([
  ['np.zeros()', () => np.zeros(cube)],
  ['np.random.rand()', () => np.random.rand(2, 3, 4)],
  ['np.random.normal()', () => np.random.normal(0, 1, cube)],
])('%s refuses a shape of three numbers, instead of leaving one out', (_what, run) => {
  expect(codeOf(run).code).toBe('BAD_ARGUMENT');
});

test('np.random draws a number, a row, and rows and columns', () => {
  expect(np.random.rand()).toBeTypeOf('number');
  expect(np.random.rand(3)).toHaveLength(3);
  expect((np.random.rand(2, 3) as { shape?: unknown }).shape).toEqual([2, 3]);
  const [row = []] = np.random.normal(0, 1, { size: [2, 3] }) as Iterable<Iterable<number>>;
  expect(new Set(row).size).toBe(3);
});
