/**
 * The files a strategy's process finds open. Every pipe is used one way by each side: on Windows a
 * handle that is being read cannot be written meanwhile.
 */
export const FD = {
  /** What the strategy prints past its console, lines for the log. */
  output: 1,
  complaints: 2,
  /** Engine to strategy: how to start, then dispatches. Read by the event loop. */
  dispatches: 3,
  /** Strategy to engine: calls, and how dispatches ended, in one order. Written synchronously. */
  calls: 4,
  /** Engine to strategy: the answers. Read synchronously, by the call that waits. */
  answers: 5,
  /** Open for as long as the engine lives; the strategy's watcher says there when its memory is above the limit. */
  lifeline: 6,
  /** A file of four bytes: the version of the account. */
  accountVersion: 7,
} as const;
