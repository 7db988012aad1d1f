import { createHmac } from 'node:crypto';
import { inBytes } from '../rules/measure.ts';
import { DROP, LATER, PAUSE, SENT } from './channel.ts';
import type { DingtalkSettings } from './channel-settings.ts';
import { jsonRequest, type HttpAdapter } from './http-channel.ts';
import { byCode, saysOk } from './judge.ts';
import { inMarkdown, markdownText } from './markdown.ts';

const CODES = {
  '0': SENT,
  '-1': LATER,
  '130101': { kind: 'retry', afterMs: 600_000 }, // 20 a minute; above it is deaf for ten
  '300001': PAUSE, // the token
  '300005': PAUSE,
  '310000': PAUSE, // signature, keyword or address
  '400013': DROP,
  '430101': DROP,
  '430102': DROP,
  '430103': DROP,
  '430104': DROP,
} as const;

/** Base64 of the signature of an instant (ms): the secret signs itself with the time. */
export function signDingtalk(secret: string, timestamp: number): string {
  return createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64');
}

/** DingTalk's robot of a group. */
export const DINGTALK: HttpAdapter<DingtalkSettings> = {
  limits: (_settings, { format }) => ({
    gapMs: 3_100,
    perDay: null,
    longest: 18_000,
    measure: format === 'markdown' ? inMarkdown : inBytes,
  }),
  request: ({ url, key, secret }, { title, text, level }, { format, mentionAll }, now) => {
    const query = new URLSearchParams({ access_token: key });
    if (secret !== null) {
      query.set('timestamp', String(now));
      query.set('sign', signDingtalk(secret, now));
    }
    const at = { atMobiles: [], atUserIds: [], isAtAll: mentionAll && level === 'critical' };
    const body =
      format === 'markdown'
        ? { msgtype: 'markdown', markdown: { title, text: `#### ${markdownText(title)}\n\n${markdownText(text)}` }, at }
        : { msgtype: 'text', text: { content: `${title}\n${text}` }, at };
    return jsonRequest(`${url}/robot/send?${query.toString()}`, body);
  },
  read: saysOk(({ errcode }) => (errcode === undefined ? null : byCode(errcode, CODES))),
  picture: null,
};
