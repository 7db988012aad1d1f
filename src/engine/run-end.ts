import type { LiveOptions } from './live-options.ts';
import type { Trading } from './trading.ts';

/** When a run is over: told to stop, at its `until`, or when its strategy is over and its orders are settled. */
export class RunEnd {
  /** Resolves when the run is over. */
  readonly reached: Promise<void>;
  readonly #resolve: () => void;
  readonly #options: Pick<LiveOptions, 'clock' | 'until' | 'stop' | 'log'>;
  #settling = false;

  constructor(options: Pick<LiveOptions, 'clock' | 'until' | 'stop' | 'log'>) {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#options = options;
    this.reached = promise;
    this.#resolve = resolve;
  }

  now(): void {
    this.#resolve();
  }

  /** From here on `until` and the signal to stop are heard. */
  arm(): void {
    const { clock, until, stop, log } = this.#options;
    const end = this.#resolve;
    if (until !== null) clock.at(until, end);
    const stopped = (): void => {
      log.info('Stopping: the running hook is finished first. Press Ctrl-C again to leave at once.');
      end();
    };
    if (stop.aborted) stopped();
    else stop.addEventListener('abort', stopped, { once: true });
  }

  /** A strategy that is over leaves its orders: they are followed to their end before the run ends. */
  whenSettled(trading: Pick<Trading, 'book' | 'isSettled'>): void {
    if (this.#settling) return;
    this.#settling = true;
    const look = (): void => {
      // What only a person can settle is nothing to wait for.
      if (trading.isSettled()) this.#resolve();
    };
    trading.book.onChange(look);
    look();
  }
}
