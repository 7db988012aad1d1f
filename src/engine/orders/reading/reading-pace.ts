import { sessionPhase, type SessionPhase } from '../../../domain/market/session.ts';
import type { IntentState } from '../../../domain/order/types.ts';
import { chinaDay } from '../../../domain/time.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { TimerSource } from '../../../platform/timers.ts';
import type { OrderBook } from '../book/order-book.ts';

/** Wall milliseconds between two readings of the broker's lists. */
const IN_FLIGHT_MS = 200;
const IDLE_MS = 5_000;
/** On a fast simulated clock the market moves more in a wall second; never poll faster than this. */
const FASTEST_MS = 20;
/** What the venue tells of is read at once, and no more often than this. */
const TOLD_MS = 100;
/** An order that rests is looked at less and less often: until so long (wall ms) after the last news, every so many ms. */
const RESTING_MS: readonly (readonly [until: number, every: number])[] = [
  [3_000, IN_FLIGHT_MS],
  [10_000, 500],
  [30_000, 1_000],
  [60_000, 2_000],
];

export interface ReadingPaceOptions {
  readonly book: OrderBook;
  readonly clock: Pick<Clock, 'now' | 'speed'>;
  readonly timers: Pick<TimerSource, 'monotonic'>;
}

/**
 * How often the lists are read: often while something is expected to move (an order or a cancel is being sent, somebody waits, a
 * session has just begun), by steps to 5 s while orders merely rest; at once when the venue tells of something by itself.
 */
export class ReadingPace {
  readonly #options: ReadingPaceOptions;
  /** When (monotonic) something of ours last moved, or the session changed. */
  #movedAt: number;
  #phase: SessionPhase;
  /** The venue has told of something since the last reading began. */
  #isTold = false;
  /** When (monotonic) the last reading began. */
  #begunAt: number | null = null;

  constructor(options: ReadingPaceOptions) {
    this.#options = options;
    this.#movedAt = options.timers.monotonic();
    this.#phase = sessionPhase(options.clock.now());
  }

  /** Something of ours has moved. */
  moved(): void {
    this.#movedAt = this.#options.timers.monotonic();
  }

  /** The venue says that something has changed. */
  told(): void {
    this.#isTold = true;
    this.moved();
  }

  /** A reading begins: it shows what was told of until now. */
  begun(): void {
    this.#isTold = false;
    this.#begunAt = this.#options.timers.monotonic();
  }

  /** Wall ms to the next reading. `isOdd`: what was read last cannot be all there is. */
  interval({ isWaitedFor, isOdd }: { readonly isWaitedFor: boolean; readonly isOdd: boolean }): number {
    const usual = this.#usual(isWaitedFor, isOdd);
    if (!this.#isTold) return usual;
    const since = this.#begunAt === null ? TOLD_MS : this.#options.timers.monotonic() - this.#begunAt;
    return Math.min(usual, Math.max(0, TOLD_MS - since));
  }

  #usual(isWaitedFor: boolean, isOdd: boolean): number {
    const { book, clock } = this.#options;
    const speed = Math.max(1, clock.speed);
    const phase = sessionPhase(clock.now());
    if (phase !== this.#phase) this.moved();
    this.#phase = phase;
    if (isWaitedFor) return Math.max(FASTEST_MS, IN_FLIGHT_MS / speed);
    if (isOdd || book.unlisted(chinaDay(clock.now())).length > 0) return IN_FLIGHT_MS;
    // What is still open when the exchanges have closed stays so until the day rolls: nothing moves any more.
    if (phase === 'closed') return IDLE_MS;
    const intents = book.intents();
    const isIn = (...states: readonly IntentState[]): boolean => intents.some(({ state }) => states.includes(state));
    if (isIn('sending', 'canceling')) return IN_FLIGHT_MS;
    return isIn('accepted') ? Math.max(IN_FLIGHT_MS, this.#resting() / speed) : IDLE_MS;
  }

  #resting(): number {
    const since = this.#options.timers.monotonic() - this.#movedAt;
    return RESTING_MS.find(([until]) => since < until)?.[1] ?? IDLE_MS;
  }
}
