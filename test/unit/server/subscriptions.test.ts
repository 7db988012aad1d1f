import { expect, test } from 'vitest';
import { readSymbols, Subscriptions } from '../../../src/server/subscriptions.ts';

test('symbols are trimmed and upper case; a text is its characters', () => {
  expect(readSymbols([' 000001.xshe ', ''])).toEqual(['000001.XSHE']);
  expect(readSymbols('600A')).toEqual(['6', '0', '0', 'A']);
  expect(readSymbols(null)).toEqual([]);
  expect(() => readSymbols([600000])).toThrow("'int' object has no attribute 'strip'");
  expect(() => readSymbols(5)).toThrow("'int' object is not iterable");
});

test('a request beyond the limit changes nothing', () => {
  const held = new Subscriptions(3);
  expect(held.add(['A', 'B'])).toBe(2);
  expect(() => held.add(['C', 'D'])).toThrow('订阅数量超过上限 3');
  expect(held.symbols.size).toBe(2);
  expect(held.add(['C', 'A', 'C'])).toBe(3);
  expect(held.remove(['A', 'Z'])).toEqual(['A']);
  expect(held.remove(null)).toEqual(['B', 'C']);
});
