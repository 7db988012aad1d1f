import type { Redis } from 'ioredis';
import { BtError, errorMessage } from '../../domain/errors.ts';
import { inTime } from '../../platform/timers.ts';
import type { TimerSource } from '../../platform/timers.ts';
import type { RedisWay } from '../config/config.ts';
import { readClaimed, readEntries } from './entries.ts';
import type { Entry } from './entries.ts';

/** What a command gets beyond what it may wait for; then its connection is taken for dead. Wall ms. */
const ANSWER_MS = 10_000;
const CONNECT_MS = 10_000;
/** Entries in one answer. */
const MOST_ENTRIES = 100;

/**
 * Two connections to Redis, one of which waits for entries: from connecting until the first failure, after which neither is used again. Nothing
 * is sent twice by it.
 */
export class RedisLink {
  readonly #way: RedisWay;
  readonly #timers: TimerSource;
  readonly #waiting: Redis;
  readonly #asking: Redis;

  private constructor(way: RedisWay, timers: TimerSource, waiting: Redis, asking: Redis) {
    this.#way = way;
    this.#timers = timers;
    this.#waiting = waiting;
    this.#asking = asking;
  }

  /** Throws BtError REDIS_UNREACHABLE. */
  static async open(way: RedisWay, timers: TimerSource): Promise<RedisLink> {
    const { Redis: Client } = await import('ioredis');
    const client = (): Redis =>
      new Client(way.url, {
        lazyConnect: true,
        protocol: 2,
        connectTimeout: CONNECT_MS,
        keepAlive: CONNECT_MS,
        // What connects again, and what is asked again, is decided here.
        retryStrategy: () => null,
        autoResendUnfulfilledCommands: false,
        enableOfflineQueue: false,
        maxRetriesPerRequest: 0,
      });
    const link = new RedisLink(way, timers, client(), client());
    // What a command fails with says only that the connection is closed.
    let why: Error | null = null;
    try {
      for (const each of [link.#waiting, link.#asking]) each.on('error', (error: Error) => (why = error));
      await Promise.all([link.#waiting.connect(), link.#asking.connect()]);
      await link.#createGroup();
      return link;
    } catch (error) {
      link.close();
      throw new BtError(
        'REDIS_UNREACHABLE',
        `Redis at ${addressOf(way.url)} cannot be used: ${errorMessage(why ?? error).replace(/\.$/u, '')}. Start it, or correct "redis" in the configuration.`,
        { fault: 'network', cause: error },
      );
    }
  }

  /** Entries that nobody has been given yet; waits for the first of them. Wall ms. */
  readNew(blockMs: number): Promise<readonly Entry[]> {
    return this.#read(this.#waiting, '>', blockMs);
  }

  /** Entries that this consumer was given and has not acknowledged, behind that one; '0' = from the first. */
  readOwn(behind: string): Promise<readonly Entry[]> {
    return this.#read(this.#asking, behind, null);
  }

  /** Takes over what any consumer was given so long ago and has not acknowledged; `start`: '0-0', then `next` until it is that again. */
  async claim(start: string, idleMs: number): Promise<ReturnType<typeof readClaimed>> {
    const { stream, group, consumer } = this.#way;
    return readClaimed(
      await this.#ask(this.#asking, 'XAUTOCLAIM', [stream, group, consumer, idleMs, start, 'COUNT', MOST_ENTRIES]),
    );
  }

  /** Says that these are still worked at, so that nobody claims them. */
  async keep(ids: readonly string[]): Promise<void> {
    const { stream, group, consumer } = this.#way;
    for (let from = 0; from < ids.length; from += MOST_ENTRIES)
      await this.#ask(this.#asking, 'XCLAIM', [
        stream,
        group,
        consumer,
        0,
        ...ids.slice(from, from + MOST_ENTRIES),
        'JUSTID',
      ]);
  }

  /**
   * Takes the group for the ledger of that id: `ms` of wall time, unless it is taken again before, or for good (null). Throws REDIS_GROUP_TAKEN
   * (config) when it is another ledger's: that one knows what was ordered of it, and this one does not.
   */
  async own(ledger: string, ms: number | null): Promise<void> {
    const time = ms === null ? [] : ['PX', ms];
    if ((await this.#ask(this.#asking, 'SET', [this.#ownerKey, ledger, 'NX', ...time])) !== null) return;
    if (!(await this.#isOwnedBy(ledger))) throw this.#taken();
    if (ms === null) await this.#ask(this.#asking, 'PERSIST', [this.#ownerKey]);
    else await this.#ask(this.#asking, 'PEXPIRE', [this.#ownerKey, ms]);
  }

  /** Leaves the group to whoever comes next, if it is that ledger's. */
  async disown(ledger: string): Promise<void> {
    if (await this.#isOwnedBy(ledger)) await this.#ask(this.#asking, 'DEL', [this.#ownerKey]);
  }

  async #isOwnedBy(ledger: string): Promise<boolean> {
    return (await this.#ask(this.#asking, 'GET', [this.#ownerKey])) === ledger;
  }

  get #ownerKey(): string {
    return `${this.#way.stream}:${this.#way.group}:ledger`;
  }

  #taken(): BtError {
    const { stream, group } = this.#way;
    return new BtError(
      'REDIS_GROUP_TAKEN',
      `The group ${group} of the stream ${stream} in Redis is another follower's, with a ledger of its own: what one of the two has ordered the other would order again. Write another "group" into "redis"; or start it with that ledger (--name, --state); or, if that follower is gone for good, let redis-cli DEL ${this.#ownerKey}.`,
      { fault: 'config' },
    );
  }

  async acknowledge(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    await this.#ask(this.#asking, 'XACK', [this.#way.stream, this.#way.group, ...ids]);
  }

  /** Ends both; what waits fails. */
  close(): void {
    this.#waiting.disconnect();
    this.#asking.disconnect();
  }

  /** From the stream's beginning: what was sent before the follower was there is told, and not forgotten. */
  async #createGroup(): Promise<void> {
    const { stream, group } = this.#way;
    try {
      await this.#ask(this.#asking, 'XGROUP', ['CREATE', stream, group, '0', 'MKSTREAM']);
    } catch (error) {
      if (!errorMessage(error).includes('BUSYGROUP')) throw error;
    }
  }

  async #read(client: Redis, from: string, blockMs: number | null): Promise<readonly Entry[]> {
    const { stream, group, consumer } = this.#way;
    const block = blockMs === null ? [] : ['BLOCK', blockMs];
    const call = ['GROUP', group, consumer, 'COUNT', MOST_ENTRIES, ...block, 'STREAMS', stream, from];
    return readEntries(await this.#ask(client, 'XREADGROUP', call, blockMs ?? 0));
  }

  #ask(client: Redis, command: string, parts: readonly (string | number)[], waitsMs = 0): Promise<unknown> {
    return inTime<unknown>(this.#timers, waitsMs + ANSWER_MS, client.call(command, ...parts), () => {
      this.close();
      throw new BtError('REDIS_SILENT', `Redis did not answer ${command} in time. Look at it, and at the network.`, {
        fault: 'network',
      });
    });
  }
}

/** Without its password. */
function addressOf(url: string): string {
  const parsed = URL.parse(url);
  return parsed === null ? 'the address' : parsed.host;
}
