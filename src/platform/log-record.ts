export type LogLevel = 'debug' | 'info' | 'warning' | 'error';

/** An entry on its way out: clean (exit-text), with its time decided. */
export interface LogRecord {
  readonly level: LogLevel;
  readonly source: string;
  readonly text: string;
  /** Market time, epoch ms. */
  readonly time: number;
  readonly fields: Readonly<Record<string, unknown>> | null;
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
