import { describe, expect, test } from 'vitest';
import * as is from '../../../../runtime/border/shape.ts';

const point = is.record<{ x: number; name: string | null }>({ x: is.finite, name: is.nullable(is.text) });
const either = is.variants<'kind', { kind: 'a'; n: number } | { kind: 'b' }>('kind', {
  a: is.record({ kind: is.word('a'), n: is.number }),
  b: is.record({ kind: is.word('b') }),
});

describe('a shape', () => {
  test.each<[is.Shape<unknown>, unknown]>([
    [is.anything, () => undefined],
    [is.nothing, undefined],
    [is.text, ''],
    [is.flag, false],
    [is.number, Number.NaN],
    [is.finite, 0],
    [is.column, new Float64Array()],
    [is.word('a', 'b'), 'b'],
    [is.nullable(is.text), null],
    [is.optional(is.text), undefined],
    [is.optional(is.text), 'a'],
    [is.listOf(is.text), []],
    [is.listOf(point), [{ x: 1, name: null, more: 1 }]],
    [is.dictOf(is.column), { close: new Float64Array(1) }],
    [either, { kind: 'a', n: 1 }],
    [either, { kind: 'b' }],
  ])('%# fits', (shape, value) => {
    expect(shape.problem(value, 'it')).toBeNull();
  });

  test.each<[is.Shape<unknown>, unknown, string]>([
    [is.nothing, null, 'it must be nothing, was null'],
    [is.text, 5, 'it must be a text, was 5'],
    [is.flag, 'yes', "it must be true or false, was 'yes'"],
    [is.number, '5', "it must be a number, was '5'"],
    [is.finite, Number.NaN, 'it must be a finite number, was NaN'],
    [is.finite, undefined, 'it must be a finite number, was undefined'],
    [is.column, [1], 'it must be a Float64Array, was a list'],
    [is.word('a', 'b'), 'c', "it must be one of a, b, was 'c'"],
    [is.text, {}, 'it must be a text, was an object'],
    [is.listOf(is.text), 'ab', "it must be a list, was 'ab'"],
    [is.listOf(is.text), ['a', 5], 'it[1] must be a text, was 5'],
    [is.listOf(point), [{ x: 'x'.repeat(41), name: null }], 'it[0].x must be a finite number, was a long text'],
    [is.dictOf(is.column), { close: 1 }, 'it.close must be a Float64Array, was 1'],
    [is.dictOf(is.column), null, 'it must be an object, was null'],
    [point, [], 'it must be an object, was a list'],
    [point, { x: 1 }, 'it.name must be a text, was undefined'],
    [either, null, 'it must be an object, was null'],
    [either, { kind: 'c' }, "it.kind must be one of a, b, was 'c'"],
    [either, { kind: 'toString' }, "it.kind must be one of a, b, was 'toString'"],
    [either, { kind: 'a' }, 'it.n must be a number, was undefined'],
  ])('%# does not fit: %j', (shape, value, problem) => {
    expect(shape.problem(value, 'it')).toBe(problem);
  });
});
