import { MemoryDisk } from '../test/simulation/world/memory-disk.ts';
import { FakeBroker } from '../test/unit/engine/orders/fake-broker.ts';
import type { DispatchContext } from '../runtime/host.ts';
import { exchangeCalendar } from '../src/domain/market/calendar.ts';
import type { OrderRequest } from '../src/domain/order/types.ts';
import { chinaInstant } from '../src/domain/time.ts';
import type { BrokerPosition, Quote } from '../src/domain/trading.ts';
import type { DataRouter } from '../src/engine/data/data-router.ts';
import { QuoteBoard } from '../src/engine/data/quote-board.ts';
import { Events } from '../src/engine/events.ts';
import { accountCalls } from '../src/engine/live-calls.ts';
import { DEFAULT_LIMITS } from '../src/engine/live-options.ts';
import { Trading } from '../src/engine/trading.ts';
import { nullLog } from '../src/platform/log.ts';
import type { PlaceOutcome, PlaceRequest } from '../src/venues/broker.ts';
import { LeapingTime } from './leaping-time.ts';
import { CONTEXT } from './strategy-process.ts';

export const ORDERS_A_DAY = 200;
/** Orders that follow each other before the account comes to rest. */
export const BURST = 10;
/** On days that nobody watches. */
const AT_ONCE = 100;
/** So that lists and account are read at least once while nothing is ordered, market ms. */
const REST_MS = 5_000;
const SECURITIES = Array.from({ length: 10 }, (_, index) => `00000${index}.XSHE`);
/** CNY, of everything. */
export const PRICE = 10;
const CASH = 100_000_000;
const SHARES = 100_000;

/** Wall ms of the calls of ten orders that followed each other, and of all of it with the rest after them. */
export interface BurstCosts {
  readonly calls: readonly number[];
  readonly whole: number;
}

/** An order path that lives for days on end. */
export interface YearRun {
  readonly trading: Trading;
  /** Trading days after the one it was started on. */
  readonly days: readonly string[];
  /** Opens a day with its reconciliation. */
  open(day: string): Promise<void>;
  /** The orders number `index` to `index + BURST` of the day, each after the one before has returned, and a rest. */
  burst(index: number): Promise<BurstCosts>;
  /** All orders of a day, a hundred at once: for the book it is the same, with fewer readings to wait for. */
  trade(): Promise<void>;
  /** After the close; what is still open ends. */
  close(day: string): Promise<void>;
  /** What a strategy's `orders` and a portfolio that has changed cost now, wall ms. */
  reads(): Promise<{ readonly orders: number; readonly account: number }>;
  stop(): Promise<void>;
}

/**
 * The real order path on a scripted broker, on time that is not waited for. Its ledger is a database in memory: a year of commits
 * to a disk would take longer than all the rest. It owns what it buys (`--positions own`), which asks most of the ledger.
 */
export async function startYear(year: string): Promise<YearRun> {
  const [first = '', ...days] = exchangeCalendar().between(`${year}-01-01`, `${year}-12-31`);
  const time = new LeapingTime(chinaInstant(first, '09:31:00'));
  const broker = scripted(() => time.clock.now());
  const disk = new MemoryDisk();
  const stop = new AbortController();
  const trading = new Trading(
    { ...fixed, broker, clock: time.clock, timers: time.timers, stop: stop.signal, events: new Events() },
    disk.open({ alive: true }),
    new QuoteBoard(
      quotesAt(() => time.clock.now()),
      time.timers,
      time.clock,
    ),
  );
  await time.settle(trading.open());
  // What it sells later it must own.
  await wholeDay(trading, time, true);
  await evening(first, time);
  return {
    trading,
    days,
    async open(day) {
      await night(day, broker, time);
      await time.pass(30_000, () => trading.gate.reason() === null && time.clock.now() > chinaInstant(day, '08:45'));
      await time.leap(chinaInstant(day, '09:31:00'));
    },
    burst: (index) => burst(index, trading, time),
    trade: () => wholeDay(trading, time, false),
    close: (day) => evening(day, time),
    reads: () => readCosts(trading, time.clock.now()),
    async stop() {
      stop.abort();
      await time.settle(trading.stop());
      time.clock.stop();
      disk.close();
    },
  };
}

const fixed = {
  name: 'bench',
  calendar: exchangeCalendar(),
  log: nullLog,
  limits: DEFAULT_LIMITS,
  real: false,
  positions: 'own',
} as const;

/** The broker begins a day: its lists are empty, and what was bought may be sold. What the script notes is thrown away. */
async function night(day: string, broker: FakeBroker, time: LeapingTime): Promise<void> {
  await time.leap(chinaInstant(day, '08:44:50'));
  for (const list of [broker.book, broker.fills, broker.placed, broker.cancels]) list.length = 0;
  broker.held = broker.held.map((held) => ({ ...held, closeableAmount: held.amount }));
}

/** The lists are read once more when the counter has closed, which tells how the day ended. */
async function evening(day: string, time: LeapingTime): Promise<void> {
  await time.leap(chinaInstant(day, '15:01:30'));
  await time.pass(REST_MS * 2);
}

async function wholeDay(trading: Trading, time: LeapingTime, buysOnly: boolean): Promise<void> {
  for (let from = 0; from < ORDERS_A_DAY; from += AT_ONCE) {
    const requests = Array.from({ length: AT_ONCE }, (_, index) => requestOf(from + index, buysOnly));
    await time.settle(Promise.all(requests.map((request) => trading.desk.submit(request))));
    await time.pass(REST_MS);
  }
}

async function burst(from: number, trading: Trading, time: LeapingTime): Promise<BurstCosts> {
  const calls: number[] = [];
  const began = performance.now();
  for (let index = from; index < from + BURST; index += 1) {
    const called = performance.now();
    await time.settle(trading.desk.submit(requestOf(index, false)));
    calls.push(performance.now() - called);
  }
  await time.pass(REST_MS);
  return { calls, whole: performance.now() - began };
}

async function readCosts(trading: Trading, now: number): Promise<{ orders: number; account: number }> {
  const { account, desk, book } = trading;
  const calls = accountCalls({
    account: () => account.view(),
    fresh: () => trading.freshness.bring(),
    desk,
    book,
    state: { calls: { ordering: () => null } },
  });
  const context: DispatchContext = { ...CONTEXT, logicalTime: now };
  await trading.freshness.bring();
  const before = performance.now();
  const orders = await calls.orders(context);
  const between = performance.now();
  if (orders.length !== ORDERS_A_DAY) throw new Error(`${orders.length} of ${ORDERS_A_DAY} orders are shown`);
  account.expire();
  const expired = performance.now();
  await calls.account(context);
  return { orders: between - before, account: performance.now() - expired };
}

function scripted(now: () => number): FakeBroker {
  const broker = new FakeBroker();
  broker.now = now;
  broker.cash = CASH;
  broker.held = SECURITIES.map(holdingOf);
  broker.onPlace = answer;
  return broker;
}

/** What becomes of an order is its remark. */
function answer(request: PlaceRequest, broker: FakeBroker): PlaceOutcome {
  const order = broker.enter(request);
  const { orderId } = order;
  if (request.remark.endsWith(FATES.rejected)) {
    broker.set(orderId, { status: 'rejected', statusText: 'bench' });
    return { kind: 'rejected', code: 'ORDER_REJECTED', reason: 'bench', orderId };
  }
  if (request.remark.endsWith(FATES.filled)) broker.fill(orderId, request.amount);
  return { kind: 'accepted', orderId, order };
}

const FATES = { filled: 'filled', rejected: 'rejected', open: 'open' } as const;

/** Of ten orders eight are filled at once. What is open after a second is cancelled; that of the last ten of a day is left to the night. */
function requestOf(index: number, buysOnly: boolean): OrderRequest {
  const pair = Math.floor(index / BURST / 2);
  const isBuy = buysOnly || Math.floor(index / BURST) % 2 === 0;
  return {
    kind: 'amount',
    // What the orders of a burst bought is sold by the next one, to the share.
    security: SECURITIES[(index + pair) % SECURITIES.length] ?? '',
    quantity: isBuy ? 100 : -100,
    style: { kind: 'limit', limitPrice: PRICE },
    waitTimeout: 1,
    remark: index % BURST === 3 ? FATES.rejected : index % BURST === 7 ? FATES.open : FATES.filled,
    keep: index >= ORDERS_A_DAY - BURST,
  };
}

function holdingOf(security: string): BrokerPosition {
  return {
    security,
    name: null,
    amount: SHARES,
    closeableAmount: SHARES,
    avgCost: PRICE,
    lastPrice: PRICE,
    marketValue: PRICE * SHARES,
  };
}

/** Quotes of whatever is asked for; `asked` is told of each request. */
export function quotesAt(
  now: () => number,
  asked: () => void = () => undefined,
): Pick<DataRouter, 'quote' | 'quotes' | 'onTick'> {
  const read = <T>(value: T): Promise<T> => {
    asked();
    return Promise.resolve(value);
  };
  return {
    quote: (security) => read(quoteOf(security, now())),
    quotes: (securities) => read(new Map(securities.map((security) => [security, quoteOf(security, now())]))),
    onTick: () => () => undefined,
  };
}

function quoteOf(security: string, time: number): Quote {
  return {
    security,
    time,
    lastPrice: PRICE,
    preClose: PRICE,
    dayOpen: PRICE,
    highLimit: PRICE * 1.1,
    lowLimit: PRICE * 0.9,
    bid1: PRICE - 0.01,
    ask1: PRICE,
    volume: 100_000,
    paused: false,
    isSt: false,
    name: null,
  };
}
