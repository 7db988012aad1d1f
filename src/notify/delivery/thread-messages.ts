import type { ToldNotice } from '../notice.ts';
import type { NotifySettings } from '../settings/read-settings.ts';

/** What the thread is started with. */
export interface ThreadStart {
  readonly settings: NotifySettings;
  /** File of the outbox; null = in memory. */
  readonly outbox: string | null;
}

/** To the thread. */
export type ToThread =
  | { readonly kind: 'tell'; readonly notice: ToldNotice }
  | { readonly kind: 'close'; readonly graceMs: number };

/** From it. */
export type FromThread =
  /** One more `tell` was taken. */
  | { readonly kind: 'taken' }
  | { readonly kind: 'log'; readonly level: 'info' | 'warning'; readonly text: string }
  | { readonly kind: 'closed'; readonly left: number };
