import type { Steps } from '../domain/steps.ts';
import type { Instrument, Listed } from './instrument.ts';
import { Indices } from './universe/indices.ts';
import { anchorIndex, createInstrument, instrumentOf, listedOf } from './instruments.ts';
import { entries, entriesInSteps } from './universe/entries.ts';
import type { Entry, EntryList } from './universe/entries.ts';
import { DaySession } from './day-session.ts';
import { dayShape } from './day-shape.ts';
import { tickAt } from './grid.ts';
import { marketDays } from './trading-days.ts';

/** An instant as the market sees it. */
export interface Moment {
  /** Number of the trading day: today, or the last one when today does not trade. */
  readonly index: number;
  /** Milliseconds since that day's midnight; beyond 24 hours on days without trading. */
  readonly time: number;
  /** Tick in force (see grid.ts); −1 before the day's opening auction. */
  readonly tick: number;
}

/** Days kept in memory beside those of the newest day; one holds its minutes (about 10 KB) once they were asked for. */
const SESSION_CACHE = 512;
/** Trading days before the newest one of which they are kept: without it a year of days that are over would stay. */
const SESSION_DAYS = 10;

/** All securities and their seeded days. Nothing in it depends on what was asked before: caches only. */
export class Market {
  readonly days = marketDays();
  /** Who is in an index, and what it is worth. */
  readonly indexes: Indices = new Indices(this, anchorIndex(this.days));
  readonly #seed: number;
  #stocks: readonly Instrument[] | null = null;
  #funds: readonly Instrument[] | null = null;
  readonly #instruments = new Map<string, Instrument>();
  readonly #sessions = new Map<string, DaySession>();
  /** Of the newest day, by security: who asks for a whole market asks for it again each minute. */
  readonly #today = new Map<string, DaySession>();
  /** Number of the newest day that was asked for. */
  #newest = 0;

  constructor(seed: number) {
    this.#seed = seed;
  }

  /** BtError BAD_SECURITY when the text is no security. */
  instrument(text: string): Instrument {
    const known = this.#instruments.get(text);
    if (known !== undefined) return known;
    const created = createInstrument(text, this.#seed, this.days);
    const instrument = this.#instruments.get(created.security) ?? this.indexes.asBasket(created);
    if (text.length <= 'NNNNNN.XSHG'.length) this.#instruments.set(text, instrument);
    this.#instruments.set(instrument.security, instrument);
    return instrument;
  }

  /** All stocks that are, were or will be listed, by code; made when they are first asked for. */
  stocks(): readonly Instrument[] {
    this.#stocks ??= this.#all(entries().stocks);
    return this.#stocks;
  }

  /** All listed funds, likewise. */
  funds(): readonly Instrument[] {
    this.#funds ??= this.#all(entries().funds);
    return this.#funds;
  }

  indices(): readonly Instrument[] {
    return this.#all(entries().indices);
  }

  /** What is neither of them: convertible bonds, repos. */
  others(): readonly Instrument[] {
    return this.#all(entries().others);
  }

  /** The same lists without what prices are made of: no instrument is made for them. */
  listed(list: EntryList): readonly Listed[] {
    return entries()[list].map(
      (entry) => this.#instruments.get(entry.security) ?? listedOf(entry, this.#seed, this.days),
    );
  }

  /** Makes all stocks, one by one; whoever asks for them meanwhile gets them at once. */
  *makeStocks(): Steps<void> {
    const { stocks } = yield* entriesInSteps();
    for (const entry of stocks) {
      this.#made(entry);
      yield;
    }
  }

  #all(list: readonly Entry[]): Instrument[] {
    return list.map((entry) => this.#made(entry));
  }

  #made(entry: Entry): Instrument {
    const known = this.#instruments.get(entry.security);
    if (known !== undefined) return known;
    const made = this.indexes.asBasket(instrumentOf(entry, this.#seed, this.days));
    this.#instruments.set(entry.security, made);
    return made;
  }

  /** BtError CALENDAR_EXPIRED outside the calendar. */
  moment(now: number): Moment {
    const index = this.days.indexAt(now);
    const time = now - this.days.midnight(index);
    return { index, time, tick: tickAt(time) };
  }

  session(instrument: Instrument, index: number): DaySession {
    if (index > this.#newest) this.#dayIs(index);
    return index === this.#newest ? this.#ofToday(instrument) : this.#ofDay(instrument, index);
  }

  #ofToday(instrument: Instrument): DaySession {
    const known = this.#today.get(instrument.security);
    if (known !== undefined) return known;
    const session = new DaySession(dayShape(instrument, this.#newest, this.days));
    this.#today.set(instrument.security, session);
    return session;
  }

  #ofDay(instrument: Instrument, index: number): DaySession {
    const key = `${instrument.security} ${index}`;
    const known = this.#sessions.get(key);
    if (known !== undefined) {
      // Moves to the young end: the oldest entry of a Map is its first.
      this.#sessions.delete(key);
      this.#sessions.set(key, known);
      return known;
    }
    const session = new DaySession(dayShape(instrument, index, this.days));
    this.#keep(key, session);
    return session;
  }

  #keep(key: string, session: DaySession): void {
    const oldest = this.#sessions.keys().next();
    if (this.#sessions.size >= SESSION_CACHE && oldest.done !== true) this.#sessions.delete(oldest.value);
    this.#sessions.set(key, session);
  }

  #dayIs(index: number): void {
    for (const [security, session] of this.#today) this.#keep(`${security} ${this.#newest}`, session);
    this.#today.clear();
    this.#newest = index;
    for (const [key, { shape }] of this.#sessions) if (shape.index < index - SESSION_DAYS) this.#sessions.delete(key);
  }
}
