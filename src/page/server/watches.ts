import { EventQueue } from '../../net/http/event-queue.ts';
import type { QueueLimits } from '../../net/http/event-queue.ts';
import { HttpProblem } from '../../net/http/problem.ts';
import type { Timer } from '../../platform/timers.ts';
import { LANGUAGES, type Language } from '../../platform/language.ts';
import { spokenIn, spokenSource } from './spoken.ts';
import { Watch } from './watch.ts';
import type { WatchParts } from './watch.ts';

/** Pages that look at a time. */
export const MOST_PAGES = 64;
/** A page that does not take this is too slow: it is sent away, and comes again. */
export const SLOW: QueueLimits = { events: 500, characters: 8 * 1024 * 1024 };
/** How often it is looked which instances there are. Wall ms. */
export const LIST_MS = 3_000;

/** Who looks at which instance. */
export class Watches {
  readonly #parts: WatchParts;
  /** By language and instance. */
  readonly #watches = new Map<string, Watch>();
  readonly #open = new Map<EventQueue, Language>();
  readonly #slow: QueueLimits;
  readonly #endChanges: () => void;
  #listTimer: Timer | null = null;
  /** As it was told last. */
  #list = '';

  constructor(parts: WatchParts, slow: QueueLimits = SLOW) {
    this.#parts = parts;
    this.#slow = slow;
    this.#endChanges = parts.source.changes((instance) => this.look(instance));
  }

  get pages(): number {
    return this.#open.size;
  }

  /** A page begins to look; `leave` ends that. Throws 429 when there are too many. */
  open(instance: string, language: Language): { readonly queue: EventQueue; readonly leave: () => void } {
    if (this.#open.size >= MOST_PAGES) {
      throw new HttpProblem(429, 'TOO_MANY_PAGES', `${MOST_PAGES} pages are open already. Close one.`);
    }
    const queue = new EventQueue(this.#parts.timers, this.#slow);
    this.#open.set(queue, language);
    const key = keyOf(instance, language);
    const watch = this.#watchOf(instance, language);
    const end = watch.add(queue);
    this.#listTimer ??= this.#parts.timers.every(LIST_MS, () => void this.#lookAtList());
    const leave = (): void => {
      end();
      queue.close();
      this.#open.delete(queue);
      if (watch.readers === 0 && this.#watches.get(key) === watch) this.#watches.delete(key);
      if (this.#open.size === 0) this.#rest();
    };
    return { queue, leave };
  }

  /** Somebody has just had something done. */
  look(instance: string): void {
    for (const language of LANGUAGES) this.#watches.get(keyOf(instance, language))?.look();
  }

  stop(): void {
    this.#endChanges();
    this.#rest();
    for (const watch of this.#watches.values()) watch.stop();
    for (const queue of this.#open.keys()) queue.close();
  }

  #watchOf(instance: string, language: Language): Watch {
    const key = keyOf(instance, language);
    const known = this.#watches.get(key);
    if (known !== undefined) return known;
    const source = spokenSource(this.#parts.source, language);
    const watch = new Watch(instance, { ...this.#parts, source });
    this.#watches.set(key, watch);
    return watch;
  }

  #rest(): void {
    this.#listTimer?.cancel();
    this.#listTimer = null;
  }

  async #lookAtList(): Promise<void> {
    // The page's own instance says what is wrong.
    const instances = await this.#parts.source.list().catch(() => null);
    const list = JSON.stringify({ instances });
    if (instances === null || list === this.#list) return;
    this.#list = list;
    const told = { en: list, zh: JSON.stringify({ instances: spokenIn(instances, 'zh') }) };
    for (const [queue, language] of this.#open) queue.push({ event: 'instances', data: told[language] }, 'instances');
  }
}

function keyOf(instance: string, language: Language): string {
  return `${language} ${instance}`;
}
