import { errorMessage } from '../../../domain/errors.ts';
import { canCancel } from '../../../domain/market/session.ts';
import { isFinal } from '../../../domain/order/state.ts';
import { chinaDay } from '../../../domain/time.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { Log } from '../../../platform/log.ts';
import type { TimerSource } from '../../../platform/timers.ts';
import type { Broker, CancelOutcome } from '../../../venues/broker.ts';
import type { OrderBook } from '../book/order-book.ts';
import type { Tracker } from '../reading/tracker.ts';

/** Wall milliseconds: how long a cancel is followed, and between two looks. */
const FOLLOW_MS = 20_000;
const LOOK_MS = 50;
/** A cancel that was refused mostly means that the order is final: the list should say so within this. */
const REFUSED_MS = 3_000;
/** An order whose list cannot be read is cancelled without a look after this. */
const BLIND_MS = 5_000;
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

  /** Cancels what is open of an order and follows it until it is final or 20 s have passed; `why` becomes its reason. Throws LEDGER_WRITE_FAILED only. */
  async cancel(orderId: string, why: string): Promise<void> {
    const { book, clock, log } = this.#options;
    const record = book.record(orderId);
    if (record === null) return;
    if (record.parked) {
      book.deny(orderId, `cancelled before it was sent: ${why}`);
      return;
    }
    const waiting = record.intents.filter((intent) => intent.state === 'planned');
    for (const { clientId } of waiting)
      book.news({ clientId, event: 'not_sent', reason: `cancelled before it was sent: ${why}` }, clock.now());
    const unsettled = record.intents.filter((intent) => intent.state !== 'planned' && !isFinal(intent.state));
    const open = unsettled.filter((intent) => intent.brokerOrderId !== null);
    if (open.length < unsettled.length) {
      log.warning(
        `${record.row.security}: a part of the order is not known at the broker yet and cannot be cancelled.`,
      );
    }
    if (open.length === 0) return;
    if (!canCancel(clock.now())) {
      log.warning(`${record.row.security}: the exchange takes no cancels now; the order stays as it is.`);
      return;
    }
    await Promise.all(open.map((intent) => this.#cancelIntent(intent.clientId, why)));
  }

  async #cancelIntent(clientId: string, why: string): Promise<void> {
    const { book, clock, timers, tracker, log } = this.#options;
    const blindFrom = timers.monotonic() + BLIND_MS;
    let until = timers.monotonic() + FOLLOW_MS;
    let askAt = timers.monotonic();
    while (timers.monotonic() < until) {
      // First a look: after a restart of the terminal an id may be somebody else's order.
      const seen = await tracker.readNow();
      const { state, day, brokerOrderId } = book.intent(clientId);
      // With its day an order ends, and its id may be another order's: the gate closes it.
      if (isFinal(state) || day !== chinaDay(clock.now())) return;
      const now = timers.monotonic();
      const known = brokerOrderId !== null && !tracker.isContested(clientId) && (seen || now >= blindFrom);
      if (known && now >= askAt) {
        const kind = await this.#ask(clientId, brokerOrderId, why);
        askAt = kind === 'unknown' ? timers.monotonic() + REPEAT_MS : Number.POSITIVE_INFINITY;
        if (kind === 'refused') until = Math.min(until, timers.monotonic() + REFUSED_MS);
        continue;
      }
      await new Promise<void>((resolve) => timers.after(LOOK_MS, resolve));
    }
    const { remark, state } = book.intent(clientId);
    // It works at the broker for all we know, and it must be possible to ask again.
    if (state === 'canceling')
      book.news({ clientId, event: 'cancel_refused', reason: 'its cancel was not confirmed' }, clock.now());
    log.error(
      `ALARM: the cancel of ${remark} has not been confirmed; the order counts as open. Look at it in the terminal.`,
    );
  }

  /** The kind of the answer; unknown = it has to be asked for again. */
  async #ask(clientId: string, brokerOrderId: string, why: string): Promise<CancelOutcome['kind']> {
    const { book, clock, log } = this.#options;
    book.news({ clientId, event: 'cancel_requested', reason: why }, clock.now());
    const outcome = await this.#request(clientId, brokerOrderId);
    const { state, day } = book.intent(clientId);
    // Its day may have ended meanwhile, and its state is the gate's business then.
    if (isFinal(state) || day !== chinaDay(clock.now())) return 'final';
    if (outcome.kind === 'unknown') {
      log.warning(`The cancel of ${brokerOrderId} got no answer (${outcome.reason}); it is asked for again.`);
    } else if (outcome.kind === 'refused') {
      log.warning(`The cancel of ${brokerOrderId} was refused: ${outcome.reason}`);
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
      const intent = book.intent(clientId);
      return intent.day === chinaDay(clock.now()) && !isFinal(intent.state) && !tracker.isContested(clientId);
    };
    try {
      return await broker.cancel(brokerOrderId, isOurs);
    } catch (error) {
      return { kind: 'unknown', reason: errorMessage(error) };
    }
  }
}
