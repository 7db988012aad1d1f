/**
 * What became of one due task. `started` is written before the call into the strategy, so that a crash in the middle of it
 * cannot make a restart run it again; the final outcome replaces it.
 */
export type TriggerOutcome = 'started' | 'ran' | 'ran_late' | 'skipped' | 'failed';

export interface TriggerRecord {
  /** Day, module, name, frequency, time, ordinal and due instant: the same after a restart. */
  readonly key: string;
  /** The task in words: `check_sell (daily 09:36)`. */
  readonly task: string;
  /** Market time, epoch ms. */
  readonly due: number;
  readonly outcome: TriggerOutcome;
  /** Why it was skipped or failed, or how late it ran and why; null otherwise. */
  readonly reason: string | null;
  /** When the call into the strategy began, market time, epoch ms; null for what never started. */
  readonly startedAt: number | null;
  /** Market time, epoch ms; null while it runs and for what never started. */
  readonly endedAt: number | null;
}

/** The durable memory of due tasks. Both methods are synchronous; `record` is durable when it returns and replaces a record of the same key. */
export interface TriggerStore {
  find(key: string): TriggerOutcome | null;
  record(record: TriggerRecord): void;
}

/** A store that forgets with the process, for tests. */
export class MemoryTriggers implements TriggerStore {
  readonly records = new Map<string, TriggerRecord>();

  find(key: string): TriggerOutcome | null {
    return this.records.get(key)?.outcome ?? null;
  }

  record(record: TriggerRecord): void {
    this.records.set(record.key, record);
  }
}
