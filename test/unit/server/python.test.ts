import { describe, expect, test } from 'vitest';
import {
  firstTruthy,
  floatText,
  isTruthy,
  needObject,
  toFloatOrNull,
  toInt,
  toIntOrNull,
  toText,
  typeName,
} from '../../../src/server/python.ts';

describe("Python's view of JSON values", () => {
  test.each([null, undefined, false, 0, '', [], {}])('%j is falsy', (value) => {
    expect(isTruthy(value)).toBe(false);
  });

  test.each([true, 1, -1, Number.NaN, ' ', [0], { a: null }])('%j is truthy', (value) => {
    expect(isTruthy(value)).toBe(true);
  });

  test('`a or b or c` is the first truthy, else the last', () => {
    expect(firstTruthy(0, '', 'x')).toBe('x');
    expect(firstTruthy(null, 0)).toBe(0);
  });

  test.each([
    [null, 'NoneType'],
    [true, 'bool'],
    [1, 'int'],
    [1.5, 'float'],
    ['', 'str'],
    [[], 'list'],
    [{}, 'dict'],
  ])('type of %j', (value, name) => {
    expect(typeName(value)).toBe(name);
  });

  test.each([
    ['plain', 'plain'],
    [null, 'None'],
    [true, 'True'],
    [{ SECURITY: '000001.XSHE', a: [1, "it's"] }, "{'SECURITY': '000001.XSHE', 'a': [1, \"it's\"]}"],
    [Number.NaN, 'nan'],
    [-Infinity, '-inf'],
  ])('str(%j)', (value, text) => {
    expect(toText(value)).toBe(text);
  });

  test('floats are printed with a fraction', () => {
    expect(floatText(5000)).toBe('5000.0');
    expect(floatText(0.5)).toBe('0.5');
  });
});

describe('conversions', () => {
  test.each([
    ['100', 100],
    [' -7 ', -7],
    ['1_000', 1000],
    [150.9, 150],
    [-1.5, -1],
    [true, 1],
  ])('int(%j)', (value, number) => {
    expect(toInt(value)).toBe(number);
  });

  test.each([
    ['abc', "invalid literal for int() with base 10: 'abc'"],
    ['1.5', "invalid literal for int() with base 10: '1.5'"],
    [null, "int() argument must be a string, a bytes-like object or a real number, not 'NoneType'"],
    [[], "int() argument must be a string, a bytes-like object or a real number, not 'list'"],
    [Number.NaN, 'cannot convert float NaN to integer'],
  ])('int(%j) fails with the recorded text', (value, text) => {
    expect(() => toInt(value)).toThrow(text);
    expect(toIntOrNull(value)).toBeNull();
  });

  test.each([
    ['10.5', 10.5],
    ['1e3', 1000],
    ['nan', Number.NaN],
    ['-inf', -Infinity],
    ['', null],
    ['x', null],
    [null, null],
  ])('float(%j)', (value, number) => {
    expect(toFloatOrNull(value)).toBe(number);
  });

  test('what is no object has no `get`', () => {
    expect(() => needObject([1])).toThrow("'list' object has no attribute 'get'");
    expect(() => needObject('x')).toThrow("'str' object has no attribute 'get'");
    expect(() => needObject(true)).toThrow("'bool' object has no attribute 'get'");
  });
});
