import { readFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import * as z from 'zod';

import { BtError, errorCode, errorMessage } from '../domain/errors.ts';
import type { ExchangeState } from '../exchange/types.ts';
import { replaceFile } from './durable-file.ts';
import type { SavedIdempotency } from './idempotency.ts';
import { savedRisk } from './order-risk-saved.ts';
import type { SavedRisk } from './order-risk.ts';

/** Market time at a wall time, both epoch ms, and how fast it ran. */
export interface StateAnchor {
  readonly market: number;
  readonly wall: number;
  readonly speed: number;
  /** The market time it was last told to begin at, epoch ms; null = none, or written by a bt that kept none. */
  readonly begun: number | null;
}

export interface ServerState {
  readonly market: 'simulated';
  readonly seed: number;
  readonly clock: Omit<StateAnchor, 'begun'> & { readonly kind: string; readonly begun?: number | null | undefined };
  readonly accounts: readonly { readonly key: string; readonly id: string; readonly type: string }[];
  readonly exchange: ExchangeState;
  /** What happened in the market after `exchange`, oldest first. */
  readonly commands?: readonly unknown[];
  readonly idempotency: readonly SavedIdempotency[];
  /** Counters of order limits; absent = none were counted. */
  readonly risk?: readonly SavedRisk[] | undefined;
}

/** What changed since a state, or since the last change of it that was kept. */
export interface StateDelta {
  readonly clock: ServerState['clock'];
  readonly commands: readonly unknown[];
  /** By scope; null = that entry is gone. */
  readonly idempotency: readonly (readonly [string, SavedIdempotency | null])[];
  /** All counters, where they changed. */
  readonly risk?: readonly SavedRisk[] | undefined;
}

const FORMAT = 'bt-server-state';
const VERSION = 2;
/** The first version had nothing appended. */
const READABLE: ReadonlySet<number> = new Set([1, VERSION]);

const header = z.object({ format: z.literal(FORMAT), version: z.number(), bytes: z.number(), crc32: z.number() });
const clock = z.object({
  kind: z.string(),
  market: z.number(),
  wall: z.number(),
  speed: z.number(),
  begun: z.number().nullable().optional(),
});
const key = z.object({
  scope: z.string(),
  fingerprint: z.string(),
  accountKey: z.string(),
  orderId: z.string(),
});
const state = z.object({
  market: z.literal('simulated'),
  seed: z.number(),
  clock,
  accounts: z.array(z.object({ key: z.string(), id: z.string(), type: z.string() })),
  exchange: z.object({ version: z.literal(1), seed: z.number(), data: z.unknown() }),
  idempotency: z.array(key),
  risk: z.array(savedRisk).optional(),
});
const delta = z.object({
  clock,
  commands: z.array(z.unknown()),
  idempotency: z.array(z.tuple([z.string(), key.nullable()])),
  risk: z.array(savedRisk).optional(),
});

/**
 * Reads a state file; null when there is none. Throws BtError STATE_CORRUPT, STATE_VERSION or STATE_UNUSABLE: a book that cannot be
 * read must stop the start, never begin anew.
 */
export function readState(path: string): ServerState | null {
  const text = readText(path);
  if (text === null) return null;
  const end = text.indexOf('\n');
  const head = header.safeParse(json(path, end < 0 ? text : text.slice(0, end)));
  if (!head.success) throw corrupt(path, 'its first line is not the header of a state file');
  if (!READABLE.has(head.data.version)) {
    throw new BtError(
      'STATE_VERSION',
      `The state file ${path} has version ${head.data.version}; this server reads ${VERSION}. Use the bt that wrote it, or move it away to begin a new book.`,
      { fault: 'config' },
    );
  }
  const rest = Buffer.from(text.slice(end + 1), 'utf8');
  const body = rest.toString('utf8', 0, head.data.bytes);
  if (rest.length < head.data.bytes || crc32(body) !== head.data.crc32) {
    throw corrupt(path, 'its content does not match its checksum');
  }
  const parsed = state.safeParse(json(path, body));
  if (!parsed.success) throw corrupt(path, z.prettifyError(parsed.error).replaceAll('\n', '; '));
  return readJournal(path, rest.toString('utf8', head.data.bytes)).reduce(changed, parsed.data);
}

/** What was appended. A last line without its end was never acknowledged: a crash came in between. */
function readJournal(path: string, text: string): StateDelta[] {
  if (text !== '' && !text.startsWith('\n')) throw corrupt(path, 'there is more in it than was written');
  return text
    .split('\n')
    .slice(1, -1)
    .map((line) => {
      const body = line.slice(9);
      if (line.slice(0, 8) !== checksum(body)) throw corrupt(path, 'what was appended does not match its checksum');
      const read = delta.safeParse(json(path, body));
      if (!read.success) throw corrupt(path, 'what was appended cannot be read');
      return read.data;
    });
}

function changed(before: ServerState, { clock, commands, idempotency, risk }: StateDelta): ServerState {
  const keys = new Map(before.idempotency.map((entry) => [entry.scope, entry]));
  for (const [scope, entry] of idempotency) {
    if (entry === null) keys.delete(scope);
    else keys.set(scope, entry);
  }
  const all = [...(before.commands ?? []), ...commands];
  return { ...before, clock, commands: all, idempotency: [...keys.values()], risk: risk ?? before.risk };
}

/** A change as it stands in the file. */
export function journalLine(change: StateDelta): string {
  const body = JSON.stringify(change);
  return `${checksum(body)} ${body}\n`;
}

function checksum(text: string): string {
  return crc32(text).toString(16).padStart(8, '0');
}

/** The clock of a state file, to continue a simulated one as if it had never stopped; null when there is no file or its clock was none of ours. */
export function readStateAnchor(path: string): StateAnchor | null {
  const clock = readState(path)?.clock;
  if (clock === undefined || clock.kind !== 'simulated') return null;
  return { market: clock.market, wall: clock.wall, speed: clock.speed, begun: clock.begun ?? null };
}

/** Writes a state file durably. Throws BtError STATE_WRITE_FAILED. */
export async function writeState(path: string, value: ServerState): Promise<void> {
  const body = JSON.stringify(value);
  const head = { format: FORMAT, version: VERSION, bytes: Buffer.byteLength(body), crc32: crc32(body) };
  try {
    await replaceFile(path, `${JSON.stringify(head)}\n${body}\n`);
  } catch (error) {
    throw writeFailed(path, error);
  }
}

/** BtError STATE_WRITE_FAILED (config). */
export function writeFailed(path: string, error: unknown): BtError {
  return new BtError(
    'STATE_WRITE_FAILED',
    `The state file ${path} cannot be written: ${errorMessage(error)}. Free space or correct its rights; what this request did is in memory only.`,
    { fault: 'config', cause: error },
  );
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw new BtError(
      'STATE_UNUSABLE',
      `The state file ${path} cannot be read: ${errorMessage(error)}. Check its rights.`,
      {
        fault: 'config',
        cause: error,
      },
    );
  }
}

function json(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw corrupt(path, errorMessage(error));
  }
}

function corrupt(path: string, why: string): BtError {
  return new BtError(
    'STATE_CORRUPT',
    `The state file ${path} is damaged: ${why}. Restore a copy of it, or move it away to begin a new book (its orders and positions are then lost).`,
    { fault: 'config' },
  );
}
