import type { GatewayPosition } from '../../domain/gateway.ts';

/** What a holding has gained on paper. */
export interface Worth {
  /** CNY; null where price or cost is not known. */
  readonly profit: number | null;
  /** Share of what it cost, 0.05 = 5 %; null also where the cost is 0 or, after gains that were taken, below. */
  readonly profitRate: number | null;
}

export function worthOf({
  amount,
  avgCost,
  lastPrice,
}: Pick<GatewayPosition, 'amount' | 'avgCost' | 'lastPrice'>): Worth {
  if (amount === 0) return { profit: 0, profitRate: null };
  if (avgCost === null || lastPrice === null) return { profit: null, profitRate: null };
  const profit = cents((lastPrice - avgCost) * amount);
  return { profit, profitRate: avgCost > 0 ? Math.round((lastPrice / avgCost - 1) * 1e6) / 1e6 : null };
}

/** Of all holdings together; null when that of one is not known. */
export function profitOf(positions: readonly GatewayPosition[]): number | null {
  let sum = 0;
  for (const position of positions) {
    const { profit } = worthOf(position);
    if (profit === null) return null;
    sum += profit;
  }
  return cents(sum);
}

function cents(value: number): number {
  // Adding 0 turns -0 into 0.
  return Math.round(value * 100) / 100 + 0;
}
