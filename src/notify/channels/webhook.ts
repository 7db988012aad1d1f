import { createHmac } from 'node:crypto';
import { inBytes } from '../rules/measure.ts';
import { SENT } from './channel.ts';
import type { WebhookSettings } from './channel-settings.ts';
import type { HttpAdapter } from './http-channel.ts';

/** Hex signature of a body at an instant (s). */
export function signWebhook(secret: string, timestamp: string, body: string): string {
  return createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
}

/** Our own shape, for whoever writes a receiver: any 2xx takes it. */
export const WEBHOOK: HttpAdapter<WebhookSettings> = {
  limits: () => ({ gapMs: 0, perDay: null, longest: 100_000, measure: inBytes }),
  request: ({ url, secret }, { id, kind, level, time, title, text, count, picture }, _options, now) => {
    const body = JSON.stringify({
      id,
      ts: time,
      severity: level,
      event: kind,
      title,
      text,
      data: { count, ...(picture === null ? {} : { picture_png: Buffer.from(picture).toString('base64') }) },
    });
    const timestamp = String(Math.floor(now / 1000));
    const signed = secret === null ? {} : { 'x-signature': `sha256=${signWebhook(secret, timestamp, body)}` };
    const headers = {
      'content-type': 'application/json; charset=utf-8',
      'x-timestamp': timestamp,
      'idempotency-key': id,
      ...signed,
    };
    return { url, headers, body };
  },
  read: (_body, status) => (status >= 200 && status < 300 ? SENT : null),
  picture: 'along',
};
