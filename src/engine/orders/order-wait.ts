import type { Clock } from '../../platform/clock.ts';
import type { OrderBook } from './book/order-book.ts';

/** How a wait ended. */
export type WaitResult = 'done' | 'timeout' | 'stopped';

/**
 * Waits until `done()` holds after a change of the book, or market time reaches `deadline` (Infinity = never), or the run is told to stop.
 * Market time, because it is the order's life at the exchange that is waited for.
 */
export function waitForBook(
  book: OrderBook,
  clock: Clock,
  deadline: number,
  done: () => boolean,
  stop?: AbortSignal,
): Promise<WaitResult> {
  if (done()) return Promise.resolve('done');
  if (stop?.aborted === true) return Promise.resolve('stopped');
  return new Promise((resolve) => {
    const finish = (result: WaitResult): void => {
      unsubscribe();
      timer.cancel();
      stop?.removeEventListener('abort', stopped);
      resolve(result);
    };
    const stopped = (): void => finish('stopped');
    const unsubscribe = book.onChange(() => {
      if (done()) finish('done');
    });
    const timer = Number.isFinite(deadline)
      ? clock.at(deadline, () => finish(done() ? 'done' : 'timeout'))
      : { cancel: (): void => undefined };
    stop?.addEventListener('abort', stopped, { once: true });
  });
}
