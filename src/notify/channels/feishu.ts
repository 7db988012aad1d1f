import { createHmac } from 'node:crypto';
import { inJson } from '../rules/measure.ts';
import { DROP, PAUSE, SENT, type Page } from './channel.ts';
import type { FeishuSettings, SendOptions } from './channel-settings.ts';
import { jsonRequest, type HttpAdapter } from './http-channel.ts';
import { byCode, saysOk } from './judge.ts';
import { markdownText } from './markdown.ts';

const CODES = {
  '0': SENT,
  '9499': DROP, // a request that it cannot read
  '11232': { kind: 'retry', afterMs: 60_000 }, // shared by all robots at whole hours
  '19001': PAUSE, // the token
  '19021': PAUSE, // signature or time
  '19022': PAUSE, // address
  '19024': PAUSE, // keyword
} as const;

const COLOURS = { info: 'blue', warning: 'orange', critical: 'red' } as const;

/** Base64 of the signature of an instant (s): the text is the key, and nothing is signed. */
export function signFeishu(secret: string, timestamp: number): string {
  return createHmac('sha256', `${timestamp}\n${secret}`).digest('base64');
}

/** Feishu's (and Lark's) robot of a group. */
export const FEISHU: HttpAdapter<FeishuSettings> = {
  limits: (_settings, { format }) => ({
    gapMs: 700,
    perDay: null,
    longest: 18_000,
    measure: format === 'markdown' ? (text) => inJson(markdownText(text)) : inJson,
  }),
  request: ({ url, key, secret }, page, options, now) => {
    const timestamp = Math.floor(now / 1000);
    const signed = secret === null ? {} : { timestamp: String(timestamp), sign: signFeishu(secret, timestamp) };
    return jsonRequest(`${url}/open-apis/bot/v2/hook/${encodeURIComponent(key)}`, {
      ...signed,
      ...bodyOf(page, options),
    });
  },
  read: saysOk(({ code, StatusCode }) => {
    const said = code ?? StatusCode;
    return said === undefined ? null : byCode(said, CODES);
  }),
  picture: null,
};

function bodyOf({ title, text, level }: Page, { format, mentionAll }: SendOptions): object {
  const everybody = mentionAll && level === 'critical';
  if (format === 'text') {
    const mention = everybody ? '\n<at user_id="all">all</at>' : '';
    return { msg_type: 'text', content: { text: `${title}\n${text}${mention}` } };
  }
  const mention = everybody ? '\n<at id=all></at>' : '';
  return {
    msg_type: 'interactive',
    card: {
      header: { title: { tag: 'plain_text', content: title }, template: COLOURS[level] },
      elements: [{ tag: 'markdown', content: `${markdownText(text)}${mention}` }],
    },
  };
}
