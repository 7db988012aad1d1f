import type { JsonObject } from '../../protocol/json.ts';
import type { AccountConfig } from '../options.ts';
import { isTruthy, toText } from '../python.ts';
import { dictAnswer } from '../wire-answers.ts';
import type { AccountFacts, MarketAdapter, OrderFields, OrderFilter, Placed } from './adapter.ts';
import { ReferenceBook } from './reference-book.ts';
import {
  REFERENCE_PRICE,
  referenceHistory,
  referenceLiveCurrent,
  referenceName,
  referenceSecurityInfo,
  referenceSnapshot,
  referenceTick,
  referenceTradeDays,
} from './reference-data.ts';
import { cancelReferenceOrder, enterReferenceOrder } from './reference-order.ts';
import type { ReferenceOrder } from './reference-order.ts';

/** The recorded stub: constant prices, orders that stay open unless `stub_scenario` says otherwise, no checks, memory only. */
export class ReferenceMarket implements MarketAdapter {
  readonly market = 'reference';
  readonly normalizesKeys = false;
  readonly #books = new Map<string, ReferenceBook>();
  readonly #now: () => number;

  /** `now`: the time orders are stamped with, epoch ms. */
  constructor(now: () => number) {
    this.#now = now;
  }

  history(payload: JsonObject): JsonObject {
    return referenceHistory(payload);
  }

  snapshot(security: unknown): JsonObject {
    return referenceSnapshot(security);
  }

  liveCurrent(): JsonObject {
    return referenceLiveCurrent();
  }

  tradeDays(payload: JsonObject): JsonObject {
    return referenceTradeDays(payload);
  }

  securityInfo(security: unknown): JsonObject {
    return referenceSecurityInfo(security);
  }

  ensureCache(): JsonObject {
    return { ok: true };
  }

  checkSymbol(): void {}

  tick(symbol: string): JsonObject {
    return referenceTick(symbol);
  }

  lastPrice(): number {
    return REFERENCE_PRICE;
  }

  isPaused(): boolean {
    return false;
  }

  canonical(security: unknown): string {
    return isTruthy(security) ? toText(security) : '';
  }

  account(account: AccountConfig): JsonObject {
    const book = this.#book(account);
    return dictAnswer({
      account_id: account.id,
      account_type: account.type,
      available_cash: book.cash,
      transferable_cash: book.cash,
      frozen_cash: book.frozenCash,
      market_value: book.marketValue,
      positions: book.positionRows(),
      total_value: book.totalValue,
      total_asset: book.totalValue,
    });
  }

  positions(account: AccountConfig): JsonObject[] {
    return this.#book(account).positionRows();
  }

  orders(account: AccountConfig, filter: OrderFilter): JsonObject[] {
    const rows = this.#book(account).orders.map((order) => ({ ...order.row }));
    return rows.filter((row) => matches(row, filter));
  }

  trades(account: AccountConfig, filter: OrderFilter): JsonObject[] {
    return this.#book(account).trades.filter((row) => matches(row, filter));
  }

  order(account: AccountConfig, orderId: string): JsonObject | null {
    const order = this.#find(account, orderId);
    return order === undefined ? null : { ...order.row };
  }

  submit(account: AccountConfig, fields: OrderFields): Placed {
    const order = enterReferenceOrder(this.#book(account), fields, this.#now());
    const answer = { ...order.row };
    return { orderId: order.id, rejected: false, answer: () => Promise.resolve(answer) };
  }

  cancel(account: AccountConfig, orderId: string): Promise<JsonObject> {
    const order = this.#find(account, orderId);
    if (order === undefined) return Promise.resolve({ dtype: 'dict', value: false, timed_out: false });
    cancelReferenceOrder(this.#book(account), order);
    const row = { ...order.row };
    return Promise.resolve({
      dtype: 'dict',
      value: true,
      status: row['status'],
      raw_status: row['raw_status'],
      last_snapshot: row,
      timed_out: false,
    });
  }

  facts(account: AccountConfig): AccountFacts {
    const book = this.#book(account);
    return {
      availableCash: book.cash,
      totalValue: book.totalValue,
      marketValue: book.marketValue,
      holdings: [...book.positions.values()].map((position) => ({
        security: position.security,
        name: referenceName(position.security),
        amount: position.amount,
        // The recorded text shows the whole holding where nothing is sellable.
        closeable: position.closeable === 0 ? position.amount : position.closeable,
        avgCost: position.avgCost,
        lastPrice: position.lastPrice,
        marketValue: position.amount * position.lastPrice,
      })),
    };
  }

  label(account: AccountConfig, orderIds: readonly string[], subAccountId: string): void {
    for (const orderId of orderIds) {
      const order = this.#find(account, orderId);
      if (order !== undefined) order.row['sub_account_id'] ??= subAccountId;
    }
  }

  health(): JsonObject {
    return { backend: 'stub', market: this.market };
  }

  #book(account: AccountConfig): ReferenceBook {
    const known = this.#books.get(account.key);
    if (known !== undefined) return known;
    const book = new ReferenceBook(account);
    this.#books.set(account.key, book);
    return book;
  }

  #find(account: AccountConfig, orderId: string): ReferenceOrder | undefined {
    return this.#book(account).orders.find((order) => order.id === orderId);
  }
}

function matches(row: JsonObject, filter: OrderFilter): boolean {
  if (filter.orderId !== null && row['order_id'] !== filter.orderId) return false;
  return filter.security === null || row['security'] === filter.security;
}
