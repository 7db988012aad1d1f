import type { OrderRow } from '../../domain/order/rows.ts';

/** Orders with such a key are the kill switch's own: they alone are placed while it stops everything else. */
const OWN_KEY = 'kill:';

/** The key of an order of the switch: the same sell is asked for once, also after a restart. */
export function killKey(parts: readonly (string | number)[]): string {
  return `${OWN_KEY}${parts.join(':')}`;
}

export function isOfKillSwitch({ requestKey }: Pick<OrderRow, 'requestKey'>): boolean {
  return requestKey.startsWith(OWN_KEY);
}
