import type { Log } from '../platform/log.ts';
import type { TimerSource } from '../platform/timers.ts';
import type { Audit } from './audit.ts';
import type { Interceptor } from './interceptor.ts';
import type { RequestServices } from './requests.ts';
import type { SessionNews } from './session-news.ts';

/** What the sessions of one server share. */
export interface SessionServices {
  readonly requests: RequestServices;
  readonly maxSubscriptions: number;
  readonly log: Log;
  readonly news: (news: SessionNews) => void;
  /** Wall time: deadlines and graces. */
  readonly timers: TimerSource;
  /** Null: nothing goes wrong on purpose. */
  readonly interceptor: Interceptor | null;
  /** Hears of every handshake; null = nobody does. */
  readonly audit: Audit | null;
  /** What the handshake announces. */
  readonly features: readonly string[];
  /** A new session's id. */
  newId(): string;
  checkToken(given: unknown): boolean;
}
