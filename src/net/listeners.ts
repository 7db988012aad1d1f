/**
 * A list of callbacks. One that throws stops neither the others nor the caller; its error surfaces as an uncaught one.
 * A value emitted from inside a callback is delivered after the current one, so that all see the same order.
 */
export class Listeners<T extends object> {
  readonly #all = new Set<(value: T) => void>();
  readonly #pending: T[] = [];
  #emitting = false;

  /** Returns the unsubscriber. */
  add(listener: (value: T) => void): () => void {
    // Wrapped, so that the same function added twice is called twice and removed one by one.
    const entry = (value: T): void => {
      listener(value);
    };
    this.#all.add(entry);
    return () => {
      this.#all.delete(entry);
    };
  }

  emit(value: T): void {
    this.#pending.push(value);
    if (this.#emitting) return;
    this.#emitting = true;
    for (let next = this.#pending.shift(); next !== undefined; next = this.#pending.shift()) this.#deliver(next);
    this.#emitting = false;
  }

  #deliver(value: T): void {
    for (const listener of Array.from(this.#all)) {
      if (!this.#all.has(listener)) continue; // removed by one before it
      try {
        listener(value);
      } catch (error) {
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }
}
