import { currentHost } from '../host.ts';
import { speak, speakOnce } from '../objects/speak.ts';
import { pyStr } from '../text/python-text.ts';
import { optional, required } from './arguments.ts';
import { ANY_PHASE, defineApi } from './define-api.ts';
import { readAny, readText } from './readers.ts';

/** The border takes no longer ones; a phone shows far less. */
const LONGEST = 8_000;

/**
 * JoinQuant's message to the author, by every channel that is configured (`NOTIFY_*`), whichever it names. The text is in the log in any
 * case; the answer is false when nobody can be told. It does not throw and waits for no service, because it usually stands behind an order.
 */
export const send_message: (message: unknown, channel?: string) => boolean = defineApi(
  {
    name: 'send_message',
    phases: ANY_PHASE,
    args: { message: required(readAny), channel: optional(readText, 'weixin') },
  },
  (a) => {
    const text = pyStr(a.message).slice(0, LONGEST).toWellFormed();
    speak('system', 'info', `send_message: ${text}`);
    const isTold = currentHost().message(text);
    if (!isTold) speakOnce('send_message', 'system', 'warning', NOT_SENT);
    return isTold;
  },
);

const NOT_SENT =
  'send_message is not sent, its text is in the log: no channel is configured, or messages of this run are off (NOTIFY_* in README.md).';
