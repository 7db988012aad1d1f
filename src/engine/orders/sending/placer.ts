import { errorMessage } from '../../../domain/errors.ts';
import { canSendOrder } from '../../../domain/market/session.ts';
import { isFinal } from '../../../domain/order/state.ts';
import { tagIn } from '../../../domain/order/remark.ts';
import { chinaDay } from '../../../domain/time.ts';
import type { IntentRow } from '../../../domain/order/rows.ts';
import type { PlaceOutcome } from '../../../venues/broker.ts';
import { lateText } from './late-text.ts';
import type { PlacerOptions } from './placer-options.ts';

/** Wall milliseconds an order, with all its parts, may wait for the place session to come back: nothing is written before it does. */
const READY_TIMEOUT_MS = 15_000;
const READY_POLL_MS = 50;
/** By so much the wall clock runs ahead of the other one only when the machine slept. */
const SLEPT_MS = 5_000;

/** Reason of an order that was given up and whose answer came after all. */
const LATE_ANSWER = 'its answer came late';

/** When an order came, ms: by a clock that stands still while the machine sleeps, and by one that does not. */
interface Arrival {
  readonly monotonic: number;
  readonly wall: number;
}

/** Sends intents, one at a time: SENDING is durable in the same tick as, and before, the bytes are written. Never twice. */
export class Placer {
  readonly #options: PlacerOptions;
  #turn: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(options: PlacerOptions) {
    this.#options = options;
  }

  /** Sends intents of one order in turn; after one of unknown fate the rest is not sent. Never rejects. */
  async send(intents: readonly IntentRow[]): Promise<void> {
    const { timers } = this.#options;
    const arrival = { monotonic: timers.monotonic(), wall: timers.wallNow() };
    for (const intent of intents) {
      const before = this.#turn;
      let release = (): void => undefined;
      this.#turn = new Promise((resolve) => {
        release = resolve;
      });
      await before;
      try {
        await this.#place(intent, arrival);
      } catch (error) {
        this.#options.onFatal(error);
      } finally {
        release();
      }
    }
  }

  /** What is still answered is not written down any more: the next run finds it in the broker's lists. */
  stop(): void {
    this.#stopped = true;
  }

  async #place(intent: IntentRow, arrival: Arrival): Promise<void> {
    const { book, clock } = this.#options;
    const { clientId } = intent;
    const doubtful = this.#partsOf(intent).some((other) => other.state === 'unknown');
    const reason = doubtful ? 'an earlier part of this order is of unknown fate' : await this.#unready(intent, arrival);
    if (this.#stopped || !this.#isPlanned(intent)) return;
    const refusal = reason ?? this.#refusal(intent, arrival);
    const now = clock.now();
    if (refusal !== null) {
      this.#notSent(intent, refusal, now);
      return;
    }
    book.news({ clientId, event: 'send', sentAt: now }, now);
    // No await between the commit above and the write inside place().
    const outcome = await this.#write(intent);
    if (!this.#stopped) this.#settle(clientId, outcome);
  }

  #partsOf({ orderId }: IntentRow): readonly IntentRow[] {
    return this.#options.book.life(orderId)?.intents ?? [];
  }

  /** False when it was cancelled, or planned anew, while it waited for its turn. */
  #isPlanned(intent: IntentRow): boolean {
    return this.#partsOf(intent).some(({ clientId, state }) => clientId === intent.clientId && state === 'planned');
  }

  /** What waited for its window waits on while nothing can be sent for the moment, also when the window has closed again; everything else has had its turn. */
  #notSent(intent: IntentRow, reason: string, now: number): void {
    const { book, broker, waits } = this.#options;
    if (waits() !== null || !broker.canPlace() || !canSendOrder(now, intent.security))
      book.advance(intent.orderId, [{ kind: 'held' }], now);
    if (this.#isPlanned(intent)) book.news({ clientId: intent.clientId, event: 'not_sent', reason }, now);
  }

  /** What may have come up while it waited for its turn. */
  #refusal(intent: IntentRow, { monotonic, wall }: Arrival): string | null {
    const { security, day } = intent;
    const { book, clock, closed, timers, tracker } = this.#options;
    if (timers.wallNow() - wall - (timers.monotonic() - monotonic) > SLEPT_MS)
      return 'this machine slept, or its clock was set, while the order waited';
    if (day !== chinaDay(clock.now())) return 'the trading day ended before its turn';
    if (book.doubtful().has(security)) return `${security} has an order whose fate is not known`;
    if (tracker.implausible().has(security)) return `the broker shows of an order in ${security} what cannot be true`;
    if (!canSendOrder(clock.now(), security)) return 'the sending window closed before its turn';
    return closed(intent);
  }

  async #write({ clientId, remark, security, side, amount, price, style }: IntentRow): Promise<PlaceOutcome> {
    try {
      const answer = this.#options.broker.place({ clientId, remark, security, side, amount, price, style });
      this.#options.meter?.handedOver(clientId);
      return await answer;
    } catch (error) {
      // It must not happen, and if it does nobody knows what was written.
      return { kind: 'unknown', code: 'PLACE_FAILED', reason: errorMessage(error), answered: false };
    }
  }

  #settle(clientId: string, outcome: PlaceOutcome): void {
    // Found, ended, and forgotten with its day before its request was answered.
    if (this.#options.book.intentOrNull(clientId) === null) return;
    switch (outcome.kind) {
      case 'accepted':
        this.#accepted(clientId, outcome);
        return;
      case 'rejected':
        this.#rejected(clientId, outcome);
        return;
      case 'unknown':
        this.#unknown(clientId, outcome);
    }
  }

  /** An answer to a request that had been given up: it names its order, and settles it if nothing else has. */
  late(clientId: string, outcome: PlaceOutcome): void {
    const { book, clock, onFatal } = this.#options;
    const intent = book.intentOrNull(clientId);
    if (intent !== null) this.#options.events.note('warning', intent.orderId, lateText(intent, outcome));
    // An order of an earlier day is a person's to settle: an answer says that it was taken, not what became of it.
    if (this.#stopped || intent?.state !== 'unknown' || intent.day !== chinaDay(clock.now())) return;
    try {
      if (outcome.kind === 'accepted' && this.#ownerOf(outcome, clientId) === null)
        book.news({ clientId, event: 'live', brokerOrderId: outcome.orderId, reason: LATE_ANSWER }, clock.now());
      else if (outcome.kind === 'rejected' && outcome.code !== 'NOT_SENT')
        book.news(
          { clientId, event: 'rejected', reason: outcome.reason, ...this.#rejectedId(outcome, clientId) },
          clock.now(),
        );
    } catch (error) {
      onFatal(error);
    }
  }

  /** A reading of the order list may have settled the intent before the answer came, here and below. */
  #accepted(clientId: string, outcome: Extract<PlaceOutcome, { kind: 'accepted' }>): void {
    const { book, clock, events } = this.#options;
    const { orderId } = outcome;
    const { state, remark, brokerOrderId } = book.intent(clientId);
    const owner = this.#ownerOf(outcome, clientId);
    if (owner !== null) {
      const reason = `the answer names order ${orderId}, which is ${owner.remark}`;
      this.#unknown(clientId, { kind: 'unknown', code: 'ID_TAKEN', reason, answered: false });
    } else if (state === 'sending') {
      book.news({ clientId, event: 'live', brokerOrderId: orderId }, clock.now());
    } else if (brokerOrderId !== orderId) {
      const text = `Order ${remark} was found as ${brokerOrderId}, and its answer names ${orderId}. Look at both in the terminal.`;
      events.alarm('ORDER_ANSWERED_OTHERWISE', remark, text);
    }
  }

  #rejected(clientId: string, outcome: Extract<PlaceOutcome, { kind: 'rejected' }>): void {
    const { code, reason } = outcome;
    const { book, clock, events } = this.#options;
    const { state, remark, brokerOrderId } = book.intent(clientId);
    if (state === 'rejected') return;
    // It ended without an order; its request is answered only now.
    if (state !== 'sending' && isFinal(state) && brokerOrderId === null) return;
    if (state !== 'sending') {
      const text = `Order ${remark} is at the broker although its request was answered with: ${reason}. Look at it in the terminal.`;
      events.alarm('ORDER_ANSWERED_OTHERWISE', remark, text);
      return;
    }
    const event = code === 'NOT_SENT' ? 'not_sent' : 'rejected';
    book.news({ clientId, event, reason, ...this.#rejectedId(outcome, clientId) }, clock.now());
  }

  /** The order that was rejected: lists show it too, and not always how it ended. */
  #rejectedId(
    { orderId }: Extract<PlaceOutcome, { kind: 'rejected' }>,
    clientId: string,
  ): { readonly brokerOrderId?: string } {
    const isOurs = orderId !== null && this.#ownerOf({ orderId, order: null }, clientId) === null;
    return isOurs ? { brokerOrderId: orderId } : {};
  }

  #unknown(clientId: string, { code, reason, answered }: Extract<PlaceOutcome, { kind: 'unknown' }>): void {
    const { book, clock, onUnknown } = this.#options;
    if (book.intent(clientId).state !== 'sending') return;
    book.news({ clientId, event: 'outcome_unknown', reason: `${code}: ${reason}` }, clock.now());
    onUnknown(clientId, answered);
  }

  /**
   * Another order of the same day that has this broker's id, unless the answer shows our mark on it: a gateway that was restarted
   * may count its orders from the beginning again, and then the mark decides.
   */
  #ownerOf(
    { orderId, order }: Pick<Extract<PlaceOutcome, { kind: 'accepted' }>, 'orderId' | 'order'>,
    clientId: string,
  ): IntentRow | null {
    const { book } = this.#options;
    const { day, tag } = book.intent(clientId);
    if (order !== null && tagIn(order.remark) === tag) return null;
    const others = book.intents().filter((other) => other.day === day && other.clientId !== clientId);
    return others.find(({ brokerOrderId }) => brokerOrderId === orderId) ?? null;
  }

  /** Waits for the place session, and until one more may leave; a reason when the session does not come back in time. */
  async #unready(intent: IntentRow, { monotonic }: Arrival): Promise<string | null> {
    const { broker, timers, closed, pace } = this.#options;
    while (!broker.canPlace()) {
      if (timers.monotonic() - monotonic >= READY_TIMEOUT_MS) return 'the connection to the venue is down';
      const reason = closed(intent);
      if (reason !== null) return reason;
      await new Promise<void>((resolve) => timers.after(READY_POLL_MS, resolve));
    }
    // Cancels wait for nothing: while it waited they may have taken its turn.
    for (let turn = pace.turn(); turn !== null; turn = pace.turn()) await turn;
    return null;
  }
}
