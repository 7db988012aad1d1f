import { chinaText } from '../../domain/time.ts';
import type { Log } from '../../platform/log.ts';
import type { DueTask } from './due-task.ts';

interface Skipped {
  readonly label: string;
  readonly first: number;
  last: number;
  count: number;
  reason: string;
}

/** Warns of skipped tasks: one line for each run of them, so that an hour of missed minutes is one line and not sixty. */
export class SkipReport {
  readonly #log: Log;
  readonly #open = new Map<string, Skipped>();

  constructor(log: Log) {
    this.#log = log;
  }

  add({ label, due }: DueTask, reason: string): void {
    const open = this.#open.get(label);
    if (open === undefined) {
      this.#open.set(label, { label, first: due, last: due, count: 1, reason });
      return;
    }
    open.last = due;
    open.count += 1;
    open.reason = reason;
  }

  /** Writes what has come together. */
  flush(): void {
    for (const { label, first, last, count, reason } of this.#open.values()) {
      const due =
        count === 1 ? `due ${chinaText(first)}` : `${count} times, due ${chinaText(first)} to ${chinaText(last)}`;
      this.#log.warning(`${label} was skipped, ${due}: ${reason}`);
    }
    this.#open.clear();
  }
}
