import { createHash } from 'node:crypto';
import { inBytes } from '../rules/measure.ts';
import { DROP, LATER, PAUSE, SENT, type Page } from './channel.ts';
import type { SendOptions, WecomSettings } from './channel-settings.ts';
import { jsonRequest, type HttpAdapter } from './http-channel.ts';
import { byCode, saysOk } from './judge.ts';
import { inMarkdown, markdownText } from './markdown.ts';

const CODES = {
  '0': SENT,
  '-1': LATER,
  '40008': DROP, // wrong kind of message
  '40058': DROP, // a parameter, or too long
  '44004': DROP, // empty
  '45009': { kind: 'retry', afterMs: 60_000 }, // 20 a minute
  '93000': PAUSE, // the robot is gone
} as const;

/** WeCom's robot of a group. */
export const WECOM: HttpAdapter<WecomSettings> = {
  limits: (_settings, { format }) => ({
    gapMs: 3_100,
    perDay: null,
    longest: format === 'markdown' ? 4_000 : 2_000,
    measure: format === 'markdown' ? inMarkdown : inBytes,
  }),
  request: ({ url, key }, page, options) => jsonRequest(address(url, key), bodyOf(page, options)),
  read: saysOk(({ errcode }) => (errcode === undefined ? null : byCode(errcode, CODES))),
  picture: ({ url, key }, png) =>
    jsonRequest(address(url, key), {
      msgtype: 'image',
      image: { base64: Buffer.from(png).toString('base64'), md5: createHash('md5').update(png).digest('hex') },
    }),
};

function address(url: string, key: string): string {
  return `${url}/cgi-bin/webhook/send?key=${encodeURIComponent(key)}`;
}

function bodyOf({ title, text, level }: Page, { format, mentionAll }: SendOptions): unknown {
  if (format === 'markdown') {
    const colour = level === 'info' ? 'info' : 'warning';
    const head = `**<font color="${colour}">${markdownText(title)}</font>**`;
    return { msgtype: 'markdown', markdown: { content: `${head}\n${markdownText(text)}` } };
  }
  const mentioned = mentionAll && level === 'critical' ? { mentioned_list: ['@all'] } : {};
  return { msgtype: 'text', text: { content: `${title}\n${text}`, ...mentioned } };
}
