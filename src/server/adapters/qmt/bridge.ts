import { errorMessage } from '../../../domain/errors.ts';
import { Backoff } from '../../../net/backoff.ts';
import type { Log } from '../../../platform/log.ts';
import type { Timer, TimerSource } from '../../../platform/timers.ts';
import type { JsonObject } from '../../../protocol/json.ts';
import { BridgeLink } from './bridge-link.ts';
import type { Reply, SdkFacts } from './bridge-link.ts';
import type { BridgeCommand } from './bridge-process.ts';

export const FIRST_RETRY_MS = 5_000;
export const MAX_RETRY_MS = 300_000;

export type BridgeState = 'starting' | 'connecting' | 'ready' | 'cooldown' | 'ended';

/** How a bridge is; times are epoch ms of the wall. */
export interface BridgeHealth {
  readonly state: BridgeState;
  readonly failures: number;
  readonly lastError: string | null;
  readonly lastErrorAt: number | null;
  readonly nextTryAt: number | null;
  readonly lastAnswerAt: number | null;
  readonly sdk: SdkFacts | null;
}

/** What a bridge is for. */
export interface BridgeRole {
  readonly name: string;
  /** Makes it usable, on a new process or one whose terminal went away; resolves with null, or with what keeps it from it. */
  attach(link: BridgeLink): Promise<string | null>;
  /** An event of it; true = the way to the terminal is lost. */
  onEvent(event: JsonObject): boolean;
  /** It can be asked from now on. */
  onReady(): void;
  /** It can be asked no more until `attach` has gone well again. */
  onLost(): void;
}

export interface BridgeOptions {
  readonly command: BridgeCommand;
  readonly timers: TimerSource;
  readonly random: () => number;
  readonly log: Log;
  readonly firstRetryMs?: number;
  readonly maxRetryMs?: number;
}

/** Keeps a bridge process running and attached: what hangs is replaced, what was lost is tried again after 5 s, doubled up to 300 s. */
export class Bridge {
  readonly #options: BridgeOptions;
  readonly #role: BridgeRole;
  readonly #backoff: Backoff;
  #link: BridgeLink | null = null;
  #state: BridgeState = 'starting';
  #failures = 0;
  #lastError: { readonly text: string; readonly at: number } | null = null;
  #nextTryAt: number | null = null;
  #sdk: SdkFacts | null = null;
  #lost: (why: string) => void = () => {};
  #retry: { readonly timer: Timer; readonly wake: () => void } | null = null;
  #running: Promise<void> = Promise.resolve();

  constructor(role: BridgeRole, options: BridgeOptions) {
    this.#role = role;
    this.#options = options;
    const { firstRetryMs = FIRST_RETRY_MS, maxRetryMs = MAX_RETRY_MS, random } = options;
    this.#backoff = new Backoff(firstRetryMs, maxRetryMs, random);
  }

  /** Resolves when the process runs and has the SDK, attached or not; throws BtError (config) when it never can be. */
  async open(): Promise<void> {
    const link = this.#newLink();
    try {
      this.#sdk = await link.ready();
    } catch (error) {
      this.#state = 'ended';
      link.end('it is of no use');
      throw error;
    }
    const first = Promise.withResolvers<void>();
    this.#running = this.#run(link, first.resolve);
    await first.promise;
  }

  async close(): Promise<void> {
    this.#state = 'ended';
    this.#link?.end('the server ends');
    this.#lost('the server ends');
    this.#retry?.wake();
    await this.#running;
  }

  get health(): BridgeHealth {
    return {
      state: this.#state,
      failures: this.#failures,
      lastError: this.#lastError?.text ?? null,
      lastErrorAt: this.#lastError?.at ?? null,
      nextTryAt: this.#nextTryAt,
      lastAnswerAt: this.#link?.lastAnswer ?? null,
      sdk: this.#sdk,
    };
  }

  get pid(): number | null {
    return this.#link?.pid ?? null;
  }

  /** Why it cannot be asked now, for people; null = it can. */
  get trouble(): string | null {
    if (this.#state === 'ready') return null;
    const { text } = this.#lastError ?? { text: '' };
    return text === '' ? 'QMT 正在连接' : text;
  }

  /** `begun: false` when it was not even handed over. */
  ask(call: string, args: JsonObject, deadlineMs: number, changes = false): Promise<Reply> {
    const link = this.#link;
    if (this.#state === 'ready' && link !== null) return link.ask(call, args, deadlineMs, changes);
    return Promise.resolve({ kind: 'lost', begun: false, text: this.trouble ?? 'QMT 未连接' });
  }

  #newLink(): BridgeLink {
    const { command, timers, log } = this.#options;
    const link = new BridgeLink(command, {
      log,
      timers,
      onEvent: (event) => {
        if (this.#link === link && this.#role.onEvent(event)) this.#lost('the terminal closed the connection');
      },
      onGone: (why) => {
        if (this.#link === link) this.#lost(why);
      },
    });
    this.#link = link;
    return link;
  }

  async #run(first: BridgeLink, tried: () => void): Promise<void> {
    let link = first;
    while (!this.#isEnded()) {
      const lost = new Promise<string>((resolve) => {
        this.#lost = resolve;
      });
      const why = await this.#attach(link);
      if (why === null) {
        this.#isReady();
        tried();
        this.#fail(await lost);
        this.#role.onLost();
      } else {
        this.#fail(why);
        tried();
      }
      if (this.#isEnded()) break;
      await this.#pause();
      if (!this.#isEnded() && !link.alive) link = this.#newLink();
    }
    link.end('the server ends');
  }

  async #attach(link: BridgeLink): Promise<string | null> {
    if (!this.#isEnded()) this.#state = 'connecting';
    try {
      this.#sdk = await link.ready();
      return await this.#role.attach(link);
    } catch (error) {
      return errorMessage(error);
    }
  }

  #isReady(): void {
    if (this.#isEnded()) return;
    this.#state = 'ready';
    this.#failures = 0;
    this.#nextTryAt = null;
    this.#backoff.reset();
    this.#options.log.info(`${this.#role.name}: ready`);
    this.#role.onReady();
  }

  #fail(why: string): void {
    if (this.#isEnded()) return;
    this.#state = 'cooldown';
    this.#failures += 1;
    this.#lastError = { text: why, at: this.#options.timers.wallNow() };
  }

  #pause(): Promise<void> {
    const { timers, log } = this.#options;
    const wait = this.#backoff.next();
    this.#nextTryAt = timers.wallNow() + wait;
    log.warning(`${this.#role.name}: ${this.#lastError?.text ?? ''}; next try in ${(wait / 1000).toFixed(1)} s`);
    return new Promise((resolve) => {
      const wake = (): void => {
        timer.cancel();
        this.#retry = null;
        resolve();
      };
      const timer = timers.after(wait, wake);
      this.#retry = { timer, wake };
    });
  }

  // A method, so that no check before an await is taken for one after it.
  #isEnded(): boolean {
    return this.#state === 'ended';
  }
}
