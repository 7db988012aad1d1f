import * as z from 'zod';
import { savedRisk } from '../order-risk-saved.ts';
import type { SavedRisk } from '../order-risk.ts';
import type { KeptRequest } from './types.ts';

const request = z.object({
  seq: z.number(),
  day: z.string(),
  at: z.number(),
  fingerprint: z.string(),
  account: z.string(),
  sub_account: z.string().nullable(),
  security: z.string(),
  side: z.enum(['buy', 'sell']),
  amount: z.number(),
  style: z.string(),
  price: z.number().nullable(),
  remark: z.string(),
  operation: z.string().nullable(),
  peer: z.string(),
  state: z.enum(['sent', 'placed', 'refused', 'unknown']),
  order_id: z.string().nullable(),
  answer: z.string().nullable(),
});

export function readRequest(row: Record<string, unknown>): KeptRequest {
  const { account, sub_account, order_id, operation, ...rest } = request.parse(row);
  return {
    ...rest,
    ...(operation === null ? {} : { operation }),
    accountKey: account,
    subAccountId: sub_account,
    orderId: order_id,
  };
}

/** What cannot be read is not counted on: the day's counters begin anew. */
export function readRisk(row: Record<string, unknown>): SavedRisk[] {
  const text = row['saved'];
  const read = typeof text === 'string' ? savedRisk.safeParse(JSON.parse(text)) : null;
  return read?.success === true ? [read.data] : [];
}
