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

/** Methods of ours, not those of JavaScript's arrays. */
function methodsOf(object: object): readonly (readonly [string, Call])[] {
  const names = new Set<string>();
  for (
    let layer: unknown = Object.getPrototypeOf(object);
    typeof layer === 'object' && layer !== null && layer !== Float64Array.prototype && layer !== Array.prototype;
    layer = Object.getPrototypeOf(layer)
  )
    for (const name of Object.getOwnPropertyNames(layer)) if (!/^-?\d+$/.test(name)) names.add(name);
  for (const name of [...Object.getOwnPropertyNames(Array.prototype), 'constructor', 'subarray', 'set'])
    names.delete(name);
  return [...names].flatMap((name) => {
    const found: unknown = name in object ? Reflect.get(object, name) : null;
    return typeof found === 'function' ? [[name, found as Call] as const] : [];
  });
}

const ODD = { odd: 1 };
const ROW = [1, 2, 3];
/** Behind how many values an option that nothing has was passed over: the call gave an answer. */
function answered(call: Call, owner: unknown, counts: readonly number[]): readonly number[] {
  return counts.filter((count) => {
    for (const value of [ROW, 2]) {
      try {
        Reflect.apply(call, owner, [...Array.from({ length: count }, () => value), ODD]);
        return true;
      } catch {
        // refused, or not to be called so
      }
    }
    return false;
  });
}

test('no function of numpy passes over an option that it does not have', () => {
  const calls = Object.entries(np).filter(([name, call]) => typeof call === 'function' && name !== 'ndarray');
  expect(calls.length).toBeGreaterThan(100);
  for (const [name, call] of calls) expect([name, answered(call as Call, np, [1, 2, 3])]).toEqual([name, []]);
});

test.each([
  ['an array', np.array(ROW)],
  ['a matrix', grid],
  ['a mask', np.array(ROW).gt(1)],
])('no method of %s does either', (_, object) => {
  const methods = methodsOf(object);
  expect(methods.length).toBeGreaterThan(5);
  for (const [name, call] of methods) expect([name, answered(call, object, [0, 1, 2])]).toEqual([name, []]);
});

test('what a loop passes behind its value is let through', () => {
  expect([1, 4].map((value, i, all) => (np.sqrt as Call)(value, i, all))).toEqual([1, 2]);
});
