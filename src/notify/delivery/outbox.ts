import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { HOUR } from '../../domain/time.ts';
import { newClientId } from '../../platform/ids.ts';
import { privateFile, privateFolder } from '../../platform/private-files.ts';
import type { ChannelName } from '../channels/channel.ts';
import type { Digest } from '../digest/digest.ts';
import { keyOf, rankOf, type NoticeLevel, type ToldNotice } from '../notice.ts';
import type { Entry } from '../rules/fold.ts';
import type { Sent } from '../rules/pace.ts';
import { placeNotice } from '../rules/repeats.ts';
import { OUTBOX_SCHEMA, OUTBOX_VERSION } from './outbox-schema.ts';

/** An entry that a channel still has to deliver. */
export interface Waiting extends Entry {
  readonly seq: number;
  /** When it was told, wall ms. */
  readonly added: number;
  readonly notBefore: number;
  /** The message that it was tried with; null = none yet. */
  readonly letter: string | null;
  readonly digest: Digest | null;
}

/** Entries that wait at most; beyond, the least urgent and oldest go. */
export const MOST_WAITING = 1_000;
/** Wall ms after which nobody wants to hear it any more, from when it may be told. */
const LIFE_MS: Readonly<Record<NoticeLevel, number>> = { info: 12 * HOUR, warning: 24 * HOUR, critical: 24 * HOUR };
/** Delivered ones are kept as long as equal ones are counted on them, and a bit. */
const KEPT_MS = HOUR;

/**
 * What was told and not yet delivered, durable: a file that survives `kill -9` (each change is a commit that the system has; a power cut may lose the
 * last ones). Each entry goes to each channel at least once, or expires. All times are wall ms but for an entry's own.
 */
export class Outbox {
  readonly #database: DatabaseSync;

  /** `path`: its file, which is its user's alone; null = in memory. Throws as Node and SQLite throw. */
  constructor(path: string | null) {
    if (path !== null) {
      privateFolder(dirname(path));
      privateFile(path);
    }
    this.#database = new DatabaseSync(path ?? ':memory:', { timeout: 1_000 });
    this.#database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;');
    const version = Number(this.#row('PRAGMA user_version')?.['user_version'] ?? 0);
    if (version > OUTBOX_VERSION) {
      this.#database.close();
      throw new Error(`the outbox was written by a later version of bt (${version})`);
    }
    this.#database.exec(`${OUTBOX_SCHEMA}; PRAGMA user_version = ${OUTBOX_VERSION};`);
  }

  /** Takes a notice for these channels. Gives how many entries had to go for it. */
  add(notice: ToldNotice, channels: readonly ChannelName[], now: number): number {
    if (channels.length === 0) return 0;
    const key = keyOf(notice);
    const last = this.#row('SELECT seq, not_before, taken FROM entry WHERE key = ? ORDER BY seq DESC LIMIT 1', key);
    const known = last === null ? null : { notBefore: Number(last['not_before']), isTaken: last['taken'] !== 0 };
    const place = placeNotice(known, now);
    if (place.kind === 'count' && last !== null) {
      const { time, text } = notice;
      this.#run(
        'UPDATE entry SET count = count + 1, time = ?, text = ? WHERE seq = ?',
        time,
        text,
        last['seq'] ?? null,
      );
      return 0;
    }
    const notBefore = place.kind === 'new' ? place.notBefore : now;
    this.#whole(() => this.#insert(notice, key, channels, now, notBefore));
    return this.#makeRoom();
  }

  /** What a channel may deliver at `now`, oldest first; at most `most`. */
  waiting(channel: ChannelName, now: number, most: number): readonly Waiting[] {
    return this.#rows(
      `SELECT entry.*, todo.letter FROM todo JOIN entry USING (seq)
       WHERE todo.channel = ? AND entry.not_before <= ? ORDER BY seq LIMIT ?`,
      channel,
      now,
      most,
    ).map(readWaiting);
  }

  /** Wall ms at which the next of a channel's entries may be delivered; null = it has none. */
  nextAt(channel: ChannelName): number | null {
    const row = this.#row(
      'SELECT min(entry.not_before) AS next FROM todo JOIN entry USING (seq) WHERE todo.channel = ?',
      channel,
    );
    const next = row?.['next'] ?? null;
    return next === null ? null : Number(next);
  }

  /** These are one message from now on; what it says is fixed, and equal ones count elsewhere. */
  take(channel: ChannelName, seqs: readonly number[], letter: string): void {
    this.#whole(() => {
      for (const seq of seqs) {
        this.#run('UPDATE todo SET letter = ? WHERE channel = ? AND seq = ?', letter, channel, seq);
        this.#run('UPDATE entry SET taken = 1 WHERE seq = ?', seq);
      }
    });
  }

  /** Delivered, or given up. */
  done(channel: ChannelName, seqs: readonly number[]): void {
    this.#whole(() => {
      for (const seq of seqs) this.#run('DELETE FROM todo WHERE channel = ? AND seq = ?', channel, seq);
    });
  }

  /** Lets go what is too old, and forgets what is done with. Gives how many entries nobody heard. */
  expire(now: number): number {
    const { changes } = this.#run('DELETE FROM entry WHERE expires <= ? AND seq IN (SELECT seq FROM todo)', now);
    this.#run('DELETE FROM entry WHERE not_before <= ? AND seq NOT IN (SELECT seq FROM todo)', now - KEPT_MS);
    return Number(changes);
  }

  /** Channels that are no longer configured have nothing to deliver. */
  keepOnly(channels: readonly ChannelName[]): void {
    const marks = channels.map(() => '?').join(', ');
    this.#run(`DELETE FROM todo WHERE channel NOT IN (${marks})`, ...channels);
  }

  /** How many entries wait for some channel. */
  count(): number {
    return Number(this.#row('SELECT count(DISTINCT seq) AS many FROM todo')?.['many'] ?? 0);
  }

  sent(channel: ChannelName): Sent {
    const row = this.#row('SELECT last, day, count FROM sent WHERE channel = ?', channel);
    if (row === null) return { last: null, day: '', count: 0 };
    return {
      last: row['last'] === null ? null : Number(row['last']),
      day: textOf(row, 'day'),
      count: Number(row['count']),
    };
  }

  keepSent(channel: ChannelName, { last, day, count }: Sent): void {
    this.#run('INSERT OR REPLACE INTO sent (channel, last, day, count) VALUES (?, ?, ?, ?)', channel, last, day, count);
  }

  close(): void {
    if (this.#database.isOpen) this.#database.close();
  }

  #insert(notice: ToldNotice, key: string, channels: readonly ChannelName[], now: number, notBefore: number): void {
    const { kind, level, time, source, title, text, digest } = notice;
    const { lastInsertRowid } = this.#run(
      `INSERT INTO entry (id, key, kind, level, rank, time, since, added, not_before, expires, source, title, text, count, digest)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?)`,
      newClientId(),
      key,
      kind,
      level,
      rankOf(level),
      time,
      time,
      now,
      notBefore,
      notBefore + LIFE_MS[level],
      source,
      title,
      text,
      digest === undefined ? null : JSON.stringify(digest),
    );
    for (const channel of channels)
      this.#run('INSERT INTO todo (channel, seq) VALUES (?, ?)', channel, lastInsertRowid);
  }

  #makeRoom(): number {
    const over = this.count() - MOST_WAITING;
    if (over <= 0) return 0;
    this.#run(
      `DELETE FROM entry WHERE seq IN
       (SELECT seq FROM entry WHERE seq IN (SELECT seq FROM todo) ORDER BY rank, seq LIMIT ?)`,
      over,
    );
    return over;
  }

  #whole(work: () => void): void {
    this.#database.exec('BEGIN');
    try {
      work();
      this.#database.exec('COMMIT');
    } catch (error) {
      this.#database.exec('ROLLBACK');
      throw error;
    }
  }

  #run(sql: string, ...values: SQLInputValue[]): { changes: number | bigint; lastInsertRowid: number | bigint } {
    return this.#database.prepare(sql).run(...values);
  }

  #rows(sql: string, ...values: SQLInputValue[]): Record<string, SQLInputValue>[] {
    return this.#database.prepare(sql).all(...values);
  }

  #row(sql: string, ...values: SQLInputValue[]): Record<string, SQLInputValue> | null {
    return this.#rows(sql, ...values)[0] ?? null;
  }
}

/** A column that is TEXT. */
function textOf(row: Record<string, SQLInputValue>, name: string): string {
  const value = row[name];
  return typeof value === 'string' ? value : '';
}

function readWaiting(row: Record<string, SQLInputValue>): Waiting {
  const text = (name: string): string => textOf(row, name);
  return {
    seq: Number(row['seq']),
    id: text('id'),
    kind: text('kind') as Waiting['kind'], // ours
    level: text('level') as Waiting['level'],
    time: Number(row['time']),
    since: Number(row['since']),
    added: Number(row['added']),
    notBefore: Number(row['not_before']),
    source: text('source'),
    title: text('title'),
    text: text('text'),
    count: Number(row['count']),
    letter: row['letter'] === null ? null : text('letter'),
    digest: row['digest'] === null ? null : (JSON.parse(text('digest')) as Digest), // as it was written above
  };
}
