import { canCancel } from '../../domain/market/session.ts';
import { isFinal } from '../../domain/order/state.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Log } from '../../platform/log.ts';
import type { TimerSource } from '../../platform/timers.ts';
import type { Broker } from '../../venues/broker.ts';
import type { OrderBook } from './order-book.ts';
import type { Tracker } from './tracker.ts';

/** Wall milliseconds: how long a cancel is followed, and between two looks. */
const FOLLOW_MS = 20_000;
const LOOK_MS = 50;
/** A cancel whose answer was lost is asked for again after this; asking twice is harmless. */
const REPEAT_MS = 1_000;

export interface CancelerOptions {
  readonly broker: Broker;
  readonly book: OrderBook;
  readonly tracker: Tracker;
  readonly clock: Clock;
  readonly timers: TimerSource;
  readonly log: Log;
}

/** Cancels are their own story: requested → final, refused, or filled anyway; only the broker's list ends it. */
export class Canceler {
  readonly #options: CancelerOptions;

  constructor(options: CancelerOptions) {
    this.#options = options;
  }

  /** Cancels what is open of an order and follows it until it is final or 20 s have passed. Never rejects. */
  async cancel(orderId: string): Promise<void> {
    const { book, clock, log } = this.#options;
    const record = book.record(orderId);
    if (record === null) return;
    if (record.parked) {
      book.deny(orderId, 'cancelled before it was sent');
      return;
    }
    const unsettled = record.intents.filter((intent) => !isFinal(intent.state));
    const open = unsettled.filter((intent) => intent.brokerOrderId !== null);
    if (open.length < unsettled.length) {
      log.warning(`${record.row.security}: a part of the order is not known at the broker yet and cannot be cancelled.`);
    }
    if (open.length === 0) return;
    if (!canCancel(clock.now())) {
      log.warning(`${record.row.security}: the exchange takes no cancels now; the order stays as it is.`);
      return;
    }
    await Promise.all(open.map((intent) => this.#cancelIntent(intent.clientId)));
  }

  async #cancelIntent(clientId: string): Promise<void> {
    const { book, timers, tracker, log } = this.#options;
    const started = timers.monotonic();
    let askAt = started;
    while (timers.monotonic() - started < FOLLOW_MS) {
      const intent = book.intent(clientId);
      if (isFinal(intent.state)) return;
      if (intent.brokerOrderId !== null && timers.monotonic() >= askAt) {
        const again = await this.#ask(clientId, intent.brokerOrderId);
        askAt = again ? timers.monotonic() + REPEAT_MS : Number.POSITIVE_INFINITY;
      }
      await tracker.readNow();
      if (isFinal(book.intent(clientId).state)) return;
      await new Promise<void>((resolve) => timers.after(LOOK_MS, resolve));
    }
    log.error(
      `The cancel of ${book.intent(clientId).remark} has not been confirmed; it is followed further. Look at it in the terminal.`,
    );
  }

  /** True when the request has to be repeated because its fate is not known. */
  async #ask(clientId: string, brokerOrderId: string): Promise<boolean> {
    const { book, broker, clock, log } = this.#options;
    book.news({ clientId, event: 'cancel_requested' }, clock.now());
    const outcome = await broker.cancel(brokerOrderId);
    if (isFinal(book.intent(clientId).state)) return false;
    if (outcome.kind === 'unknown') {
      log.warning(`The cancel of ${brokerOrderId} got no answer (${outcome.reason}); it is asked for again.`);
      return true;
    }
    if (outcome.kind === 'refused') {
      log.warning(`The cancel of ${brokerOrderId} was refused: ${outcome.reason}`);
      book.news({ clientId, event: 'cancel_refused' }, clock.now());
    }
    return false;
  }
}
