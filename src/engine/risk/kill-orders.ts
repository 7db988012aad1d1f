import type { OrderRow } from '../../domain/order/rows.ts';

/** Orders with such a key are the kill switch's own: they alone are placed while it stops everything else. */
const OWN_KEY = 'kill:';

/** The key of an order of the switch that was pulled at `at` (epoch ms): the same sell is asked for once, also after a restart. */
export function killKey(at: number, parts: readonly (string | number)[]): string {
  return `${OWN_KEY}${[at, ...parts].join(':')}`;
}

/** Of this pull, or (without `at`) of any. One of a pull that was let go on is not sent any more. */
export function isOfKillSwitch({ requestKey }: Pick<OrderRow, 'requestKey'>, at: number | null = null): boolean {
  return requestKey.startsWith(at === null ? OWN_KEY : killKey(at, ['']));
}
