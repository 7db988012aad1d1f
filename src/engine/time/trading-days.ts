import { errorMessage } from '../../domain/errors.ts';
import { continuation, disagreements } from '../../domain/market/calendar-agreement.ts';
import { ifKnown, isAlwaysClosed, previousKnown, type TradingCalendar } from '../../domain/market/calendar.ts';
import { addDays, chinaDay, chinaInstant, MINUTE } from '../../domain/time.ts';
import type { Quote } from '../../domain/trading.ts';
import type { Clock, ClockTimer } from '../../platform/clock.ts';
import type { Log } from '../../platform/log.ts';
import type { Events } from '../events.ts';

export interface TradingDaysOptions {
  readonly clock: Clock;
  /** The calendar that comes with bt. */
  readonly table: TradingCalendar;
  readonly source: {
    /** Trading days the venue knows in [start, end], ascending. */
    tradeDays(start: string, end: string): Promise<readonly string[]>;
    quotes(securities: readonly string[]): Promise<ReadonlyMap<string, Pick<Quote, 'time'>>>;
  };
  /** The calendar reaches further than before. */
  readonly onGrowth: () => void;
  readonly events: Pick<Events, 'alarm' | 'emit'>;
  readonly log: Log;
}

/** The venue is asked before the account is reconciled for the day, and again until it has answered what is needed. */
const ASK_TIME = '08:35';
const OPENS = '09:30';
const CLOSES = '15:00';
const RETRY_MS = 5 * MINUTE;
/** Beyond the table orders wait for the answer. */
const BEYOND_RETRY_MS = MINUTE;
/** Times a venue is asked on a day that needs nothing of it. */
const FAILURES = 3;
/** The next year's closures are announced about ten days before the table ends; a month is time to update. */
const WARN_DAYS = 30;
/** How far the venue is asked ahead of today: a month, for tasks that are counted from its end. */
const AHEAD_DAYS = 31;

/** Quoted on every day that trades: the Shanghai composite index and the most traded fund. */
const ALWAYS_QUOTED = ['000001.XSHG', '510300.XSHG'];

const UPDATE = 'Update bt.';

/**
 * Which days trade, and whether that is certain. Within the table of bt the venue's calendar must agree with it; after the table
 * the venue's calendar and a quote of the day decide; where nothing is known no order is sent. The venue is asked once a day in the
 * background. What it fails to answer, or an empty list, is no disagreement: within the table nothing follows from it.
 */
export class TradingDays {
  /** The table, continued by what the venue knows beyond it. */
  readonly calendar: TradingCalendar;
  readonly #options: TradingDaysOptions;
  readonly #tableEnd: string;
  #differs: readonly string[] = [];
  /** Day of the newest quote seen. */
  #quoteDay: string | null = null;
  /** The last day on which the venue answered, and how often it has failed today. */
  #answeredOn: string | null = null;
  #failures = 0;
  /** The day of the last look. */
  #day = '';
  /** What has been said today. */
  readonly #told = new Set<string>();
  /** The day under which the doubt was told; null = there is none. */
  #alarmedOn: string | null = null;
  #timer: ClockTimer | null = null;
  #ended = false;

  constructor(options: TradingDaysOptions) {
    this.#options = options;
    this.calendar = options.table.copy();
    this.#tableEnd = options.table.expires;
  }

  /** Asks at once and then daily. Resolves at once when the table knows today, else when the venue has answered or failed. */
  async start(): Promise<void> {
    const asked = this.#look();
    if (chinaDay(this.#options.clock.now()) > this.#tableEnd) await asked;
  }

  stop(): void {
    this.#ended = true;
    this.#timer?.cancel();
  }

  /** Why no order may be sent now (epoch ms) for want of a certain calendar; null = it is certain, also that today is closed. */
  reason(now: number): string | null {
    const today = chinaDay(now);
    if (this.#differs.length > 0)
      return `the trading calendars of bt and of the gateway disagree about ${this.#differs.join(', ')}; find out which is right`;
    if (today <= this.#tableEnd || isAlwaysClosed(today)) return null;
    const trades = ifKnown(() => this.calendar.isTradingDay(today));
    if (trades === null)
      return `the trading calendar ends on ${this.#tableEnd} and the gateway does not say whether ${today} trades. ${UPDATE}`;
    if (trades && this.#quoteDay !== today)
      return `the trading calendar ends on ${this.#tableEnd} and there is no quote of ${today} yet that shows that it trades. ${UPDATE}`;
    return null;
  }

  /** Asks, judges, tells, and arms the next look. Never rejects: a timer calls it. */
  async #look(): Promise<void> {
    const today = chinaDay(this.#options.clock.now());
    if (today !== this.#day) {
      this.#day = today;
      this.#failures = 0;
      this.#told.clear();
    }
    try {
      await this.#ask(today);
      this.#answeredOn = today;
    } catch (error) {
      if (this.#ended) return;
      this.#failures += 1;
      if (this.#failures === 1)
        this.#options.log.info(`The gateway does not tell its trading days: ${errorMessage(error)}`);
    }
    if (this.#ended) return;
    this.#tell();
    this.#arm();
  }

  async #ask(today: string): Promise<void> {
    const { source, onGrowth, table } = this.#options;
    // Beyond the table that is its last day, where the venue's list must join on.
    const previous = previousKnown(table, today);
    const answer = await source.tradeDays(previous, addDays(today, AHEAD_DAYS));
    const listed = [...new Set(answer)].toSorted();
    if (this.#ended) return;
    this.#differs = today <= this.#tableEnd ? disagreements(table, listed, previous, today) : [];
    const more = continuation(this.calendar, listed);
    if (more !== null) {
      this.calendar.continueTo(more.until, more.days);
      onGrowth();
    }
    if (today > this.#tableEnd) await this.#readQuoteDay();
  }

  async #readQuoteDay(): Promise<void> {
    const quotes = await this.#options.source.quotes(ALWAYS_QUOTED);
    const times = [...quotes.values()].map(({ time }) => time).filter((time) => time !== null);
    if (times.length > 0) this.#quoteDay = chinaDay(Math.max(...times));
  }

  #tell(): void {
    const { clock, events } = this.#options;
    const now = clock.now();
    const today = chinaDay(now);
    const reason = this.reason(now);
    // Before the market opens there need not be a quote yet.
    const isDoubt = reason !== null && !(this.#isKnownToTrade(today) && now < chinaInstant(today, OPENS));
    if (isDoubt) this.#once('doubt', `No order is sent today: ${reason}`);
    const subject = this.#alarmedOn;
    if (isDoubt && subject === null) {
      this.#alarmedOn = today;
      events.alarm('CALENDAR_DOUBT', today, reason);
    } else if (!isDoubt && subject !== null) {
      this.#alarmedOn = null;
      events.emit({ kind: 'all_clear', code: 'CALENDAR_DOUBT', subject, text: 'The calendar is certain.' });
    }
    if (isDoubt || isAlwaysClosed(today)) return;
    if (today > this.#tableEnd)
      this.#once('beyond', `The trading calendar ended on ${this.#tableEnd}; the gateway's is used. ${UPDATE}`);
    else if (addDays(today, WARN_DAYS) >= this.#tableEnd)
      this.#once('ends', `The trading calendar ends on ${this.#tableEnd}. Update bt before that day.`);
  }

  #isKnownToTrade(day: string): boolean {
    return this.#differs.length === 0 && ifKnown(() => this.calendar.isTradingDay(day)) === true;
  }

  #once(key: string, text: string): void {
    if (this.#told.has(key)) return;
    this.#told.add(key);
    this.#options.log.warning(text);
  }

  #arm(): void {
    const { clock } = this.#options;
    this.#timer?.cancel();
    this.#timer = clock.at(this.#nextLook(clock.now()), () => void this.#look());
  }

  #nextLook(now: number): number {
    const today = chinaDay(now);
    const first = chinaInstant(today, ASK_TIME);
    if (now < first) return first;
    const isDone =
      today > this.#tableEnd || this.#differs.length > 0
        ? this.reason(now) === null
        : this.#answeredOn === today || this.#failures >= FAILURES;
    const again = now + (today > this.#tableEnd ? BEYOND_RETRY_MS : RETRY_MS);
    return isDone || again >= chinaInstant(today, CLOSES) ? chinaInstant(addDays(today, 1), ASK_TIME) : again;
  }
}
