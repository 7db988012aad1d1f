import { cutTo, inUnits } from '../rules/measure.ts';
import { DAY } from '../../domain/time.ts';
import { DROP, LATER, PAUSE, SENT } from './channel.ts';
import type { BarkSettings, PushplusSettings, ServerchanSettings } from './channel-settings.ts';
import { jsonRequest, type HttpAdapter } from './http-channel.ts';
import { byCode, saysOk } from './judge.ts';
import { inMarkdown, markdownText } from './markdown.ts';

/** ServerChan, Turbo and ³ (whose keys name their own host). */
export const SERVERCHAN: HttpAdapter<ServerchanSettings> = {
  limits: ({ perDay }) => ({ gapMs: 1_000, perDay, longest: 30_000, measure: inMarkdown }),
  request: ({ url, key }, { title, text }) =>
    jsonRequest(`${url}/${key.startsWith('sctp') ? 'send/' : ''}${encodeURIComponent(key)}.send`, {
      title: cutTo(title, 32, inUnits),
      desp: markdownText(`${title}\n\n${text}`),
    }),
  read: saysOk(({ code }) => (code === undefined ? null : code === 0 ? SENT : PAUSE)),
  picture: null,
};

/** The host of a key: ServerChan³'s have the user's number in them. */
export function serverchanHost(key: string): string {
  const user = /^sctp(\d+)t/u.exec(key)?.[1];
  return user === undefined ? 'https://sctapi.ftqq.com' : `https://${user}.push.ft07.com`;
}

const PUSHPLUS_CODES = {
  '200': SENT, // taken into its queue
  '500': LATER,
  '600': DROP,
  '302': PAUSE,
  '401': PAUSE,
  '403': PAUSE,
  '805': PAUSE,
  '888': PAUSE,
  '900': { kind: 'pause', ms: DAY }, // limited for the day: whoever goes on is shut out
  '903': PAUSE,
  '905': PAUSE,
  '907': PAUSE,
  '912': PAUSE,
} as const;

/** PushPlus. */
export const PUSHPLUS: HttpAdapter<PushplusSettings> = {
  limits: () => ({ gapMs: 1_000, perDay: 180, longest: 18_000, measure: inMarkdown }),
  request: ({ url, key }, { title, text }, { format }) =>
    jsonRequest(`${url}/send`, {
      token: key,
      title: cutTo(title, 100, inUnits),
      content: format === 'markdown' ? markdownText(text) : text,
      template: format === 'markdown' ? 'markdown' : 'txt',
    }),
  read: saysOk(({ code }) => (code === undefined ? null : byCode(code, PUSHPLUS_CODES))),
  picture: null,
};

const BARK_LEVELS = { info: 'passive', warning: 'active', critical: 'timeSensitive' } as const;

/** Bark, the public server or one's own. */
export const BARK: HttpAdapter<BarkSettings> = {
  limits: () => ({ gapMs: 1_000, perDay: null, longest: 3_000, measure: inMarkdown }),
  request: ({ url, key }, { title, text, level }, { format }) =>
    jsonRequest(`${url}/push`, {
      device_key: key,
      title,
      ...(format === 'markdown' ? { markdown: markdownText(text) } : { body: text }),
      group: 'bt',
      level: BARK_LEVELS[level],
    }),
  read: saysOk(({ code }) => {
    if (typeof code !== 'number') return null;
    return code === 200 ? SENT : code >= 500 || code === 429 ? LATER : PAUSE;
  }),
  picture: null,
};
