import pc from 'picocolors';
import { cleanLine } from './exit-text.ts';
import type { LogLevel, LogRecord, LogSink } from './log-record.ts';
import { chinaTimeText } from './log-time.ts';

export interface ScreenOptions {
  readonly colors: boolean;
  readonly print: (line: string) => void;
  /** Puts what is not the strategy's own into the reader's language; absent = as it is. */
  readonly say?: (text: string) => string;
}

const LABELS: Readonly<Record<LogLevel, string>> = {
  debug: 'DEBUG',
  info: 'INFO ',
  warning: 'WARN ',
  error: 'ERROR',
};

/** The source of lines that an author wrote. */
const STRATEGY = 'strategy';

/** `2026-07-06 09:35:00 INFO  strategy  text  key=value`; further lines of a text are indented. */
export function screenSink(options: ScreenOptions): LogSink {
  const paint = pc.createColors(options.colors);
  const level: Readonly<Record<LogLevel, (text: string) => string>> = {
    debug: paint.dim,
    info: paint.green,
    warning: paint.yellow,
    error: paint.red,
  };
  const write = (record: LogRecord): void => {
    const isOurs = record.source !== STRATEGY;
    const text = isOurs ? (options.say?.(record.text) ?? record.text) : record.text;
    const [first = '', ...rest] = text.split('\n');
    const fields = fieldsText(record.fields);
    const head = [
      paint.dim(chinaTimeText(record.time)),
      level[record.level](LABELS[record.level]),
      paint.cyan(record.source.padEnd(8)),
      first,
    ].join(' ');
    const tail = fields === '' ? '' : paint.dim(`  ${fields}`);
    options.print([head + tail, ...rest.map((line) => `  ${line}`)].join('\n'));
  };
  return { write, close: () => {} };
}

/** Plain values only: what has a structure is for the file. */
function fieldsText(fields: LogRecord['fields']): string {
  if (fields === null) return '';
  return Object.entries(fields)
    .filter(([, value]) => ['string', 'number', 'boolean'].includes(typeof value))
    .map(([key, value]) => `${key}=${cleanLine(String(value))}`)
    .join(' ');
}
