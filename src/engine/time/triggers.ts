/**
 * What became of one due task. `started` is written before the call into the strategy, so that a crash in the middle of it
 * cannot make a restart run it again; the final outcome replaces it. `interrupted` is what a restart makes of one that has none.
 * `pending`: with `late: 'run'`, a restart has found it missed or interrupted, and it waits for its turn: the next start finds it again.
 */
export type TriggerOutcome = 'pending' | 'started' | 'ran' | 'ran_late' | 'skipped' | 'failed' | 'interrupted';

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

/** The durable memory of due tasks. All methods are synchronous; what is recorded survives the process when they return, and replaces a record of the same key. */
export interface TriggerStore {
  find(key: string): TriggerOutcome | null;
  record(record: TriggerRecord): void;
  /** Many at once, in one transaction. */
  recordAll(records: readonly TriggerRecord[]): void;
  /** Records of calls that began, or wait to be run late, and whose end nobody wrote, oldest first. */
  open(): readonly TriggerRecord[];
  /** What the call of that key has ordered and may have been sent, in words. */
  ordersOf(key: string): readonly string[];
}

/** A store that forgets with the process, for tests. */
export class MemoryTriggers implements TriggerStore {
  readonly records = new Map<string, TriggerRecord>();

  find(key: string): TriggerOutcome | null {
    return this.records.get(key)?.outcome ?? null;
  }

  ordersOf: TriggerStore['ordersOf'] = () => [];

  record(record: TriggerRecord): void {
    this.records.set(record.key, record);
  }

  recordAll(records: readonly TriggerRecord[]): void {
    for (const record of records) this.record(record);
  }

  open(): readonly TriggerRecord[] {
    return [...this.records.values()].filter(({ outcome }) => outcome === 'started' || outcome === 'pending');
  }
}
