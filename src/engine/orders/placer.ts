import type { IntentRow } from '../../ledger/rows.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Log } from '../../platform/log.ts';
import type { TimerSource } from '../../platform/timers.ts';
import type { Broker, PlaceOutcome } from '../../venues/broker.ts';
import type { OrderBook } from './order-book.ts';

/** Wall milliseconds an order may wait for the place session to come back: nothing is written before it does. */
const READY_TIMEOUT_MS = 30_000;
const READY_POLL_MS = 50;

export interface PlacerOptions {
  readonly broker: Broker;
  readonly book: OrderBook;
  readonly clock: Clock;
  readonly timers: TimerSource;
  readonly log: Log;
  /** Why nothing may be sent now, looked at again immediately before each write; null = go. */
  readonly closed: () => string | null;
  readonly onUnknown: (clientId: string, answered: boolean) => void;
  readonly onFatal: (error: unknown) => void;
}

/** Sends intents, one at a time: SENDING is durable in the same tick as, and before, the bytes are written. Never twice. */
export class Placer {
  readonly #options: PlacerOptions;
  #turn: Promise<void> = Promise.resolve();

  constructor(options: PlacerOptions) {
    this.#options = options;
  }

  /** Sends the intents of one order in turn; after one of unknown fate the rest is not sent. Never rejects. */
  async send(intents: readonly IntentRow[]): Promise<void> {
    for (const intent of intents) {
      const before = this.#turn;
      let release = (): void => undefined;
      this.#turn = new Promise((resolve) => {
        release = resolve;
      });
      await before;
      try {
        await this.#place(intent, intents);
      } catch (error) {
        this.#options.onFatal(error);
      } finally {
        release();
      }
    }
  }

  async #place(intent: IntentRow, siblings: readonly IntentRow[]): Promise<void> {
    const { book, clock, broker, closed } = this.#options;
    const doubtful = siblings.some((other) => book.intent(other.clientId).state === 'unknown');
    const reason = doubtful ? 'an earlier part of this order is of unknown fate' : await this.#unready();
    const refusal = reason ?? closed();
    if (refusal !== null) {
      book.news({ clientId: intent.clientId, event: 'not_sent', reason: refusal }, clock.now());
      return;
    }
    const now = clock.now();
    book.news({ clientId: intent.clientId, event: 'send', sentAt: now }, now);
    // No await between the commit above and the write inside place().
    const outcome = await broker.place({
      clientId: intent.clientId,
      remark: intent.remark,
      security: intent.security,
      side: intent.side,
      amount: intent.amount,
      price: intent.price,
      style: intent.style,
    });
    this.#settle(intent.clientId, outcome);
  }

  #settle(clientId: string, outcome: PlaceOutcome): void {
    const { book, clock, log, onUnknown } = this.#options;
    const now = clock.now();
    const { state, remark } = book.intent(clientId);
    // A reading of the order list may have settled it before the answer came.
    const open = state === 'sending';
    switch (outcome.kind) {
      case 'accepted':
        if (open) book.news({ clientId, event: 'live', brokerOrderId: outcome.orderId }, now);
        return;
      case 'rejected': {
        if (!open) {
          log.error(
            `Order ${remark} is at the broker although its request was answered with: ${outcome.reason}. Look at it in the terminal.`,
          );
          return;
        }
        const event = outcome.code === 'NOT_SENT' ? 'not_sent' : 'rejected';
        const id = outcome.orderId === null ? {} : { brokerOrderId: outcome.orderId };
        book.news({ clientId, event, reason: outcome.reason, ...id }, now);
        return;
      }
      case 'unknown':
        if (!open) return;
        book.news({ clientId, event: 'outcome_unknown', reason: `${outcome.code}: ${outcome.reason}` }, now);
        log.warning(
          `Order ${remark} is of UNKNOWN fate (${outcome.code}: ${outcome.reason}). It is searched for and will not be sent again.`,
        );
        onUnknown(clientId, outcome.answered);
    }
  }

  /** Waits for the place session; a reason when it does not come back in time. */
  async #unready(): Promise<string | null> {
    const { broker, timers } = this.#options;
    for (let waited = 0; !broker.canPlace(); waited += READY_POLL_MS) {
      if (waited >= READY_TIMEOUT_MS) return 'the connection to the venue is down';
      if (this.#options.closed() !== null) return this.#options.closed();
      await new Promise<void>((resolve) => timers.after(READY_POLL_MS, resolve));
    }
    return null;
  }
}
