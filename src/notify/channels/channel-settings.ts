import type { NoticeLevel } from '../notice.ts';
import type { ChannelName, TextFormat } from './channel.ts';

interface Common<N extends ChannelName> {
  readonly name: N;
  /** The least urgent that it is told. */
  readonly level: NoticeLevel;
}

/** A service that is reached over HTTP at `url`, its base without a slash at the end. */
interface Hosted<N extends ChannelName> extends Common<N> {
  readonly url: string;
  readonly key: string;
}

export type WecomSettings = Hosted<'wecom'>;
export type ServerchanSettings = Hosted<'serverchan'> & { readonly perDay: number };
export type PushplusSettings = Hosted<'pushplus'>;
export type BarkSettings = Hosted<'bark'>;
export interface DingtalkSettings extends Hosted<'dingtalk'> {
  readonly secret: string | null;
}
export interface FeishuSettings extends Hosted<'feishu'> {
  readonly secret: string | null;
}
export interface TelegramSettings extends Hosted<'telegram'> {
  readonly chat: string;
}
export interface WebhookSettings extends Common<'webhook'> {
  /** Whole. */
  readonly url: string;
  readonly secret: string | null;
}
export interface SmtpSettings extends Common<'smtp'> {
  readonly host: string;
  readonly port: number;
  readonly user: string | null;
  readonly password: string | null;
  readonly from: string;
  readonly to: readonly string[];
}

export type ChannelSettings =
  | WecomSettings
  | DingtalkSettings
  | FeishuSettings
  | TelegramSettings
  | SmtpSettings
  | ServerchanSettings
  | PushplusSettings
  | BarkSettings
  | WebhookSettings;

/** What all channels share. */
export interface SendOptions {
  readonly format: TextFormat;
  /** Critical messages call everybody of the group, where a robot can. */
  readonly mentionAll: boolean;
  /** `http://host:port`; null = direct. */
  readonly proxy: string | null;
}
