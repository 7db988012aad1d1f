import fc from 'fast-check';
import { expect, test } from 'vitest';
import { amountText, moneyText, priceText } from '../../../src/domain/number-text.ts';

test.each([
  [7.5600000000000005, '7.56'],
  [0.1 + 0.2, '0.3'],
  [9.9, '9.9'],
  [4.2375, '4.2375'],
  [100, '100'],
  [1e-7, '0'],
  [Number.NaN, 'NaN'],
])('the price %d is written %s', (price, text) => {
  expect(priceText(price)).toBe(text);
});

test('a price on the grid is written as it is, whatever floating point made of it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100_000_000 }), fc.integer({ min: -3, max: 3 }), (units, noise) => {
      const price = units / 10_000;
      expect(Number(priceText(price + noise * Number.EPSILON * price))).toBe(price);
      expect(priceText(price)).toMatch(/^\d+(?:\.\d{1,4})?$/u);
    }),
  );
});

test('money has two decimals, amounts none that are not there', () => {
  expect([moneyText(8.456), moneyText(Number.POSITIVE_INFINITY), amountText(300)]).toEqual(['8.46', 'Infinity', '300']);
});
