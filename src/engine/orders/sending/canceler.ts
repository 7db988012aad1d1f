import { errorMessage } from '../../../domain/errors.ts';
import { isFinal } from '../../../domain/order/state.ts';
import { chinaDay } from '../../../domain/time.ts';
import { stateText } from '../../../domain/words/order-state.ts';
import type { Clock } from '../../../platform/clock.ts';
import { inTime, type TimerSource } from '../../../platform/timers.ts';
import type { Broker, CancelOutcome } from '../../../venues/broker.ts';
import type { Events } from '../../events.ts';
import type { OrderBook } from '../book/order-book.ts';
import type { Tracker } from '../reading/tracker.ts';

/** Wall milliseconds: how long a cancel is followed, and between two looks. */
const FOLLOW_MS = 20_000;
const LOOK_MS = 50;
/** A cancel that was refused mostly means that the order is final: the list should say so within this. */
const REFUSED_MS = 3_000;
/** An order whose list cannot be read, or does not come, is cancelled without a look after this. */
const BLIND_MS = 5_000;
/** Each look may take so long at least. */
const LEAST_LOOK_MS = 1_000;
/** A cancel whose answer was lost is asked for again after this; asking twice is harmless. */
const REPEAT_MS = 1_000;

export interface CancelerOptions {
  readonly broker: Broker;
  readonly book: OrderBook;
  readonly tracker: Tracker;
  readonly clock: Clock;
  readonly timers: TimerSource;
  readonly events: Events;
}

/** Cancels are their own story: requested → final, refused, or filled anyway; only the broker's list ends it. */
export class Canceler {
  readonly #options: CancelerOptions;
  /** Cancels about which an alarm has been raised. */
  readonly #alarmed = new Set<string>();
  #stopped = false;

  constructor(options: CancelerOptions) {
    this.#options = options;
    // It may end without being asked for again.
    options.book.onChange(() => this.#dropOver());
  }

  /** What is followed is left as it is, within `LOOK_MS`. */
  stop(): void {
    this.#stopped = true;
  }

  /**
   * Cancels one intent and follows it until it is final or 20 s have passed; `why` becomes its reason. True when nothing is left to
   * cancel, false when it was refused or not confirmed: it may be tried again. Throws LEDGER_WRITE_FAILED only.
   */
  async cancel(clientId: string, why: string): Promise<boolean> {
    const { book, clock, timers, tracker } = this.#options;
    const blindFrom = timers.monotonic() + BLIND_MS;
    let until = timers.monotonic() + FOLLOW_MS;
    let askAt = timers.monotonic();
    while (timers.monotonic() < until && !this.#stopped) {
      // First a look: after a restart of the terminal an id may be somebody else's order.
      const now = timers.monotonic();
      const seen = await this.#look(Math.min(until, Math.max(blindFrom, now + LEAST_LOOK_MS)));
      const intent = book.intentOrNull(clientId);
      // With its day an order ends, and its id may be another order's: the gate closes it.
      if (intent === null || isFinal(intent.state) || intent.day !== chinaDay(clock.now())) return this.#over(clientId);
      const { brokerOrderId } = intent;
      const isBlind = timers.monotonic() >= blindFrom;
      const known = brokerOrderId !== null && !tracker.isContested(clientId) && (seen || isBlind);
      if (known && timers.monotonic() >= askAt) {
        const kind = await this.#ask(clientId, brokerOrderId, why);
        askAt = kind === 'unknown' ? timers.monotonic() + REPEAT_MS : Number.POSITIVE_INFINITY;
        if (kind === 'refused') until = Math.min(until, timers.monotonic() + REFUSED_MS);
        continue;
      }
      await new Promise<void>((resolve) => timers.after(LOOK_MS, resolve));
    }
    if (!this.#stopped) this.#unconfirmed(clientId);
    return false;
  }

  /** The lists, for as long as one may wait for them; false when they could not be read, or have not come by then (monotonic ms). */
  #look(until: number): Promise<boolean> {
    const { timers, tracker } = this.#options;
    return inTime(timers, until - timers.monotonic(), tracker.readNow(), () => false);
  }

  #dropOver(): void {
    for (const clientId of this.#alarmed) {
      const intent = this.#options.book.intentOrNull(clientId);
      if (intent === null || isFinal(intent.state)) this.#over(clientId);
    }
  }

  #over(clientId: string): true {
    const { book, events } = this.#options;
    const { remark, state } = book.intentOrNull(clientId) ?? { remark: clientId, state: 'expired' };
    if (this.#alarmed.delete(clientId))
      events.emit({
        kind: 'all_clear',
        code: 'CANCEL_UNCONFIRMED',
        subject: remark,
        text: `Order ${remark} is ${stateText(state)}.`,
      });
    return true;
  }

  #unconfirmed(clientId: string): void {
    const { book, clock, events } = this.#options;
    const intent = book.intentOrNull(clientId);
    if (intent === null) return;
    const { remark, state } = intent;
    // It works at the broker for all we know, and it must be possible to ask again.
    if (state === 'canceling')
      book.news({ clientId, event: 'cancel_refused', reason: 'its cancel was not confirmed' }, clock.now());
    if (this.#alarmed.has(clientId)) return;
    this.#alarmed.add(clientId);
    const text = `The cancel of ${remark} has not been confirmed; the order counts as open, and its cancel is asked for again. Look at it in the terminal.`;
    events.alarm('CANCEL_UNCONFIRMED', remark, text);
  }

  /** The kind of the answer; unknown = it has to be asked for again. */
  async #ask(clientId: string, brokerOrderId: string, why: string): Promise<CancelOutcome['kind']> {
    const { book, clock, events } = this.#options;
    book.news({ clientId, event: 'cancel_requested', reason: why }, clock.now());
    const outcome = await this.#request(clientId, brokerOrderId);
    const intent = book.intentOrNull(clientId);
    // Its day may have ended meanwhile, and its state is the gate's business then.
    if (this.#stopped || intent === null || isFinal(intent.state) || intent.day !== chinaDay(clock.now()))
      return 'final';
    const { orderId } = intent;
    if (outcome.kind === 'unknown') {
      const text = `The cancel of ${brokerOrderId} got no answer (${outcome.reason}); it is asked for again.`;
      events.note('warning', orderId, text);
    } else if (outcome.kind === 'refused') {
      book.news(
        { clientId, event: 'cancel_refused', reason: `its cancel was refused: ${outcome.reason}` },
        clock.now(),
      );
    }
    return outcome.kind;
  }

  async #request(clientId: string, brokerOrderId: string): Promise<CancelOutcome> {
    const { broker, book, tracker, clock } = this.#options;
    const isOurs = (): boolean => {
      const intent = book.intentOrNull(clientId);
      return intent?.day === chinaDay(clock.now()) && !isFinal(intent.state) && !tracker.isContested(clientId);
    };
    try {
      return await broker.cancel(brokerOrderId, isOurs);
    } catch (error) {
      return { kind: 'unknown', reason: errorMessage(error) };
    }
  }
}
