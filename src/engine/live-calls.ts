import { addDays, chinaDay, chinaText } from '../domain/time.ts';
import { BtError } from '../domain/errors.ts';
import type { AccountView, OrderView } from '../domain/order/types.ts';
import type { TradingCalendar } from '../domain/market/calendar.ts';
import { CLOSURES_FROM } from '../domain/market/data/closures.ts';
import type { EngineCalls } from '../../runtime/border/calls.ts';
import type { LogLine } from '../../runtime/host.ts';
import { letPass, type Clock } from '../platform/clock.ts';
import type { Log } from '../platform/log.ts';
import type { Meter } from '../platform/meter.ts';
import { divisionText, moveText } from './account/subs/sub-plan.ts';
import type { KeepSubs, SubPortfolios } from './account/subs/sub-portfolios.ts';
import type { DataRouter } from './data/data-router.ts';
import { DatasetReader } from './data/datasets.ts';
import { failureTeller } from './data/failure-teller.ts';
import { readHistory } from './data/history.ts';
import { Instruments } from './data/instruments.ts';
import type { QuoteBoard } from './data/quote-board.ts';
import type { TickFeed } from './data/tick-feed.ts';
import type { Events } from './events.ts';
import { meteredCalls } from './metered-calls.ts';
import type { OrderBook } from './orders/book/order-book.ts';
import type { OrderDesk } from './orders/desk.ts';
import type { StrategyCalls } from './strategy-calls.ts';
import type { StrategyFiles } from './strategy-files.ts';
import type { StrategyState } from './strategy-state.ts';
import type { Scheduler } from './time/scheduler.ts';

/** A task's own time that is nearer to the market's is the same second for a reader, ms. */
const LOGICAL_MS = 1_000;

export interface LiveCallsParts {
  /** The account as the strategy may see it; null before it has been read. */
  readonly account: () => AccountView | null;
  /** Brings account and lists up to date when they are older than a moment. */
  readonly fresh: () => Promise<void>;
  readonly portfolios: Pick<SubPortfolios, 'divide' | 'move'>;
  readonly desk: OrderDesk;
  readonly book: OrderBook;
  readonly quotes: QuoteBoard;
  readonly ticks: TickFeed;
  readonly data: DataRouter;
  readonly calendar: TradingCalendar;
  readonly log: Log;
  readonly clock: Pick<Clock, 'now' | 'at' | 'hold'>;
  readonly scheduler: Pick<Scheduler, 'register' | 'unscheduleAll' | 'registrations'>;
  readonly state: StrategyState;
  readonly files: StrategyFiles;
  readonly events: Pick<Events, 'emit'>;
  readonly message?: ((text: string) => boolean) | null;
  readonly meter?: Pick<Meter, 'answered'> | null;
}

/** What answers a strategy's calls in live trading. */
export function createLiveCalls(parts: LiveCallsParts): EngineCalls {
  const { log, clock, events } = parts;
  const calls: EngineCalls = {
    ...accountCalls(parts),
    ...dataCalls(parts),
    ...scheduleCalls(parts),
    ...stateCalls(parts),
    ...subCalls(parts),
    ...fileCalls(parts),
    dataFailed: failureTeller(events),
    message: (text) => Promise.resolve(parts.message?.(text) ?? false),
    passTime: (ms) => letPass(clock, ms),
    log: (line) => writeLine(log, line, clock.now()),
  };
  return meteredCalls(calls, parts.meter);
}

type ScheduleCalls = Pick<EngineCalls, 'register' | 'unscheduleAll' | 'subscribe' | 'unsubscribe' | 'unsubscribeAll'>;

/** What the strategy is called for; taken over at once, and kept with the end of the call that asked for it. */
function scheduleCalls({ scheduler, ticks, state }: LiveCallsParts): ScheduleCalls {
  const keepTasks = (): void => state.keepRegistrations(scheduler.registrations());
  const keepTicks = (): void => state.keepSubscriptions(ticks.subscriptions());
  return {
    register(task) {
      scheduler.register(task);
      keepTasks();
      return Promise.resolve();
    },
    unscheduleAll() {
      scheduler.unscheduleAll();
      keepTasks();
      return Promise.resolve();
    },
    async subscribe(securities) {
      await ticks.subscribe(securities);
      keepTicks();
    },
    async unsubscribe(securities) {
      await ticks.unsubscribe(securities);
      keepTicks();
    },
    async unsubscribeAll() {
      await ticks.unsubscribeAll();
      keepTicks();
    },
  };
}

/** What outlives the strategy's process. */
function stateCalls({ state, log }: LiveCallsParts): Pick<EngineCalls, 'kept' | 'keep' | 'setting'> {
  return {
    kept: () => Promise.resolve(state.kept()),
    keep: (changes) => state.keepVariables(changes),
    setting(name, value) {
      log.debug(`setting ${name}`, { value });
      state.keepSetting(name, value);
      return Promise.resolve();
    },
  };
}

/** The division of the account; a move of its money is written down as an order is: what moves, and which call asked for it. */
export function subCalls({
  portfolios,
  fresh,
  log,
  state,
}: Pick<LiveCallsParts, 'portfolios' | 'fresh' | 'log'> & {
  readonly state: CallsOf & Pick<StrategyState, 'keepSubs'>;
}): Pick<EngineCalls, 'setSubPortfolios' | 'moveCash'> {
  const keep: KeepSubs = (plan, moves) => state.keepSubs(plan, moves);
  return {
    async setSubPortfolios(configs) {
      await fresh();
      log.info(divisionText(portfolios.divide(configs, keep)));
    },
    async moveCash(move, dispatch) {
      await fresh();
      portfolios.move(move, state.calls.ordering(dispatch), keep);
      log.info(`Moved ${moveText(move)}.`);
    },
  };
}

/** The strategy's own files. */
function fileCalls({ files }: Pick<LiveCallsParts, 'files'>): Pick<EngineCalls, 'readFile' | 'writeFile'> {
  return {
    readFile: async (path) => files.read(path),
    writeFile: async (path, content, append) => files.write(path, content, append),
  };
}

/** Knows the calls that order. */
interface CallsOf {
  readonly calls: Pick<StrategyCalls, 'ordering'>;
}

type AccountCalls = Pick<EngineCalls, 'account' | 'placeOrder' | 'placeOrders' | 'cancelOrder' | 'orders' | 'trades'>;

/** Account, orders and trades. */
export function accountCalls({
  account,
  fresh,
  desk,
  book,
  state,
}: Pick<LiveCallsParts, 'account' | 'fresh' | 'desk' | 'book'> & { readonly state: CallsOf }): AccountCalls {
  return {
    async account() {
      await fresh();
      const view = account();
      if (view === null) throw notRead();
      return view;
    },
    placeOrder: (request, dispatch) => desk.submit(request, null, () => state.calls.ordering(dispatch)),
    placeOrders: (requests, dispatch) =>
      allAtRest(requests.map((request) => desk.submit(request, null, () => state.calls.ordering(dispatch)))),
    cancelOrder: (orderId) => desk.cancel(orderId),
    async orders(dispatch) {
      await fresh();
      return ofDay(book, chinaDay(dispatch.logicalTime));
    },
    async trades(dispatch) {
      await fresh();
      return book.trades(chinaDay(dispatch.logicalTime));
    },
  };
}

/** Also when one of them throws, the others are under way: the strategy goes on when nothing of its batch moves any more. */
async function allAtRest(orders: readonly Promise<OrderView | null>[]): Promise<readonly (OrderView | null)[]> {
  await Promise.allSettled(orders);
  return Promise.all(orders);
}

type DataCalls = Pick<EngineCalls, 'quotes' | 'history' | 'securityInfo' | 'tradeDays' | 'data'>;

/** Market data and the calendar. */
export function dataCalls({
  quotes,
  data,
  calendar,
  clock,
}: Pick<LiveCallsParts, 'quotes' | 'data' | 'calendar' | 'clock'>): DataCalls {
  const instruments = new Instruments(data);
  const datasets = new DatasetReader(data);
  return {
    quotes(securities) {
      instruments.readTogether(securities);
      return quotes.read(securities);
    },
    history: (request, dispatch) => readHistory(request, dispatch.logicalTime, { data, calendar, clock }),
    securityInfo: (security, dispatch) => instruments.info(security, chinaDay(dispatch.logicalTime)),
    data: (request, dispatch) => datasets.read(request, dispatch.logicalTime),
    async tradeDays(start, end, count, dispatch) {
      return tradeDays(calendar, start, end ?? chinaDay(dispatch.logicalTime), count);
    },
  };
}

function ofDay(book: OrderBook, day: string): ReturnType<OrderBook['views']> {
  return book.views().filter((order) => chinaDay(order.addTime) === day);
}

function tradeDays(
  calendar: TradingCalendar,
  start: string | null,
  end: string,
  count: number | null,
): readonly string[] {
  if (start !== null && count !== null) return calendar.between(start, calendar.expires).slice(0, count);
  if (count !== null) return calendar.lastDays(calendar.isTradingDay(end) ? end : calendar.previous(end), count);
  // Before the first day of all nothing was traded: that is known.
  const first = start ?? addDays(end, -365);
  return calendar.between(first < CLOSURES_FROM && calendar.from <= CLOSURES_FROM ? CLOSURES_FROM : first, end);
}

/** Of one clock with everything else in the log; the time its task is at is told where it is another one. */
export function writeLine(log: Log, { level, source, text, time }: LogLine, now: number): void {
  const isOf = !Number.isFinite(time) || Math.abs(now - time) < LOGICAL_MS;
  log.write({ level, source, text, time: now, ...(isOf ? {} : { fields: { task_time: chinaText(time).slice(11) } }) });
}

function notRead(): BtError {
  return new BtError('ACCOUNT_NOT_READ', 'The account has not been read yet. Read the portfolio in a task or hook.', {
    fault: 'venue',
  });
}
