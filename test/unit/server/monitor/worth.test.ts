import { expect, test } from 'vitest';
import type { GatewayPosition } from '../../../../src/domain/gateway.ts';
import { profitOf, worthOf } from '../../../../src/server/monitor/worth.ts';

function position(amount: number, avgCost: number | null, lastPrice: number | null): GatewayPosition {
  const rest = { name: null, closeableAmount: 0, frozenAmount: null, marketValue: null };
  return { security: '600000.XSHG', amount, avgCost, lastPrice, ...rest };
}

test.each([
  [position(1000, 10, 10.5), { profit: 500, profitRate: 0.05 }],
  [position(300, 3.333, 3.1), { profit: -69.9, profitRate: -0.069907 }],
  // Gains that were taken have made the cost negative: what a rate would mean, nobody can say.
  [position(100, -0.5, 10), { profit: 1050, profitRate: null }],
  [position(100, 0, 10), { profit: 1000, profitRate: null }],
  [position(100, 10, 10), { profit: 0, profitRate: 0 }],
  [position(100, null, 10), { profit: null, profitRate: null }],
  [position(100, 10, null), { profit: null, profitRate: null }],
  [position(0, null, null), { profit: 0, profitRate: null }],
])('%j has gained %j', (held, worth) => {
  expect(worthOf(held)).toEqual(worth);
});

test('the profit of all is not known where that of one is not', () => {
  expect(profitOf([position(100, 10, 11), position(100, 10, 9.5)])).toBe(50);
  expect(profitOf([position(100, 10, 11), position(100, null, 9.5)])).toBeNull();
  expect(profitOf([])).toBe(0);
});
