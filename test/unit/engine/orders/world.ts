import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exchangeCalendar } from '../../../../src/domain/market/calendar.ts';
import { NO_RISK_LIMITS, type RiskLimits } from '../../../../src/domain/order/risk/limits.ts';
import { chinaInstant } from '../../../../src/domain/time.ts';
import type { OrderRequest } from '../../../../src/domain/order/types.ts';
import type { Quote } from '../../../../src/domain/trading.ts';
import type { DataRouter } from '../../../../src/engine/data/data-router.ts';
import { QuoteBoard } from '../../../../src/engine/data/quote-board.ts';
import { Events, type EngineEvent } from '../../../../src/engine/events.ts';
import { logEvents } from '../../../../src/engine/events-log.ts';
import { DEFAULT_LIMITS } from '../../../../src/engine/live-options.ts';
import type { KillFilePort } from '../../../../src/engine/risk/kill-switch.ts';
import type { RiskOptions } from '../../../../src/engine/risk/trading-risk.ts';
import { Trading } from '../../../../src/engine/trading.ts';
import { Ledger } from '../../../../src/ledger/ledger.ts';
import type { Log, LogEntry } from '../../../../src/platform/log.ts';
import { SteppedClock } from '../../../../src/platform/stepped-clock.ts';
import { nextTurn } from '../../../../src/platform/turn.ts';
import { aQuote, aRequest } from '../../domain/order/builders.ts';
import { FakeBroker } from './fake-broker.ts';
import { FakeTimers } from '../../platform/fake-timers.ts';
import { mortal, type Life } from './mortal-broker.ts';

export interface World {
  readonly broker: FakeBroker;
  readonly clock: SteppedClock;
  readonly timers: FakeTimers;
  readonly quotes: Map<string, Quote>;
  readonly lines: LogEntry[];
  readonly folder: string;
  /** What reading quotes meets, to look at them (`quotes`) and to plan on one (`quote`); null = they are read. */
  readonly fails: { quotes: Error | null; quote: Error | null };
  /** Market ms that reading a quote to plan on takes. */
  readonly slow: { quote: number };
  trading: Trading;
  ledger: Ledger;
  events: Events;
  /** All that happened, also in former lives, oldest first. */
  readonly happened: EngineEvent[];
  /** Lets wall and market time pass together, in steps, until `done` or `ms` have passed. */
  pass(ms: number, done?: () => boolean): Promise<void>;
  /** Runs a call to its end while time passes. */
  settle<T>(work: Promise<T>, ms?: number): Promise<T>;
  /** A tick, as a venue pushes it. */
  push(quote: Quote): void;
  order(change?: Partial<OrderRequest>): ReturnType<Trading['desk']['submit']>;
  /** The process dies here and now: nothing it left behind reaches ledger or broker. */
  kill(): void;
  /** The process dies, if it lives, and starts again: only the ledger is left. Resolves when trading is open. */
  restart(): Promise<void>;
  /** As `restart`, while somebody else lets the time pass. */
  begin(): Promise<unknown>;
  close(): Promise<void>;
}

const STEP_MS = 50;

/** An order path on a scripted broker, on stepped time: Monday 2026-07-06, 09:35, if not told otherwise. */
export async function createWorld(
  options: {
    day?: string;
    start?: string;
    real?: boolean;
    positions?: 'all' | 'own';
    broker?: FakeBroker;
    timers?: FakeTimers;
    /** Limits beside none, and where the kill switch's file is. */
    risk?: Partial<RiskLimits>;
    killFile?: KillFilePort;
    instrument?: NonNullable<RiskOptions['instrument']>;
  } = {},
): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'bt-orders-'));
  const clock = new SteppedClock(chinaInstant(options.day ?? '2026-07-06', options.start ?? '09:35:00'));
  const timers = options.timers ?? new FakeTimers();
  const broker: FakeBroker = options.broker ?? new FakeBroker();
  broker.now = () => clock.now();
  const quotes = new Map<string, Quote>([['000001.XSHE', aQuote()]]);
  const listeners = new Set<(quote: Quote) => void>();
  const lines: LogEntry[] = [];
  const stop = new AbortController();
  let life: Life = { alive: true };
  const happened: EngineEvent[] = [];
  const build = (): Pick<World, 'ledger' | 'trading' | 'events'> => {
    const mine: Life = { alive: true };
    life = mine;
    const ledger = Ledger.open(folder);
    const events = new Events();
    events.on((event) => {
      if (mine.alive) happened.push(event);
    });
    logEvents(
      events,
      collect(lines, 'engine', life, () => clock.now()),
    );
    const trading = new Trading(
      {
        name: 'test',
        events,
        broker: mortal(broker, life),
        clock,
        timers,
        limits: DEFAULT_LIMITS,
        log: collect(lines, 'engine', life, () => clock.now()),
        stop: stop.signal,
        calendar: exchangeCalendar(),
        positions: options.positions ?? null,
        real: options.real ?? false,
        risk: { ...NO_RISK_LIMITS, ...options.risk },
        ...(options.killFile === undefined ? {} : { killFile: options.killFile }),
        ...(options.instrument === undefined ? {} : { instrument: options.instrument }),
      },
      ledger,
      new QuoteBoard(
        quoteSource(quotes, clock, listeners, () => world),
        timers,
        clock,
      ),
    );
    return { ledger, trading, events };
  };
  const world: World = {
    fails: { quotes: null, quote: null },
    slow: { quote: 0 },
    broker,
    clock,
    timers,
    quotes,
    lines,
    folder,
    happened,
    ...build(),
    async pass(ms, done) {
      const finished = (): boolean => done?.() === true;
      for (let passed = 0; passed < ms && !finished(); passed += STEP_MS) {
        timers.pass(STEP_MS);
        await clock.walk(clock.now() + STEP_MS);
        await nextTurn();
      }
    },
    async settle(work, ms = 60_000) {
      let finished = false;
      const end = (): void => {
        finished = true;
      };
      work.then(end, end);
      await nextTurn();
      await world.pass(ms, () => finished);
      if (!finished) throw new Error(`the call has not ended after ${ms} ms`);
      return work;
    },
    push(quote) {
      for (const listener of listeners) listener(quote);
    },
    order: (change) => world.trading.desk.submit(aRequest(change)),
    kill() {
      life.alive = false;
      world.ledger.close();
    },
    async restart() {
      await world.settle(world.begin());
    },
    begin() {
      world.kill();
      Object.assign(world, build());
      return world.trading.open();
    },
    async close() {
      stop.abort();
      // What is followed looks up within a moment, when time passes.
      await world.settle(world.trading.stop());
      world.ledger.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await world.settle(world.trading.open());
  return world;
}

/** A quote that has no time of its own is always of now. */
function quoteSource(
  quotes: ReadonlyMap<string, Quote>,
  clock: SteppedClock,
  listeners: Set<(quote: Quote) => void>,
  about: () => Pick<World, 'fails' | 'slow'>,
): Pick<DataRouter, 'quote' | 'quotes' | 'onTick'> {
  const stamped = (quote: Quote): Quote => ({ ...quote, time: quote.time ?? clock.now() });
  return {
    quote: async (security) => {
      const { quote: slow } = about().slow;
      if (slow > 0) await new Promise<void>((resolve) => void clock.at(clock.now() + slow, resolve));
      const error = about().fails.quote;
      if (error !== null) throw error;
      const quote = quotes.get(security);
      return quote === undefined ? null : stamped(quote);
    },
    quotes: async () => {
      const error = about().fails.quotes;
      if (error !== null) throw error;
      return new Map([...quotes].map(([code, quote]) => [code, stamped(quote)]));
    },
    onTick: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** What a dead process would still say is not heard. */
function collect(lines: LogEntry[], source: string, life: Life, now: () => number): Log {
  const add =
    (level: LogEntry['level']) =>
    (text: string, fields?: LogEntry['fields']): void => {
      if (life.alive) lines.push({ level, source, text, time: now(), ...(fields === undefined ? {} : { fields }) });
    };
  return {
    write: (entry) => {
      if (life.alive) lines.push({ ...entry, time: entry.time ?? now() });
    },
    debug: add('debug'),
    info: add('info'),
    warning: add('warning'),
    error: add('error'),
    child: (name) => collect(lines, name, life, now),
  };
}
