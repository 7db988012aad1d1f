import { BtError } from '../../domain/errors.ts';
import { Backoff } from '../../net/backoff.ts';
import { Listeners } from '../../net/listeners.ts';
import { randomFraction } from '../../platform/ids.ts';
import type { Log } from '../../platform/log.ts';
import type { Timer, TimerSource } from '../../platform/timers.ts';
import { isJsonObject } from '../../protocol/json.ts';
import type { VenueStatus } from '../broker.ts';
import type { QmtHttpConfig } from './config.ts';
import type { Exchange, Question, Reply } from './exchange.ts';
import { reasonOf } from './outcomes.ts';

/** Wall ms. */
export interface LinkTimes {
  readonly firstRetryMs: number;
  readonly maxRetryMs: number;
  /** So often the wrapper is looked at where nothing else is asked. */
  readonly lookMs: number;
  /** How long a start may take. */
  readonly startMs: number;
  /** A login makes the original wrapper start another trader, and leave the old one behind. */
  readonly loginGapMs: number;
}

export const LINK_TIMES: LinkTimes = {
  firstRetryMs: 500,
  maxRetryMs: 5_000,
  lookMs: 5_000,
  startMs: 15_000,
  loginGapMs: 60_000,
};

const SESSION = 'http';

/** Whether the wrapper is there and logged in: looked at now and then, and learned from every answer. */
export class Link {
  /** The wrapper says that it is a paper market. */
  simulated = false;
  readonly #config: QmtHttpConfig;
  readonly #exchange: Exchange;
  readonly #timers: TimerSource;
  readonly #times: LinkTimes;
  readonly #log: Log;
  readonly #backoff: Backoff;
  readonly #listeners = new Listeners<VenueStatus>();
  #up = false;
  #stopped = false;
  #lastLogin: number | null = null;
  #timer: Timer | null = null;
  #starting: Promise<void> | null = null;

  constructor(config: QmtHttpConfig, exchange: Exchange, timers: TimerSource, times: LinkTimes, log: Log) {
    this.#config = config;
    this.#exchange = exchange;
    this.#timers = timers;
    this.#times = times;
    this.#log = log;
    this.#backoff = new Backoff(times.firstRetryMs, times.maxRetryMs, randomFraction);
  }

  get isUp(): boolean {
    return this.#up && !this.#stopped;
  }

  onStatus(listener: (status: VenueStatus) => void): () => void {
    return this.#listeners.add(listener);
  }

  setUrgent(urgent: boolean): void {
    if (this.#backoff.setUrgent(urgent) && !this.#up) this.#lookIn(0);
  }

  /** Logs in; the same promise for every caller. Throws BtError CONNECT_FAILED after a while, LOGIN_REFUSED or AUTH_FAILED at once. */
  start(): Promise<void> {
    this.#starting ??= this.#start();
    return this.#starting;
  }

  stop(): void {
    this.#stopped = true;
    this.#timer?.cancel();
    this.#exchange.close();
  }

  /** Asks; what became of it says whether the wrapper is there. Throws as `Exchange.ask` does. */
  async ask(question: Question): Promise<Reply> {
    if (this.#stopped) {
      throw new BtError('LINK_CLOSED', 'The venue was stopped.', { fault: 'network', details: { sent: false } });
    }
    try {
      const reply = await this.#exchange.ask(question);
      if (this.#up) this.#lookIn(this.#times.lookMs);
      return reply;
    } catch (error) {
      this.#down(error instanceof BtError ? error.message : 'the request failed');
      throw error;
    }
  }

  /** Nothing can be read because nobody is logged in: looked after at once. */
  needsLogin(): void {
    this.#down('the wrapper is not logged in');
  }

  async #start(): Promise<void> {
    const until = this.#timers.monotonic() + this.#times.startMs;
    for (;;) {
      const why = await this.#look();
      if (why === null) return;
      const left = until - this.#timers.monotonic();
      if (left <= 0 || this.#stopped) throw unreachable(this.#config.address, why);
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#timers.after(Math.min(left, this.#backoff.next()), resolve);
      await promise;
    }
  }

  /** Null when the wrapper is there and logged in, else why not. Throws what no retry can mend. */
  async #look(): Promise<string | null> {
    try {
      const login = await this.#logIn();
      if (login !== null) return login;
      const { status, body } = await this.#exchange.ask(this.#question('/query/assets', {}));
      if (status !== 200) {
        this.#lastLogin = status === 409 ? null : this.#lastLogin;
        return reasonOf(status, isJsonObject(body) ? body : {});
      }
      this.#isThere();
      return null;
    } catch (error) {
      if (error instanceof BtError && error.fault === 'network') return error.message;
      throw error;
    }
  }

  /** Null when it is done, or was a moment ago. */
  async #logIn(): Promise<string | null> {
    const now = this.#timers.monotonic();
    if (this.#up || (this.#lastLogin !== null && now - this.#lastLogin < this.#times.loginGapMs)) return null;
    const { accountId, accountType, qmtDir } = this.#config;
    const parameters = {
      ...(accountId === null ? {} : { account_id: accountId }),
      ...(accountType === null ? {} : { account_type: accountType }),
      ...(qmtDir === null ? {} : { qmt_dir: qmtDir }),
    };
    const { status, body } = await this.#exchange.ask(this.#question('/login', parameters));
    const fields = isJsonObject(body) ? body : {};
    if (status === 401 || status === 403) throw refused('AUTH_FAILED', reasonOf(status, fields), 'QMT_HTTP_TOKEN');
    if (status === 404) throw refused('NO_WRAPPER', 'there is no /xtquant/trade there', 'QMT_HTTP_URL');
    if (status !== 200) return reasonOf(status, fields);
    if (fields['status'] !== 0) throw refused('LOGIN_REFUSED', reasonOf(status, fields), 'QMT_HTTP_ACCOUNT_ID');
    this.#lastLogin = now;
    this.simulated = fields['simulated'] === true;
    return null;
  }

  #isThere(): void {
    this.#backoff.reset();
    this.#lookIn(this.#times.lookMs);
    if (this.#up) return;
    this.#up = true;
    this.#listeners.emit({ kind: 'connected', session: SESSION });
  }

  #down(reason: string): void {
    if (this.#stopped) return;
    const wasUp = this.#up;
    if (wasUp) {
      this.#up = false;
      // A wrapper that was started anew knows nobody.
      this.#lastLogin = null;
      this.#listeners.emit({ kind: 'disconnected', session: SESSION, reason });
    }
    // Reads that fail meanwhile do not put the next look off.
    if (this.#timer === null || wasUp) this.#lookIn(this.#backoff.next());
  }

  #lookIn(ms: number): void {
    this.#timer?.cancel();
    if (this.#stopped) return;
    this.#timer = this.#timers.after(ms, () => {
      this.#timer = null;
      void this.#lookAgain();
    });
  }

  async #lookAgain(): Promise<void> {
    try {
      const why = await this.#look();
      if (why !== null) this.#down(why);
    } catch (error) {
      // A refusal after the start: what was right may be right again.
      const why = error instanceof BtError ? error.message : 'the look failed';
      this.#log.warning(`The wrapper refuses: ${why}`);
      this.#down(why);
    }
  }

  #question(path: string, parameters: Readonly<Record<string, string>>): Question {
    return { path, parameters, fresh: false, timeoutMs: this.#config.timeoutMs };
  }
}

function unreachable(address: string, why: string): BtError {
  return new BtError('CONNECT_FAILED', `The wrapper at ${address} is not ready: ${why}`, { fault: 'network' });
}

function refused(code: string, why: string, setting: string): BtError {
  return new BtError(code, `The wrapper refuses: ${why} Correct ${setting}.`, { fault: 'config' });
}
