/**
 * Makes changes durable in groups: while one write runs, everything that changes is covered by the next one. A caller of `flush`
 * waits until a write that began after its change has ended.
 */
export class StateStore {
  readonly #version: () => string;
  readonly #write: () => Promise<void>;
  #written: string | null = null;
  #inFlight: string | null = null;
  #writing: Promise<void> | null = null;
  #next: Promise<void> | null = null;
  #closed = false;

  /** `version` names the present state; `write` takes its picture in the same turn in which it is called. */
  constructor(version: () => string, write: () => Promise<void>) {
    this.#version = version;
    this.#write = write;
  }

  /** Resolves when everything that changed before this call is durable; rejects as the write did. */
  flush(): Promise<void> {
    if (this.#closed) return new Promise(() => {});
    if (this.#next !== null) return this.#next;
    if (this.#writing === null) return this.#start();
    if (this.#version() === this.#inFlight) return this.#writing;
    const again = (): Promise<void> => this.#start();
    this.#next = this.#writing.then(again, again);
    return this.#next;
  }

  /** As `flush`, with a picture of this moment also where nothing changed: the clock has moved on. */
  async seal(): Promise<void> {
    await this.flush();
    this.#written = null;
    await this.flush();
  }

  /** No write begins any more, as after a crash: whoever waits for one waits for ever. Resolves when the running one has ended. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#writing?.catch(() => {});
  }

  #start(): Promise<void> {
    this.#next = null;
    if (this.#closed) return new Promise(() => {});
    const version = this.#version();
    if (version === this.#written) return Promise.resolve();
    this.#inFlight = version;
    this.#writing = this.#run(version);
    return this.#writing;
  }

  async #run(version: string): Promise<void> {
    try {
      await this.#write();
      this.#written = version;
    } finally {
      this.#writing = null;
    }
  }
}
