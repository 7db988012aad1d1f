import type { SenderKey } from './config/config.ts';
import type { Log } from '../platform/log.ts';
import type { TimerSource } from '../platform/timers.ts';

/** What each way in is made of. */
export interface WayParts {
  readonly senders: readonly SenderKey[];
  /** What a sender's time stamp is compared with, epoch ms: the market clock of the run. */
  readonly now: () => number;
  /** It is a simulated clock: a sender of now is never of its time, and is told so. */
  readonly isSimulated?: boolean;
  readonly log: Log;
  readonly timers?: TimerSource;
}
