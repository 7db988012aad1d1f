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
  /** Why trading waits already, or null: then the gate tells, and only what costs trades is an alarm. */
  readonly waits: () => string | null;
}

/**
 * Watches for how long a venue has not answered what is read of it, also when each attempt is given up in between: a gateway that
 * hangs looks like one where nothing happens.
 */
export class ReadWatch {
  readonly #options: ReadWatchOptions;
  /** Of each kind of reading, when (monotonic) the first one was asked for since the last one that was answered. */
  readonly #waiting = new Map<string, number>();
  #timer: Timer | null = null;
  #told: 'nothing' | 'late' | 'hangs' = 'nothing';
  #alarmed = false;

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
      onAccountNews: (listener) => broker.onAccountNews?.(listener) ?? (() => undefined),
      setUrgent: (urgent) => broker.setUrgent?.(urgent),
    };
  }

  stop(): void {
    this.#timer?.cancel();
    this.#timer = null;
  }

  async #run<T>(what: string, read: () => Promise<T>): Promise<T> {
    if (!this.#waiting.has(what)) this.#waiting.set(what, this.#options.timers.monotonic());
    if (this.#timer === null && this.#told !== 'hangs') this.#arm();
    const result = await read();
    this.#answered(what);
    return result;
  }

  #answered(what: string): void {
    this.#waiting.delete(what);
    if (this.#told !== 'nothing' && this.#waited() >= LATE_MS) return;
    if (this.#alarmed) {
      this.#alarmed = false;
      const text = 'The gateway answers again.';
      this.#options.events.emit({ kind: 'all_clear', code: 'GATEWAY_HANGS', subject: null, text });
    }
    this.#told = 'nothing';
    this.stop();
    this.#arm();
  }

  /** The reading that has waited longest. */
  #oldest(): { readonly what: string; readonly since: number } | null {
    const [first] = [...this.#waiting].toSorted(([, a], [, b]) => a - b);
    return first === undefined ? null : { what: first[0], since: first[1] };
  }

  #waited(): number {
    const oldest = this.#oldest();
    return oldest === null ? 0 : this.#options.timers.monotonic() - oldest.since;
  }

  #arm(): void {
    if (this.#waiting.size === 0) return;
    const waited = this.#waited();
    const next = waited < LATE_MS ? LATE_MS : HANGS_MS;
    this.#timer = this.#options.timers.after(Math.max(100, next - waited), () => {
      this.#timer = null;
      this.#look();
      if (this.#told !== 'hangs') this.#arm();
    });
  }

  #look(): void {
    const { timers, events, onHang, waits } = this.#options;
    const oldest = this.#oldest();
    if (oldest === null) return;
    const waitedMs = Math.round(timers.monotonic() - oldest.since);
    if (waitedMs >= HANGS_MS && this.#told !== 'hangs') {
      this.#told = 'hangs';
      if (waits() !== null) return;
      this.#alarmed = true;
      const reason = `the gateway has not told ${oldest.what} for ${Math.round(waitedMs / 1000)} s`;
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
