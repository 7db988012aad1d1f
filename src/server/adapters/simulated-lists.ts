import { numbersOf, textsOf } from '../../domain/data/table.ts';
import type { DataTable } from '../../domain/data/table.ts';
import type { Dividend } from '../../domain/gateway.ts';
import { chinaDay } from '../../domain/time.ts';
import type { SecurityInfo } from '../../domain/trading.ts';

/** The rows of the data set `securities`. */
export function infosIn(table: DataTable): SecurityInfo[] {
  const text = reader(table);
  const [starts, ends] = [numbersOf(table, 'start_date'), numbersOf(table, 'end_date')];
  return Array.from({ length: table.rows }, (_, row) => ({
    security: text('code', row),
    displayName: text('display_name', row),
    name: text('name', row),
    type: text('type', row),
    startDate: chinaDay(starts[row] ?? Number.NaN),
    endDate: chinaDay(ends[row] ?? Number.NaN),
  }));
}

/** Shares for which the older actions tell a payment. */
const PER = 10;

/** The rows of the data set `dividends`. */
export function dividendsIn(table: DataTable): Dividend[] {
  const text = reader(table);
  const [days, cash, bonus] = [numbersOf(table, 'day'), numbersOf(table, 'cash'), numbersOf(table, 'bonus')];
  return Array.from({ length: table.rows }, (_, row) => ({
    security: text('code', row),
    day: chinaDay(days[row] ?? Number.NaN),
    type: 'stock',
    scale: 1 + (bonus[row] ?? Number.NaN),
    // Whole thousandths of CNY a share: without the dust of the multiplication.
    cash: Math.round((cash[row] ?? Number.NaN) * PER * 1e6) / 1e6,
    per: PER,
  }));
}

function reader(table: DataTable): (name: string, row: number) => string {
  return (name, row) => textsOf(table, name)[row] ?? '';
}
