import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chinaInstant } from '../../../../src/domain/time.ts';
import type { BrokerOrder, BrokerTrade } from '../../../../src/domain/trading.ts';
import { Events, type Alarm, type EngineEvent } from '../../../../src/engine/events.ts';
import { logEvents } from '../../../../src/engine/events-log.ts';
import { OrderBook } from '../../../../src/engine/orders/book/order-book.ts';
import { Tracker, type TrackerOptions } from '../../../../src/engine/orders/reading/tracker.ts';
import { Ledger } from '../../../../src/ledger/ledger.ts';
import type { DayPrices } from '../../../../src/domain/order/plausible-fill.ts';
import type { FillRow, IntentRow, OrderRow } from '../../../../src/domain/order/rows.ts';
import type { Log, LogEntry } from '../../../../src/platform/log.ts';
import { SteppedClock } from '../../../../src/platform/stepped-clock.ts';
import { nextTurn } from '../../../../src/platform/turn.ts';
import { aRequest } from '../../domain/order/builders.ts';
import { FakeBroker } from './fake-broker.ts';
import { FakeTimers } from '../../platform/fake-timers.ts';

/** Monday; the day before it that traded is Friday the 3rd. */
export const DAY = '2026-07-06';
export const SENT_AT = chinaInstant(DAY, '09:35:00');

export function anOrderRow(change: Partial<OrderRow> = {}): OrderRow {
  return {
    orderId: 'o1',
    day: DAY,
    owner: 'test',
    requestKey: change.orderId ?? 'o1',
    placedIn: null,
    security: '000001.XSHE',
    side: 'buy',
    request: aRequest(),
    amount: 100,
    phase: change.denied === undefined || change.denied === null ? 'working' : 'done',
    opensAt: null,
    waitMs: 0,
    waitUntil: null,
    atEnd: 'keep',
    cancelWhy: null,
    cancelInsists: false,
    denied: null,
    costBefore: null,
    callPrice: null,
    triggeredAt: null,
    triggerPrice: null,
    createdAt: SENT_AT,
    ...change,
  };
}

export function anIntent(change: Partial<IntentRow> = {}): IntentRow {
  return {
    clientId: 'c1',
    orderId: 'o1',
    day: DAY,
    tag: 'k3v9x0aa',
    remark: 'bt:k3v9x0aa',
    security: '000001.XSHE',
    side: 'buy',
    amount: 100,
    price: 10,
    style: 'limit',
    state: 'planned',
    reason: null,
    brokerOrderId: null,
    filled: 0,
    sentAt: null,
    cancels: 0,
    updatedAt: SENT_AT,
    ...change,
  };
}

export function aBrokerOrder(change: Partial<BrokerOrder> = {}): BrokerOrder {
  return {
    orderId: '7',
    security: '000001.XSHE',
    side: 'buy',
    amount: 100,
    filled: 0,
    limitPrice: 10,
    avgPrice: null,
    status: 'open',
    remark: 'bt:k3v9x0aa',
    statusText: '',
    createdAt: SENT_AT + 1_000,
    ...change,
  };
}

/** Nothing is known of the day's price limits. */
export const UNKNOWN_PRICES: DayPrices = { high: null, low: null };

export function aTrade(change: Partial<BrokerTrade> = {}): BrokerTrade {
  return {
    tradeId: 't1',
    orderId: '7',
    security: '000001.XSHE',
    side: null,
    amount: 100,
    price: 10,
    time: SENT_AT + 2_000,
    commission: 5,
    tax: 0,
    ...change,
  };
}

export function aFill(change: Partial<FillRow> = {}): FillRow {
  return {
    day: DAY,
    brokerOrderId: '7',
    tradeId: 't1',
    ordinal: 1,
    clientId: 'c1',
    amount: 100,
    price: 10,
    time: SENT_AT + 2_000,
    commission: 5,
    tax: 0,
    ...change,
  };
}

/** A log that keeps what it is told. */
export function collectLog(lines: LogEntry[]): Log {
  const add =
    (level: LogEntry['level']) =>
    (text: string): void => {
      lines.push({ level, source: 'test', text, time: null });
    };
  return {
    write: (entry) => void lines.push(entry),
    debug: add('debug'),
    info: add('info'),
    warning: add('warning'),
    error: add('error'),
    child: () => collectLog(lines),
  };
}

/** A ledger, a book on it, a scripted broker, stepped time and a log: what every part of the order path needs. */
export class Bench {
  readonly folder = mkdtempSync(join(tmpdir(), 'bt-part-'));
  readonly timers = new FakeTimers();
  readonly broker = new FakeBroker();
  readonly lines: LogEntry[] = [];
  readonly log = collectLog(this.lines);
  readonly clock: SteppedClock;
  readonly events = new Events();
  /** All that happened, oldest first. */
  readonly happened: EngineEvent[] = [];
  ledger = Ledger.open(this.folder);
  book = new OrderBook(this.ledger, this.events);

  constructor(start = SENT_AT) {
    this.clock = new SteppedClock(start);
    this.broker.now = () => this.clock.now();
    this.events.on((event) => this.happened.push(event));
    logEvents(this.events, this.log);
  }

  /** An order with one intent in the given state, in book and ledger. */
  hold(intent: Partial<IntentRow> = {}, order: Partial<OrderRow> = {}): IntentRow {
    const row = anIntent(intent);
    const { orderId, day, side, security, amount } = row;
    this.book.enter(anOrderRow({ orderId, day, side, security, amount, ...order }), [row], this.clock.now());
    return row;
  }

  /** An intent that the broker took. */
  accepted(change: Partial<IntentRow> = {}): IntentRow {
    return this.hold({ state: 'accepted', sentAt: SENT_AT, brokerOrderId: '7', ...change });
  }

  /** What another process would find in the ledger now. */
  durable(): IntentRow[] {
    const other = Ledger.open(this.folder);
    try {
      return other.intentsOf(DAY);
    } finally {
      other.close();
    }
  }

  /** The process dies: only the ledger is left. */
  reopen(): OrderBook {
    this.ledger.close();
    this.ledger = Ledger.open(this.folder);
    this.book = new OrderBook(this.ledger, this.events);
    return this.book;
  }

  /** What reads the broker's lists into the book: no other account, no orders of other days, no price limits. */
  tracker(change: Partial<TrackerOptions> = {}): Tracker {
    const { broker, book, ledger, clock, timers, events } = this;
    return new Tracker({
      broker,
      book,
      ledger,
      clock,
      timers,
      events,
      onFatal: () => undefined,
      intentOfTag: () => null,
      otherAccount: () => null,
      prices: () => UNKNOWN_PRICES,
      ...change,
    });
  }

  /** Lets wall and market time pass together. */
  async pass(ms: number, step = 50): Promise<void> {
    for (let passed = 0; passed < ms; passed += step) {
      this.timers.pass(step);
      await this.clock.walk(this.clock.now() + step);
      await nextTurn();
    }
  }

  said(part: string | RegExp, level?: LogEntry['level']): number {
    return this.lines.filter(
      (line) =>
        (level === undefined || line.level === level) &&
        (typeof part === 'string' ? line.text.includes(part) : part.test(line.text)),
    ).length;
  }

  /** Alarms that were raised, oldest first. */
  alarms(): Alarm[] {
    return this.happened.flatMap((event) => (event.kind === 'alarm' ? [event.alarm] : []));
  }

  close(): void {
    this.ledger.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A promise that is settled from outside. */
export interface Deferred<T> {
  readonly promise: Promise<T>;
  resolve(value: T): void;
  reject(error: unknown): void;
}

export function deferred<T>(): Deferred<T> {
  return Promise.withResolvers<T>();
}
