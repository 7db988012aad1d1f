import * as z from 'zod';
import { OPERATION_NAMES } from '../../operations.ts';
import type { OperationName } from '../../operations.ts';
import { MAX_KEPT_TEXT } from '../../limits.ts';
import { MOST_BATCH, MOST_WAIT_SECONDS } from '../limits.ts';
import { isKey } from '../idempotency-key.ts';
import { security } from '../params.ts';
import { NAMED } from './schemas.ts';

export const accountName = z
  .string()
  .max(64)
  .optional()
  .meta({ description: 'Alias of the account; needed where there are several' });

export const subAccountName = z.string().max(128).optional().meta({ description: 'Sub-account, as id or id@account' });

export const waitSeconds = z
  .number()
  .min(0)
  .max(MOST_WAIT_SECONDS)
  .default(0)
  .meta({ description: "How long the answer waits for the order's end; seconds of market time" });

const keptText = z
  .string()
  .max(MAX_KEPT_TEXT)
  .refine((text) => text.isWellFormed(), 'no well-formed text');

const fields = {
  security,
  side: z.enum(['buy', 'sell']).optional().meta({ description: 'Needed without an operation' }),
  operation: z
    .enum(OPERATION_NAMES)
    .optional()
    .meta({ description: 'Of a credit account: what the order does there; without it collateral is bought or sold' }),
  amount: z.int().min(1).max(1e12).meta({ description: 'Shares (units of a fund, 张 of a bond)' }),
  type: z.enum(['limit', 'market']).default('limit'),
  price: z
    .number()
    .positive()
    .max(1e8)
    .optional()
    .meta({ description: 'CNY. The limit; of a market order the worst price (without it: none)' }),
  remark: keptText.optional().meta({ description: 'QMT keeps 24 bytes of it' }),
  strategy: keptText.optional(),
};

interface Priced {
  readonly type: 'limit' | 'market';
  readonly price?: number | undefined;
}

/** The server fills no price in: what an order may cost is said by whoever sends it. */
function isPriced({ type, price }: Priced): boolean {
  return type === 'market' || price !== undefined;
}

interface Sided {
  readonly side?: 'buy' | 'sell' | undefined;
  readonly operation?: OperationName | undefined;
}

function isSided({ side, operation }: Sided): boolean {
  return side !== undefined || operation !== undefined;
}

const unsided = { path: ['side'], error: 'an order needs one, or an operation' };
const unpriced = { path: ['price'], error: 'a limit order needs one' };

export const PlaceBody = z
  .strictObject({ ...fields, account: accountName, sub_account: subAccountName, wait_seconds: waitSeconds })
  .refine(isSided, unsided)
  .refine(isPriced, unpriced);

export const BatchOrder = z
  .strictObject({
    ...fields,
    idempotency_key: z.string().refine(isKey, `1 to ${MAX_KEPT_TEXT} letters, digits and signs, without blanks`),
  })
  .refine(isSided, unsided)
  .refine(isPriced, unpriced);

/** Its orders are looked at one by one: one that cannot be read is told in its own result. */
export const BatchBody = z.strictObject({
  account: accountName,
  sub_account: subAccountName,
  orders: z.array(z.unknown()).min(1).max(MOST_BATCH),
});

/** As the description shows it. */
export const BatchShown = z.strictObject({
  account: accountName,
  sub_account: subAccountName,
  orders: z.array(BatchOrder).min(1).max(MOST_BATCH),
});

export const CancelBody = z.strictObject({ account: accountName, wait_seconds: waitSeconds });

NAMED.add(PlaceBody, { id: 'NewOrder' });
NAMED.add(BatchOrder, { id: 'BatchOrder' });

export type PlaceFields = Pick<
  z.output<typeof PlaceBody>,
  'security' | 'side' | 'operation' | 'amount' | 'type' | 'price' | 'remark' | 'strategy'
>;
