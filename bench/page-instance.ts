import { OrderBook } from '../src/engine/orders/book/order-book.ts';
import { Events } from '../src/engine/events.ts';
import type { EngineAnswer } from '../src/domain/status/engine-status.ts';
import type { SeenPosition } from '../src/domain/status/seen-account.ts';
import { DEFAULT_RISK_LIMITS } from '../src/domain/order/risk/limits.ts';
import { chinaDay } from '../src/domain/time.ts';
import { limitsStatus } from '../src/domain/status/risk-status.ts';
import { openThreadPage } from '../src/page/server/thread-page.ts';
import { Ledger } from '../src/ledger/ledger.ts';
import { nullLog } from '../src/platform/log.ts';
import { serveControl } from '../src/platform/control-socket.ts';
import { systemTimers } from '../src/platform/timers.ts';
import { newOrder } from './new-order.ts';
import { temporaryFolder } from './processes.ts';
import { TEN_O_CLOCK } from './strategy-process.ts';

export const TOKEN = 'token-of-the-benchmark';
export const ORDERS = 1_000;
export const POSITIONS = 100;
const DAY = chinaDay(TEN_O_CLOCK);

/** What an engine is to those who look at it: a ledger, a control socket, and the page's thread. */
export interface BenchInstance {
  readonly url: string;
  /** Something happens to an order. */
  move(): void;
  stop(): Promise<void>;
}

/** An instance with many orders of a day, each at the exchange, and many positions. */
export async function startInstance(): Promise<BenchInstance> {
  const folder = temporaryFolder();
  const ledger = Ledger.open(folder);
  const book = new OrderBook(ledger, new Events());
  const ids = Array.from({ length: ORDERS }, (_, nth) => {
    const { row, intent } = newOrder(5 + nth / 1_000);
    book.enter(row, [intent], TEN_O_CLOCK);
    book.news({ clientId: intent.clientId, event: 'send', sentAt: TEN_O_CLOCK }, TEN_O_CLOCK);
    const live = { event: 'live', brokerOrderId: String(nth), reason: null } as const;
    book.news({ clientId: intent.clientId, ...live }, TEN_O_CLOCK);
    return intent.clientId;
  });
  let turn = 0;
  const control = await serveControl(folder, () => {
    turn += 1;
    return Promise.resolve(JSON.stringify(answerOf(turn)));
  });
  const options = { host: '127.0.0.1', port: 0, token: TOKEN, tls: null, origin: null, language: 'en' } as const;
  const page = await openThreadPage({ options, version: '0', folder, secrets: [] }, nullLog, systemTimers);
  return {
    url: `http://127.0.0.1:${page.port}/`,
    move: () => {
      const clientId = ids.shift();
      if (clientId !== undefined)
        book.news({ clientId, event: 'canceled', reason: 'the bench', filled: 0 }, TEN_O_CLOCK);
    },
    stop: async () => {
      await page.stop();
      await control.close();
      ledger.close();
    },
  };
}

/** Prices move with each look. */
function answerOf(turn: number): EngineAnswer {
  const account = {
    asOf: TEN_O_CLOCK,
    totalValue: 1e6 + turn,
    availableCash: 1e5,
    lockedCash: 0,
    startingCash: 1e6,
    positions: Array.from({ length: POSITIONS }, (_, nth) => positionOf(nth, turn)),
  };
  const tally = { day: DAY, value: 0, orders: ORDERS, cancels: 0 };
  const use = { tally, account, firstOfDay: 1e6, best: 1e6, actionsNow: 0 };
  return {
    version: 1,
    now: TEN_O_CLOCK + turn,
    engine: {
      pid: process.pid,
      version: '0',
      startedAt: TEN_O_CLOCK,
      ready: true,
      gate: null,
      links: [],
      stub: true,
      quotes: { alive: true, lastAt: TEN_O_CLOCK },
      strategy: { state: 'idle', inTask: null, since: TEN_O_CLOCK },
      paused: null,
      memoryMb: process.memoryUsage.rss() / 1e6,
      ledgerBytes: 1e6,
    },
    account,
    limits: limitsStatus(DEFAULT_RISK_LIMITS, use),
    foreign: [],
  };
}

function positionOf(nth: number, turn: number): SeenPosition {
  const price = 10 + ((nth + turn) % 17) / 100;
  const amount = 100 * (1 + (nth % 7));
  return {
    pindex: 0,
    security: `${600_000 + nth}.XSHG`,
    name: `NAME ${nth}`,
    amount,
    closeableAmount: amount,
    todayAmount: 0,
    avgCost: 10,
    price,
    value: price * amount,
  };
}
