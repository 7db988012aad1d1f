import { expect, test } from 'vitest';
import { bool } from '../../../../runtime/builtins/truth.ts';
import * as np from '../../../../runtime/numpy/index.ts';
import { codeOf } from '../helpers.ts';

type Call = (...values: readonly unknown[]) => unknown;
const grid = np.array([
  [1, 2],
  [3, 4],
]);

test.each([
  ['np.delete()', np.delete, [grid, 0, { axis: 0 }]],
  ['np.insert()', np.insert, [grid, 0, 1, 0]],
  ['np.roll()', np.roll, [grid, 1, { axis: 1 }]],
  ['np.repeat()', np.repeat, [grid, 2, { axis: 0 }]],
  ['np.diag()', np.diag, [grid, 1]],
  ['np.gradient()', np.gradient, [[1, 2, 4], 2]],
  ['np.nancumsum()', np.nancumsum, [grid, { axis: 0 }]],
  ['np.array() dtype', np.array, [[1, 0], { dtype: 'bool' }]],
  ['np.array() dtype', np.array, [grid, { dtype: String }]],
  ['astype()', (kind: unknown) => np.array([1, 0]).astype(kind), [bool]],
  ['np.linalg.norm()', np.linalg.norm, [[1, 2], 1]],
  [
    'np.tile()',
    np.tile,
    [
      [1, 2],
      [2, 1],
    ],
  ],
  ['np.isclose()', np.isclose, [[1], [1], { equal_nan: true }]],
  ['np.sort()', np.sort, [[1, 2], { order: 'a' }]],
  ['np.any()', np.any, [[1, 2], { axis: 1 }]],
])('%s refuses what numpy has and it does not, instead of passing over it', (where, call, values) => {
  const thrown = codeOf(() => (call as Call)(...values));
  expect(thrown.code).toBe('BAD_ARGUMENT');
  expect(thrown.message).toContain(where);
});

test('what takes nothing more says so', () => {
  expect(() => (np.roll as Call)([1, 2], 1, { axis: 0 })).toThrow("has no argument 'axis'; it takes none by name.");
  expect(() => (np.roll as Call)([1, 2], 1, 0)).toThrow('takes nothing more.');
});
