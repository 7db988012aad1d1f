import { BtError } from '../../../domain/errors.ts';
import { requestFailed } from '../../python.ts';
import type { Reply } from './bridge-link.ts';

/** The gateway cannot be asked, or its answer says nothing: a failure, never an empty list. `sent: false`: the counter heard nothing of it. */
export function unavailable(why: string, details: { readonly sent?: false } = {}): BtError {
  return new BtError('QMT_UNAVAILABLE', `QMT 当前不可用: ${why}`, { fault: 'venue', details });
}

/** An order that has certainly not been handed to the counter (`protocol/refusals.ts` knows the text). */
export function notSent(why: string): BtError {
  return requestFailed(`委托未发送: ${why}`);
}

/** The value of an answer; throws QMT_UNAVAILABLE for everything that is none. */
export function valueOf(reply: Reply): unknown {
  if (reply.kind === 'value') return reply.value;
  throw unavailable(reply.kind === 'raised' ? `${reply.type}: ${reply.text}` : reply.text);
}
