import type { ControlRequest } from '../platform/control-socket.ts';
import type { LogLine as StatusLine } from '../status/log-lines.ts';
import type { InstanceStatus, InstanceSummary } from '../status/types.ts';

/** What crosses between the page's server and a browser. Times: market time, epoch ms, unless they say wall. */

/** A line of an instance's log. `market`: `YYYY-MM-DD HH:MM:SS.mmm`. `n` grows by one a line while somebody looks. */
export interface LogLine extends Pick<StatusLine, 'market' | 'level' | 'source' | 'text'> {
  readonly n: number;
}

/** What is told to who has logged in. */
export interface Welcome {
  readonly version: string;
  /** What BT_LANG says; null = the browser decides. */
  readonly language: 'en' | 'zh' | null;
  readonly instances: readonly InstanceSummary[];
}

/** Lists that are told row by row, with what names a row. */
export const KEYED_LISTS = {
  positions: ({ security, pindex }: InstanceStatus['positions'][number]) => `${pindex} ${security}`,
  orders: ({ orderId }: InstanceStatus['orders'][number]) => orderId,
  trades: ({ orderId, tradeId, day, time, price, amount }: InstanceStatus['trades'][number]) =>
    [day, orderId, tradeId, time, price, amount].join(' '),
  triggers: ({ task, due }: InstanceStatus['triggers'][number]) => `${due} ${task}`,
  signals: ({ key }: InstanceStatus['signals'][number]) => key,
  equity: ({ at }: InstanceStatus['equity'][number]) => String(at),
  equityDays: ({ at }: InstanceStatus['equityDays'][number]) => String(at),
} as const;

export type KeyedList = keyof typeof KEYED_LISTS;

/** Everything, for who begins to look. */
export interface Snapshot {
  readonly doc: InstanceStatus;
  /** The last lines of its log, oldest first. */
  readonly log: readonly LogLine[];
}

/** What has changed. `set`: members as they are now; `rows`: rows of a list that are new or have changed. */
export interface Patch {
  readonly set: Partial<InstanceStatus>;
  readonly rows: { readonly [K in KeyedList]?: InstanceStatus[K] };
}

/** Each reading, changed or not: figures are as old as the last one. */
export interface Beat {
  readonly now: number;
  readonly running: boolean;
}

/** The instance cannot be read: what was told is of before. */
export interface Trouble {
  readonly code: string;
  readonly text: string;
}

/** Events of a stream by their name. */
export interface PageEvents {
  readonly snapshot: Snapshot;
  readonly patch: Patch;
  readonly beat: Beat;
  readonly log: { readonly lines: readonly LogLine[] };
  readonly instances: { readonly instances: readonly InstanceSummary[] };
  readonly trouble: Trouble;
}

/** What a page asks to be done. */
export interface PageCommand extends ControlRequest {
  readonly instance: string;
}

export interface Done {
  readonly text: string;
}
