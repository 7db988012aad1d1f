import { describe, expect, test } from 'vitest';
import { BtError } from '../../../../src/domain/errors.ts';
import { readNotifySettings, type NotifySettings } from '../../../../src/notify/settings/read-settings.ts';
import { VARIABLES } from '../../../../src/notify/settings/variables.ts';
import { cleanText, isSecretName } from '../../../../src/platform/exit-text.ts';

function read(values: Readonly<Record<string, string>>): NotifySettings | null {
  const find = (name: string): { value: string; origin: string } | null =>
    values[name] === undefined ? null : { value: values[name], origin: '.env.local line 3' };
  return readNotifySettings({ find, names: Object.keys(values) });
}

function refusal(values: Readonly<Record<string, string>>): string {
  try {
    read(values);
  } catch (error) {
    if (error instanceof BtError && error.code === 'BAD_CONFIG') return error.message;
  }
  throw new Error('it was not refused');
}

describe('channels', () => {
  test('are none where none is configured', () => {
    expect(read({})).toBeNull();
    expect(read({ NOTIFY_LEVEL: 'warning', NOTIFY_PAPER: '1' })).toBeNull();
  });

  test('are all that are configured, each with its own level', () => {
    const settings = read({
      NOTIFY_LEVEL: 'warning',
      NOTIFY_WECOM_KEY: 'wecom-key-1',
      NOTIFY_WECOM_LEVEL: 'info',
      NOTIFY_TELEGRAM_KEY: '123:abcdef-ghi',
      NOTIFY_TELEGRAM_CHAT: '-100',
      NOTIFY_SERVERCHAN_KEY: 'sctp77tabcdef',
      NOTIFY_SMTP_HOST: 'smtp.qq.com',
      NOTIFY_SMTP_USER: 'me@qq.com',
      NOTIFY_SMTP_PASSWORD: 'authorisation',
      NOTIFY_SMTP_TO: 'me@qq.com, you@163.com',
      NOTIFY_QUIET: '22:30-07:30',
      NOTIFY_MENTION_ALL: 'yes',
    });
    expect(settings?.channels).toEqual([
      { name: 'wecom', level: 'info', url: 'https://qyapi.weixin.qq.com', key: 'wecom-key-1' },
      { name: 'telegram', level: 'warning', url: 'https://api.telegram.org', key: '123:abcdef-ghi', chat: '-100' },
      {
        name: 'smtp',
        level: 'warning',
        host: 'smtp.qq.com',
        port: 465,
        user: 'me@qq.com',
        password: 'authorisation',
        from: 'me@qq.com',
        to: ['me@qq.com', 'you@163.com'],
      },
      { name: 'serverchan', level: 'warning', url: 'https://77.push.ft07.com', key: 'sctp77tabcdef', perDay: 5 },
    ]);
    expect(settings).toMatchObject({
      quiet: { from: 81_000, until: 27_000 },
      mentionAll: true,
      digest: true,
      paper: false,
    });
  });

  test('the key of a robot is found in its whole address, and in BulletTrade’s variables', () => {
    const key = (values: Readonly<Record<string, string>>): unknown => read(values)?.channels[0];
    const url = 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1234-5678';
    expect(key({ NOTIFY_WECOM_KEY: url })).toMatchObject({ key: '1234-5678' });
    expect(key({ NOTIFY_DINGTALK_KEY: 'https://oapi.dingtalk.com/robot/send?access_token=tok123' })).toMatchObject({
      key: 'tok123',
    });
    expect(key({ NOTIFY_FEISHU_KEY: 'https://open.feishu.cn/open-apis/bot/v2/hook/abc-def' })).toMatchObject({
      key: 'abc-def',
    });
    expect(key({ MESSAGE_KEY: 'from-bullet-trade' })).toMatchObject({ name: 'wecom', key: 'from-bullet-trade' });
    expect(key({ WECHAT_MESSAGE_KEY: 'from-bullet-trade2' })).toMatchObject({ key: 'from-bullet-trade2' });
  });
});

describe('what is wrong is refused by the variable’s name', () => {
  test.each([
    [{ NOTIFY_DINGTALK_SECRET: 'SECabcdef' }, 'NOTIFY_DINGTALK_KEY is missing, which NOTIFY_DINGTALK_SECRET needs'],
    [{ NOTIFY_TELEGRAM_KEY: '123:abcdef-ghi' }, 'NOTIFY_TELEGRAM_CHAT is missing, which NOTIFY_TELEGRAM_KEY needs'],
    [{ NOTIFY_SMTP_TO: 'a@b' }, 'NOTIFY_SMTP_HOST is missing, which NOTIFY_SMTP_TO needs'],
    [{ NOTIFY_SMTP_HOST: 'h', NOTIFY_SMTP_USER: 'a@b' }, 'NOTIFY_SMTP_PASSWORD is missing'],
    [{ NOTIFY_SMTP_HOST: 'h', NOTIFY_SMTP_FROM: 'a@b' }, 'NOTIFY_SMTP_TO is missing'],
    [{ NOTIFY_WEBHOOK_SECRET: 'abcdef' }, 'NOTIFY_WEBHOOK_URL is missing'],
    [{ NOTIFY_LEVEL: 'loud' }, 'NOTIFY_LEVEL is "loud" (.env.local line 3): write info, warning or critical.'],
    [{ NOTIFY_QUIET: '25:00-7' }, 'NOTIFY_QUIET is "25:00-7"'],
    [{ NOTIFY_PROXY: 'socks5://h:1' }, 'SOCKS is not served'],
    [
      { NOTIFY_WEBHOOK_URL: 'http://example.com/x' },
      'NOTIFY_WEBHOOK_URL cannot be used (.env.local line 3): write an address like https://host',
    ],
    [{ NOTIFY_WECOM_KEY: 'a b c d e f' }, 'NOTIFY_WECOM_KEY cannot be used'],
    [{ NOTIFY_WECHAT_KEY: 'abcdefgh' }, 'NOTIFY_WECHAT_KEY means nothing'],
    [{ NOTIFY_ELSEWHERE: 'x' }, 'NOTIFY_ELSEWHERE means nothing. Correct it'],
    [{ NOTIFY_WECOM_KAY: 'abcdefgh' }, 'did you mean NOTIFY_WECOM_KEY?'],
  ])('%j', (values, text) => {
    expect(refusal(values)).toContain(text);
  });

  test('a value that is secret is not in the refusal', () => {
    expect(refusal({ NOTIFY_TELEGRAM_KEY: 'not-a-bot-token' })).not.toContain('not-a-bot-token');
  });
});

test('what is secret by name is hidden from then on, also the key inside an address', () => {
  const secrets = Object.keys(VARIABLES).filter((name) => /_KEY$|SECRET|PASSWORD|WEBHOOK_URL/u.test(name));
  expect(secrets.filter((name) => !isSecretName(name))).toEqual([]);
  read({ NOTIFY_WECOM_KEY: 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=inner-secret-1' });
  expect(cleanText('sent with inner-secret-1')).toBe('sent with ***');
});
