import { lossDenials, marked, type EquityMarks } from '../../domain/order/risk/loss.ts';
import type { RiskLimits } from '../../domain/order/risk/limits.ts';
import { isTradingSession, type TradingDayCalendar } from '../../domain/market/trading-hours.ts';
import { chinaDay, chinaInstant } from '../../domain/time.ts';
import type { AccountView } from '../../domain/order/types.ts';
import { seenAccount } from '../../domain/status/seen-account.ts';
import type { LookStore } from '../../ledger/look-store.ts';
import type { RiskStore } from '../../ledger/risk-store.ts';
import type { Clock } from '../../platform/clock.ts';
import type { RiskStops } from './risk-stops.ts';

const MINUTE_MS = 60_000;

export interface EquityWatchOptions {
  readonly limits: RiskLimits;
  readonly store: RiskStore;
  readonly stops: RiskStops;
  readonly look: LookStore;
  readonly clock: Pick<Clock, 'now'>;
  readonly calendar: TradingDayCalendar;
  readonly view: () => AccountView | null;
  /** Market time from which values of this life count, epoch ms. */
  readonly since: () => number;
}

/** Writes down what the account is worth, a point a minute of the session, and stops what a loss is to stop. */
export class EquityWatch {
  readonly #options: EquityWatchOptions;
  #marks: EquityMarks | null = null;
  #minute = -1;
  #read = false;

  constructor(options: EquityWatchOptions) {
    this.#options = options;
  }

  /** The account has been read again: once a minute it is looked at. Throws LEDGER_WRITE_FAILED. */
  look(): void {
    const { clock, calendar, store, view } = this.#options;
    const now = clock.now();
    const minute = Math.floor(now / MINUTE_MS);
    if (minute === this.#minute || !isTradingSession(now, calendar)) return;
    const account = view();
    if (account === null) return;
    this.#minute = minute;
    const { totalValue: total, availableCash: cash } = account;
    this.#marks = marked(this.#known(), chinaDay(now), total);
    store.keepEquity({ at: minute * MINUTE_MS, total, cash });
    this.keepSeen();
    this.#judge(total, now);
  }

  /** A person lets it go on after a loss, or what is seen is another part of the account: from here on the next one is reckoned. Throws LEDGER_WRITE_FAILED. */
  restart(): void {
    const now = this.#options.clock.now();
    this.#options.store.countEquityFrom(now);
    this.#marks = null;
    this.#minute = -1;
    this.#read = true;
  }

  /** What the account is, for those who look when nothing runs. Throws LEDGER_WRITE_FAILED. */
  keepSeen(): void {
    const account = this.#options.view();
    if (account !== null) this.#options.look.keepSeen(seenAccount(account));
  }

  /** The values from which losses are reckoned, CNY; null = there are none yet. */
  marks(): Pick<EquityMarks, 'first' | 'best'> | null {
    const marks = this.#known();
    return marks?.day === chinaDay(this.#options.clock.now()) ? marks : null;
  }

  #judge(value: number, now: number): void {
    const { limits, stops } = this.#options;
    const denials = this.#marks === null ? [] : lossDenials(limits, this.#marks, value);
    for (const { rule, text } of denials) {
      const day = rule === 'daily_loss' ? chinaDay(now) : null;
      stops.stop({ rule, stops: limits.lossStops, day, text });
    }
  }

  /** After a restart as the ledger has it. */
  #known(): EquityMarks | null {
    if (this.#read) return this.#marks;
    this.#read = true;
    const { store, clock, since } = this.#options;
    const from = Math.max(since(), store.equityCountsFrom() ?? 0);
    const day = chinaDay(clock.now());
    const best = store.bestEquity(from);
    if (best === null) return null;
    const first = store.firstEquity(Math.max(from, chinaInstant(day, '00:00')));
    // A day without a value yet: its first one will take this one's place.
    this.#marks = first === null ? { day: '', first: best, best } : { day, first, best };
    return this.#marks;
  }
}
