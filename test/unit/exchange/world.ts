import { chinaInstant } from '../../../src/domain/time.ts';
import { createExchange } from '../../../src/exchange/index.ts';
import type {
  ExchangeOptions,
  ExchangeOrder,
  ExchangeOrderRequest,
  PaperExchange,
} from '../../../src/exchange/types.ts';

/** An exchange with a clock that the test sets by hand. */
export interface World {
  readonly exchange: PaperExchange;
  /** Sets the clock to a time of the current day, or to a whole `YYYY-MM-DD HH:MM:SS`. */
  readonly to: (time: string) => void;
  readonly wait: (ms: number) => void;
  readonly now: () => number;
  /** Places on the account `main` and gives the row. */
  place(request: Partial<ExchangeOrderRequest> & { readonly security: string }): ExchangeOrder;
  order(placed: ExchangeOrder): ExchangeOrder;
}

export function instant(text: string): number {
  return chinaInstant(text.slice(0, 10), text.slice(11));
}

export function openWorld(start: string, options: Partial<ExchangeOptions> = {}): World {
  let now = instant(start);
  let day = start.slice(0, 10);
  const accounts = [{ key: 'main', accountId: '10001', cash: 10_000_000 }];
  const exchange = createExchange({ clock: { now: () => now }, seed: 7, accounts, ...options });
  return {
    exchange,
    to(time) {
      const whole = time.length > 8 ? time : `${day} ${time}`;
      day = whole.slice(0, 10);
      now = instant(whole);
    },
    wait(ms) {
      now += ms;
    },
    now: () => now,
    place: (request) => exchange.place('main', { ...DEFAULTS, ...request }),
    order(placed) {
      const row = exchange.order('main', placed.orderId);
      if (row === null) throw new Error(`no order ${placed.orderId}`);
      return row;
    },
  };
}

const DEFAULTS = { side: 'buy', amount: 100, price: null, style: 'limit', remark: '', strategyName: '' } as const;

/** A value that must be there. */
export function given<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error('a value is missing');
  return value;
}

/** Price moved by whole ticks, as the decimal it stands for. */
export function ticksAway(price: number, ticks: number, tick = 0.01): number {
  return Math.round((price + ticks * tick) * 1000) / 1000;
}
