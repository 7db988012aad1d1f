import { MarketTime } from '../test/simulation/world/market-time.ts';
import { MemoryDisk } from '../test/simulation/world/memory-disk.ts';
import { Process } from '../test/simulation/world/process.ts';
import { VirtualTime } from '../test/simulation/world/virtual-time.ts';
import { FakeBroker } from '../test/unit/engine/orders/fake-broker.ts';
import { exchangeCalendar } from '../src/domain/market/calendar.ts';
import type { OrderRequest } from '../src/domain/order/types.ts';
import { QuoteBoard } from '../src/engine/data/quote-board.ts';
import { Events } from '../src/engine/events.ts';
import { DEFAULT_LIMITS } from '../src/engine/live-options.ts';
import { Trading } from '../src/engine/trading.ts';
import { nullLog } from '../src/platform/log.ts';
import { LeapingTime } from './leaping-time.ts';
import { TEN_O_CLOCK } from './strategy-process.ts';
import { PRICE, quotesAt } from './year-run.ts';

/** What was done in the engine, counted. */
export interface Work {
  /** The account computed as its owner sees it. */
  readonly projections: number;
  readonly commits: number;
  /** Requests for account and positions, for orders and trades, for quotes. */
  readonly accountReads: number;
  readonly listReads: number;
  readonly quotes: number;
}

/** An order path in which work is counted. */
export interface CountedRun {
  /** From the call of an order that is filled at once to its return. */
  order(): Promise<Work>;
  /** A look at the account after it, as far as anything has changed. */
  look(): Promise<Work>;
  stop(): Promise<void>;
}

const SECURITY = '000001.XSHE';
const REQUEST: OrderRequest = {
  kind: 'amount',
  security: SECURITY,
  quantity: 100,
  style: { kind: 'market', limitPrice: null },
  waitTimeout: null,
  remark: 'bench',
  keep: null,
};
/** Between two orders, ms: everything has come to rest. */
const REST_MS = 10_000;

/** A market-style order is waited for until its fill is listed. */
export async function startCounted(): Promise<CountedRun> {
  const counts = { projections: 0, commits: 0, accountReads: 0, listReads: 0, quotes: 0 };
  const time = new LeapingTime(TEN_O_CLOCK);
  const broker = counted(counts, () => time.clock.now());
  const disk = new MemoryDisk();
  const virtual = new VirtualTime();
  const owner = new Process('bench', virtual, new MarketTime(virtual, TEN_O_CLOCK));
  const ledger = disk.open(owner, { before: () => void (counts.commits += 1), after: () => undefined });
  const quotes = quotesAt(
    () => time.clock.now(),
    () => void (counts.quotes += 1),
  );
  const trading = new Trading(
    {
      name: 'bench',
      events: new Events(),
      broker,
      clock: time.clock,
      timers: time.timers,
      calendar: exchangeCalendar(),
      log: nullLog,
      limits: DEFAULT_LIMITS,
      stop: new AbortController().signal,
      real: false,
      positions: 'all',
    },
    ledger,
    new QuoteBoard(quotes, time.timers, time.clock),
  );
  countProjections(trading, counts);
  await time.settle(trading.open());
  const work = async (does: () => Promise<unknown>): Promise<Work> => {
    const before = { ...counts };
    await time.settle(does());
    return difference(counts, before);
  };
  return {
    async order() {
      await time.pass(REST_MS);
      return work(() => trading.desk.submit(REQUEST));
    },
    look: () => work(() => trading.freshness.bring().then(() => trading.account.view())),
    async stop() {
      await time.settle(trading.stop());
      time.clock.stop();
      disk.close();
    },
  };
}

function difference(now: Work, before: Work): Work {
  return {
    projections: now.projections - before.projections,
    commits: now.commits - before.commits,
    accountReads: now.accountReads - before.accountReads,
    listReads: now.listReads - before.listReads,
    quotes: now.quotes - before.quotes,
  };
}

type Counts = { -readonly [Name in keyof Work]: Work[Name] };

/** A view is computed when it is another object than the last one: the projection makes a new one each time. */
function countProjections({ account }: Trading, counts: Counts): void {
  const view = account.view.bind(account);
  let last: unknown = null;
  account.view = () => {
    const seen = view();
    if (seen !== null && seen !== last) counts.projections += 1;
    last = seen;
    return seen;
  };
}

function counted(counts: Counts, now: () => number): FakeBroker {
  class Counted extends FakeBroker {
    override account(): ReturnType<FakeBroker['account']> {
      counts.accountReads += 1;
      return super.account();
    }
    override positions(): ReturnType<FakeBroker['positions']> {
      counts.accountReads += 1;
      return super.positions();
    }
    override orders(): ReturnType<FakeBroker['orders']> {
      counts.listReads += 1;
      return super.orders();
    }
    override trades(): ReturnType<FakeBroker['trades']> {
      counts.listReads += 1;
      return super.trades();
    }
  }
  const broker = new Counted();
  broker.now = now;
  broker.cash = PRICE * 1_000_000;
  broker.onPlace = (request) => {
    const outcome = broker.accept(request);
    if (outcome.kind === 'accepted') broker.fill(outcome.orderId, request.amount);
    return outcome;
  };
  return broker;
}
