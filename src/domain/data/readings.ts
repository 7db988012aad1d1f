import type { Dividend } from '../gateway.ts';
import { chinaDay } from '../time.ts';
import type { SecurityInfo } from '../trading.ts';
import { numbersOf, textsOf } from './table.ts';
import type { DataTable } from './table.ts';

/** The rows of the data sets `securities` and `security_info`. */
export function securityInfosIn(table: DataTable): SecurityInfo[] {
  const [displayNames, names, types] = [textsOf(table, 'display_name'), textsOf(table, 'name'), textsOf(table, 'type')];
  const [starts, ends] = [numbersOf(table, 'start_date'), numbersOf(table, 'end_date')];
  return textsOf(table, 'code').flatMap((security, row) => {
    if (security === null) return [];
    return {
      security,
      displayName: displayNames[row] ?? '',
      name: names[row] ?? '',
      type: types[row] ?? '',
      startDate: dayOf(starts[row]),
      endDate: dayOf(ends[row]),
    };
  });
}

function dayOf(midnight = Number.NaN): string | null {
  return Number.isNaN(midnight) ? null : chinaDay(midnight);
}

/** Shares for which a payment is told. */
const PER = 10;

interface Payment extends Dividend {
  readonly type: 'stock';
  readonly per: typeof PER;
}

/** The rows of the data set `dividends`. */
export function dividendsIn(table: DataTable): Payment[] {
  const codes = textsOf(table, 'code');
  const [days, cash, bonus] = [numbersOf(table, 'day'), numbersOf(table, 'cash'), numbersOf(table, 'bonus')];
  return Array.from({ length: table.rows }, (_, row): Payment => ({
    security: codes[row] ?? '',
    day: chinaDay(days[row] ?? Number.NaN),
    type: 'stock',
    scale: 1 + (bonus[row] ?? Number.NaN),
    // Whole thousandths of CNY a share: without the dust of the multiplication.
    cash: Math.round((cash[row] ?? Number.NaN) * PER * 1e6) / 1e6,
    per: PER,
  }));
}
