import { newOrder as exchangeOrder, orderRow, tradeRow } from '../src/exchange/orders.ts';
import type { ExchangeData, OrderData, PositionData, TradeData } from '../src/exchange/data.ts';
import type { FillRow, IntentRow } from '../src/domain/order/rows.ts';
import { createExchange } from '../src/exchange/index.ts';
import { usualSecurities } from '../src/exchange/listing.ts';
import { Ledger } from '../src/ledger/ledger.ts';
import { Store } from '../src/ledger/store.ts';
import { wallNow } from '../src/platform/timers.ts';
import { writeState } from '../src/server/state-file.ts';
import { newOrder } from './new-order.ts';
import { CONTEXT, TEN_O_CLOCK } from './strategy-process.ts';

const SEED = 1;
const ACCOUNT = { key: 'default', id: 'demo', type: 'stock' } as const;
const SECURITIES = 20;
const SHARES = 100;
const PRICE = 10;
const MILLS = PRICE * 1000;
/** Orders began half an hour ago. */
const HALF_AN_HOUR = 1_800_000;

/** Where one day is written down: the gateway's book (a file) and the ledger of the instance that traded (a folder). */
export interface Places {
  readonly book: string;
  readonly ledger: string;
}

/** Writes a day with so many orders, each filled whole, as both sides would have it at ten o'clock. */
export async function writeDay(orders: number, { book, ledger }: Places): Promise<void> {
  const securities = usualSecurities().slice(0, SECURITIES);
  const day = Array.from({ length: orders }, (_, index) => {
    const security = securities[index % securities.length] ?? '';
    return filledOrder(security, index + 1, TEN_O_CLOCK - HALF_AN_HOUR + Math.floor((index / orders) * HALF_AN_HOUR));
  });
  await writeState(book, {
    market: 'simulated',
    seed: SEED,
    clock: { kind: 'simulated', market: TEN_O_CLOCK, wall: wallNow(), speed: 1 },
    accounts: [ACCOUNT],
    exchange: { version: 1, seed: SEED, data: exchangeData(day) },
    idempotency: [],
  });
  writeLedger(ledger, day);
}

interface FilledOrder {
  readonly ours: ReturnType<typeof newOrder>;
  readonly order: OrderData;
  readonly trade: TradeData;
}

function filledOrder(security: string, seq: number, createdAt: number): FilledOrder {
  const ours = newOrder(PRICE);
  const { remark } = ours.intent;
  const request = {
    security,
    side: 'buy',
    amount: SHARES,
    price: PRICE,
    style: 'limit',
    remark,
    strategyName: '',
  } as const;
  const placed = exchangeOrder({
    request,
    security,
    seq,
    serial: seq,
    key: seq,
    now: createdAt,
    day: CONTEXT.tradingDay,
  });
  const money = SHARES * MILLS;
  const order: OrderData = { ...placed, mode: 'done', status: 56, filled: SHARES, filledMoney: money, fills: 1 };
  const fees = { commission: 5_000, tax: 0 };
  const fill = { seq, fill: 1, security, side: 'buy', amount: SHARES, price: MILLS, remark } as const;
  return { ours, order: { ...order, ...fees }, trade: { ...fill, ...fees, time: createdAt } };
}

function exchangeData(day: readonly FilledOrder[]): ExchangeData {
  const accounts = [{ key: ACCOUNT.key, accountId: ACCOUNT.id, cash: 1_000_000 }];
  const exchange = createExchange({ clock: { now: () => TEN_O_CLOCK }, seed: SEED, accounts });
  const data = structuredClone(exchange.save().data) as ExchangeData; // its own
  data.serial = day.length;
  for (const account of data.accounts) {
    account.orders = day.map(({ order }) => order);
    account.trades = day.map(({ trade }) => trade);
    account.positions = holdings(day);
  }
  return data;
}

function holdings(day: readonly FilledOrder[]): PositionData[] {
  const amounts = new Map<string, number>();
  for (const { trade } of day) amounts.set(trade.security, (amounts.get(trade.security) ?? 0) + trade.amount);
  return [...amounts].map(([security, amount]) => ({ security, amount, frozen: 0, locked: 0, cost: amount * MILLS }));
}

/** A commit for each order would take as long as ten thousand orders took. */
class OneCommit extends Store {
  #begun = false;

  override commit(work: () => void): void {
    if (this.#begun) return work();
    this.#begun = true;
    super.commit(work);
  }
}

function writeLedger(folder: string, day: readonly FilledOrder[]): void {
  const store = new OneCommit(folder);
  const ledger = new Ledger(store);
  store.commit(() => {
    for (const { ours, order } of day) {
      const { createdAt, security } = order;
      const row = { ...ours.row, security, createdAt, phase: 'done' } as const;
      ledger.record({ orders: [row], intents: [filledIntent(ours.intent, order)] });
    }
    ledger.record({ fills: day.map((filled) => fillRow(filled)) });
  });
  ledger.close();
}

function filledIntent(intent: IntentRow, order: OrderData): IntentRow {
  const { security, createdAt } = order;
  const { orderId } = orderRow(order, 0);
  const times = { sentAt: createdAt, updatedAt: createdAt };
  return { ...intent, ...times, security, state: 'filled', brokerOrderId: orderId, filled: SHARES };
}

function fillRow({ ours, trade }: FilledOrder): FillRow {
  const { orderId, tradeId, amount, price, time, commission, tax } = tradeRow(trade, 0);
  const { clientId, day } = ours.intent;
  return { day, brokerOrderId: orderId, tradeId, ordinal: 1, clientId, amount, price, time, commission, tax };
}
