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

/** Of one piece of work without a pause, ms: a heart-beat is not late for it. */
const SLICE_MS = 10;

/** Does work in slices of some ms, as far as its steps are short: whatever else waits has its turn between them. */
export async function inTurns<T>(steps: Generator<unknown, T, undefined>): Promise<T> {
  for (;;) {
    const until = performance.now() + SLICE_MS;
    do {
      const step = steps.next();
      if (step.done === true) return step.value;
    } while (performance.now() < until);
    await nextTurn();
  }
}
