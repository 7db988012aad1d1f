import { errorMessage } from '../../../domain/errors.ts';
import { chinaDay } from '../../../domain/time.ts';
import { stateText } from '../../../domain/words/order-state.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { Timer, TimerSource } from '../../../platform/timers.ts';
import type { Broker } from '../../../venues/broker.ts';
import type { Events } from '../../events.ts';
import type { OrderBook } from '../book/order-book.ts';

/** Wall milliseconds after the loss at which an order is searched for; then every 30 s. */
const SEARCH_AT_MS = [500, 1_000, 2_000, 5_000, 10_000];
const SEARCH_EVERY_MS = 30_000;
const ALARM_AT_MS = 10_000;
/** Two whole lists this far apart that lack it, after an answered error, mean it was not placed. */
const ABSENCE_GAP_MS = 10_000;

export interface UnknownSearchOptions {
  readonly broker: Broker;
  readonly book: OrderBook;
  readonly clock: Clock;
  readonly timers: TimerSource;
  readonly events: Events;
  /** Starts a whole reading of the broker's lists. */
  readonly read: () => Promise<boolean>;
}

interface Search {
  readonly since: number;
  /** The server answered this very request with an error other than REQUEST_TIMEOUT. */
  readonly answered: boolean;
  attempts: number;
  firstAbsence: number | null;
  timer: Timer | null;
  readonly alarm: Timer;
}

/** Looks for orders of unknown fate until the broker shows them, or positive evidence says that they never came to be. */
export class UnknownSearch {
  readonly #options: UnknownSearchOptions;
  readonly #searches = new Map<string, Search>();
  /** Orders about which an alarm has been raised, with their remark. */
  readonly #alarmed = new Map<string, string>();
  #stopped = false;

  constructor(options: UnknownSearchOptions) {
    this.#options = options;
    options.book.onChange(() => this.#dropOver());
  }

  add(clientId: string, answered: boolean): void {
    if (this.#stopped) return;
    const search: Search = {
      since: this.#options.timers.monotonic(),
      answered,
      attempts: 0,
      firstAbsence: null,
      timer: null,
      // By its own clock: a search may wait long for a link that is down.
      alarm: this.#options.timers.after(ALARM_AT_MS, () => this.#alarm(clientId)),
    };
    this.#searches.set(clientId, search);
    this.#options.broker.setUrgent?.(true);
    this.#arm(search);
  }

  /** The read session came back: look at once. */
  async searchNow(): Promise<void> {
    if (this.#searches.size > 0) await this.#options.read();
  }

  stop(): void {
    this.#stopped = true;
    for (const search of this.#searches.values()) drop(search);
  }

  /** A whole reading did not show these. Absence counts only after an answered error with the back end ready. Never rejects. */
  async absent(clientIds: readonly string[]): Promise<void> {
    for (const clientId of clientIds) {
      const search = this.#searches.get(clientId);
      if (search === undefined || !search.answered) continue;
      const now = this.#options.timers.monotonic();
      const first = search.firstAbsence;
      if (first !== null && now - first < ABSENCE_GAP_MS) continue;
      // A back end that is not ready may list nothing at all.
      if (!(await this.#backendReady())) search.firstAbsence = null;
      else if (first === null) search.firstAbsence = now;
      else this.#notPlaced(clientId);
    }
  }

  #notPlaced(clientId: string): void {
    const { book, clock, events } = this.#options;
    const intent = book.intentOrNull(clientId);
    if (this.#stopped || intent?.state !== 'unknown') return;
    const reason = `${intent.reason ?? 'answered with an error'}; two whole lists do not show it`;
    try {
      book.news({ clientId, event: 'not_placed', reason }, clock.now());
    } catch (error) {
      // It stays of unknown fate, which is safe; the next reading tries again.
      events.alarm('LEDGER_FAILED', intent.remark, errorMessage(error));
    }
  }

  async #backendReady(): Promise<boolean> {
    try {
      return (await this.#options.broker.health()).backendReady;
    } catch {
      return false;
    }
  }

  #arm(search: Search): void {
    if (this.#stopped) return;
    const elapsed = this.#options.timers.monotonic() - search.since;
    const due = SEARCH_AT_MS[search.attempts] ?? elapsed + SEARCH_EVERY_MS;
    search.timer = this.#options.timers.after(due - elapsed, () => void this.#attempt(search));
  }

  async #attempt(search: Search): Promise<void> {
    search.attempts += 1;
    await this.#options.read();
    this.#dropOver();
    if (this.#stopped || ![...this.#searches.values()].includes(search)) return;
    this.#arm(search);
  }

  #alarm(clientId: string): void {
    const { book, events } = this.#options;
    const intent = book.intentOrNull(clientId);
    if (intent === null) return;
    const { security, remark, tag } = intent;
    const text = `The fate of order ${remark} (${security}) is not known; no new order in ${security} until it is. Look for it in the terminal and write: bt resolve ${tag} --as ORDER_ID, or bt resolve ${tag} --not-placed`;
    this.#alarmed.set(clientId, remark);
    events.alarm('ORDER_UNKNOWN', remark, text);
  }

  #dropOver(): void {
    this.#clearSettled();
    const today = chinaDay(this.#options.clock.now());
    for (const [clientId, search] of this.#searches) {
      const intent = this.#options.book.intentOrNull(clientId);
      // No list shows orders of an earlier day.
      if (intent?.state === 'unknown' && intent.day >= today) continue;
      drop(search);
      this.#searches.delete(clientId);
      if (this.#searches.size === 0) this.#options.broker.setUrgent?.(false);
    }
  }

  /** Also one that no list shows any more: then the gate or a person has settled it. */
  #clearSettled(): void {
    const { book, events } = this.#options;
    for (const [clientId, remark] of this.#alarmed) {
      const state = book.intentOrNull(clientId)?.state ?? null;
      if (state === 'unknown') continue;
      this.#alarmed.delete(clientId);
      events.emit({
        kind: 'all_clear',
        code: 'ORDER_UNKNOWN',
        subject: remark,
        text: `Order ${remark} is ${state === null ? 'settled' : stateText(state)}.`,
      });
    }
  }
}

function drop(search: Search): void {
  search.timer?.cancel();
  search.alarm.cancel();
}
