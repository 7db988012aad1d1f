import { errorMessage } from '../../domain/errors.ts';
import { ifKnown, type TradingCalendar } from '../../domain/market/calendar.ts';
import type { AccountView } from '../../domain/order/types.ts';
import { chinaDay, chinaTimeOfDay } from '../../domain/time.ts';
import type { Timer, TimerSource } from '../../platform/timers.ts';
import type { Broker, VenueHealth } from '../../venues/broker.ts';
import type { AccountIdentity } from '../account/account-identity.ts';
import type { AccountProjection } from '../account/account-projection.ts';
import type { AccountReader } from '../account/account-reader.ts';
import { EarlierDays, type EarlierDaysOptions } from './earlier-days.ts';
import { isSettled } from '../../domain/order/intent.ts';
import type { Tracker } from '../orders/reading/tracker.ts';

const ACCOUNT_WAITS = 'account and positions cannot be read, or do not agree with the ledger yet';
const NO_LISTS = 'orders and trades cannot be read';
const NEW_DAY = 'the day changed while the account was read';
/** Nothing is wrong with the gateway: the next attempt need not wait long. */
const PASSING: ReadonlySet<string> = new Set([ACCOUNT_WAITS, NEW_DAY]);
/** Wall milliseconds between attempts. */
const RETRY_MS = [500, 1_000, 2_000, 5_000, 10_000];
/** A gate that stays closed for so long (wall ms) while that costs trades is an alarm; looked at again as often. */
const ALARM_AFTER_MS = 10_000;
/** From 09:00 to the close of a trading day a closed gate costs trades: it is an alarm. */
const ALARM_FROM_SECONDS = 9 * 3600;
const ALARM_UNTIL_SECONDS = 15 * 3600;

export interface GateOptions extends EarlierDaysOptions {
  readonly broker: Broker;
  readonly tracker: Tracker;
  readonly reader: AccountReader;
  readonly account: AccountProjection;
  readonly identity: AccountIdentity;
  readonly calendar: Pick<TradingCalendar, 'isTradingDay'>;
  readonly timers: TimerSource;
  readonly stop: AbortSignal;
}

/**
 * Nothing trades before account, positions, orders and trades have been read whole and agree with the ledger: at start,
 * after every reconnect of the read session and each trading day at 08:45. It retries for ever.
 */
export class Gate {
  readonly #options: GateOptions;
  readonly #earlierDays: EarlierDays;
  #reason: string | null = 'the account has not been reconciled yet';
  /** Why it was closed; `#reason` also tells how opening it goes. */
  #cause = '';
  /** The day of the last reconciliation. */
  #day: string | null = null;
  #opening: Promise<VenueHealth | null> | null = null;
  /** Grows whenever what was read so far no longer counts. */
  #epoch = 0;
  #ended = false;
  #alarmTimer: Timer | null = null;
  #alarmed = false;
  /** Ends the pause between two attempts. */
  #wake: () => void = () => undefined;

  constructor(options: GateOptions) {
    this.#options = options;
    this.#earlierDays = new EarlierDays(options);
    options.stop.addEventListener('abort', () => this.stop(), { once: true });
  }

  /** Why trading hooks and orders must wait; null = open. */
  reason(): string | null {
    return this.#reason;
  }

  /** What is read can no longer be trusted to be current: nothing trades until the next reconciliation. */
  close(reason: string): void {
    this.#epoch += 1;
    this.#cause = reason;
    if (this.#reason === null) this.#options.events.emit({ kind: 'gate', reason });
    this.#reason = reason;
    if (!this.#ended && !this.#alarmed) this.#alarmTimer ??= this.#watch();
  }

  /** Closes, reconciles and opens again. Resolves with the venue's health, or null when the run is told to stop first. */
  reconcile(reason: string): Promise<VenueHealth | null> {
    this.close(reason);
    this.#wake();
    this.#opening ??= this.#open().finally(() => {
      this.#opening = null;
    });
    return this.#opening;
  }

  /** Gives up: a reconciliation under way ends after its present attempt, and the gate stays as it is. */
  stop(): void {
    this.#ended = true;
    this.#alarmTimer?.cancel();
    this.#wake();
  }

  async #open(): Promise<VenueHealth | null> {
    const { stop } = this.#options;
    let epoch = this.#epoch;
    for (let attempt = 0; !this.#ended && !stop.aborted; attempt += 1) {
      // Something has happened since (the link is back, …): be quick again.
      if (epoch !== this.#epoch) attempt = 0;
      epoch = this.#epoch;
      const result = await this.#try();
      // Closed or asked for again meanwhile: what was read is of before.
      if (epoch !== this.#epoch) continue;
      if (typeof result !== 'string') {
        this.#opened();
        return result;
      }
      this.#reason = result;
      // Own orders that are being filled pass; a gateway that is away is not to be hammered.
      const isPassing = PASSING.has(result) || result === this.#options.reader.figures.reason();
      const step = isPassing ? 0 : Math.min(attempt, RETRY_MS.length - 1);
      await this.#pause(RETRY_MS[step] ?? 10_000);
    }
    return null;
  }

  #costsTrades(): boolean {
    const now = this.#options.clock.now();
    const time = chinaTimeOfDay(now);
    if (time < ALARM_FROM_SECONDS || time >= ALARM_UNTIL_SECONDS) return false;
    // A day that the calendar does not know may trade.
    return ifKnown(() => this.#options.calendar.isTradingDay(chinaDay(now))) !== false;
  }

  #opened(): void {
    const { events } = this.#options;
    this.#reason = null;
    this.#alarmTimer?.cancel();
    this.#alarmTimer = null;
    const text = 'The account is reconciled; trading goes on.';
    if (this.#alarmed) events.emit({ kind: 'all_clear', code: 'GATE_CLOSED', subject: null, text });
    this.#alarmed = false;
    events.emit({ kind: 'gate', reason: null });
  }

  #watch(): Timer {
    const { timers, events } = this.#options;
    return timers.after(ALARM_AFTER_MS, () => {
      this.#alarmTimer = null;
      if (this.#costsTrades()) {
        this.#alarmed = true;
        const now = this.#reason === this.#cause ? '' : `; now ${this.#reason ?? 'open'}`;
        events.alarm('GATE_CLOSED', null, `Trading waits: ${this.#cause}${now}. bt keeps trying; look at the gateway.`);
      } else {
        this.#alarmTimer = this.#watch();
      }
    });
  }

  #pause(ms: number): Promise<void> {
    if (this.#ended) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = this.#options.timers.after(ms, resolve);
      this.#wake = () => {
        timer.cancel();
        resolve();
      };
    });
  }

  async #try(): Promise<VenueHealth | string> {
    const { broker, book, tracker, reader, account, clock, identity } = this.#options;
    try {
      const health = await broker.health();
      if (!health.backendReady) return `the gateway's back end is not ready (${health.detail})`;
      const other = await this.#otherAccount();
      if (other !== null) return other;
      const day = chinaDay(clock.now());
      if (this.#earlierDays.close()) {
        reader.forget();
        book.roll(day);
      }
      const expected = this.#rollDay();
      const before = tracker.readings();
      // What we know is brought up to date first. Where nothing can have changed, the lists read after the account do.
      const mayHaveChanged = account.view() !== null || !this.#isAllSettled();
      if (mayHaveChanged && !(await tracker.readNow())) return NO_LISTS;
      const agreed = await reader.refresh();
      if (tracker.readings() === before && !(await tracker.readNow())) return NO_LISTS;
      if (!agreed) return identity.reason() ?? reader.figures.reason() ?? ACCOUNT_WAITS;
      // What was open when it began has ended with its day: read again, as of today.
      if (chinaDay(clock.now()) !== day) return NEW_DAY;
      if (expected !== null) this.#reportNight(expected);
      return health;
    } catch (error) {
      return `the gateway does not answer (${errorMessage(error)})`;
    }
  }

  /** Before its lists are looked at: the orders of another account must not say what became of ours. */
  async #otherAccount(): Promise<string | null> {
    const { broker, identity } = this.#options;
    return identity.isKnown() ? identity.check((await broker.account()).accountId) : null;
  }

  #isAllSettled(): boolean {
    const { book } = this.#options;
    return book.intents().every((intent) => isSettled(intent, book.fillsOfIntent(intent.clientId)));
  }

  /** On the first reconciliation of a new day the broker's account is the truth; what we expected of it until then, else null. */
  #rollDay(): AccountView | null {
    const { account, reader, book, tracker, clock } = this.#options;
    const today = chinaDay(clock.now());
    const before = this.#day;
    this.#day = today;
    if (before === today) return null;
    // Also when no attempt of an earlier day came so far: what was restored is of the day of the start.
    const expected = before === null ? null : account.view();
    reader.forget();
    book.roll(today);
    tracker.roll();
    return expected;
  }

  #reportNight(expected: AccountView): void {
    const amounts = (view: AccountView): Map<string, number> =>
      new Map(view.positions.map((held) => [held.security, held.amount]));
    const view = this.#options.account.view();
    if (view === null) return;
    const [before, after] = [amounts(expected), amounts(view)];
    const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
      (code) => before.get(code) !== after.get(code),
    );
    if (changed.length === 0) return;
    const text = changed.map((code) => `${code} ${before.get(code) ?? 0} → ${after.get(code) ?? 0}`).join(', ');
    const change = `Positions changed since the last trading day: ${text}. The broker's are taken.`;
    this.#options.events.emit({ kind: 'external_change', text: change });
  }
}
