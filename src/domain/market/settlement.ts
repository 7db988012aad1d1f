import { boardOf } from './board.ts';
import { SAME_DAY_FUNDS } from './data/same-day-funds.ts';
import type { Dated } from './dated.ts';
import { valueOn } from './dated.ts';
import { canonicalSecurity } from './symbol.ts';

/** Trading days until a purchase may be sold: 1, or 0 for convertible bonds and the funds on the dated per-code list. */
export function settlementDays(security: string, day: string): 0 | 1 {
  if (boardOf(security) === 'convertible') return 0;
  const rows = sameDayRows().get(canonicalSecurity(security));
  return rows !== undefined && valueOn(rows, day) === true ? 0 : 1;
}

let byCode: ReadonlyMap<string, readonly Dated<boolean>[]> | null = null;

function sameDayRows(): ReadonlyMap<string, readonly Dated<boolean>[]> {
  if (byCode !== null) return byCode;
  const rows = new Map<string, readonly Dated<boolean>[]>();
  for (const group of SAME_DAY_FUNDS) {
    for (const code of group.codes.split(' ')) {
      rows.set(`${code}.${code.startsWith('5') ? 'XSHG' : 'XSHE'}`, [
        { validFrom: group.validFrom, value: true, source: group.source },
      ]);
    }
  }
  byCode = rows;
  return rows;
}
