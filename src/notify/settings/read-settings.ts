import { closestName } from '../../domain/closest-name.ts';
import { BtError } from '../../domain/errors.ts';
import { isSecretName, keepSecret } from '../../platform/exit-text.ts';
import type { ChannelSettings, SendOptions } from '../channels/channel-settings.ts';
import { serverchanHost } from '../channels/pushes.ts';
import type { NoticeLevel } from '../notice.ts';
import type { QuietHours } from '../rules/quiet.ts';
import { VARIABLES, type ValueOf, type VariableName } from './variables.ts';

/** How messages go out; cloneable, and full of secrets. */
export interface NotifySettings extends SendOptions {
  readonly quiet: QuietHours | null;
  readonly digest: boolean;
  /** Money in the digest; without, per cent only. */
  readonly amounts: boolean;
  /** Also where nothing is real: `--with-stub`, a simulated clock. */
  readonly paper: boolean;
  readonly font: string | null;
  /** At least one. */
  readonly channels: readonly ChannelSettings[];
}

/** Where variables are found: `platform/env` is one. */
export interface Variables {
  readonly find: (name: string) => { readonly value: string; readonly origin: string } | null;
  /** Every name that is set. */
  readonly names: readonly string[];
}

const PREFIX = 'NOTIFY_';

/**
 * The settings of messages; null when no channel is configured. Throws BtError BAD_CONFIG that names the variable: a value that makes no sense,
 * half of a channel, a name that means nothing. What is secret is shown nowhere from now on.
 */
export function readNotifySettings(variables: Variables): NotifySettings | null {
  refuseUnknown(variables.names);
  const read = reader(variables);
  const channels = channelsOf(read);
  if (channels.length === 0) return null;
  return {
    quiet: read('NOTIFY_QUIET'),
    format: read('NOTIFY_FORMAT') ?? 'text',
    digest: read('NOTIFY_DIGEST') ?? true,
    amounts: read('NOTIFY_AMOUNTS') ?? true,
    mentionAll: read('NOTIFY_MENTION_ALL') ?? false,
    paper: read('NOTIFY_PAPER') ?? false,
    proxy: read('NOTIFY_PROXY'),
    font: read('NOTIFY_FONT'),
    channels,
  };
}

type Read = <N extends VariableName>(name: N) => ValueOf<N> | null;

/** Reads each variable by its schema, all of them at once, so that a bad one is told whatever it belongs to. */
function reader({ find }: Variables): Read {
  const values = new Map<string, unknown>();
  for (const [name, { schema, want }] of Object.entries(VARIABLES)) {
    const given =
      find(name) ?? (name === 'NOTIFY_WECOM_KEY' ? (find('MESSAGE_KEY') ?? find('WECHAT_MESSAGE_KEY')) : null);
    if (given === null) continue;
    const parsed = schema.safeParse(keyOnly(name, given.value));
    if (!parsed.success) throw bad(name, given.value, given.origin, want);
    if (isSecretName(name) && typeof parsed.data === 'string') keepSecret(parsed.data);
    values.set(name, parsed.data);
  }
  // By the same table.
  return <N extends VariableName>(name: N) => (values.get(name) ?? null) as ValueOf<N> | null;
}

/** Who copies the whole address of a robot means the key in it. */
function keyOnly(name: string, value: string): string {
  if (!name.endsWith('_KEY') || !/^https?:\/\//u.test(value)) return value;
  const url = URL.parse(value);
  return (
    url?.searchParams.get('key') ?? url?.searchParams.get('access_token') ?? url?.pathname.split('/').at(-1) ?? value
  );
}

function channelsOf(read: Read): ChannelSettings[] {
  const level = read('NOTIFY_LEVEL') ?? 'info';
  return [
    ...hosted(read, 'wecom', 'NOTIFY_WECOM', 'https://qyapi.weixin.qq.com', level),
    ...hosted(read, 'dingtalk', 'NOTIFY_DINGTALK', 'https://oapi.dingtalk.com', level).map((channel) => ({
      ...channel,
      secret: read('NOTIFY_DINGTALK_SECRET'),
    })),
    ...hosted(read, 'feishu', 'NOTIFY_FEISHU', 'https://open.feishu.cn', level).map((channel) => ({
      ...channel,
      secret: read('NOTIFY_FEISHU_SECRET'),
    })),
    ...telegram(read, level),
    ...smtp(read, level),
    ...hosted(read, 'serverchan', 'NOTIFY_SERVERCHAN', serverchanHost(read('NOTIFY_SERVERCHAN_KEY') ?? ''), level).map(
      (channel) => ({ ...channel, perDay: read('NOTIFY_SERVERCHAN_PER_DAY') ?? 5 }),
    ),
    ...hosted(read, 'pushplus', 'NOTIFY_PUSHPLUS', 'https://www.pushplus.plus', level),
    ...hosted(read, 'bark', 'NOTIFY_BARK', 'https://api.day.app', level),
    ...webhook(read, level),
  ];
}

interface HostedChannel<N> {
  readonly name: N;
  readonly url: string;
  readonly key: string;
  readonly level: NoticeLevel;
}
type HostedPrefix =
  | 'NOTIFY_WECOM'
  | 'NOTIFY_DINGTALK'
  | 'NOTIFY_FEISHU'
  | 'NOTIFY_TELEGRAM'
  | 'NOTIFY_SERVERCHAN'
  | 'NOTIFY_PUSHPLUS'
  | 'NOTIFY_BARK';

function hosted<N extends string>(
  read: Read,
  name: N,
  prefix: HostedPrefix,
  host: string,
  level: NoticeLevel,
): HostedChannel<N>[] {
  const key = read(`${prefix}_KEY`);
  const parts = Object.keys(VARIABLES).filter((each) => each.startsWith(`${prefix}_`) && !each.endsWith('_KEY'));
  if (key === null) refuseHalf(read, `${prefix}_KEY`, parts);
  return key === null
    ? []
    : [{ name, url: read(`${prefix}_URL`) ?? host, key, level: read(`${prefix}_LEVEL`) ?? level }];
}

function telegram(read: Read, level: NoticeLevel): ChannelSettings[] {
  return hosted(read, 'telegram', 'NOTIFY_TELEGRAM', 'https://api.telegram.org', level).map((channel) => ({
    ...channel,
    chat: read('NOTIFY_TELEGRAM_CHAT') ?? missing('NOTIFY_TELEGRAM_CHAT', 'NOTIFY_TELEGRAM_KEY'),
  }));
}

function smtp(read: Read, level: NoticeLevel): ChannelSettings[] {
  const host = read('NOTIFY_SMTP_HOST');
  if (host === null) {
    refuseHalf(
      read,
      'NOTIFY_SMTP_HOST',
      Object.keys(VARIABLES).filter((name) => name.startsWith('NOTIFY_SMTP_')),
    );
    return [];
  }
  const user = read('NOTIFY_SMTP_USER');
  const password = read('NOTIFY_SMTP_PASSWORD');
  if (user !== null && password === null) missing('NOTIFY_SMTP_PASSWORD', 'NOTIFY_SMTP_USER');
  if (user === null && password !== null) missing('NOTIFY_SMTP_USER', 'NOTIFY_SMTP_PASSWORD');
  const from = read('NOTIFY_SMTP_FROM') ?? (user?.includes('@') === true ? user : null);
  return [
    {
      name: 'smtp',
      level: read('NOTIFY_SMTP_LEVEL') ?? level,
      host,
      port: read('NOTIFY_SMTP_PORT') ?? 465,
      user,
      password,
      from: from ?? missing('NOTIFY_SMTP_FROM', 'NOTIFY_SMTP_HOST'),
      to: read('NOTIFY_SMTP_TO') ?? missing('NOTIFY_SMTP_TO', 'NOTIFY_SMTP_HOST'),
    },
  ];
}

function webhook(read: Read, level: NoticeLevel): ChannelSettings[] {
  const url = read('NOTIFY_WEBHOOK_URL');
  if (url === null) {
    refuseHalf(read, 'NOTIFY_WEBHOOK_URL', ['NOTIFY_WEBHOOK_SECRET', 'NOTIFY_WEBHOOK_LEVEL']);
    return [];
  }
  return [
    { name: 'webhook', level: read('NOTIFY_WEBHOOK_LEVEL') ?? level, url, secret: read('NOTIFY_WEBHOOK_SECRET') },
  ];
}

function refuseHalf(read: Read, main: VariableName, parts: readonly string[]): void {
  const half = parts.find((name) => name !== main && read(name as VariableName) !== null); // names of the table
  if (half !== undefined) missing(main, half);
}

function missing(name: VariableName, because: string): never {
  const { want } = VARIABLES[name];
  throw config(`${name} is missing, which ${because} needs: write ${want}, or leave out ${because}.`);
}

function refuseUnknown(names: readonly string[]): void {
  const known = Object.keys(VARIABLES);
  const unknown = names.find((name) => name.startsWith(PREFIX) && !known.includes(name));
  if (unknown === undefined) return;
  const near = closestName(unknown, known);
  throw config(
    `${unknown} means nothing${near === null ? '.' : `; did you mean ${near}?`} Correct it or leave it out.`,
  );
}

function bad(name: string, value: string, origin: string, want: string): BtError {
  const was = isSecretName(name) ? 'cannot be used' : `is "${value}"`;
  return config(`${name} ${was} (${origin}): write ${want}.`);
}

function config(message: string): BtError {
  return new BtError('BAD_CONFIG', message, { fault: 'config' });
}
