import { closeSync, existsSync, fstatSync, openSync, readdirSync, readSync, statSync, type Stats } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { readInstanceFile, writeInstanceFile } from '../ledger/instance-file.ts';

/** Where a log is when nothing else was said. */
export const LOG_FILE = 'bt.log';
/** Lines that a page of the log has at most. */
const MOST_LINES = 1_000;
/** Bytes of a log file that are looked at for one page. */
const MOST_BYTES = 8 * 1024 * 1024;
/** Bytes from the end of each file that are looked at for the last lines: more, while they are not there. */
const LAST_BYTES = [1, 8, 64].map((megabytes) => megabytes * 1024 * 1024);

const LEVELS = ['debug', 'info', 'warning', 'error'] as const;
export type LogLevelName = (typeof LEVELS)[number];

/** A line of an instance's log. `market`: time of Shanghai, `YYYY-MM-DD HH:MM:SS.mmm`. */
export interface LogLine {
  readonly market: string;
  readonly level: LogLevelName;
  readonly source: string;
  readonly text: string;
  readonly fields: Readonly<Record<string, unknown>> | null;
}

export interface LogQuery {
  /** This level and what is more urgent; absent = all. */
  readonly level?: LogLevelName;
  /** Absent or empty = all. */
  readonly sources?: readonly string[];
  /** Text that a line must hold. */
  readonly contains?: string;
  /** The last so many lines. */
  readonly lines?: number;
  /** Where the last page ended: what was written since. */
  readonly from?: string;
}

/** `end`: what to ask from next. */
export interface LogPage {
  readonly lines: readonly LogLine[];
  readonly end: string;
  /** Lines before these are lost: the file that they were in is not there any more. */
  readonly isGap?: true;
}

/** The file that an instance's runs write their log to. */
export function logFileOf(folder: string): string {
  const told = readInstanceFile(folder)?.['log'];
  return typeof told === 'string' ? told : join(folder, LOG_FILE);
}

/** Keeps where a run of the instance writes its log, for those who look at it. */
export function rememberLog(folder: string, file: string): void {
  const log = file === join(folder, LOG_FILE) ? undefined : file;
  if (readInstanceFile(folder)?.['log'] !== log) writeInstanceFile(folder, { log });
}

/**
 * The last lines of the log, or those that follow the last page: all of them, over as many pages as they need. Of files set aside (a new day,
 * too long) only what is needed is read. Never rejects for a log that is not there.
 */
export function readLog(folder: string, query: LogQuery = {}): Promise<LogPage> {
  const file = logFileOf(folder);
  const page = query.from === undefined ? lastPage(file, query) : nextPage(file, query.from, query);
  return Promise.resolve(page);
}

function lastPage(file: string, query: LogQuery): LogPage {
  const most = Math.min(query.lines ?? MOST_LINES, MOST_LINES);
  const newest = lastLines(file, query, most);
  let { lines } = newest;
  for (const path of setAside(file).toReversed()) {
    if (lines.length >= most) break;
    lines = [...lastLines(path, query, most - lines.length).lines, ...lines];
  }
  return { lines: lines.slice(-most), end: newest.end };
}

function lastLines(path: string, query: LogQuery, most: number): LogPage {
  let page: LogPage = { lines: [], end: ':0' };
  for (const bytes of LAST_BYTES) {
    const { stat, text, end, begin } = readFrom(path, null, bytes);
    // Where it ends is where this reading has ended: what is written meanwhile is of the next page.
    page = { lines: linesOf(text, query), end: `${stat?.ino ?? ''}:${end}` };
    if (begin === 0 || page.lines.length >= most) break;
  }
  return page;
}

function nextPage(file: string, from: string, query: LogQuery): LogPage {
  const [inode = '', offset = '0'] = from.split(':');
  const files = [...setAside(file), file].flatMap((path) => {
    const found = statSync(path, { throwIfNoEntry: false });
    return found === undefined ? [] : [{ path, inode: String(found.ino) }];
  });
  const at = files.findIndex((each) => each.inode === inode);
  if (at === -1) return pageOfNew(file, from, query);
  const piece = readFrom(files[at]?.path ?? file, Number(offset));
  const lines = linesOf(piece.text, query);
  const next = files[at + 1];
  // A new file has begun since: it is the next one as soon as this has been read to its end.
  if (next === undefined || !piece.isLast) return { lines, end: `${inode}:${piece.end}` };
  const more = nextPage(file, `${next.inode}:0`, query);
  return { ...more, lines: [...lines, ...more.lines] };
}

/** Of the file that there is, when the one of the last page is not there. Between two files there is none for a moment. */
function pageOfNew(file: string, from: string, query: LogQuery): LogPage {
  const { stat, text, end } = readFrom(file, 0);
  if (stat === null) return { lines: [], end: from };
  const isNew = from.startsWith(':');
  return { lines: linesOf(text, query), end: `${stat.ino}:${end}`, ...(isNew ? {} : { isGap: true }) };
}

/** `name.YYYY-MM-DD.N.log`, oldest first. */
function setAside(file: string): string[] {
  const folder = dirname(file);
  const extension = extname(file);
  const stem = basename(file, extension);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name !== basename(file) && name.startsWith(`${stem}.`) && name.endsWith(extension))
    .toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .map((name) => join(folder, name));
}

interface Piece {
  readonly stat: Stats | null;
  /** Whole lines only. */
  readonly text: string;
  /** Where the last whole line ends. */
  readonly end: number;
  readonly begin: number;
  /** It reaches to the end of the file. */
  readonly isLast: boolean;
}

/** From that byte on, as much as one page may have; null = the last of it. */
function readFrom(path: string, from: number | null, most: number = MOST_BYTES): Piece {
  let fd: number;
  try {
    fd = openSync(path, 'r');
  } catch {
    return { stat: null, text: '', begin: 0, end: 0, isLast: true };
  }
  try {
    const stat = fstatSync(fd);
    const begin = from ?? Math.max(0, stat.size - most);
    const bytes = Buffer.alloc(Math.min(most, Math.max(0, stat.size - begin)));
    const read = readSync(fd, bytes, 0, bytes.length, begin);
    const isLast = begin + read >= stat.size;
    // What is no line within that length is none of ours.
    const ended = bytes.subarray(0, read).lastIndexOf(10) + 1;
    const whole = ended === 0 && !isLast ? read : ended;
    return { stat, text: bytes.toString('utf8', 0, whole), begin, end: begin + whole, isLast };
  } finally {
    closeSync(fd);
  }
}

function linesOf(text: string, { level, sources = [], contains }: LogQuery): LogLine[] {
  const least = level === undefined ? 0 : LEVELS.indexOf(level);
  return text.split('\n').flatMap((line) => {
    const read = lineOf(line);
    if (read === null || LEVELS.indexOf(read.level) < least) return [];
    if (sources.length > 0 && !sources.includes(read.source)) return [];
    return contains === undefined || read.text.includes(contains) ? [read] : [];
  });
}

/** Null for what is no line of ours: a file can be written by anybody, and a line cut by a full disk. */
function lineOf(text: string): LogLine | null {
  if (text === '') return null;
  try {
    const { market, level, source, text: said, fields } = JSON.parse(text) as Partial<Record<keyof LogLine, unknown>>;
    const known = LEVELS.find((name) => name === level);
    if (typeof market !== 'string' || typeof source !== 'string' || typeof said !== 'string' || known === undefined)
      return null;
    const isObject = typeof fields === 'object' && fields !== null && !Array.isArray(fields);
    return { market, level: known, source, text: said, fields: isObject ? (fields as LogLine['fields']) : null };
  } catch {
    return null;
  }
}
