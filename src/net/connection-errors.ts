import { BtError } from '../domain/errors.ts';
import { inEnglish } from '../domain/order/counter-words.ts';
import type { ConnectionTimes } from './connection-types.ts';

/** The gateway's refusal of a handshake, in words that say what to change. */
export function handshakeError(code: string, message: string, name: string): BtError {
  const said = message === '' ? code : `${code} (${inEnglish(message)})`;
  if (code === 'AUTH_FAILED') {
    return new BtError(code, `${name} refused the token: ${said}. Set QMT_SERVER_TOKEN to the gateway's own token.`, {
      fault: 'config',
    });
  }
  const advice =
    code === 'SERVER_BUSY'
      ? 'Close other clients, or raise the gateway’s connection limit.'
      : 'Look at the gateway’s log.';
  return new BtError(code, `${name} refused the session: ${said}. ${advice}`, { fault: 'venue' });
}

/** A link that failed or misbehaved. */
export function networkError(code: string, message: string): BtError {
  return new BtError(code, message, { fault: 'network' });
}

/** A link the watch found dead. */
export function deadLink(sign: 'no_pong' | 'silence', times: ConnectionTimes, name: string): BtError {
  return sign === 'no_pong'
    ? networkError('NO_PONG', `${name} did not answer a ping in ${times.pongMs / 1000} s.`)
    : networkError(
        'NO_ANSWER',
        `Nothing was heard from ${name} for ${times.silenceMs / 1000} s while a request waited.`,
      );
}
