import { after } from '../../../platform/timers.ts';
import type { PageEvents } from '../../wire.ts';

export interface StreamEars {
  /** No news come; it tries to come back. */
  lost(): void;
  /** It is not let in: logged out, or there is no such instance. Called again each few seconds while that lasts. */
  refused(): void;
  readonly on: { readonly [K in keyof PageEvents]: (told: PageEvents[K]) => unknown };
}

/** A browser gives up where it is refused; then it is tried again after so long. Wall ms. */
const RETRY_MS = 3_000;

/** What an instance's server tells as it happens; a lost connection comes back by itself. */
export class Stream {
  readonly #ears: StreamEars;
  readonly #source: EventSource;
  #isClosed = false;

  /** Its sentences come in that language. */
  constructor(instance: string, lang: string, ears: StreamEars) {
    this.#ears = ears;
    this.#source = new EventSource(`/api/stream?${new URLSearchParams({ instance, lang }).toString()}`);
    for (const name of Object.keys(ears.on) as (keyof PageEvents)[]) this.#listen(name);
    this.#source.addEventListener('error', () => this.#failed());
  }

  close(): void {
    this.#isClosed = true;
    this.#source.close();
  }

  #listen(name: keyof PageEvents): void {
    // Each name goes with its own kind of news, which one of any name cannot say.
    const hear = this.#ears.on[name] as (told: unknown) => unknown;
    this.#source.addEventListener(name, (event: MessageEvent<string>) => {
      hear(JSON.parse(event.data));
    });
  }

  #failed(): void {
    if (this.#isClosed) return;
    this.#ears.lost();
    if (this.#source.readyState !== EventSource.CLOSED) return;
    after(RETRY_MS, () => {
      if (!this.#isClosed) this.#ears.refused();
    });
  }
}
