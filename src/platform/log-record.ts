export type LogLevel = 'debug' | 'info' | 'warning' | 'error';

/**
 * By what the lines of one order are found in the log's file. `order_id` is on every one of them, from the strategy's call to the
 * order's end; the others where they are known by then.
 */
export interface LogIds {
  readonly order_id?: string;
  /** The call into the strategy that placed it: the task's key, else the id of that call. */
  readonly call_id?: string;
  /** One wire order of it: its key at the gateway. */
  readonly client_id?: string;
  /** The eight characters in its remark, which the broker shows. */
  readonly tag?: string;
  readonly broker_order_id?: string;
}

/** An entry on its way out: clean (exit-text), with its time decided. */
export interface LogRecord {
  readonly level: LogLevel;
  readonly source: string;
  readonly text: string;
  /** Market time, epoch ms. */
  readonly time: number;
  readonly fields: Readonly<Record<string, unknown>> | null;
  readonly ids: LogIds | null;
}

export interface LogSink {
  write(record: LogRecord): void;
  close(): void;
}

export interface RotationOptions {
  /** The file is set aside before it grows past this many bytes. */
  readonly maxBytes?: number;
  /** How many files set aside are kept. */
  readonly keep?: number;
  /** Wall time, epoch ms, that decides when a day is over. */
  readonly wallNow?: () => number;
}
