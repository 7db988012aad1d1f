import { describe, expect, it } from 'vitest';

import { BtError } from '../../src/domain/errors.ts';
import { encodeFrame, FrameDecoder } from '../../src/protocol/frame.ts';
import { parseWireJson } from '../../src/protocol/json.ts';
import type { JsonObject } from '../../src/protocol/json.ts';
import { loadRecordings } from './transcripts.ts';
import type { Recorded, Recording } from './transcripts.ts';

/** The recorder hid a path or cut a long text here: what is kept of the body is not what was on the wire. */
const ALTERED_BODIES: ReadonlyMap<string, number> = new Map([
  ['qmt_no_sdk/health_and_errors', 7],
  ['qmt_fake_sdk/place/sub_account_label', 1],
]);

/** What our decoder makes of the bytes that were no frame: the reason, or how many bytes it goes on waiting with. */
const NO_FRAMES: ReadonlyMap<string, string | number> = new Map<string, string | number>([
  ['framing/http_get_before_handshake', 'oversize'],
  ['framing/tls_client_hello_like', 'oversize'],
  ['framing/oversized_header_33554433', 'oversize'],
  ['framing/max_header_33554432_waits', 4],
  ['framing/zero_length_frame', 'empty'],
  ['framing/invalid_json', 'syntax'],
  ['framing/invalid_utf8', 'utf8'],
  ['framing/json_not_object_array', 'not_object'],
  ['framing/json_not_object_string', 'not_object'],
  ['framing/json_not_object_number', 'not_object'],
  ['framing/json_not_object_null', 'not_object'],
  ['framing/json_not_object_as_first_frame', 'not_object'],
  ['framing/half_header_then_close', 2],
  ['framing/half_frame_then_close', 30],
  ['tls/client_hello_refused', 'oversize'],
]);

/** Sent frames of which only the length and the first bytes were kept. */
const WITHOUT_BODY = [
  'framing/one_mib_request',
  'framing/exactly_32_mib_request_accepted',
  'broker.place_order/price_nan_literal_echoed',
];

const recordings = loadRecordings();

function both(recording: Recording): readonly Recorded[] {
  return [...recording.sent, ...recording.received];
}

function reframed(body: string): Buffer {
  const bytes = Buffer.from(body, 'utf8');
  const header = Buffer.alloc(4);
  header.writeUInt32BE(bytes.length);
  return Buffer.concat([header, bytes]);
}

/** The bytes of a frame as they were, or null when the recording does not have them. */
function recordedBytes({ item, wire }: Recorded): Buffer | null {
  if (item.kind !== 'frame' || wire.body === null || wire.bytes === null) return null;
  const bytes = reframed(wire.body);
  return bytes.length === wire.bytes ? bytes : null;
}

function frameOf({ item }: Recorded): JsonObject {
  if (item.kind !== 'frame') throw new Error('not a frame');
  return item.frame;
}

function fate(bytes: Buffer): string | number {
  const decoder = new FrameDecoder();
  try {
    decoder.push(bytes);
  } catch (error) {
    return error instanceof BtError ? String(error.details['reason']) : String(error);
  }
  return decoder.pendingBytes;
}

describe('the recorded bytes', () => {
  it.each(recordings.map((recording) => [recording.name, recording] as const))('%s', (name, recording) => {
    let altered = 0;
    for (const recorded of both(recording)) {
      const { item, wire } = recorded;
      if (item.kind === 'closed' || item.kind === 'silence') {
        expect(wire.bytes).toBeNull();
      } else if (item.kind === 'raw') {
        expect(item.bytes).toBe(wire.bytes);
        expect(fate(Buffer.from(item.hex, 'hex'))).toBe(NO_FRAMES.get(name));
      } else {
        const bytes = recordedBytes(recorded);
        if (bytes === null) altered += wire.body === null ? 0 : 1;
        else checkFrame(bytes, recorded);
        expect(wire.body === null).toBe(recorded === recording.sent.at(-1) && WITHOUT_BODY.includes(name));
        // A header announces its body in any case.
        expect(Buffer.from(wire.headHex ?? '', 'hex').readUInt32BE(0)).toBe((wire.bytes ?? 0) - 4);
      }
    }
    expect(altered).toBe(ALTERED_BODIES.get(name) ?? 0);
  });

  function checkFrame(bytes: Buffer, recorded: Recorded): void {
    expect(bytes.subarray(0, 24).toString('hex')).toBe(recorded.wire.headHex);
    expect(parseWireJson(bytes.subarray(4).toString('utf8'))).toEqual(frameOf(recorded));
    expect(new FrameDecoder().push(bytes)).toEqual([frameOf(recorded)]);
    // Written by us it is shorter, for want of blanks, and means the same.
    expect(new FrameDecoder().push(encodeFrame(frameOf(recorded)))).toEqual([frameOf(recorded)]);
  }

  it.each(recordings.map((recording) => [recording.name, recording] as const))(
    '%s, as one stream a connection, in any chunks',
    (_name, recording) => {
      const frames = recording.received.filter(({ item }) => item.kind === 'frame');
      for (const conn of new Set(frames.map(({ wire }) => wire.conn))) {
        const here = frames.filter(({ wire }) => wire.conn === conn);
        const stream = Buffer.concat(here.map((recorded) => recordedBytes(recorded) ?? encodeFrame(frameOf(recorded))));
        for (const size of [1, 3, 7, 64, stream.length]) {
          const decoder = new FrameDecoder();
          const messages: JsonObject[] = [];
          for (let at = 0; at < stream.length; at += size)
            messages.push(...decoder.push(stream.subarray(at, at + size)));
          expect(messages).toEqual(here.map(frameOf));
          expect(decoder.pendingBytes).toBe(0);
        }
      }
    },
  );

  it('of the largest frame are the ones we would have sent', () => {
    const { wire } = recordings.find(({ name }) => name === 'framing/exactly_32_mib_request_accepted')?.sent[1] ?? {};
    const message = { type: 'request', id: 'max', action: 'admin.health', payload: { pad: '' } };
    message.payload.pad = 'x'.repeat(33_554_432 - JSON.stringify(message).length);
    const frame = encodeFrame(message);
    expect(frame.length).toBe(wire?.bytes);
    expect(frame.subarray(0, 24).toString('hex')).toBe(wire?.headHex);
  });

  it('of the request with a bare NaN are the ones we would have sent', () => {
    const [, nan] = recordings.find(({ name }) => name === 'broker.place_order/price_nan_literal_echoed')?.sent ?? [];
    if (nan === undefined) throw new Error('no such recording');
    const frame = encodeFrame(frameOf(nan));
    expect(frame.subarray(4).toString()).toContain('"price":NaN');
    expect(new FrameDecoder().push(frame)).toEqual([frameOf(nan)]);
  });

  it('are complete: 182 recordings, each name once, no expectation for a recording that is not there', () => {
    const names = recordings.map(({ name }) => name);
    expect(names).toHaveLength(182);
    expect(new Set(names).size).toBe(182);
    for (const name of [...ALTERED_BODIES.keys(), ...NO_FRAMES.keys(), ...WITHOUT_BODY]) expect(names).toContain(name);
    const raw = recordings.filter(({ sent }) => sent.some(({ item }) => item.kind === 'raw')).map(({ name }) => name);
    expect(raw.sort()).toEqual([...NO_FRAMES.keys()].sort());
  });
});
