import type { AccountRow, Gap, HoldingRow } from './types.ts';

type Row = Readonly<Record<string, unknown>>;

export function accountRow(row: Row): AccountRow {
  return {
    at: Number(row['at']),
    availableCash: Number(row['available_cash']),
    frozenCash: numberOf(row['frozen_cash']),
    marketValue: numberOf(row['market_value']),
    totalValue: Number(row['total_value']),
    profit: numberOf(row['profit']),
    holdings: Number(row['holdings']),
  };
}

export function holdingRow(row: Row): HoldingRow {
  const { name } = row;
  return {
    at: Number(row['at']),
    security: String(row['security']),
    name: typeof name === 'string' ? name : null,
    amount: Number(row['amount']),
    closeableAmount: Number(row['closeable']),
    avgCost: numberOf(row['avg_cost']),
    lastPrice: numberOf(row['last_price']),
    marketValue: numberOf(row['market_value']),
    profit: numberOf(row['profit']),
    profitRate: numberOf(row['profit_rate']),
    held: { days: Number(row['held_days']), atLeast: row['at_least'] === 1 },
  };
}

export function gapRow(row: Row): Gap {
  return { account: String(row['account']), at: Number(row['at']), why: String(row['why']) };
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}
