import { dividendsIn, securityInfosIn } from '../../src/domain/data/readings.ts';
import { numbersOf, textsOf } from '../../src/domain/data/table.ts';
import { canonicalSecurity, toQmtCode } from '../../src/domain/market/symbol.ts';
import { addDays, chinaDay, chinaInstant, parseChinaTime } from '../../src/domain/time.ts';
import type { BarUnit } from '../../src/domain/trading.ts';
import type { PaperExchange } from '../../src/exchange/types.ts';
import type { Steps } from '../../src/domain/steps.ts';
import { lotOf } from '../../src/server/adapters/qmt/volume-units.ts';
import type { Counter, CounterArgs } from './terminal.ts';
import { barFrame, instrumentRow, orderRow, positionRow, tickRow, tradeRow } from './terminal-rows.ts';
import type { SdkRow } from './terminal-rows.ts';

const UNITS: Readonly<Record<string, BarUnit>> = {
  '1m': '1m',
  '5m': '5m',
  '15m': '15m',
  '30m': '30m',
  '1h': '60m',
  '1d': '1d',
};
const ADJUST = { none: 'none', front_ratio: 'pre', back_ratio: 'post' } as const;

/** Order types that buy: plain, on margin, to return (source: vendor's documentation, xtconstant). */
const BUYS: ReadonlySet<number> = new Set([23, 27, 29, 40, 42]);

const SECTORS: Readonly<Record<string, readonly string[]>> = {
  沪深A股: ['stock'],
  沪深ETF: ['etf'],
  沪深指数: ['index'],
};

/** The paper exchange as a counter and a cache of data: real rules, market time of its clock. Accounts have their id as key. */
export class PaperCounter implements Counter {
  readonly #exchange: PaperExchange;
  readonly #now: () => number;

  /** Order types of a credit account, by the order's number: the paper market has plain buys and sells only. */
  readonly #types = new Map<number, number>();

  constructor(exchange: PaperExchange, now: () => number) {
    this.#exchange = exchange;
    this.#now = now;
  }

  orders(accountId: string): SdkRow[] {
    return this.#exchange.orders(accountId).map((order) => this.#typed(orderRow(accountId, order)));
  }

  trades(accountId: string): SdkRow[] {
    return this.#exchange.trades(accountId).map((trade) => this.#typed(tradeRow(accountId, trade)));
  }

  tick(code: string): SdkRow {
    return tickRow(this.#exchange.tick(canonicalSecurity(code)));
  }

  #typed(row: SdkRow): SdkRow {
    return { ...row, order_type: this.#types.get(Number(row['order_id'])) ?? row['order_type'] };
  }

  call(name: string, args: CounterArgs): unknown {
    const account = textOf(args['account']);
    switch (name) {
      case 'query_stock_asset':
        return this.#asset(account);
      case 'query_stock_positions':
        return this.#exchange.positions(account).map((position) => positionRow(account, position));
      case 'query_stock_orders':
        return this.orders(account);
      case 'query_stock_trades':
        return this.trades(account);
      case 'query_stock_order':
        return this.orders(account).find((row) => row['order_id'] === args['order_id']) ?? null;
      case 'order_stock':
        return this.#place(account, args);
      case 'cancel_order_stock':
        return this.#exchange.cancel(account, textOf(args['order_id'])).kind === 'requested' ? 0 : -1;
      default:
        return this.#data(name, args);
    }
  }

  #asset(accountId: string): SdkRow {
    const { availableCash, frozenCash, marketValue, totalValue } = this.#exchange.account(accountId);
    return {
      account_id: accountId,
      account_type: 2,
      cash: availableCash,
      frozen_cash: frozenCash,
      market_value: marketValue,
      total_asset: totalValue,
    };
  }

  #place(account: string, args: CounterArgs): number {
    const price = Number(args['price']);
    const order = this.#exchange.place(account, {
      security: canonicalSecurity(textOf(args['stock_code'])),
      side: BUYS.has(Number(args['order_type'])) ? 'buy' : 'sell',
      amount: Number(args['order_volume']),
      price: price > 0 ? price : null,
      style: args['price_type'] === 11 ? 'limit' : 'market',
      remark: textOf(args['order_remark']),
      strategyName: textOf(args['strategy_name']),
    });
    this.#types.set(Number(order.orderId), Number(args['order_type']));
    return Number(order.orderId);
  }

  #data(name: string, args: CounterArgs): unknown {
    switch (name) {
      case 'get_full_tick':
        return Object.fromEntries(codesOf(args).map((code) => [code, this.tick(code)]));
      case 'get_instrument_detail':
        return instrumentRow(this.#exchange.tick(canonicalSecurity(textOf(args['code']))));
      case 'get_market_data_ex':
        return Object.fromEntries(codesOf(args).map((code) => [code, this.#bars(code, args)]));
      case 'get_trading_dates':
        return this.#tradingDates(args);
      case 'get_stock_list_in_sector':
        return this.#sector(textOf(args['name']));
      case 'get_sector_list':
        return Object.keys(SECTORS);
      case 'get_index_weight':
        return this.#weights(textOf(args['code']));
      case 'get_divid_factors':
        return this.#dividends(textOf(args['code']));
      default:
        return null;
    }
  }

  #bars(code: string, args: CounterArgs): SdkRow {
    const unit = UNITS[textOf(args['period'])] ?? '1d';
    const count = Number(args['count']);
    const adjust = ADJUST[textOf(args['dividend_type']) as keyof typeof ADJUST];
    const end = parseChinaTime(textOf(args['end'])) ?? this.#now();
    const start = parseChinaTime(textOf(args['start']));
    const security = canonicalSecurity(code);
    const bars = this.#exchange.bars({ security, unit, count: count < 0 ? null : count, start, end, adjust });
    return barFrame(bars, unit === '1d', lotOf(security));
  }

  #tradingDates(args: CounterArgs): number[] {
    const today = chinaDay(this.#now());
    const day = (text: unknown, otherwise: string): string => {
      const instant = parseChinaTime(textOf(text));
      return instant === null ? otherwise : chinaDay(instant);
    };
    // Only what is in the cache: nothing beyond today.
    const end = day(args['end'], today);
    const days = this.#exchange.tradeDays(day(args['start'], addDays(today, -60)), end < today ? end : today);
    const count = Number(args['count']);
    return (count > 0 ? days.slice(-count) : days).map((text) => chinaInstant(text, '00:00'));
  }

  #sector(name: string): string[] {
    const types = SECTORS[name] ?? [];
    const table = whole(this.#exchange.table({ dataset: 'securities', params: { types, day: null } }, this.#now()));
    return types.length === 0 ? [] : securityInfosIn(table).map(({ security }) => toQmtCode(security));
  }

  #weights(code: string): Record<string, number> {
    const params = { index: canonicalSecurity(code), day: chinaDay(this.#now()) };
    const table = whole(this.#exchange.table({ dataset: 'index_weights', params }, this.#now()));
    const weights = numbersOf(table, 'weight');
    return Object.fromEntries(
      textsOf(table, 'code').map((member, row) => [toQmtCode(member ?? ''), weights[row] ?? 0]),
    );
  }

  #dividends(code: string): SdkRow {
    const params = { securities: [canonicalSecurity(code)], start: null, end: chinaDay(this.#now()) };
    const paid = dividendsIn(whole(this.#exchange.table({ dataset: 'dividends', params }, this.#now())));
    const interest = paid.map(({ cash, per }) => cash / per);
    const stockGift = paid.map(({ scale }) => scale - 1);
    return { $frame: [paid.map(({ day }) => day.replaceAll('-', '')), { interest, stockGift }] };
  }
}

function codesOf(args: CounterArgs): string[] {
  const { codes } = args;
  return Array.isArray(codes) ? codes.map(String) : [];
}

/** Texts and numbers as text; anything else is none. */
function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function whole<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
