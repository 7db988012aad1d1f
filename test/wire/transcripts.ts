import { readFileSync } from 'node:fs';

/** One frame as recorded, decoded; the marks of the recording (`$NaN`) replaced by the values they stand for. */
export type Frame = Readonly<Record<string, unknown>>;

export type RecordedItem =
  | { readonly kind: 'frame'; readonly frame: Frame }
  /** Bytes that are no frame; `hex` may be cut, `bytes` is how many there were. */
  | { readonly kind: 'raw'; readonly hex: string; readonly bytes: number }
  | { readonly kind: 'closed'; readonly how: string }
  | { readonly kind: 'silence'; readonly seconds: number };

export interface WireItem {
  /** Number of the connection within the recording, from 0. */
  readonly conn: number;
  readonly atMs: number;
  /** Header and body; null for what has no bytes (a close, a silence). */
  readonly bytes: number | null;
  /** The first bytes, header included. */
  readonly headHex: string | null;
  /** The body's text; null when it is not a frame's or was too long to keep. */
  readonly body: string | null;
}

export interface Recorded {
  readonly item: RecordedItem;
  readonly wire: WireItem;
}

/** One recorded exchange with the deployed server. */
export interface Recording {
  readonly name: string;
  /** How the server was started. */
  readonly server: string;
  readonly note: string | null;
  readonly sent: readonly Recorded[];
  readonly received: readonly Recorded[];
}

interface RawRecording {
  readonly name: string;
  readonly server: string;
  readonly note?: string;
  readonly sent: readonly Record<string, unknown>[];
  readonly received: readonly Record<string, unknown>[];
  readonly sent_wire: readonly RawWireItem[];
  readonly received_wire: readonly RawWireItem[];
}

interface RawWireItem {
  readonly conn: number;
  readonly at_ms: number;
  readonly bytes?: number;
  readonly head_hex?: string;
  readonly body?: string;
}

/** All recordings, in the order of the fixture. */
export function loadRecordings(): readonly Recording[] {
  const text = readFileSync(new URL('../fixtures/transcripts.jsonl', import.meta.url), 'utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => recording(JSON.parse(line) as RawRecording));
}

function recording(raw: RawRecording): Recording {
  return {
    name: raw.name,
    server: raw.server,
    note: raw.note ?? null,
    sent: paired(raw.name, raw.sent, raw.sent_wire),
    received: paired(raw.name, raw.received, raw.received_wire),
  };
}

function paired(name: string, items: readonly Record<string, unknown>[], wires: readonly RawWireItem[]): Recorded[] {
  if (items.length !== wires.length) throw new Error(`${name}: frames and wire items differ in number`);
  return items.map((raw, i) => {
    const wire = wires[i];
    if (wire === undefined) throw new Error(`${name}: no wire item ${i}`);
    return {
      item: item(raw),
      wire: {
        conn: wire.conn,
        atMs: wire.at_ms,
        bytes: wire.bytes ?? null,
        headHex: wire.head_hex ?? null,
        body: wire.body ?? null,
      },
    };
  });
}

function item(raw: Record<string, unknown>): RecordedItem {
  if (typeof raw['$raw_hex'] === 'string') return { kind: 'raw', hex: raw['$raw_hex'], bytes: Number(raw['$raw_len']) };
  if (typeof raw['$closed'] === 'string') return { kind: 'closed', how: raw['$closed'] };
  if (typeof raw['$nothing_within_s'] === 'number') return { kind: 'silence', seconds: raw['$nothing_within_s'] };
  return { kind: 'frame', frame: unmarked(raw) as Frame };
}

function unmarked(value: unknown): unknown {
  if (value === '$NaN') return Number.NaN;
  if (Array.isArray(value)) return value.map(unmarked);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, unmarked(member)]));
}
