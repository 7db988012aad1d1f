import type { IntentRow } from '../../../domain/order/rows.ts';
import type { PlaceOutcome } from '../../../venues/broker.ts';

/** What an answer said that came after its request had been given up. */
export function lateText({ remark }: Pick<IntentRow, 'remark'>, outcome: PlaceOutcome): string {
  const what = outcome.kind === 'accepted' ? `accepted as ${outcome.orderId}` : `${outcome.kind}, ${outcome.reason}`;
  return `The answer to order ${remark} came late: ${what}`;
}
