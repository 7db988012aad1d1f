import { nextCancelTime } from '../../domain/market/session.ts';
import { OPERATOR_CANCEL } from '../../domain/order/life-cause.ts';
import type { Life } from '../../domain/order/life-types.ts';
import { stateText } from '../../domain/words/order-state.ts';
import type { Clock } from '../../platform/clock.ts';
import type { TimerSource } from '../../platform/timers.ts';
import type { Events } from '../events.ts';
import type { OrderBook } from '../orders/book/order-book.ts';
import type { OrderDriver } from '../orders/driver.ts';
import { isNamed, refuse } from './verdict.ts';

/** So long a person waits for what becomes of his cancels, wall ms; they go on all the same. */
const ANSWER_MS = 10_000;

export interface CancelParts {
  readonly book: OrderBook;
  readonly driver: Pick<OrderDriver, 'cancel' | 'cancelsUnderWay' | 'isHalted'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly timers: Pick<TimerSource, 'after'>;
  readonly events: Pick<Events, 'emit'>;
}

/**
 * Cancels one order (`id`: its own, its broker's, the 8 characters of a part, or its remark), or all (`all`: `yes`) of this instance that
 * are open or wait. What cannot be cancelled now is asked for again when it can. Throws NO_SUCH_ORDER, BAD_CANCEL, RUN_ENDS.
 */
export async function cancelOrders(values: Readonly<Record<string, string>>, parts: CancelParts): Promise<string> {
  const { book, driver, events } = parts;
  const { id = '', all } = values;
  if ((id === '') === (all !== 'yes')) throw refuse('BAD_CANCEL', 'Name one order, or write --all.');
  if (driver.isHalted())
    throw refuse(
      'RUN_ENDS',
      'This run sends nothing more (it ends, or its ledger cannot be written). Cancel in the terminal.',
    );
  const open = book.unfinished();
  if (all === 'yes' && open.length === 0) return 'Nothing is open: there was nothing to cancel.';
  const meant = all === 'yes' ? open : [named(open, id, book)];
  const what = all === 'yes' ? `all ${meant.length} open orders` : textOf(meant[0]);
  const orderId = all === 'yes' ? null : (meant[0]?.order.orderId ?? null);
  events.emit({ kind: 'operator', orderId, text: `The operator cancels ${what}.` });
  for (const { order } of meant) driver.cancel(order.orderId, OPERATOR_CANCEL, true);
  await answered(meant, parts);
  return meant.map(({ order }) => outcome(order.orderId, parts)).join('\n');
}

function named(open: readonly Life[], id: string, book: OrderBook): Life {
  const found = open.find(
    ({ order, intents }) => order.orderId === id || intents.some((intent) => isNamed(intent, id)),
  );
  const byBroker = book.find(id);
  const life = found ?? open.find(({ order }) => order.orderId === byBroker);
  if (life !== undefined) return life;
  const there = open
    .map(({ order }) => `${order.orderId} (${order.side} ${order.amount} ${order.security})`)
    .join(', ');
  const list = there === '' ? 'nothing is open' : `open are: ${there}`;
  throw refuse('NO_SUCH_ORDER', `No open order of this instance is called "${id}"; ${list}.`);
}

/** Until each cancel has been answered, or a person has waited long enough. */
async function answered(meant: readonly Life[], { driver, timers }: CancelParts): Promise<void> {
  const work = Promise.all(meant.map(({ order }) => driver.cancelsUnderWay(order.orderId)));
  const late = Promise.withResolvers<void>();
  const timer = timers.after(ANSWER_MS, () => late.resolve());
  await Promise.race([work, late.promise]);
  timer.cancel();
}

function outcome(orderId: string, { book, clock }: CancelParts): string {
  const { state, filled, amount, security, side, unknown } = book.view(orderId);
  const name = `${orderId} (${side} ${amount} ${security})`;
  const life = book.life(orderId);
  if (life === null || life.order.phase === 'done') return `${name}: ${stateText(state)}, ${filled} filled.`;
  if (unknown)
    return `${name}: its fate is not known, so it cannot be cancelled; it is cancelled when it is found. "bt resolve" settles it.`;
  if (nextCancelTime(clock.now(), security) === null)
    return `${name}: the exchange takes no more cancels today; what is open of it ends with the day.`;
  return `${name}: its cancel is under way (${stateText(state)}, ${filled} filled); it is asked for again until it has ended. See bt orders.`;
}

function textOf(life: Life | undefined): string {
  return life === undefined
    ? ''
    : `${life.order.orderId} (${life.order.side} ${life.order.amount} ${life.order.security})`;
}
