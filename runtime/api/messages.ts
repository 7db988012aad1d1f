import { speak } from '../objects/speak.ts';
import { pyStr } from '../text/python-text.ts';
import { optional, required } from './arguments.ts';
import { ANY_PHASE, defineApi } from './define-api.ts';
import { readAny, readText } from './readers.ts';

/**
 * JoinQuant's message to the author. No channel exists in this version: the text goes to the log as a warning and the
 * answer is false. It does not throw, because it usually stands behind an order.
 */
export const send_message: (message: unknown, channel?: string) => boolean = defineApi(
  {
    name: 'send_message',
    phases: ANY_PHASE,
    args: { message: required(readAny), channel: optional(readText, 'weixin') },
  },
  (a) => {
    speak('system', 'warning', `send_message 未发送 (没有配置消息渠道): ${pyStr(a.message)}`);
    return false;
  },
);
