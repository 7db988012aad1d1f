/**
 * Work that never overlaps itself: a run begins after the call that asks for it, at once or behind the one under way, and all
 * who ask meanwhile share it. The work must not reject.
 */
export class Serial<T> {
  readonly #work: () => Promise<T>;
  readonly #onEnd: () => void;
  #running: Promise<T> | null = null;
  #queued: Promise<T> | null = null;

  /** `onEnd` is called after each run, when the next may begin. */
  constructor(work: () => Promise<T>, onEnd: () => void = () => undefined) {
    this.#work = work;
    this.#onEnd = onEnd;
  }

  get isRunning(): boolean {
    return this.#running !== null;
  }

  run(): Promise<T> {
    if (this.#running === null) return this.#start();
    this.#queued ??= this.#running.then(() => {
      this.#queued = null;
      // Whoever was woken first may have started the next one already.
      return this.#running ?? this.#start();
    });
    return this.#queued;
  }

  /** Resolves when the run under way, if any, has ended. */
  async idle(): Promise<void> {
    await this.#running;
  }

  #start(): Promise<T> {
    const run = this.#work().finally(() => {
      this.#running = null;
      this.#onEnd();
    });
    this.#running = run;
    return run;
  }
}
