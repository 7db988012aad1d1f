import { inUnits } from '../rules/measure.ts';
import { DROP, LATER, PAUSE, SENT, type Verdict } from './channel.ts';
import type { TelegramSettings } from './channel-settings.ts';
import { jsonRequest, type HttpAdapter } from './http-channel.ts';
import { saysOk, type AnswerBody } from './judge.ts';
import { htmlText } from './markdown.ts';

const BOUNDARY = 'bt-live-picture';

/** A bot of Telegram. */
export const TELEGRAM: HttpAdapter<TelegramSettings> = {
  // Groups take 20 a minute.
  limits: () => ({ gapMs: 3_100, perDay: null, longest: 4_000, measure: inUnits }),
  request: ({ url, key, chat }, { title, text, level }, { format }) =>
    jsonRequest(`${url}/bot${key}/sendMessage`, {
      chat_id: chatOf(chat),
      ...(format === 'markdown'
        ? { text: `<b>${htmlText(title)}</b>\n${htmlText(text)}`, parse_mode: 'HTML' }
        : { text: `${title}\n${text}` }),
      disable_notification: level === 'info',
      link_preview_options: { is_disabled: true },
    }),
  read: saysOk(readAnswer),
  picture: ({ url, key, chat }, png) => ({
    url: `${url}/bot${key}/sendPhoto`,
    headers: { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` },
    body: Buffer.concat([
      Buffer.from(`--${BOUNDARY}\r\ncontent-disposition: form-data; name="chat_id"\r\n\r\n${chat}\r\n`),
      Buffer.from(
        `--${BOUNDARY}\r\ncontent-disposition: form-data; name="photo"; filename="digest.png"\r\ncontent-type: image/png\r\n\r\n`,
      ),
      png,
      Buffer.from(`\r\n--${BOUNDARY}--\r\n`),
    ]),
  }),
};

function readAnswer({ ok, error_code: code, description, parameters }: AnswerBody): Verdict | null {
  if (ok === true) return SENT;
  if (ok !== false) return null;
  const wait =
    typeof parameters === 'object' && parameters !== null && 'retry_after' in parameters
      ? parameters.retry_after
      : null;
  if (typeof wait === 'number') return { kind: 'retry', afterMs: wait * 1000 };
  if (code === 429 || (typeof code === 'number' && code >= 500)) return LATER;
  // A chat that is not there, a group that moved: the settings; a text that it cannot take: this one.
  const isChat = typeof description === 'string' && /chat|group|user/iu.test(description);
  return code === 400 && !isChat ? DROP : PAUSE;
}

/** Numbers go as such, `@channel` as a text. */
function chatOf(chat: string): number | string {
  return /^-?\d{1,15}$/u.test(chat) ? Number(chat) : chat;
}
