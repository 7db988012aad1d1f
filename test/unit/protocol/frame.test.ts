import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { BtError } from '../../../src/domain/errors.ts';
import { encodeFrame, FrameDecoder, MAX_FRAME_BYTES } from '../../../src/protocol/frame.ts';
import type { JsonObject } from '../../../src/protocol/json.ts';

const MESSAGES: readonly JsonObject[] = [
  { type: 'ping', id: 'p-1' },
  { type: 'response', id: '乙', payload: { name: '平安银行 📊', values: [1, 2.5, null, 'a"b\\'] } },
  {},
];

function frameOf(body: Buffer | string): Buffer {
  const bytes = Buffer.from(body);
  const header = Buffer.alloc(4);
  header.writeUInt32BE(bytes.length);
  return Buffer.concat([header, bytes]);
}

function header(bytes: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32BE(bytes);
  return buffer;
}

function failureOf(decoder: FrameDecoder, chunk: Buffer): BtError {
  try {
    decoder.push(chunk);
  } catch (error) {
    if (error instanceof BtError) return error;
  }
  throw new Error('the chunk was accepted');
}

describe('encodeFrame', () => {
  it('writes a big-endian length of the body in bytes, then UTF-8 JSON', () => {
    const frame = encodeFrame({ type: 'ping', id: '乙' });
    expect(frame.readUInt32BE(0)).toBe(frame.length - 4);
    expect(frame.subarray(4).toString('utf8')).toBe('{"type":"ping","id":"乙"}');
  });

  it('writes NaN and the infinities bare', () => {
    expect(
      encodeFrame({ a: Number.NaN, b: [-Infinity] })
        .subarray(4)
        .toString(),
    ).toBe('{"a":NaN,"b":[-Infinity]}');
  });

  it('accepts a body of exactly 32 MiB and refuses one byte more', () => {
    const rest = Buffer.byteLength('{"pad":""}');
    expect(encodeFrame({ pad: 'x'.repeat(MAX_FRAME_BYTES - rest) }).length).toBe(MAX_FRAME_BYTES + 4);
    expect(() => encodeFrame({ pad: 'x'.repeat(MAX_FRAME_BYTES - rest + 1) })).toThrow(
      expect.objectContaining({ code: 'BAD_FRAME', details: { reason: 'oversize' } }),
    );
  });
});

describe('FrameDecoder', () => {
  const stream = Buffer.concat(MESSAGES.map((message) => encodeFrame(message)));

  it('decodes whatever the byte at which the stream is split', () => {
    for (let at = 0; at <= stream.length; at += 1) {
      const decoder = new FrameDecoder();
      const messages = [...decoder.push(stream.subarray(0, at)), ...decoder.push(stream.subarray(at))];
      expect(messages).toEqual(MESSAGES);
      expect(decoder.pendingBytes).toBe(0);
    }
  });

  it('decodes each frame split at every byte, in three parts', () => {
    for (const message of MESSAGES) {
      const frame = encodeFrame(message);
      for (let first = 0; first <= frame.length; first += 1) {
        for (let second = first; second <= frame.length; second += 1) {
          const decoder = new FrameDecoder();
          const parts = [frame.subarray(0, first), frame.subarray(first, second), frame.subarray(second)];
          expect(parts.flatMap((part) => decoder.push(part))).toEqual([message]);
        }
      }
    }
  });

  it('decodes a stream that arrives byte by byte', () => {
    const decoder = new FrameDecoder();
    const messages = [...stream].flatMap((byte) => decoder.push(Buffer.from([byte])));
    expect(messages).toEqual(MESSAGES);
  });

  it('decodes any messages in any chunking', () => {
    const key = fc.string({ unit: 'grapheme' }).filter((name) => name !== '__proto__');
    const cell = fc.oneof(fc.string({ unit: 'grapheme' }), fc.integer(), fc.boolean(), fc.constant(null));
    const anyMessage = fc.dictionary(key, fc.oneof(cell, fc.array(cell), fc.dictionary(key, cell)));
    fc.assert(
      fc.property(fc.array(anyMessage, { maxLength: 5 }), fc.array(fc.nat(200)), (messages, cuts) => {
        const bytes = Buffer.concat(messages.map((message) => encodeFrame(message)));
        const decoder = new FrameDecoder();
        const decoded: unknown[] = [];
        let from = 0;
        for (const cut of cuts) {
          decoded.push(...decoder.push(bytes.subarray(from, from + cut)));
          from += cut;
        }
        decoded.push(...decoder.push(bytes.subarray(from)));
        expect(decoded).toEqual(messages.map((message) => ({ ...message })));
      }),
    );
  });

  it('counts the bytes of the frame that is not complete', () => {
    const decoder = new FrameDecoder();
    decoder.push(stream.subarray(0, 3));
    expect(decoder.pendingBytes).toBe(3);
    decoder.push(stream.subarray(3, 10));
    expect(decoder.pendingBytes).toBe(10);
  });

  it('reads a 32 MiB frame in 64 KiB chunks, copying each byte a bounded number of times', () => {
    const message = { pad: 'x'.repeat(MAX_FRAME_BYTES - Buffer.byteLength('{"pad":""}')) };
    const frame = encodeFrame(message);
    const decoder = new FrameDecoder();
    let copied = 0;
    const messages: JsonObject[] = [];
    for (let at = 0; at < frame.length; at += 65_536) {
      const chunk = frame.subarray(at, at + 65_536);
      const copy = chunk.copy.bind(chunk);
      chunk.copy = (...args) => {
        const bytes = copy(...args);
        copied += bytes;
        return bytes;
      };
      messages.push(...decoder.push(chunk));
    }
    expect(copied).toBe(frame.length);
    expect(messages.length).toBe(1);
    expect(messages[0]?.['pad']).toHaveLength(message.pad.length);
  });
});

describe('FrameDecoder refuses', () => {
  const cases: readonly (readonly [string, Buffer, string])[] = [
    ['a header above 32 MiB, before any body', header(MAX_FRAME_BYTES + 1), 'oversize'],
    ['an HTTP request', Buffer.from('GET / HTTP/1.1\r\n'), 'oversize'],
    ['a TLS client hello', Buffer.from('16030102000100', 'hex'), 'oversize'],
    ['a frame of length 0', header(0), 'empty'],
    ['a body that is not UTF-8', frameOf(Buffer.from('7b226964223a22fffe227d', 'hex')), 'utf8'],
    ['a cut UTF-8 sequence', frameOf(Buffer.from('7b226964223a22e5b9227d', 'hex')), 'utf8'],
    ['a byte order mark', frameOf('\uFEFF{}'), 'bom'],
    ['invalid JSON', frameOf('{oops'), 'syntax'],
    ['two values', frameOf('{}{}'), 'syntax'],
    ['an array', frameOf('[1]'), 'not_object'],
    ['a string', frameOf('"x"'), 'not_object'],
    ['a number', frameOf('7'), 'not_object'],
    ['null', frameOf('null'), 'not_object'],
    ['a bare NaN', frameOf('NaN'), 'not_object'],
    ['nesting of 100,000 levels', frameOf(`{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`), 'depth'],
  ];

  it.each(cases)('%s', (_name, chunk, reason) => {
    expect(failureOf(new FrameDecoder(), chunk)).toMatchObject({ code: 'BAD_FRAME', details: { reason } });
  });

  it.each(cases)('%s, wherever it is split', (_name, chunk, reason) => {
    for (let at = 1; at < Math.min(chunk.length, 12); at += 1) {
      const decoder = new FrameDecoder();
      const feed = (): void => {
        decoder.push(chunk.subarray(0, at));
        decoder.push(chunk.subarray(at));
      };
      expect(feed).toThrow(expect.objectContaining({ code: 'BAD_FRAME', details: { reason } }));
    }
  });

  it('a split oversize header as soon as its fourth byte is there', () => {
    const decoder = new FrameDecoder();
    const bytes = header(MAX_FRAME_BYTES + 1);
    expect(decoder.push(bytes.subarray(0, 3))).toEqual([]);
    expect(failureOf(decoder, bytes.subarray(3)).details).toEqual({ reason: 'oversize' });
  });

  it('but waits for the body of a header of exactly 32 MiB', () => {
    const decoder = new FrameDecoder();
    expect(decoder.push(header(MAX_FRAME_BYTES))).toEqual([]);
    expect(decoder.pendingBytes).toBe(4);
  });

  it('and hands out the whole messages before the bad frame, once', () => {
    const decoder = new FrameDecoder();
    const good = encodeFrame({ type: 'pong', id: '1' });
    expect(failureOf(decoder, Buffer.concat([good, good, header(0)])).details).toEqual({ reason: 'empty' });
    expect(decoder.salvage()).toEqual([
      { type: 'pong', id: '1' },
      { type: 'pong', id: '1' },
    ]);
    expect(decoder.salvage()).toEqual([]);
  });

  it('and stays refusing', () => {
    const decoder = new FrameDecoder();
    const first = failureOf(decoder, header(0));
    expect(failureOf(decoder, encodeFrame({}))).toBe(first);
  });
});
