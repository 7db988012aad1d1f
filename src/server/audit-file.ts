import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { BtError, errorCode, errorMessage } from '../domain/errors.ts';
import { cleanLine } from '../platform/exit-text.ts';
import { privateFile, privateFolder } from '../platform/private-files.ts';
import { RotatingFile } from '../platform/log-rotate.ts';
import { chinaTimeTextMs } from '../platform/log-time.ts';
import type { TimerSource } from '../platform/timers.ts';
import { isJsonObject } from '../protocol/json.ts';
import type { JsonObject } from '../protocol/json.ts';
import type { Audit } from './audit.ts';

/** A day's file each, or more; a year and a half of trading days. */
const KEPT_FILES = 400;
const LONGEST_FIELD = 300;

export interface AuditFile {
  readonly write: Audit;
  close(): void;
}

/**
 * Appends a JSON line an event, `{time, event, …}` with the wall time of Shanghai. A new day, or 20 MB, sets the file aside as
 * `name.YYYY-MM-DD.N.jsonl`. One that cannot be written at the start is a refusal to start (AUDIT_UNUSABLE); later what cannot be
 * written is told once and dropped: the record of orders is what must not fail.
 */
export function openAudit(path: string, timers: TimerSource, trouble: (text: string) => void): AuditFile {
  tryToWrite(path);
  const file = new RotatingFile(path, trouble, { keep: KEPT_FILES, wallNow: () => timers.wallNow() });
  return {
    write: (event) => {
      const entries = Object.entries(event).flatMap(([name, value]) => {
        const kept = plain(value);
        return kept === null ? [] : [[name, kept]];
      });
      const line = { time: chinaTimeTextMs(timers.wallNow()), ...Object.fromEntries(entries) };
      file.write(`${JSON.stringify(line)}\n`);
    },
    close: () => file.close(),
  };
}

function tryToWrite(path: string): void {
  try {
    privateFolder(dirname(path));
    privateFile(path);
  } catch (error) {
    throw new BtError(
      'AUDIT_UNUSABLE',
      `The audit ${path} cannot be written: ${errorMessage(error)}. Free space, correct its rights, or name another file with --audit.`,
      { fault: 'config', cause: error },
    );
  }
}

/** The lines of an audit and of what was set aside of it, oldest first. Throws BtError NO_AUDIT or AUDIT_UNREADABLE. */
export function readAudit(path: string): JsonObject[] {
  const [folder, stem, ending] = [dirname(path), basename(path, extname(path)), extname(path)];
  if (!existsSync(folder)) throw noAudit(path);
  try {
    const aside = readdirSync(folder).flatMap((name) => {
      const middle =
        name.startsWith(`${stem}.`) && name.endsWith(ending) ? name.slice(stem.length + 1, -ending.length) : '';
      const [, day = '', number = ''] = /^(\d{4}-\d{2}-\d{2})\.(\d+)$/u.exec(middle) ?? [];
      return day === '' ? [] : [{ path: join(folder, name), order: `${day}.${number.padStart(9, '0')}` }];
    });
    const paths = aside.toSorted((a, b) => (a.order < b.order ? -1 : 1)).map((each) => each.path);
    if (paths.length === 0 && !existsSync(path)) throw noAudit(path);
    return [...paths, path].flatMap(linesOf);
  } catch (error) {
    if (error instanceof BtError) throw error;
    throw new BtError(
      'AUDIT_UNREADABLE',
      `The audit ${path} cannot be read: ${errorMessage(error)}. Name the file that the server writes with --file.`,
      { fault: 'config', cause: error },
    );
  }
}

function noAudit(path: string): BtError {
  return new BtError(
    'NO_AUDIT',
    `There is no audit at ${path}. A server in front of QMT writes one at each start, any other with --audit FILE: name its file with --file, or its port with --port.`,
    { fault: 'config' },
  );
}

/** A line that a crash has cut in two is left out. */
function linesOf(path: string): JsonObject[] {
  return textOf(path)
    .split('\n')
    .flatMap((line) => {
      try {
        const read: unknown = JSON.parse(line);
        return isJsonObject(read) ? [read] : [];
      } catch {
        return [];
      }
    });
}

/** Between being set aside and begun anew there is no file. */
function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return '';
    throw error;
  }
}

/** Short, on one line, and without what is secret, whatever a peer has sent; null = nothing. */
function plain(value: unknown): string | number | boolean | null {
  if (value === undefined || value === null || value === '') return null;
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  return cleanLine(typeof value === 'string' ? value : JSON.stringify(value), LONGEST_FIELD);
}
