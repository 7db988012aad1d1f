/** Work that stops now and then, so that others have their turn: what comes out of it is its result, whoever waited meanwhile. */
export type Steps<T> = Generator<undefined, T, undefined>;

export function isSteps<T extends object>(work: T | Steps<T>): work is Steps<T> {
  return 'next' in work && typeof work.next === 'function';
}

/** Does the work without stopping. */
export function finished<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
