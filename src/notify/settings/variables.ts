import { z } from 'zod';
import { NOTICE_LEVELS } from '../notice.ts';
import { isLoopback } from '../channels/smtp.ts';

/** A schema, and what to write when a value does not fit. */
export interface Variable {
  readonly schema: z.ZodType;
  readonly want: string;
}

const level = { schema: z.enum(NOTICE_LEVELS), want: 'info, warning or critical' };
const secret = { schema: z.string().min(6).max(500).regex(/^\S+$/u), want: 'the whole of it, without spaces' };
const base = {
  schema: z
    .string()
    .transform((text) => text.replace(/\/+$/u, ''))
    .refine(isSafeUrl),
  want: 'an address like https://host (http only of this machine)',
};
const flag = {
  schema: z
    .string()
    .regex(/^(?:true|1|yes|on|false|0|no|off)$/iu)
    .transform((text) => /^(?:true|1|yes|on)$/iu.test(text)),
  want: 'true or false',
};
const address = z.string().regex(/^[^\s@<>,]+@[^\s@<>,]+$/u);

/** Every variable of messages. */
export const VARIABLES = {
  NOTIFY_LEVEL: level,
  NOTIFY_QUIET: {
    schema: z
      .string()
      .regex(/^(?:[01]?\d|2[0-3]):[0-5]\d-(?:[01]?\d|2[0-3]):[0-5]\d$/u)
      .transform((text) => {
        const [from = 0, until = 0] = text.split('-').map(secondsOf);
        return { from, until };
      }),
    want: 'hours of Shanghai like 22:30-07:30',
  },
  NOTIFY_FORMAT: { schema: z.enum(['text', 'markdown']), want: 'text or markdown' },
  NOTIFY_DIGEST: flag,
  NOTIFY_AMOUNTS: flag,
  NOTIFY_MENTION_ALL: flag,
  NOTIFY_PAPER: flag,
  NOTIFY_PROXY: {
    schema: z.string().regex(/^https?:\/\/[^\s/]+\/?$/u),
    want: 'http://host:port of an HTTP proxy (SOCKS is not served)',
  },
  NOTIFY_FONT: { schema: z.string(), want: 'the path of a font file (.ttf, .otf, .ttc)' },
  NOTIFY_WECOM_KEY: secret,
  NOTIFY_WECOM_URL: base,
  NOTIFY_WECOM_LEVEL: level,
  NOTIFY_DINGTALK_KEY: secret,
  NOTIFY_DINGTALK_SECRET: secret,
  NOTIFY_DINGTALK_URL: base,
  NOTIFY_DINGTALK_LEVEL: level,
  NOTIFY_FEISHU_KEY: secret,
  NOTIFY_FEISHU_SECRET: secret,
  NOTIFY_FEISHU_URL: base,
  NOTIFY_FEISHU_LEVEL: level,
  NOTIFY_TELEGRAM_KEY: {
    schema: z.string().regex(/^\d{3,20}:[\w-]{6,100}$/u),
    want: "the bot's token, like 123456:ABC-def",
  },
  NOTIFY_TELEGRAM_CHAT: { schema: z.string().regex(/^(?:-?\d{1,15}|@\w{3,64})$/u), want: 'a number, or @channel' },
  NOTIFY_TELEGRAM_URL: base,
  NOTIFY_TELEGRAM_LEVEL: level,
  NOTIFY_SMTP_HOST: { schema: z.string().regex(/^[\w.:[\]-]+$/u), want: 'the name of a mail server, like smtp.qq.com' },
  NOTIFY_SMTP_PORT: {
    schema: z
      .string()
      .regex(/^\d{1,5}$/u)
      .transform(Number)
      .refine((port) => port > 0 && port < 65_536),
    want: 'a port from 1 to 65535 (465 begins with TLS)',
  },
  NOTIFY_SMTP_USER: { schema: z.string(), want: 'the name to log in with' },
  NOTIFY_SMTP_PASSWORD: { schema: z.string(), want: 'the password; of QQ and 163 the authorisation code' },
  NOTIFY_SMTP_FROM: { schema: address, want: 'an address like me@qq.com' },
  NOTIFY_SMTP_TO: {
    schema: z
      .string()
      .transform((text) => text.split(',').map((one) => one.trim()))
      .pipe(z.array(address).min(1).max(20)),
    want: 'addresses like me@qq.com, comma separated',
  },
  NOTIFY_SMTP_LEVEL: level,
  NOTIFY_SERVERCHAN_KEY: secret,
  NOTIFY_SERVERCHAN_URL: base,
  NOTIFY_SERVERCHAN_PER_DAY: {
    schema: z
      .string()
      .regex(/^\d{1,6}$/u)
      .transform(Number)
      .refine((most) => most > 0),
    want: 'how many messages a day the service takes of you, 1 or more',
  },
  NOTIFY_SERVERCHAN_LEVEL: level,
  NOTIFY_PUSHPLUS_KEY: secret,
  NOTIFY_PUSHPLUS_URL: base,
  NOTIFY_PUSHPLUS_LEVEL: level,
  NOTIFY_BARK_KEY: secret,
  NOTIFY_BARK_URL: base,
  NOTIFY_BARK_LEVEL: level,
  NOTIFY_WEBHOOK_URL: { schema: z.string().refine(isSafeUrl), want: base.want },
  NOTIFY_WEBHOOK_SECRET: secret,
  NOTIFY_WEBHOOK_LEVEL: level,
} as const satisfies Record<string, Variable>;

export type VariableName = keyof typeof VARIABLES;

/** What a variable comes to. */
export type ValueOf<N extends VariableName> = z.output<(typeof VARIABLES)[N]['schema']>;

/** TLS, or a machine that nobody else listens to. */
function isSafeUrl(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || url.username !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
}

function secondsOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 3600 + minutes * 60;
}
