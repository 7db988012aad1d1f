import type { LogLevel } from '../../platform/log-record.ts';
import type { PageOptions } from './page-options.ts';

/** What a page's thread is started with. */
export interface PageThreadStart {
  readonly options: PageOptions;
  readonly version: string;
  /** The instance's folder. */
  readonly folder: string;
  /** What must stand in no answer. */
  readonly secrets: readonly string[];
}

export type FromPageThread =
  | { readonly kind: 'open'; readonly port: number }
  | { readonly kind: 'failed'; readonly code: string; readonly text: string }
  | { readonly kind: 'log'; readonly level: LogLevel; readonly text: string }
  | { readonly kind: 'closed' };

export interface ToPageThread {
  readonly kind: 'close';
}
