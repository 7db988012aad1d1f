import { isFinal } from '../../domain/order/state.ts';
import { chinaDay } from '../../domain/time.ts';
import type { IntentRow } from '../../domain/order/rows.ts';
import type { Clock } from '../../platform/clock.ts';
import { isUnseenEnd, UNSEEN_END } from '../../domain/order/intent.ts';
import { DAY_ENDED } from '../../domain/order/life-types.ts';
import type { Events } from '../events.ts';
import type { OrderBook } from '../orders/book/order-book.ts';

export interface EarlierDaysOptions {
  readonly book: OrderBook;
  readonly clock: Clock;
  readonly events: Events;
  /** True when fills of that day may not have been seen and nothing else tells them: its open orders are in doubt. */
  readonly isUnseen: (day: string) => boolean;
}

/** An exchange order lives for one day: what an earlier day left open has ended, or a person is asked how. */
export class EarlierDays {
  readonly #options: EarlierDaysOptions;
  /** Orders about which somebody has been asked in this run, with their remark. */
  readonly #asked = new Map<string, string>();

  constructor(options: EarlierDaysOptions) {
    this.#options = options;
    options.book.onChange(() => this.#clearSettled());
  }

  /** Closes what earlier days left open, or asks about it. True when something was closed: the broker's positions tell its fills. */
  close(): boolean {
    const { book, clock } = this.#options;
    const today = chinaDay(clock.now());
    const open = book.intents().filter((intent) => intent.day < today && !isFinal(intent.state));
    const closed = open.filter((intent) => !this.#isDoubtful(intent));
    for (const intent of closed) this.#close(intent);
    // What is being sent is settled by its answer first; until then the account cannot be read anyway.
    for (const intent of open) if (!closed.includes(intent) && intent.state !== 'sending') this.#askFor(intent);
    return closed.length > 0;
  }

  #clearSettled(): void {
    const { book, events } = this.#options;
    for (const [clientId, subject] of this.#asked) {
      const intent = book.intentOrNull(clientId);
      if (intent !== null && isUnseenEnd(intent)) continue;
      this.#asked.delete(clientId);
      const text = `Order ${subject} is ${intent?.state ?? 'settled'}.`;
      events.emit({ kind: 'all_clear', code: 'ORDER_UNSEEN_END', subject, text });
    }
  }

  #isDoubtful(intent: IntentRow): boolean {
    return isUnseenEnd(intent) || (intent.state !== 'planned' && this.#options.isUnseen(intent.day));
  }

  #close({ clientId, state }: IntentRow): void {
    const { book, clock } = this.#options;
    const reason = state === 'unknown' ? `${DAY_ENDED} before its fate was known` : DAY_ENDED;
    book.news({ clientId, event: state === 'planned' ? 'not_sent' : 'expired', reason }, clock.now());
  }

  /** The trades of its day are listed nowhere any more: a person must say what became of it. */
  #askFor(intent: IntentRow): void {
    const { clientId, remark, tag, security, day, filled } = intent;
    if (isUnseenEnd(intent) && this.#asked.has(clientId)) return;
    const { book, clock, events } = this.#options;
    if (!isUnseenEnd(intent)) book.news({ clientId, event: 'end_unseen', reason: UNSEEN_END }, clock.now());
    this.#asked.set(clientId, remark);
    const text = `How much of order ${remark} (${security}) was filled on ${day} was not seen to the end (${filled} at least); no new order in ${security} until it is known. Look it up in the terminal and write: bt resolve ${tag} --filled SHARES`;
    events.alarm('ORDER_UNSEEN_END', remark, text);
  }
}
