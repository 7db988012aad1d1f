import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Outcome, Page } from '../../../../src/notify/channels/channel.ts';
import type { ChannelSettings, SendOptions } from '../../../../src/notify/channels/channel-settings.ts';
import { signDingtalk } from '../../../../src/notify/channels/dingtalk.ts';
import { signFeishu } from '../../../../src/notify/channels/feishu.ts';
import { serverchanHost } from '../../../../src/notify/channels/pushes.ts';
import { openChannel } from '../../../../src/notify/channels/table.ts';
import { signWebhook } from '../../../../src/notify/channels/webhook.ts';
import { receiver, type Received, type Reply } from '../receiver.ts';

const NOW = 1_700_000_000_000;
const PLAIN: SendOptions = { format: 'text', mentionAll: true, proxy: null };
const MARKDOWN: SendOptions = { ...PLAIN, format: 'markdown' };
const PAGE: Page = {
  id: 'm1',
  kind: 'alarm',
  level: 'critical',
  time: NOW,
  title: 'bt demo: ALARM',
  text: 'order *1* <b>\nsecond 中文',
  count: 1,
  picture: null,
};
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 1, 2, 3]);

/** All kinds of settings but mail, at this address. */
const SETTINGS = {
  wecom: { name: 'wecom', level: 'info', key: 'uuid-1' },
  dingtalk: { name: 'dingtalk', level: 'info', key: 'tok en', secret: 'SECtest' },
  feishu: { name: 'feishu', level: 'info', key: 'hook1', secret: 'SECtest' },
  telegram: { name: 'telegram', level: 'info', key: '12:abc', chat: '-100' },
  serverchan: { name: 'serverchan', level: 'info', key: 'SCT1', perDay: 5 },
  pushplus: { name: 'pushplus', level: 'info', key: 'pp' },
  bark: { name: 'bark', level: 'info', key: 'dev' },
  webhook: { name: 'webhook', level: 'info', secret: 's3cret' },
} as const;
type Hosted = keyof typeof SETTINGS;

async function sent(
  name: Hosted,
  reply: Reply,
  options = PLAIN,
  page = PAGE,
): Promise<{ outcome: Outcome; request: Received | undefined }> {
  const service = await receiver(() => reply);
  const settings = { ...SETTINGS[name], url: service.url } as ChannelSettings;
  const outcome = await openChannel(settings, options, () => NOW).send(page);
  return { outcome, request: service.received[0] };
}

describe('signatures', () => {
  test('DingTalk and Feishu sign as their vectors say', () => {
    expect(signDingtalk('SECtest', 1_700_000_000_000)).toBe('aZLLrriXgn05YbwaGR7knYsLeJADjr9NwLaNNKpxh4g=');
    expect(signFeishu('SECtest', 1_700_000_000)).toBe('G7XpBpG8NgG02fJOAhX6FRAObIljmFoxVReo8I62pEk=');
  });
});

describe('what each service is sent', () => {
  test('WeCom: the text, and everybody called for what is critical', async () => {
    const { request, outcome } = await sent('wecom', { body: { errcode: 0, errmsg: 'ok' } });
    expect(request?.path).toBe('/cgi-bin/webhook/send?key=uuid-1');
    expect(request?.body).toEqual({
      msgtype: 'text',
      text: { content: `${PAGE.title}\n${PAGE.text}`, mentioned_list: ['@all'] },
    });
    expect(outcome).toEqual({ verdict: { kind: 'sent' }, answer: 'HTTP 200 {"errcode":0,"errmsg":"ok"}' });
    const calm = await sent('wecom', { body: { errcode: 0 } }, PLAIN, { ...PAGE, level: 'info' });
    expect(calm.request?.body).toEqual({ msgtype: 'text', text: { content: `${PAGE.title}\n${PAGE.text}` } });
  });

  test('WeCom: a picture with its checksum', async () => {
    const service = await receiver(() => ({ body: { errcode: 0 } }));
    await openChannel({ ...SETTINGS.wecom, url: service.url }, PLAIN, () => NOW).sendPicture(PNG);
    const md5 = createHash('md5').update(PNG).digest('hex');
    expect(service.received[0]?.body).toEqual({ msgtype: 'image', image: { base64: PNG.toString('base64'), md5 } });
  });

  test('DingTalk: the signature in the query, encoded once', async () => {
    const { request } = await sent('dingtalk', { body: { errcode: 0 } });
    const url = new URL(request?.path ?? '', 'http://host');
    expect(url.pathname).toBe('/robot/send');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      access_token: 'tok en',
      timestamp: String(NOW),
      sign: 'aZLLrriXgn05YbwaGR7knYsLeJADjr9NwLaNNKpxh4g=',
    });
    expect(request?.path).toContain('sign=aZLLrriXgn05YbwaGR7knYsLeJADjr9NwLaNNKpxh4g%3D');
    expect(request?.body).toMatchObject({
      msgtype: 'text',
      text: { content: `${PAGE.title}\n${PAGE.text}` },
      at: { isAtAll: true },
    });
  });

  test('Feishu: time and signature in the body, neither without a secret', async () => {
    const { request } = await sent('feishu', { body: { code: 0 } });
    expect(request?.path).toBe('/open-apis/bot/v2/hook/hook1');
    expect(request?.body).toMatchObject({
      timestamp: '1700000000',
      sign: 'G7XpBpG8NgG02fJOAhX6FRAObIljmFoxVReo8I62pEk=',
      msg_type: 'text',
      content: { text: `${PAGE.title}\n${PAGE.text}\n<at user_id="all">all</at>` },
    });
    const service = await receiver(() => ({ body: { StatusCode: 0 } }));
    const bare = { ...SETTINGS.feishu, secret: null, url: service.url };
    const outcome = await openChannel(bare, PLAIN, () => NOW).send(PAGE);
    expect(outcome.verdict.kind).toBe('sent');
    expect(service.received[0]?.body).not.toHaveProperty('sign');
    expect(service.received[0]?.body).not.toHaveProperty('timestamp');
  });

  test('Telegram: a number as a number, plain text without a mode, a picture as a form', async () => {
    const { request } = await sent('telegram', { body: { ok: true } });
    expect(request?.path).toBe('/bot12:abc/sendMessage');
    expect(request?.body).toEqual({
      chat_id: -100,
      text: `${PAGE.title}\n${PAGE.text}`,
      disable_notification: false,
      link_preview_options: { is_disabled: true },
    });
    const service = await receiver(() => ({ body: { ok: true } }));
    await openChannel({ ...SETTINGS.telegram, url: service.url }, PLAIN, () => NOW).sendPicture(PNG);
    const form = service.received[0];
    expect(form?.path).toBe('/bot12:abc/sendPhoto');
    expect(form?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/u);
    expect(form?.raw.includes(PNG)).toBe(true);
    expect(form?.raw.toString('latin1')).toContain('name="chat_id"\r\n\r\n-100\r\n');
  });

  test('ServerChan, PushPlus and Bark: their own fields', async () => {
    const chan = await sent('serverchan', { body: { code: 0 } });
    expect(chan.request?.path).toBe('/SCT1.send');
    expect(String(chan.request?.body['title']).length).toBeLessThanOrEqual(32);
    const plus = await sent('pushplus', { body: { code: 200 } });
    expect(plus.request?.path).toBe('/send');
    expect(plus.request?.body).toEqual({ token: 'pp', title: PAGE.title, content: PAGE.text, template: 'txt' });
    const bark = await sent('bark', { body: { code: 200 } });
    expect(bark.request?.path).toBe('/push');
    expect(bark.request?.body).toEqual({
      device_key: 'dev',
      title: PAGE.title,
      body: PAGE.text,
      group: 'bt',
      level: 'timeSensitive',
    });
    expect(serverchanHost('sctp123tabc')).toBe('https://123.push.ft07.com');
    expect(serverchanHost('SCT1')).toBe('https://sctapi.ftqq.com');
  });

  test('a receiver of one’s own: signed over time and raw body, with an id that it can know again', async () => {
    const { request, outcome } = await sent('webhook', { status: 204, body: '' }, PLAIN, { ...PAGE, picture: PNG });
    expect(outcome.verdict.kind).toBe('sent');
    const raw = request?.raw.toString('utf8') ?? '';
    expect(request?.headers['x-signature']).toBe(`sha256=${signWebhook('s3cret', '1700000000', raw)}`);
    expect(request?.headers['idempotency-key']).toBe('m1');
    expect(request?.body).toEqual({
      id: 'm1',
      ts: NOW,
      severity: 'critical',
      event: 'alarm',
      title: PAGE.title,
      text: PAGE.text,
      data: { count: 1, picture_png: PNG.toString('base64') },
    });
  });

  test('in Markdown nothing of a text is taken for markup', async () => {
    const { request } = await sent('dingtalk', { body: { errcode: 0 } }, MARKDOWN);
    expect(request?.body['markdown']).toEqual({
      title: PAGE.title,
      text: '#### bt demo: ALARM\n\norder \\*1\\* \\<b\\>  \nsecond 中文',
    });
    const telegram = await sent('telegram', { body: { ok: true } }, MARKDOWN);
    expect(telegram.request?.body).toMatchObject({
      parse_mode: 'HTML',
      text: '<b>bt demo: ALARM</b>\norder *1* &lt;b&gt;\nsecond 中文',
    });
    const feishu = await sent('feishu', { body: { code: 0 } }, MARKDOWN);
    expect(feishu.request?.body['msg_type']).toBe('interactive');
  });
});

describe('what each service answers', () => {
  const OK_WITHOUT_WORD = { status: 200, body: '<html>' };

  test.each<[Hosted, Reply, string]>([
    ['wecom', { body: { errcode: 93_000, errmsg: 'invalid webhook url' } }, 'pause'],
    ['wecom', { body: { errcode: 45_009, errmsg: 'freq' } }, 'retry'],
    ['wecom', { body: { errcode: 40_058, errmsg: 'too long' } }, 'drop'],
    ['wecom', { status: 502, body: 'bad gateway' }, 'retry'],
    ['wecom', OK_WITHOUT_WORD, 'pause'],
    ['dingtalk', { body: { errcode: 310_000, errmsg: 'sign not match' } }, 'pause'],
    ['dingtalk', { body: { errcode: 130_101, errmsg: 'send too fast' } }, 'retry'],
    ['dingtalk', OK_WITHOUT_WORD, 'pause'],
    ['feishu', { body: { code: 19_021, msg: 'sign match fail' } }, 'pause'],
    ['feishu', { body: { code: 11_232, msg: 'frequency limited' } }, 'retry'],
    ['feishu', { status: 400, body: { code: 9_499, msg: 'Bad Request' } }, 'drop'],
    ['telegram', { status: 401, body: { ok: false, error_code: 401, description: 'Unauthorized' } }, 'pause'],
    ['telegram', { status: 400, body: { ok: false, error_code: 400, description: "can't parse entities" } }, 'drop'],
    ['telegram', { status: 400, body: { ok: false, error_code: 400, description: 'chat not found' } }, 'pause'],
    ['serverchan', { status: 400, body: { code: 40_001, message: 'bad key' } }, 'pause'],
    ['serverchan', OK_WITHOUT_WORD, 'pause'],
    ['pushplus', { body: { code: 903, msg: 'token' } }, 'pause'],
    ['pushplus', { body: { code: 500, msg: 'server' } }, 'retry'],
    ['bark', { status: 400, body: { code: 400, message: 'failed to get device token' } }, 'pause'],
    ['webhook', { status: 500, body: '' }, 'retry'],
    ['webhook', { status: 413, body: '' }, 'drop'],
    ['webhook', { status: 302, headers: { location: 'http://127.0.0.1:1/' }, body: '' }, 'pause'],
  ])('%s: %j is %s', async (name, reply, verdict) => {
    const { outcome } = await sent(name, reply);
    expect(outcome.verdict.kind).toBe(verdict);
    expect(outcome.answer).toContain(`HTTP ${reply.status ?? 200}`);
  });

  test('how long to wait is taken from the answer', async () => {
    const tooMany = { ok: false, error_code: 429, description: 'retry after 7', parameters: { retry_after: 7 } };
    const telegram = await sent('telegram', { status: 429, body: tooMany });
    expect(telegram.outcome.verdict).toEqual({ kind: 'retry', afterMs: 7_000 });
    const webhook = await sent('webhook', { status: 429, headers: { 'retry-after': '30' }, body: '' });
    expect(webhook.outcome.verdict).toEqual({ kind: 'retry', afterMs: 30_000 });
    const plus = await sent('pushplus', { body: { code: 900, msg: 'limited' } });
    expect(plus.outcome.verdict).toEqual({ kind: 'pause', ms: 86_400_000 });
  });

  test('a service that is not there is tried again, and its address, which may be the secret, is not told', async () => {
    const settings = { ...SETTINGS.bark, url: 'http://127.0.0.1:1/secret-path' };
    const outcome = await openChannel(settings, PLAIN, () => NOW).send(PAGE);
    expect(outcome.verdict.kind).toBe('retry');
    expect(outcome.answer).not.toContain('secret-path');
  });
});

describe('a proxy', () => {
  test('is what is asked for the service, and nothing goes there directly', async () => {
    const proxy = await receiver(() => ({ body: { ok: true } }));
    const telegram = { ...SETTINGS.telegram, url: 'http://telegram.invalid' } as const;
    const outcome = await openChannel(telegram, { ...PLAIN, proxy: proxy.url }, () => NOW).send(PAGE);
    expect(outcome.verdict.kind).toBe('sent');
    expect(proxy.received[0]?.path).toBe('http://telegram.invalid/bot12:abc/sendMessage');
  });
});
