import { DEFAULT_RISK_LIMITS, NO_RISK_LIMITS, type RiskLimits } from '../src/domain/order/risk/limits.ts';
import type { AccountView } from '../src/domain/order/types.ts';
import { Events } from '../src/engine/events.ts';
import { OrderBook } from '../src/engine/orders/book/order-book.ts';
import { RiskGuard } from '../src/engine/risk/risk-guard.ts';
import { Ledger } from '../src/ledger/ledger.ts';
import { SteppedClock } from '../src/platform/stepped-clock.ts';
import type { Figure, Row } from './figure.ts';
import { atMost } from './figure.ts';
import { newOrder, SECURITY } from './new-order.ts';
import { temporaryFolder } from './processes.ts';
import { percentile, spreadOf } from './stats.ts';
import { TEN_O_CLOCK } from './strategy-process.ts';

/** As many as the defaults allow in a day. */
const ORDERS = 500;
const MOST_MICROSECONDS = 50;
/** Without what stops buying after rejections: all of these are. */
const DEFAULTS: RiskLimits = { ...DEFAULT_RISK_LIMITS, breakerRejections: null };
/** With every rule that needs more than a number. */
const ALL: RiskLimits = { ...DEFAULTS, maxNames: 50, maxWeight: 100, maxExposure: 100, maxPriceDeviation: 5 };

const ACCOUNT: AccountView = {
  version: 1,
  asOf: TEN_O_CLOCK,
  availableCash: 1e9,
  lockedCash: 0,
  transferableCash: 1e9,
  totalValue: 1e9,
  startingCash: 1e9,
  positions: [],
};

/** What the limits cost an order, over a day of as many as they allow: the check of a plan, and (in the floor) the same with nothing set. */
export const figure: Figure = {
  run() {
    // What a program does for the first time is compiled meanwhile.
    day(ALL);
    return Promise.resolve([row('the default limits', DEFAULTS), row('every limit', ALL)]);
  },
};

function row(what: string, limits: RiskLimits): Row {
  const ours = day(limits);
  return {
    what: `an order's check against ${what}`,
    unit: 'µs',
    shape: 'samples',
    spread: spreadOf(ours),
    floor: { what: 'without limits', spread: spreadOf(day(NO_RISK_LIMITS)) },
    target: atMost(MOST_MICROSECONDS, 'µs', 'p99', percentile(ours, 0.99)),
  };
}

/** Microseconds of each check, orders of a day one after another. */
function day(limits: RiskLimits): number[] {
  const ledger = Ledger.open(temporaryFolder());
  const events = new Events();
  const book = new OrderBook(ledger, events);
  const onFatal = (error: unknown): never => {
    throw error;
  };
  const clock = new SteppedClock(TEN_O_CLOCK);
  const instrument = (): Promise<null> => Promise.resolve(null);
  const changesOf = () => [];
  const guard = new RiskGuard({ limits, store: ledger.risk, book, clock, events, onFatal, instrument, changesOf });
  const times: number[] = [];
  for (let index = 0; index < ORDERS; index += 1) {
    const { row: order, intent } = newOrder(5 + index / 1_000);
    const { side, amount, price, style } = intent;
    const orders = [{ security: SECURITY, side, amount, price, style }];
    const about = { isSt: false, listedDays: 4_000, lastPrice: price };
    const began = performance.now();
    const denial = guard.denial({ order, orders, account: ACCOUNT, about });
    times.push((performance.now() - began) * 1_000);
    if (denial !== null) throw new Error(denial);
    book.enter(order, [intent], TEN_O_CLOCK);
    // Most orders of a day have ended.
    const { clientId } = intent;
    book.news({ clientId, event: 'send', sentAt: TEN_O_CLOCK }, TEN_O_CLOCK);
    book.news({ clientId, event: 'rejected', reason: `no ${index}` }, TEN_O_CLOCK);
  }
  ledger.close();
  return times;
}
