import type { Dividend } from '../../../domain/gateway.ts';
import { boardOf } from '../../../domain/market/board.ts';
import type { Board } from '../../../domain/market/board.ts';
import { parseSecurity } from '../../../domain/market/symbol.ts';
import type { SecurityInfo } from '../../../domain/trading.ts';
import { dayOf } from './bars.ts';
import type { Frame, InstrumentRow } from './sdk-rows.ts';

/** The vendor's sectors that hold all of a kind (source: vendor's documentation). */
export const SECTORS: readonly { readonly name: string; readonly types: readonly string[] }[] = [
  { name: '沪深A股', types: ['stock'] },
  { name: '京市A股', types: ['stock'] },
  { name: '沪深ETF', types: ['etf', 'fund'] },
  { name: '沪深基金', types: ['lof', 'fund'] },
  { name: '沪深指数', types: ['index'] },
  { name: '沪深转债', types: ['conbond'] },
];

const TYPES: Readonly<Record<Board, string>> = {
  main: 'stock',
  chinext: 'stock',
  star: 'stock',
  bse: 'stock',
  b_share: 'stock',
  etf: 'etf',
  lof: 'lof',
  convertible: 'conbond',
  index: 'index',
  repo: 'repo',
  other: 'other',
};

/** A living security's end, as JoinQuant has it. */
const NO_END = '2200-01-01';

export function infoOf(text: string, row: InstrumentRow): SecurityInfo {
  const { security, number } = parseSecurity(text);
  return {
    security,
    displayName: row.InstrumentName ?? number,
    name: number,
    type: TYPES[boardOf(security)],
    startDate: dayOf(row.OpenDate) ?? dayOf(row.CreateDate),
    endDate: dayOf(row.ExpireDate) ?? NO_END,
  };
}

/** Shares for which a payment is told. */
const PER = 10;

/** Payments up to a day, out of the vendor's factors, which are per share. */
export function dividendsOf(security: string, frame: Frame, until: string): Dividend[] {
  const at = (name: string, row: number): number => {
    const value = frame.columns[name]?.[row];
    return typeof value === 'number' ? value : 0;
  };
  return frame.index.flatMap((label, row) => {
    const day = dayOf(label.slice(0, 8));
    if (day === null || day > until) return [];
    const cash = Math.round(at('interest', row) * PER * 1e6) / 1e6;
    const scale = 1 + at('stockBonus', row) + at('stockGift', row);
    return [{ security, day, type: 'stock', scale, cash, per: PER }];
  });
}
