import { expect, test } from 'vitest';
import { glue } from '../../../src/words/glue.ts';

test('between Chinese pieces stands no space', () => {
  expect(glue('已停止 ', '买入')).toBe('已停止买入');
});

test('between Chinese and anything else the space stays', () => {
  expect(glue('委托 ', '5')).toBe('委托 5');
  expect(glue('5 ', '只')).toBe('5 只');
});

test('a sign of Chinese brings its own room', () => {
  expect(glue('Order 5 ', '：资金不足')).toBe('Order 5：资金不足');
  expect(glue('资金不足。', ' Order 5')).toBe('资金不足。Order 5');
});

test('a sign between Chinese pieces becomes one of theirs', () => {
  expect(glue('资金不足;', ' 已停止')).toBe('资金不足；已停止');
  expect(glue('资金不足, ', 'Order 5')).toBe('资金不足, Order 5');
});

test('also when the second piece begins with it', () => {
  expect(glue('资金不足', '; 已停止')).toBe('资金不足；已停止');
});
