import type { Timer } from './timers.ts';

/** Runs `fn` in the event loop's next turn, after pending input and output had theirs. */
export function onNextTurn(fn: () => void): Timer {
  const handle = setImmediate(fn);
  return {
    cancel(): void {
      clearImmediate(handle);
    },
  };
}

/** Resolves in the event loop's next turn: by then every promise that waited for promises only has run on. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
