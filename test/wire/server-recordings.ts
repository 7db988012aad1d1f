import type { JsonObject } from '../../src/protocol/json.ts';
import { loadRecordings } from './transcripts.ts';
import type { Recorded, WireItem } from './transcripts.ts';

/** Something a recorded client sent: the bytes of a frame or of none. */
export interface Sent {
  readonly conn: number;
  readonly atMs: number;
  readonly bytes: Buffer;
  /** The decoded message; null for bytes that are no frame. */
  readonly message: JsonObject | null;
}

export interface Received {
  readonly conn: number;
  readonly atMs: number;
  readonly kind: 'message' | 'closed' | 'silence';
  /** The decoded message; `{}` for what is none. */
  readonly message: JsonObject;
  /** Of a silence. */
  readonly seconds: number;
}

/** A recorded scenario, ready to be played to a server. */
export interface Play {
  readonly name: string;
  readonly server: string;
  readonly sent: readonly Sent[];
  readonly received: readonly Received[];
}

/** The recordings made with these servers, in their order. */
export function playsOf(servers: ReadonlySet<string>): Play[] {
  return loadRecordings()
    .filter(({ server }) => servers.has(server))
    .map(({ name, server, sent, received }) => ({
      name,
      server,
      sent: sent.map(sentOf),
      received: received.map(receivedOf),
    }));
}

function sentOf({ item, wire }: Recorded): Sent {
  const place = { conn: wire.conn, atMs: wire.atMs };
  if (item.kind === 'raw') return { ...place, bytes: Buffer.from(item.hex, 'hex'), message: null };
  if (item.kind !== 'frame') throw new Error(`A client cannot send a ${item.kind}`);
  const bytes = frameOf(wire.body ?? rebuilt(wire, { ...item.frame }));
  if (bytes.length !== wire.bytes) throw new Error(`A sent frame has ${bytes.length} bytes, recorded ${wire.bytes}`);
  return { ...place, bytes, message: { ...item.frame } };
}

/** Bodies that were not stored: two padded ones, and one with a bare NaN. The recorded length proves that they are rebuilt exactly. */
function rebuilt(wire: WireItem, message: JsonObject): string {
  const payload = message['payload'];
  if (typeof payload !== 'object' || payload === null || !('pad' in payload)) {
    return JSON.stringify(message).replaceAll('"price":null', '"price":NaN');
  }
  const spaced = Buffer.from(wire.headHex ?? '', 'hex').includes('": "');
  const text = JSON.stringify({ ...message, payload: { pad: '' } });
  // As Python's json writes it; the strings of these messages hold neither `":` nor `,"`.
  const empty = spaced ? text.replaceAll('":', '": ').replaceAll(',"', ', "') : text;
  return empty.replace('""', `"${'x'.repeat((wire.bytes ?? 0) - 4 - Buffer.byteLength(empty))}"`);
}

function receivedOf({ item, wire }: Recorded): Received {
  const place = { conn: wire.conn, atMs: wire.atMs };
  if (item.kind === 'frame') return { ...place, kind: 'message', message: { ...item.frame }, seconds: 0 };
  if (item.kind === 'silence') return { ...place, kind: 'silence', message: {}, seconds: item.seconds };
  return { ...place, kind: 'closed', message: {}, seconds: 0 };
}

function frameOf(body: string): Buffer {
  const bytes = Buffer.from(body, 'utf8');
  const head = Buffer.alloc(4);
  head.writeUInt32BE(bytes.length);
  return Buffer.concat([head, bytes]);
}
