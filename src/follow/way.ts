import type { SenderKey } from './config/config.ts';
import type { Log } from '../platform/log.ts';
import type { TimerSource } from '../platform/timers.ts';

/** What each way in is made of. */
export interface WayParts {
  readonly senders: readonly SenderKey[];
  /** What a sender's time stamp is compared with, epoch ms: the market clock of the run. */
  readonly now: () => number;
  readonly log: Log;
  readonly timers?: TimerSource;
}
