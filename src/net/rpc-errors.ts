import { BtError } from '../domain/errors.ts';
import { inEnglish } from '../domain/order/counter-words.ts';
import type { ConnectionStatus } from './connection-types.ts';

/** The gateway answered with an error frame: its code, its text in `details.wireMessage`. */
export function answeredError(action: string, code: string, message: string): BtError {
  const text = message === '' ? code : inEnglish(message);
  return new BtError(code, `The gateway answered ${action} with ${code}: ${text}. Its log says more.`, {
    fault: 'venue',
    details: { answered: true, sent: true, action, wireMessage: message },
  });
}

/** The link broke while the answer was awaited; what the gateway did is not known. */
export function linkLost(action: string, reason: string): BtError {
  return new BtError('LINK_LOST', `The link was lost before ${action} was answered: ${reason}`, {
    fault: 'network',
    details: { answered: false, sent: true, action },
  });
}

/** There is no session and the request may not wait for one: it was never written. */
export function notConnected(action: string, status: ConnectionStatus): BtError {
  return new BtError('NOT_CONNECTED', `${action} was not sent, there is no session: ${whyNot(status)}`, {
    fault: 'network',
    details: { answered: false, sent: false, action },
  });
}

/** Nobody answered in time; `sent` tells whether the gateway may have seen it. */
export function timedOut(action: string, timeoutMs: number, sent: boolean, status: ConnectionStatus): BtError {
  const state = status.kind === 'ready' ? 'the session is up, so the gateway is slow or stuck' : whyNot(status);
  return new BtError('RPC_TIMEOUT', `${action} was not answered in ${timeoutMs / 1000} s: ${state}`, {
    fault: 'network',
    details: { answered: false, sent, action },
  });
}

/** The connection has failed for good (its own code: AUTH_FAILED …) or was closed by us (SESSION_CLOSED). */
export function connectionOver(
  status: Extract<ConnectionStatus, { kind: 'failed' | 'closed' }>,
  action: string,
  sent: boolean,
): BtError {
  const details = { answered: false, sent, action };
  if (status.kind === 'failed') return new BtError(status.code, status.reason, { fault: 'config', details });
  return new BtError('SESSION_CLOSED', `${action} ended because its session was closed.`, {
    fault: 'network',
    details,
  });
}

/** Why there is no session, as the end of a sentence. */
function whyNot(status: ConnectionStatus): string {
  if (status.kind === 'lost') return `${status.reason} The next attempt follows by itself.`;
  return status.kind === 'failed' ? status.reason : PLAIN_REASONS[status.kind];
}

const PLAIN_REASONS: Readonly<Record<'idle' | 'connecting' | 'ready' | 'closed', string>> = {
  idle: 'it was not started.',
  connecting: 'still connecting.',
  ready: 'it just ended.',
  closed: 'it was closed.',
};
