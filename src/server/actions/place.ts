import type { JsonObject } from '../../protocol/json.ts';
import type { ResolvedAccount } from '../accounts.ts';
import { fingerprint, idempotencyKey, idempotencyScope } from '../fingerprint.ts';
import type { Reservation } from '../idempotency.ts';
import { draftPlace, orderFields, orderValue } from '../order-fields.ts';
import type { PlaceDraft } from '../order-fields.ts';
import { floatText, isTruthy, needObject, requestFailed } from '../python.ts';
import type { ActionCall, BrokerAction } from './action.ts';

/**
 * The gateway's order of steps: idempotency, suspension, price, sub-account limit, order limits, market. The key is taken before
 * the order is entered and both happen in one turn, so a duplicate never finds the one without the other.
 */
export const placeOrder: BrokerAction = async (call, resolved) => {
  const key = idempotencyKey(call.payload);
  if (key === null) return enter(call, resolved, null);
  const print = fingerprint(call.payload, styleOf(call.payload), resolved, call.services.market);
  const claim = call.services.idempotency.claim(idempotencyScope(resolved, key), print, key);
  if (claim.kind === 'duplicate') return { ...(await claim.answer) };
  try {
    return await enter(call, resolved, claim.reservation);
  } catch (error) {
    claim.reservation.failed(error);
    throw error;
  }
};

async function enter(
  call: ActionCall,
  resolved: ResolvedAccount,
  reservation: Reservation | null,
): Promise<JsonObject> {
  const { market, risk } = call.services;
  const { account } = resolved;
  const draft = draftPlace(call.payload, market);
  checkSubAccountLimit(resolved, orderValue(draft));
  const fields = orderFields(draft);
  risk?.checkOrder(account.key, fields.side === 'BUY', orderValue(draft), () => market.facts(account));
  const placed = market.submit(account, fields);
  reservation?.placed(account.key, placed.orderId);
  if (!placed.rejected) risk?.countOrder(account.key, orderValue(draft));
  await call.services.persist();
  const row = await placed.answer(call.signal());
  const answer = draft.warning === null ? row : { ...row, warning: draft.warning };
  reservation?.done(answer, replacedPrint(call, resolved, draft));
  return answer;
}

/** The reference keeps the fingerprint of what it made of the request, so a retry without a price is another order to it. */
function replacedPrint(call: ActionCall, resolved: ResolvedAccount, draft: PlaceDraft): string | undefined {
  const { market } = call.services;
  return market.normalizesKeys ? undefined : fingerprint(call.payload, draft.style, resolved, market);
}

function checkSubAccountLimit({ subAccount }: ResolvedAccount, value: number): void {
  if (subAccount === null || subAccount.limit === null || !(value > subAccount.limit)) return;
  throw requestFailed(`子账户 ${subAccount.id} 超过额度限制 ${floatText(subAccount.limit)}`);
}

function styleOf(payload: JsonObject): JsonObject {
  return isTruthy(payload['style']) ? needObject(payload['style']) : {};
}
