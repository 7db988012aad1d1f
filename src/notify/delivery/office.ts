import type { Timer, TimerSource } from '../../platform/timers.ts';
import type { Channel } from '../channels/channel.ts';
import { rankOf, type NoticeLevel, type ToldNotice } from '../notice.ts';
import type { QuietHours } from '../rules/quiet.ts';
import { Deliverer } from './deliverer.ts';
import type { Outbox, Waiting } from './outbox.ts';

export interface OfficeOptions {
  readonly channels: readonly { readonly channel: Channel; readonly level: NoticeLevel }[];
  readonly outbox: Outbox;
  readonly timers: TimerSource;
  readonly chance: () => number;
  readonly quiet: QuietHours | null;
  readonly picture: (entry: Waiting) => Promise<Uint8Array | null>;
  readonly log: (level: 'info' | 'warning', text: string) => void;
}

/** How often old messages are looked for, wall ms. */
const EXPIRE_MS = 60_000;

/** Takes what is told into the outbox and has it delivered by each channel at its own pace. It owns the outbox. */
export class Office {
  readonly #options: OfficeOptions;
  readonly #deliverers: readonly Deliverer[];
  readonly #expiry: Timer;
  /** Dropped for want of room since it was last told. */
  #dropped = 0;

  constructor(options: OfficeOptions) {
    this.#options = options;
    const { channels, outbox, timers } = options;
    outbox.keepOnly(channels.map(({ channel }) => channel.name));
    this.#deliverers = channels.map(({ channel }) => new Deliverer({ ...options, channel }));
    this.#expiry = timers.every(EXPIRE_MS, () => this.#expire());
    this.#expire();
    const left = outbox.count();
    if (left > 0) options.log('info', `${left} messages of an earlier run are still to be delivered.`);
    this.#look();
  }

  /** Throws what SQLite throws when it cannot be written down. */
  take(notice: ToldNotice): void {
    const { channels, outbox, timers } = this.#options;
    const rank = rankOf(notice.level);
    const names = channels.filter(({ level }) => rankOf(level) <= rank).map(({ channel }) => channel.name);
    this.#dropped += outbox.add(notice, names, timers.wallNow());
    this.#look();
  }

  /** Tries what waits, for `graceMs` at most, and closes. Resolves with the number of messages that are left. */
  async close(graceMs: number): Promise<number> {
    const { timers, outbox } = this.#options;
    this.#expiry.cancel();
    const late = Promise.withResolvers<void>();
    const timer = timers.after(graceMs, late.resolve);
    await Promise.race([Promise.all(this.#deliverers.map((one) => one.finish())), late.promise]);
    timer.cancel();
    for (const deliverer of this.#deliverers) deliverer.end();
    const left = outbox.count();
    outbox.close();
    return left;
  }

  #look(): void {
    for (const deliverer of this.#deliverers) deliverer.look();
  }

  #expire(): void {
    const { outbox, timers, log } = this.#options;
    try {
      const old = outbox.expire(timers.wallNow());
      if (old > 0) log('warning', `${old} messages grew too old before they could be delivered, and were left out.`);
    } catch {
      // Told by whoever delivers, and tried again.
    }
    if (this.#dropped > 0) log('warning', `${this.#dropped} messages were left out: too many waited.`);
    this.#dropped = 0;
  }
}
