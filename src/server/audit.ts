import { BtError, errorMessage } from '../domain/errors.ts';
import { isJsonObject } from '../protocol/json.ts';
import type { JsonObject } from '../protocol/json.ts';
import type { TimerSource } from '../platform/timers.ts';
import type { Dispatch } from './requests.ts';
import type { SessionView } from './session-view.ts';

/** What is written down of who did what; `null` and absent = there is none. A token is no part of it, nor is any other field of a request. */
export interface AuditEvent {
  /** `asked` before an order or a cancel is looked at, `answered` with its outcome; the others are of a connection. */
  readonly event: 'asked' | 'answered' | 'connected' | 'refused';
  /** Joins `asked` and `answered`. */
  readonly request?: string;
  readonly action?: 'place' | 'cancel';
  readonly peer: string;
  readonly session?: string;
  readonly account?: unknown;
  readonly subAccount?: unknown;
  readonly security?: unknown;
  readonly side?: unknown;
  readonly operation?: unknown;
  readonly amount?: unknown;
  readonly style?: unknown;
  readonly price?: unknown;
  readonly remark?: unknown;
  readonly key?: unknown;
  readonly orderId?: unknown;
  /** Of the order, as it was answered. */
  readonly status?: unknown;
  /** `ok`, or the code of the error that was answered; of a refused connection why. */
  readonly outcome?: string;
  readonly text?: string;
  /** Wall ms from the question to the answer. */
  readonly ms?: number;
  /** Nothing was sent: the server rehearses. */
  readonly dryRun?: true;
}

/** Takes an event; it is written when this returns. */
export type Audit = (event: AuditEvent) => void;

const ACTIONS: ReadonlyMap<unknown, 'place' | 'cancel'> = new Map([
  ['broker.place_order', 'place'],
  ['broker.cancel_order', 'cancel'],
]);

export interface AuditedOptions {
  readonly audit: Audit;
  readonly timers: TimerSource;
  readonly dryRun: boolean;
}

/** As `dispatch`, with two lines for every order and cancel: one before it is carried out, so that one that never ends is known too. */
export function audited(dispatch: Dispatch, { audit, timers, dryRun }: AuditedOptions): Dispatch {
  let count = 0;
  return async (action, payload, session, signal) => {
    const kind = ACTIONS.get(action);
    if (kind === undefined) return dispatch(action, payload, session, signal);
    count += 1;
    const asked = { action: kind, request: `${session.id}/${count}`, ...askedOf(payload, session) };
    const mark = dryRun ? { dryRun } : {};
    audit({ event: 'asked', ...asked, ...mark });
    const begun = timers.monotonic();
    const end = (outcome: Pick<AuditEvent, 'outcome' | 'text' | 'orderId' | 'status'>): void =>
      audit({ event: 'answered', ...asked, ...outcome, ms: Math.round(timers.monotonic() - begun), ...mark });
    try {
      const answer = await dispatch(action, payload, session, signal);
      end({ outcome: 'ok', ...answerOf(answer) });
      return answer;
    } catch (error) {
      end({ outcome: error instanceof BtError ? error.code : 'FAULT', text: errorMessage(error) });
      throw error;
    }
  };
}

function askedOf(payload: unknown, { peer, id, identity }: SessionView): Omit<AuditEvent, 'event'> {
  const fields: JsonObject = isJsonObject(payload) ? payload : {};
  const style = isJsonObject(fields['style']) ? fields['style'] : {};
  return {
    peer,
    session: id,
    account: fields['account_key'] ?? identity.accountKey,
    subAccount: fields['sub_account_id'] ?? identity.subAccountId,
    security: fields['security'],
    side: fields['side'],
    operation: fields['operation'],
    amount: fields['amount'] ?? fields['volume'],
    style: style['type'],
    price: style['price'] ?? style['protect_price'] ?? fields['price'],
    remark: fields['order_remark'] ?? fields['remark'],
    key: fields['idempotency_key'],
    orderId: fields['order_id'],
  };
}

/** A cancel's answer has no id: the one that was asked for stays. */
function answerOf(answer: unknown): Pick<AuditEvent, 'orderId' | 'status' | 'text'> {
  if (!isJsonObject(answer)) return {};
  const { order_id, status, value, message } = answer;
  return {
    ...(order_id === undefined ? {} : { orderId: order_id }),
    status: status ?? (value === false ? 'not cancelled' : undefined),
    ...(typeof message === 'string' ? { text: message } : {}),
  };
}
