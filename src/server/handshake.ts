import type { JsonObject } from '../protocol/json.ts';
import type { SessionIdentity } from './account-types.ts';
import type { Place } from '../net/connection-counts.ts';
import { errorAnswer, handshakeAck } from './messages.ts';
import type { SessionServices } from './session-services.ts';

export type HandshakeResult =
  | { readonly kind: 'accepted'; readonly id: string; readonly identity: SessionIdentity; readonly answer: JsonObject }
  | { readonly kind: 'refused'; readonly reason: string; readonly answer: JsonObject }
  /** Not a handshake at all: closed without a word. */
  | { readonly kind: 'silent' };

/** Judges the first message of a connection; an accepted one takes a session slot. `refusal` refuses it before that. */
export function judgeHandshake(
  message: JsonObject,
  refusal: JsonObject | null,
  place: Place,
  services: Pick<SessionServices, 'checkToken' | 'newId' | 'features' | 'audit'>,
  peer: string,
): HandshakeResult {
  const result = judge(message, refusal, place, services);
  const { audit } = services;
  if (result.kind === 'refused') audit?.({ event: 'refused', peer, outcome: result.reason });
  if (result.kind === 'accepted') {
    const { accountKey, subAccountId } = result.identity;
    audit?.({ event: 'connected', peer, session: result.id, account: accountKey, subAccount: subAccountId });
  }
  return result;
}

function judge(
  message: JsonObject,
  refusal: JsonObject | null,
  place: Place,
  services: Pick<SessionServices, 'checkToken' | 'newId' | 'features'>,
): HandshakeResult {
  if (message['type'] !== 'handshake') return { kind: 'silent' };
  if (refusal !== null) return { kind: 'refused', reason: 'told to refuse it', answer: refusal };
  const requestId = message['id'];
  if (!services.checkToken(message['token'])) {
    place.wrongToken();
    return { kind: 'refused', reason: 'wrong token', answer: errorAnswer('AUTH_FAILED', 'token 不匹配', requestId) };
  }
  if (!place.promote()) {
    return {
      kind: 'refused',
      reason: 'session limit reached',
      answer: errorAnswer('SERVER_BUSY', '连接数达到上限', requestId),
    };
  }
  const id = services.newId();
  const identity = {
    accountKey: message['account_key'],
    subAccountId: message['sub_account_id'],
    features: message['features'],
  };
  return { kind: 'accepted', id, identity, answer: handshakeAck(id, services.features) };
}
