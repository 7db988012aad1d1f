import type { Timer, TimerSource } from '../../../platform/timers.ts';
import { callerOf, read } from '../asking.ts';
import type { Behind } from '../asking.ts';
import { quoteRow } from '../api/rows.ts';
import { HttpProblem, problemOf } from '../../../net/http/problem.ts';
import type { EventQueue } from '../../../net/http/event-queue.ts';

/** Wall ms between two rounds. */
const PERIOD_MS = 1_000;
/** Securities of all streams together. */
const MOST_IN_ALL = 1_000;

/** The latest of what is listened to: each second one question for a security, whoever many listen, told where it has changed. */
export class TickFeed {
  readonly #behind: Behind;
  readonly #timers: TimerSource;
  readonly #readers = new Map<EventQueue, ReadonlySet<string>>();
  readonly #latest = new Map<string, string>();
  readonly #asked = new Set<string>();
  readonly #failing = new Set<string>();
  #timer: Timer | null = null;

  constructor(behind: Behind, timers: TimerSource) {
    this.#behind = behind;
    this.#timers = timers;
  }

  /** Begins with the latest of each. Throws 429 beyond what all may listen to. Returns what ends it. */
  add(queue: EventQueue, securities: readonly string[]): () => void {
    const wanted = new Set(securities);
    const all = new Set([...this.#wanted(), ...wanted]);
    if (all.size > MOST_IN_ALL) {
      const text = `${MOST_IN_ALL} securities are listened to already. Close another stream, or ask for fewer.`;
      throw new HttpProblem(429, 'TOO_MANY_SECURITIES', text);
    }
    this.#readers.set(queue, wanted);
    for (const security of wanted) {
      const known = this.#latest.get(security);
      if (known !== undefined) queue.push({ event: 'tick', data: known }, security);
    }
    this.#timer ??= this.#timers.every(PERIOD_MS, () => this.#round());
    this.#round();
    return () => this.#remove(queue);
  }

  #remove(queue: EventQueue): void {
    this.#readers.delete(queue);
    const wanted = this.#wanted();
    for (const security of this.#latest.keys()) if (!wanted.has(security)) this.#latest.delete(security);
    for (const security of this.#failing) if (!wanted.has(security)) this.#failing.delete(security);
    if (this.#readers.size > 0) return;
    this.#timer?.cancel();
    this.#timer = null;
  }

  #wanted(): Set<string> {
    return new Set([...this.#readers.values()].flatMap((securities) => [...securities]));
  }

  /** One whose last question is not answered yet is left out. */
  #round(): void {
    for (const security of this.#wanted()) if (!this.#asked.has(security)) void this.#ask(security);
  }

  async #ask(security: string): Promise<void> {
    this.#asked.add(security);
    try {
      const tick = await read(this.#behind, callerOf('events'), 'data.get_current_tick', { security });
      const data = JSON.stringify(quoteRow(tick));
      this.#failing.delete(security);
      if (this.#latest.get(security) === data) return;
      this.#tell(security, 'tick', data);
      if (this.#wanted().has(security)) this.#latest.set(security, data);
    } catch (error) {
      if (!this.#failing.has(security)) {
        this.#tell(security, 'trouble', JSON.stringify({ security, ...problemOf(error) }));
      }
      this.#failing.add(security);
    } finally {
      this.#asked.delete(security);
    }
  }

  #tell(security: string, event: string, data: string): void {
    for (const [queue, securities] of this.#readers)
      if (securities.has(security)) queue.push({ event, data }, security);
  }
}
