import type { IntentRow } from '../../domain/order/rows.ts';
import type { RiskGuard } from '../risk/risk-guard.ts';
import type { QuoteBoard } from '../data/quote-board.ts';
import type { KnownDayPrices } from './day-prices.ts';
import { OrderDesk, type DeskOptions } from './desk.ts';
import { OrderDriver, type DriverOptions } from './driver.ts';
import { OrderPlanner } from './planning/order-planner.ts';
import type { OrderPlannerOptions } from './planning/planner-options.ts';
import { planningQuote, type PlanningQuoteOptions } from './planning/planning-quote.ts';
import { SeenQuotes } from './planning/seen-quotes.ts';
import { UnknownSearch, type UnknownSearchOptions } from './reading/unknown-search.ts';
import { Canceler } from './sending/canceler.ts';
import { Placer } from './sending/placer.ts';
import type { PlacerOptions } from './sending/placer-options.ts';

export type OrderPathOptions = Omit<DriverOptions, 'planner' | 'placer' | 'canceler' | keyof PriceSource> &
  Omit<OrderPlannerOptions, 'quote' | 'limits'> &
  Omit<PlacerOptions, 'onUnknown' | 'pace' | 'closed'> &
  Omit<UnknownSearchOptions, 'read'> &
  Omit<DeskOptions, 'driver' | 'limits' | 'seen'> & {
    readonly quotes: QuoteBoard;
    readonly dayPrices: KnownDayPrices;
    readonly guard: RiskGuard;
  };

type PriceSource = Pick<DriverOptions, 'prices' | 'onTick' | 'quoteMaxAgeMs' | 'stopped'>;

export interface OrderPath {
  readonly desk: OrderDesk;
  readonly driver: OrderDriver;
  readonly placer: Placer;
  readonly search: UnknownSearch;
}

/** What carries an order from a call to the venue, wired: desk, driver, planner, placer, canceler, search. */
export function orderPath(asked: OrderPathOptions): OrderPath {
  const options = { ...asked, limits: asked.guard, pace: asked.guard.pace };
  const { tracker, quotes, rules, dayPrices } = options;
  const search = new UnknownSearch({ ...options, read: () => tracker.readNow() });
  const closed = ({ orderId, side }: IntentRow): string | null => {
    const order = options.book.life(orderId)?.order;
    return order === undefined ? 'its day has ended' : options.closed({ ...order, side });
  };
  const onUnknown: PlacerOptions['onUnknown'] = (clientId, answered) => search.add(clientId, answered);
  const placer = new Placer({ ...options, closed, onUnknown });
  const seen = new SeenQuotes(options.timers);
  const ask: PlanningQuoteOptions['ask'] = async (security, orderId) => {
    const quote = seen.take(orderId) ?? (await quotes.fresh(security));
    if (quote !== null) dayPrices.note(quote);
    return quote;
  };
  const source = {
    ask,
    hasMoved: (ms: number) => quotes.hasMoved(ms),
    maxAgeMs: rules.quoteMaxAgeMs,
  };
  const planner = new OrderPlanner({
    ...options,
    quote: (security, orderId) => planningQuote(security, { ...options, ...source, orderId }),
  });
  const prices: PriceSource = {
    prices: (securities) => quotes.read(securities),
    onTick: (listener) => quotes.onTick(listener),
    quoteMaxAgeMs: rules.quoteMaxAgeMs,
    stopped: (order) => options.closed(order),
  };
  const driver = new OrderDriver({ ...options, ...prices, planner, placer, canceler: new Canceler(options) });
  return { driver, placer, search, desk: new OrderDesk({ ...options, driver, seen }) };
}
