import type { Log } from '../../../platform/log.ts';
import { errorMessage } from '../../../domain/errors.ts';
import type { TimerSource } from '../../../platform/timers.ts';
import type { DataBridge } from './data-bridge.ts';

/** What is downloaded stays good for so long. */
const FRESH_MS: Readonly<Record<string, number>> = { '1m': 50_000, '5m': 250_000, '1d': 600_000 };

/** Fills the terminal's cache, out of which everything is read: without it there are no bars, and no error either. */
export class Downloads {
  readonly #bridge: DataBridge;
  readonly #timers: TimerSource;
  readonly #log: Log;
  readonly #done = new Map<string, number>();
  readonly #running = new Map<string, Promise<string | null>>();

  constructor(bridge: DataBridge, timers: TimerSource, log: Log) {
    this.#bridge = bridge;
    this.#timers = timers;
    this.#log = log;
  }

  /** Resolves with null when the bars of these codes are there, or with what kept them from it. `start`: `YYYYMMDD`, '' = all. */
  async bars(codes: readonly string[], stored: string, start: string): Promise<string | null> {
    const now = this.#timers.monotonic();
    const key = (code: string): string => `${code}/${stored}/${start.slice(0, 6)}`;
    const due = codes.filter((code) => (this.#done.get(key(code)) ?? Number.NEGATIVE_INFINITY) <= now);
    if (due.length === 0) return null;
    const together = due.map(key).join(',');
    const running = this.#running.get(together) ?? this.#download(due, stored, start);
    this.#running.set(together, running);
    const failure = await running;
    this.#running.delete(together);
    if (failure === null) for (const code of due) this.#done.set(key(code), now + (FRESH_MS[stored] ?? 0));
    return failure;
  }

  async #download(codes: readonly string[], stored: string, start: string): Promise<string | null> {
    try {
      await this.#bridge.download('download_history', { codes, period: stored, start, end: '', of: stored });
      return null;
    } catch (error) {
      this.#log.warning(`bars (${stored}) of ${codes.slice(0, 3).join(', ')}… : ${errorMessage(error)}`);
      return errorMessage(error);
    }
  }
}
