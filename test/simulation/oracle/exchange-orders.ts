import { tagIn } from '../../../src/domain/order/remark.ts';
import type { ExchangeOrder, QmtStatus } from '../../../src/exchange/types.ts';

/** Another program of this family, on the same account. */
export const OTHER_TAG = 'zzzzzzzz';

export const FINAL_STATUSES: ReadonlySet<QmtStatus> = new Set<QmtStatus>([53, 54, 56, 57]);

/** The tag of an order of ours; null for anybody else's. */
export function tagOf({ remark }: Pick<ExchangeOrder, 'remark'>): string | null {
  const tag = tagIn(remark);
  return tag === OTHER_TAG ? null : tag;
}
