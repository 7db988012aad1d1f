import { addDays, chinaDay } from '../domain/time.ts';
import { BtError } from '../domain/errors.ts';
import { canonicalSecurity } from '../domain/market/symbol.ts';
import type { TradingCalendar } from '../domain/market/calendar.ts';
import type { EngineCalls } from '../../runtime/border/calls.ts';
import type { LogLine, TaskRegistration } from '../../runtime/host.ts';
import type { Log } from '../platform/log.ts';
import type { Provider } from '../venues/provider.ts';
import { readHistory } from './data/history.ts';
import type { QuoteBoard } from './data/quote-board.ts';
import type { TickFeed } from './data/tick-feed.ts';
import type { OrderBook } from './orders/book/order-book.ts';
import type { OrderDesk } from './orders/desk.ts';

export interface LiveCallsParts {
  readonly desk: OrderDesk;
  readonly book: OrderBook;
  readonly quotes: QuoteBoard;
  readonly ticks: TickFeed;
  readonly provider: Provider;
  readonly calendar: TradingCalendar;
  readonly log: Log;
  readonly register: (task: TaskRegistration) => void;
  readonly unscheduleAll: () => void;
}

/** What answers a strategy's calls in live trading. */
export function createLiveCalls(parts: LiveCallsParts): EngineCalls {
  const { desk, book, quotes, ticks, provider, calendar, log } = parts;
  return {
    account() {
      const view = desk.account();
      if (view === null) throw notRead();
      return Promise.resolve(view);
    },
    placeOrder: (request) => desk.submit(request),
    cancelOrder: (orderId) => desk.cancel(orderId),
    orders: (dispatch) => Promise.resolve(ofDay(book, chinaDay(dispatch.logicalTime))),
    trades: (dispatch) =>
      Promise.resolve(book.trades().filter((trade) => chinaDay(trade.time) === chinaDay(dispatch.logicalTime))),
    quotes: (securities) => quotes.read(securities),
    history: (request, dispatch) => readHistory(request, dispatch.logicalTime, { provider, calendar }),
    securityInfo: (security) => provider.securityInfo(canonicalSecurity(security)),
    tradeDays: (start, end, count, dispatch) =>
      Promise.resolve(tradeDays(calendar, start, end ?? chinaDay(dispatch.logicalTime), count)),
    register(task) {
      parts.register(task);
      return Promise.resolve();
    },
    unscheduleAll() {
      parts.unscheduleAll();
      return Promise.resolve();
    },
    subscribe: (securities) => ticks.subscribe(securities),
    unsubscribe: (securities) => ticks.unsubscribe(securities),
    unsubscribeAll: () => ticks.unsubscribeAll(),
    setting(name, value) {
      log.debug(`setting ${name}`, { value });
      return Promise.resolve();
    },
    log: (line) => writeLine(log, line),
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
  if (count !== null) return calendar.lastDays(calendar.isTradingDay(end) ? end : calendar.previous(end), count);
  return calendar.between(start ?? addDays(end, -365), end);
}

function writeLine(log: Log, line: LogLine): void {
  log.write({ level: line.level, source: line.source, text: line.text, time: line.time });
}

function notRead(): BtError {
  return new BtError('ACCOUNT_NOT_READ', 'The account has not been read yet. Read the portfolio in a task or hook.', {
    fault: 'venue',
  });
}
