import type { waitForBook } from '../../../src/engine/orders/order-wait.ts';

/** A call hears of changes of its order and not of the end of its wait. */
export function endless(real: typeof waitForBook): typeof waitForBook {
  return (book, clock, _deadline, done, stop) => real(book, clock, Number.POSITIVE_INFINITY, done, stop);
}
