import type { NoticeKind, NoticeLevel } from '../notice.ts';
import type { Measure } from '../rules/measure.ts';
import type { Pace } from '../rules/pace.ts';

export const CHANNEL_NAMES = [
  'wecom',
  'dingtalk',
  'feishu',
  'telegram',
  'smtp',
  'serverchan',
  'pushplus',
  'bark',
  'webhook',
] as const;
export type ChannelName = (typeof CHANNEL_NAMES)[number];

export type TextFormat = 'text' | 'markdown';

/** What is sent at once: a message, or a part of a long one. */
export interface Page {
  /** Of the message; stays the same when it is sent again. */
  readonly id: string;
  readonly kind: NoticeKind | 'several';
  readonly level: NoticeLevel;
  /** Market ms. */
  readonly time: number;
  readonly title: string;
  readonly text: string;
  readonly count: number;
  /** PNG, for a channel that sends one along. */
  readonly picture: Uint8Array | null;
}

/** What becomes of a message. */
export type Verdict =
  | { readonly kind: 'sent' }
  /** It may work later; in `afterMs` at the earliest when the service says so. */
  | { readonly kind: 'retry'; readonly afterMs: number | null }
  /** Nothing will work before somebody has looked: the channel waits. */
  | { readonly kind: 'pause'; readonly ms: number }
  /** This very message will never be taken. */
  | { readonly kind: 'drop' };

export interface Outcome {
  readonly verdict: Verdict;
  /** The service's own answer, for a person. */
  readonly answer: string;
}

export interface ChannelLimits extends Pace {
  /** Of title and text together. */
  readonly longest: number;
  readonly measure: Measure;
}

/** A way to a person. */
export interface Channel {
  readonly name: ChannelName;
  readonly limits: ChannelLimits;
  /** `along`: with the page; `apart`: in a message of its own. */
  readonly picture: 'along' | 'apart' | 'none';
  /** Never rejects. */
  send(page: Page): Promise<Outcome>;
  /** For `apart`. Never rejects. */
  sendPicture(png: Uint8Array): Promise<Outcome>;
}

export const SENT: Verdict = { kind: 'sent' };
export const LATER: Verdict = { kind: 'retry', afterMs: null };
export const DROP: Verdict = { kind: 'drop' };
/** Wall ms for which a channel waits that somebody has to look at. */
export const PAUSE_MS = 3_600_000;
export const PAUSE: Verdict = { kind: 'pause', ms: PAUSE_MS };
