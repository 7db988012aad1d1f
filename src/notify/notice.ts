import type { Digest } from './digest/digest.ts';

/** From least to most urgent. */
export const NOTICE_LEVELS = ['info', 'warning', 'critical'] as const;
export type NoticeLevel = (typeof NOTICE_LEVELS)[number];

/** What is told. `risk`: a limit of risk was hit. */
export type NoticeKind =
  | 'start'
  | 'stop'
  | 'order'
  | 'refusal'
  | 'unknown'
  | 'alarm'
  | 'all_clear'
  | 'gate'
  | 'link'
  | 'strategy_error'
  | 'task'
  | 'account'
  | 'operator'
  | 'clock'
  | 'risk'
  | 'client'
  | 'message'
  | 'digest'
  | 'test';

/** Something to be told to a person. */
export interface Notice {
  readonly kind: NoticeKind;
  readonly level: NoticeLevel;
  /** When it happened, epoch ms of the market's clock. */
  readonly time: number;
  /** A few words: `Order refused`. */
  readonly title: string;
  readonly text: string;
  /** Notices of one key within ten minutes are equal: the first is told, the others are counted. Absent = kind, title and text. */
  readonly key?: string;
  /** The day's figures, for a picture. */
  readonly digest?: Digest;
}

/** A notice as it is handed over: with who tells it (`bt demo`, `PAPER bt demo`). */
export interface ToldNotice extends Notice {
  readonly source: string;
}

/** Rank of a level: 0 for the least urgent. */
export function rankOf(level: NoticeLevel): number {
  return NOTICE_LEVELS.indexOf(level);
}

/** What makes two notices equal. */
export function keyOf({ kind, title, text, key }: Notice): string {
  return key ?? `${kind}\n${title}\n${text}`;
}
