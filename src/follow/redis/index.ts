import type { SignalSink, SignalSource } from '../../domain/follow/signal.ts';
import { errorMessage } from '../../domain/errors.ts';
import { Backoff } from '../../net/backoff.ts';
import { randomFraction } from '../../platform/ids.ts';
import { systemTimers } from '../../platform/timers.ts';
import type { TimerSource } from '../../platform/timers.ts';
import type { RedisWay } from '../config/config.ts';
import { Keyring } from '../formats/keyring.ts';
import type { WayParts } from '../way.ts';
import { EntryHandler } from './entry-handler.ts';
import { RedisLink } from './link.ts';

/** How often what is asked; wall ms. */
export interface RedisPace {
  /** An entry is waited for so long at a time. */
  readonly blockMs: number;
  /** So often it is said which entries are worked at, and looked for what a dead follower left. */
  readonly careMs: number;
  /** What nobody has worked at for so long is a dead follower's. */
  readonly idleMs: number;
  readonly firstWaitMs: number;
}

/** Which ledger a follower has: a consumer group is one ledger's, since only that one knows what was ordered of it. */
export interface RedisLedger {
  readonly id: string;
  /** False: it ends with the run, as that of a paper market does, and leaves the group then. */
  readonly isKept: boolean;
}

export interface RedisSourceParts extends WayParts {
  readonly way: RedisWay;
  /** The ledger that signals are written into; asked for at the start. */
  readonly ledger: () => RedisLedger;
  readonly pace?: RedisPace;
}

// Longer than a signal is of now by default: what a dead follower left is refused as late unless its own ledger knows it.
const PACE: RedisPace = { blockMs: 5_000, careMs: 30_000, idleMs: 300_000, firstWaitMs: 500 };
const LONGEST_WAIT_MS = 30_000;
/** A ledger that is not kept has its group for so long after it was last heard of. Wall ms. */
const UNKEPT_MS = 120_000;

/** Signals that are pulled, from a stream of Redis: one follower of a consumer group, which acknowledges an entry once its signal has ended. */
export class RedisSource implements SignalSource {
  readonly name = 'redis';
  readonly #parts: RedisSourceParts;
  readonly #pace: RedisPace;
  readonly #timers: TimerSource;
  readonly #stopping = new AbortController();
  #link: RedisLink | null = null;
  #running: Promise<void> = Promise.resolve();

  constructor(parts: RedisSourceParts) {
    this.#parts = parts;
    this.#pace = parts.pace ?? PACE;
    this.#timers = parts.timers ?? systemTimers;
  }

  /** Throws BtError REDIS_UNREACHABLE and REDIS_GROUP_TAKEN: later Redis is waited for, at the start somebody must know. */
  async start(sink: SignalSink): Promise<void> {
    const keyring = await Keyring.of(this.#parts.senders);
    const link = await this.#open();
    const handler = new EntryHandler({ ...this.#parts, timers: this.#timers, keyring, sink });
    this.#running = this.#run(link, handler);
  }

  /** What is under way is handed over to its end; what has not ended stays unacknowledged, for the next start. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#leaveGroup();
    this.#link?.close();
    await this.#running;
  }

  async #open(): Promise<RedisLink> {
    const link = await RedisLink.open(this.#parts.way, this.#timers);
    try {
      await this.#own(link);
      return link;
    } catch (error) {
      link.close();
      throw error;
    }
  }

  async #own(link: RedisLink): Promise<void> {
    const { id, isKept } = this.#parts.ledger();
    await link.own(id, isKept ? null : UNKEPT_MS);
  }

  async #leaveGroup(): Promise<void> {
    const { id, isKept } = this.#parts.ledger();
    if (isKept) return;
    try {
      await this.#link?.disown(id);
    } catch {
      // Its time ends by itself.
    }
  }

  async #run(first: RedisLink, handler: EntryHandler): Promise<void> {
    const backoff = new Backoff(this.#pace.firstWaitMs, LONGEST_WAIT_MS, randomFraction);
    for (let link: RedisLink | null = first; link !== null; link = await this.#openAgain(backoff)) {
      this.#link = link;
      try {
        await this.#serve(link, handler, () => backoff.reset());
      } catch (error) {
        if (!this.#isStopping)
          this.#parts.log.warning(`Signals by Redis are interrupted: ${errorMessage(error)} They are asked for again.`);
      }
      handler.leave();
      link.close();
      this.#link = null;
    }
  }

  /** Until the link fails or the source is stopped. */
  async #serve(link: RedisLink, handler: EntryHandler, onTaken: () => void): Promise<void> {
    await handler.use(link);
    await this.#takeOwn(link, handler);
    let lastCare = Number.NEGATIVE_INFINITY;
    while (!this.#isStopping) {
      if (this.#timers.monotonic() - lastCare >= this.#pace.careMs) {
        await this.#care(link, handler);
        lastCare = this.#timers.monotonic();
      }
      for (const entry of await link.readNew(this.#pace.blockMs)) await handler.take(entry);
      onTaken();
    }
  }

  /** What this consumer was given before it died, or before the link did. */
  async #takeOwn(link: RedisLink, handler: EntryHandler): Promise<void> {
    for (let behind = '0'; ;) {
      const entries = await link.readOwn(behind);
      for (const entry of entries) await handler.take(entry);
      const last = entries.at(-1);
      if (last === undefined) return;
      behind = last.id;
    }
  }

  async #care(link: RedisLink, handler: EntryHandler): Promise<void> {
    await this.#own(link);
    await link.keep(handler.underWay);
    for (let start = '0-0'; ;) {
      const { next, entries, gone } = await link.claim(start, this.#pace.idleMs);
      handler.tellClaimed(entries.length);
      for (const entry of entries) await handler.take(entry);
      for (const id of gone) await handler.take({ id, fields: null });
      if (next === '0-0') return;
      start = next;
    }
  }

  /** Null when it is stopped first. */
  async #openAgain(backoff: Backoff): Promise<RedisLink | null> {
    const { log } = this.#parts;
    for (let told = false; !this.#isStopping;) {
      await this.#wait(backoff.next());
      if (this.#isStopping) return null;
      try {
        const link = await this.#open();
        if (told) log.info('Redis is back: signals are taken from it again.');
        return link;
      } catch (error) {
        if (!told)
          log.warning(
            `${errorMessage(error)} It is tried again until then, at most ${LONGEST_WAIT_MS / 1000} s apart.`,
          );
        told = true;
      }
    }
    return null;
  }

  get #isStopping(): boolean {
    return this.#stopping.signal.aborted;
  }

  #wait(ms: number): Promise<void> {
    const { signal } = this.#stopping;
    const over = Promise.withResolvers<void>();
    const timer = this.#timers.after(ms, over.resolve);
    signal.addEventListener('abort', () => over.resolve(), { once: true });
    if (signal.aborted) over.resolve();
    return over.promise.finally(() => timer.cancel());
  }
}
