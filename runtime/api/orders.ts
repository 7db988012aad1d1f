import { BtError } from '../../src/domain/errors.ts';
import type { OrderRequest } from '../../src/domain/order/types.ts';
import { currentHost } from '../host.ts';
import { pyRepr } from '../text/python-text.ts';
import { Order } from '../objects/order.ts';
import { readStyle } from '../objects/order-styles.ts';
import type { AnyOrderStyle } from '../objects/order-styles.ts';
import { speak } from '../objects/speak.ts';
import { badArgument, keyword, optional, required } from './arguments.ts';
import type { Bound, Reader } from './arguments.ts';
import { defineApi, RUNNING } from './define-api.ts';
import { nullable, readBoolean, readFinite, readPindex, readSecurity, readText } from './readers.ts';

export type Style = AnyOrderStyle;

/** Named arguments of the order functions. */
export interface OrderOptions {
  readonly style?: Style | null;
  readonly side?: 'long';
  readonly pindex?: number;
  readonly close_today?: false;
  /** Market seconds to wait for the final state: 16 for a market style, until accepted for a limit; 0 = do not wait. */
  readonly wait_timeout?: number;
  /** Label in the broker's remark, behind our own unique part; 12 bytes of it are kept (12 letters, 4 Chinese characters); a cut is told. */
  readonly remark?: string;
  /** Leave open what is open when the wait ends; a market order is cancelled otherwise. */
  readonly keep?: boolean;
}

/**
 * Order, or null when it was refused here (the reason is logged) and nothing was sent.
 * The third value is a style, never a price; the options object comes last.
 */
export interface OrderFunction {
  (security: string, quantity: number, options: OrderOptions): Order | null;
  (security: string, quantity: number, style: Style | null, options: OrderOptions): Order | null;
  (
    security: string,
    quantity: number,
    style?: Style | null,
    side?: 'long',
    pindex?: number,
    close_today?: false,
    options?: OrderOptions,
  ): Order | null;
}

function unsupported(where: string, what: string): BtError {
  return new BtError('UNSUPPORTED', `${where}: ${what} Leave the argument out.`, { fault: 'strategy' });
}

const readSide: Reader<'long'> = (value, where) => {
  if (value === 'long') return 'long';
  if (value === 'short') throw unsupported(where, 'stocks and funds are held long; short selling is not supported.');
  throw badArgument(where, `must be 'long', was ${pyRepr(value)}.`);
};

const readCloseToday: Reader<false> = (value, where) => {
  if (!readBoolean(value, where)) return false;
  throw unsupported(where, 'it is for futures, which are not supported.');
};

const readWait: Reader<number> = (value, where) => {
  const seconds = readFinite(value, where);
  if (seconds >= 0) return seconds;
  throw badArgument(where, `must be 0 (do not wait) or more seconds, was ${seconds}.`);
};

const STYLE_ARGS = {
  style: optional(readStyle, { kind: 'market', limitPrice: null }),
  side: optional(readSide, 'long'),
  pindex: optional(readPindex, 0),
  close_today: optional(readCloseToday, false),
  wait_timeout: keyword(nullable(readWait), null),
  remark: keyword(nullable(readText), null),
  keep: keyword(nullable(readBoolean), null),
};
export const AMOUNT_ARGS = { security: required(readSecurity), amount: required(readFinite), ...STYLE_ARGS };
const VALUE_ARGS = { security: required(readSecurity), value: required(readFinite), ...STYLE_ARGS };

/** Buys `amount` shares, sells when it is negative. */
export const order: OrderFunction = defineApi({ name: 'order', phases: RUNNING, args: AMOUNT_ARGS }, (a) =>
  place('amount', a.amount, a),
);

/** Buys or sells until `amount` shares are held. */
export const order_target: OrderFunction = defineApi(
  { name: 'order_target', phases: RUNNING, args: AMOUNT_ARGS },
  (a) => place('target', a.amount, a),
);

/** Buys for `value` CNY, sells when it is negative. */
export const order_value: OrderFunction = defineApi({ name: 'order_value', phases: RUNNING, args: VALUE_ARGS }, (a) =>
  place('value', a.value, a),
);

/** Buys or sells until the holding is worth `value` CNY. */
export const order_target_value: OrderFunction = defineApi(
  { name: 'order_target_value', phases: RUNNING, args: VALUE_ARGS },
  (a) => place('target_value', a.value, a),
);

type Common = Pick<Bound<typeof AMOUNT_ARGS>, 'security' | 'style' | 'pindex' | 'wait_timeout' | 'remark' | 'keep'>;

function place(kind: OrderRequest['kind'], quantity: number, a: Common): Order | null {
  const isTarget = kind === 'target' || kind === 'target_value';
  if (isTarget ? quantity < 0 : quantity === 0) {
    const why = isTarget ? `a target cannot be below 0, was ${quantity}` : 'the amount is 0';
    speak('order', 'warning', `${a.security}: nothing is ordered, ${why}.`);
    return null;
  }
  const view = currentHost().placeOrder({
    kind,
    security: a.security,
    quantity,
    style: a.style,
    waitTimeout: a.wait_timeout,
    remark: a.remark,
    keep: a.keep,
    ...ofSub(a.pindex),
  });
  return view === null ? null : new Order(view);
}

/** The first sub-portfolio's orders are written as they always were. */
export function ofSub(pindex: number): Pick<OrderRequest, 'pindex'> {
  return pindex === 0 ? {} : { pindex };
}
