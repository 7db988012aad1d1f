import { errorMessage } from '../../domain/errors.ts';
import { exchangeCalendar, ifKnown, isAlwaysClosed } from '../../domain/market/calendar.ts';
import { isMarketPhase, sessionPhase } from '../../domain/market/session.ts';
import { chinaDay, DAY } from '../../domain/time.ts';
import type { Clock, ClockTimer } from '../../platform/clock.ts';
import type { Log } from '../../platform/log.ts';
import type { TimerSource } from '../../platform/timers.ts';
import type { AccountConfig } from '../account-types.ts';
import type { Gateway } from '../adapters/gateway.ts';
import type { History } from './history.ts';
import type { AccountPicture } from './types.ts';

/** Market ms between two pictures. */
const MINUTE = 60_000;
/** Wall ms a gateway has to tell an account. */
const LIMIT_MS = 30_000;
/** Days of history that are kept. */
const KEPT_DAYS = 800;

export interface MonitorParts {
  readonly gateway: Gateway;
  readonly accounts: readonly AccountConfig[];
  readonly history: History;
  /** Market time. */
  readonly clock: Clock;
  readonly timers: TimerSource;
  readonly log: Log;
}

/**
 * Each whole minute of the session, and once after its end: the picture of each account. An account that is not told in time, or not
 * at all, has a gap there, which is said once until it is told again. One slow account holds up no other.
 */
export class Monitor {
  readonly #parts: MonitorParts;
  readonly #failing = new Set<string>();
  /** Aliases that are being asked. */
  readonly #asked = new Set<string>();
  #timer: ClockTimer;
  #stopped = false;
  #day = '';

  constructor(parts: MonitorParts) {
    this.#parts = parts;
    this.#timer = this.#next();
  }

  stop(): void {
    this.#stopped = true;
    this.#timer.cancel();
  }

  /** The pictures of this minute; never rejects. */
  async round(at: number): Promise<void> {
    this.#forget(at);
    await Promise.all(this.#parts.accounts.map((account) => this.#look(account, at)));
  }

  #next(): ClockTimer {
    const { clock } = this.#parts;
    const minute = Math.floor(clock.now() / MINUTE + 1) * MINUTE;
    return clock.at(minute, () => {
      if (this.#stopped) return;
      this.#timer = this.#next();
      if (isWatched(minute)) void this.round(minute);
    });
  }

  async #look(account: AccountConfig, at: number): Promise<void> {
    const { key } = account;
    // Asked a minute ago and not answered yet: it is not asked more and more.
    if (this.#asked.has(key)) return;
    this.#asked.add(key);
    try {
      this.#parts.history.keep(await this.#picture(account, at));
      this.#failing.delete(key);
    } catch (error) {
      this.#miss(key, at, errorMessage(error));
    } finally {
      this.#asked.delete(key);
    }
  }

  async #picture(account: AccountConfig, at: number): Promise<AccountPicture> {
    const broker = this.#parts.gateway.broker(account);
    const { promise: late, reject } = Promise.withResolvers<never>();
    const limit = this.#parts.timers.after(LIMIT_MS, () => reject(new Error(`not told within ${LIMIT_MS / 1000} s`)));
    try {
      const told = Promise.all([broker.account(), broker.positions()]);
      const [totals, positions] = await Promise.race([told, late]);
      return { account: account.key, at, totals, positions };
    } finally {
      limit.cancel();
    }
  }

  #miss(account: string, at: number, why: string): void {
    if (this.#stopped) return;
    const { log, history } = this.#parts;
    if (!this.#failing.has(account)) log.warning(`No picture of account ${account}: ${why}`);
    this.#failing.add(account);
    try {
      history.keepGap({ account, at, why });
    } catch (error) {
      log.error(`The history of accounts cannot be written: ${errorMessage(error)}`);
    }
  }

  /** Once a day. */
  #forget(at: number): void {
    const day = chinaDay(at);
    if (day === this.#day) return;
    this.#day = day;
    try {
      this.#parts.history.forget(chinaDay(at - KEPT_DAYS * DAY));
    } catch (error) {
      this.#parts.log.warning(`Old days of the history were not removed: ${errorMessage(error)}`);
    }
  }
}

/** Whether this minute belongs to a session, or is the first after it: then the day's end stands. */
function isWatched(minute: number): boolean {
  const day = chinaDay(minute);
  const trades = ifKnown(() => exchangeCalendar().isTradingDay(day)) ?? !isAlwaysClosed(day);
  return trades && (isMarketPhase(sessionPhase(minute)) || isMarketPhase(sessionPhase(minute - 1)));
}
