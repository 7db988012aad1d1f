import type { Timer, TimerSource } from '../../platform/timers.ts';
import type { Broker } from '../../venues/broker.ts';
import type { Events } from '../events.ts';

/** Wall ms after which a reading that has not been answered is told, and after which nothing is traded until it is. */
const LATE_MS = 5_000;
const HANGS_MS = 15_000;

export interface ReadWatchOptions {
  readonly timers: TimerSource;
  readonly events: Events;
  /** No answer for `HANGS_MS`: what is known cannot be trusted to be current. */
  readonly onHang: (reason: string) => void;
}

/**
 * Watches for how long a venue has not answered what is read of it, also when each attempt is given up in between: a gateway that
 * hangs looks like one where nothing happens. One that refuses at once does not hang: that is the gate's to tell.
 */
export class ReadWatch {
  readonly #options: ReadWatchOptions;
  /** Of each kind of reading that is out, or was given up: since when (monotonic) it has not been answered. */
  readonly #waiting = new Map<string, number>();
  #timer: Timer | null = null;
  #told: 'nothing' | 'late' | 'hangs' = 'nothing';

  constructor(options: ReadWatchOptions) {
    this.#options = options;
  }

  /** The broker with its readings watched. */
  watch(broker: Broker): Broker {
    return {
      name: broker.name,
      start: () => broker.start(),
      stop: () => broker.stop(),
      canPlace: () => broker.canPlace(),
      place: (request) => broker.place(request),
      cancel: (orderId, isOurs) => broker.cancel(orderId, isOurs),
      account: () => this.#run('the account', () => broker.account()),
      positions: () => this.#run('positions', () => broker.positions()),
      orders: () => this.#run('orders', () => broker.orders()),
      trades: () => this.#run('trades', () => broker.trades()),
      health: () => this.#run('its health', () => broker.health()),
      onStatus: (listener) => broker.onStatus(listener),
      // Of a venue without late answers nothing is ever told; of one that is not called nothing is urgent.
      onLatePlaceAnswer: (listener) => broker.onLatePlaceAnswer?.(listener) ?? (() => undefined),
      setUrgent: (urgent) => broker.setUrgent?.(urgent),
    };
  }

  stop(): void {
    this.#timer?.cancel();
    this.#timer = null;
  }

  async #run<T>(what: string, read: () => Promise<T>): Promise<T> {
    const { timers } = this.#options;
    const began = timers.monotonic();
    if (!this.#waiting.has(what)) this.#waiting.set(what, began);
    if (this.#timer === null && this.#told !== 'hangs') this.#arm();
    try {
      const result = await read();
      this.#ended(what);
      if (this.#told === 'hangs' && !this.#isHanging()) this.#goesOn();
      return result;
    } catch (error) {
      if (timers.monotonic() - began < LATE_MS) this.#ended(what);
      throw error;
    }
  }

  #ended(what: string): void {
    this.#waiting.delete(what);
    if (this.#told === 'hangs') return;
    this.stop();
    if (this.#waiting.size === 0) this.#told = 'nothing';
    else this.#arm();
  }

  #goesOn(): void {
    const text = 'The gateway answers again.';
    this.#options.events.emit({ kind: 'all_clear', code: 'GATEWAY_HANGS', subject: null, text });
    this.#told = 'nothing';
    this.#arm();
  }

  #oldest(): { readonly what: string; readonly waited: number } | null {
    const [what, since] = [...this.#waiting].toSorted(([, a], [, b]) => a - b)[0] ?? [null, 0];
    return what === null ? null : { what, waited: this.#options.timers.monotonic() - since };
  }

  #isHanging(): boolean {
    return (this.#oldest()?.waited ?? 0) >= HANGS_MS;
  }

  #arm(): void {
    const oldest = this.#oldest();
    if (oldest === null) return;
    const next = oldest.waited < LATE_MS ? LATE_MS : HANGS_MS;
    this.#timer = this.#options.timers.after(Math.max(100, next - oldest.waited), () => {
      this.#timer = null;
      this.#look();
      if (this.#told !== 'hangs') this.#arm();
    });
  }

  #look(): void {
    const { events, onHang } = this.#options;
    const oldest = this.#oldest();
    if (oldest === null) return;
    const waitedMs = Math.round(oldest.waited);
    if (waitedMs >= HANGS_MS && this.#told !== 'hangs') {
      this.#told = 'hangs';
      const reason = `the gateway has not answered for ${Math.round(waitedMs / 1000)} s (asked for ${oldest.what})`;
      events.alarm(
        'GATEWAY_HANGS',
        null,
        `Nothing is traded: ${reason}. Look at the gateway; bt goes on when it answers.`,
      );
      onHang(reason);
    } else if (waitedMs >= LATE_MS && this.#told === 'nothing') {
      this.#told = 'late';
      events.emit({ kind: 'reading', what: oldest.what, waitedMs, error: null });
    }
  }
}
