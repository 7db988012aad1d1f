import { cleanData, cleanLine, cleanText } from './exit-text.ts';
import { fileSink } from './log-file.ts';
import type { LogIds, LogLevel, LogRecord, LogSink, RotationOptions } from './log-record.ts';
import { screenSink } from './log-screen.ts';
import { writeOut } from './terminal.ts';

/** From least to most urgent. */
export const LOG_LEVELS: readonly LogLevel[] = ['debug', 'info', 'warning', 'error'];

export interface LogEntry {
  readonly level: LogLevel;
  /** Who speaks: engine, strategy, order, wire, server … */
  readonly source: string;
  readonly text: string;
  /** Market time, epoch ms; null = the log's clock now. */
  readonly time: number | null;
  readonly fields?: Readonly<Record<string, unknown>>;
  /** What the line is about, by which its file is searched: members of the JSON line itself, not shown on the screen. */
  readonly ids?: LogIds;
}

export interface Log {
  write(entry: LogEntry): void;
  debug(text: string, fields?: Readonly<Record<string, unknown>>): void;
  info(text: string, fields?: Readonly<Record<string, unknown>>): void;
  warning(text: string, fields?: Readonly<Record<string, unknown>>): void;
  error(text: string, fields?: Readonly<Record<string, unknown>>): void;
  /** The same outputs under another source. */
  child(source: string): Log;
}

export interface LogOptions {
  /** JSON lines go here, synchronously; null or absent = no file. */
  readonly file?: string | null;
  readonly level: LogLevel;
  /** What the file keeps; absent = `level`. */
  readonly fileLevel?: LogLevel;
  readonly screen: boolean;
  /** Market time, epoch ms; absent = wall time. */
  readonly clock?: () => number;
  readonly source?: string;
  readonly colors?: boolean;
  /** Where the short line goes; absent = standard output. */
  readonly print?: (line: string) => void;
  readonly rotation?: RotationOptions;
  /** Language of the screen; the file is for programs, and stays English. */
  readonly say?: (text: string) => string;
}

/** A log to the screen and, if asked, to a file. Writing never throws: a broken file is reported once, and left aside. */
export function createLog(options: LogOptions): Log & { close(): void } {
  const clock = options.clock ?? (() => Date.now());
  const { say, colors = false, print = printLine } = options;
  const screen = screenSink({ colors, print, ...(say === undefined ? {} : { say }) });
  const outputs: { sink: LogSink; from: number }[] = [];
  if (options.screen) outputs.push({ sink: screen, from: rank(options.level) });
  if (options.file !== undefined && options.file !== null) {
    const trouble = (text: string): void => {
      screen.write({ level: 'warning', source: 'log', text, time: clock(), fields: null, ids: null });
    };
    const sink = fileSink(options.file, trouble, options.rotation ?? {});
    outputs.push({ sink, from: rank(options.fileLevel ?? options.level) });
  }
  const write = (entry: LogEntry): void => {
    const urgency = rank(entry.level);
    const wanted = outputs.filter((output) => urgency >= output.from);
    if (wanted.length === 0) return;
    const record = cleanRecord(entry, entry.time ?? clock());
    for (const output of wanted) output.sink.write(record);
  };
  const close = (): void => {
    for (const output of outputs.splice(0)) output.sink.close();
  };
  return { ...speakAs(options.source ?? 'bt', write), close };
}

function cleanRecord({ level, source, text, fields, ids }: LogEntry, time: number): LogRecord {
  const facts = fields === undefined ? null : (cleanData(fields) as Readonly<Record<string, unknown>>);
  const about = ids === undefined ? null : (cleanData(ids) as LogIds);
  return { level, source: cleanLine(source), text: cleanText(text), time, fields: facts, ids: about };
}

/** Hands every entry on, as it is. */
export function logTo(source: string, write: (entry: LogEntry) => void): Log {
  return speakAs(source, write);
}

/** Swallows everything. */
export const nullLog: Log = speakAs('null', () => {});

function speakAs(source: string, write: (entry: LogEntry) => void): Log {
  const say =
    (level: LogLevel) =>
    (text: string, fields?: Readonly<Record<string, unknown>>): void => {
      write({ level, source, text, time: null, ...(fields === undefined ? {} : { fields }) });
    };
  return {
    write,
    debug: say('debug'),
    info: say('info'),
    warning: say('warning'),
    error: say('error'),
    child: (name) => speakAs(name, write),
  };
}

function rank(level: LogLevel): number {
  return LOG_LEVELS.indexOf(level);
}

function printLine(line: string): void {
  writeOut(`${line}\n`);
}
