import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { BtError } from '../../../src/domain/errors.ts';
import { isJsonObject, parseWireBytes, parseWireJson, stringifyWire } from '../../../src/protocol/json.ts';
import { MAX_JSON_TEXTS } from '../../../src/protocol/json-texts.ts';
import { MAX_JSON_DEPTH, MAX_JSON_KEYS, MAX_JSON_PARTS } from '../../../src/protocol/json-scan.ts';

const BAD_SYNTAX = expect.objectContaining({ code: 'BAD_JSON', details: { reason: 'syntax' } }) as Error;

describe('parseWireJson', () => {
  it('reads bare NaN, Infinity and -Infinity as numbers', () => {
    expect(parseWireJson('{"a": NaN, "b": [Infinity,-Infinity , NaN], "c": -1}')).toEqual({
      a: Number.NaN,
      b: [Infinity, -Infinity, Number.NaN],
      c: -1,
    });
    expect(parseWireJson(' NaN ')).toBeNaN();
    expect(parseWireJson('-Infinity')).toBe(-Infinity);
  });

  it('leaves the words alone inside strings and keys', () => {
    const text = String.raw`{"NaN": "NaN, -Infinity", "q\"NaN": "\\", "z": "\\\"Infinity", "n": NaN}`;
    expect(parseWireJson(text)).toEqual({
      NaN: 'NaN, -Infinity',
      'q"NaN': '\\',
      z: '\\"Infinity',
      n: Number.NaN,
    });
  });

  it.each([
    '1NaN',
    'NaN5',
    '-NaN',
    'Infinity0',
    '2Infinity',
    '--Infinity',
    '5-Infinity',
    'nan',
    'Inf',
    '[NaN NaN]',
    'NaNNaN',
  ])('refuses %s', (text) => {
    expect(() => parseWireJson(text)).toThrow(BAD_SYNTAX);
  });

  it.each([
    '',
    '{oops',
    '{"a":1,}',
    "{'a':1}",
    '{"a" 1}',
    '[1',
    '"open',
    '\uFEFF{}',
    '01',
    '{"a":undefined}',
    '"a\nb"',
  ])('refuses %j, which Python refuses too', (text) => {
    expect(() => parseWireJson(text)).toThrow(BAD_SYNTAX);
  });

  it('reads a number too large for a double as an infinity, as the peer does', () => {
    expect(parseWireJson('[1e400, -1e400]')).toEqual([Infinity, -Infinity]);
  });

  it('gives integers beyond 2^53 as text, exactly', () => {
    expect(parseWireJson('{"id": 12345678901234567890, "neg": -9007199254740993, "list": [9007199254740992]}')).toEqual(
      {
        id: '12345678901234567890',
        neg: '-9007199254740993',
        list: ['9007199254740992'],
      },
    );
  });

  it('keeps safe integers, fractions and exponents as numbers', () => {
    expect(parseWireJson('[9007199254740991, -9007199254740991, 1.0101275444030762, 1e20, 1795017600000.0]')).toEqual([
      9007199254740991, -9007199254740991, 1.0101275444030762, 1e20, 1795017600000,
    ]);
  });

  it('reads long digits next to NaN, and inside text', () => {
    expect(parseWireJson('{"a": NaN, "b": 12345678901234567890, "c": "12345678901234567890"}')).toEqual({
      a: Number.NaN,
      b: '12345678901234567890',
      c: '12345678901234567890',
    });
  });

  it('lets the last duplicate key win', () => {
    expect(parseWireJson('{"a": 1, "a": 2}')).toEqual({ a: 2 });
    expect(parseWireJson('{"a": NaN, "a": 12345678901234567890}')).toEqual({ a: '12345678901234567890' });
  });

  it.each(['{"__proto__": {"admin": true}, "a": 1}', String.raw`{"\u005f_proto__": {"admin": true}, "a": 1}`])(
    'drops a prototype key: %s',
    (text) => {
      const value = parseWireJson(text);
      expect(Object.keys(value as object)).toEqual(['a']);
      expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
      expect((value as Record<string, unknown>)['admin']).toBeUndefined();
      expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
    },
  );

  it('drops a prototype key beside NaN', () => {
    const value = parseWireJson('{"__proto__": {"x": NaN}, "y": NaN}');
    expect(value).toEqual({ y: Number.NaN });
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });

  it('reads the deepest nesting it allows and refuses one level more', () => {
    const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
    expect(() => parseWireJson(nested(MAX_JSON_DEPTH))).not.toThrow();
    expect(() => parseWireJson(nested(MAX_JSON_DEPTH + 1))).toThrow(
      expect.objectContaining({ code: 'BAD_JSON', details: { reason: 'depth' } }),
    );
    expect(() => parseWireJson(`[${nested(MAX_JSON_DEPTH)},[]]`)).toThrow(
      expect.objectContaining({ code: 'BAD_JSON' }),
    );
    expect(() => parseWireJson(`[${'[],'.repeat(1000)}[]]`)).not.toThrow();
    expect(parseWireJson(`"${'['.repeat(1000)}"`)).toBe('['.repeat(1000));
  });

  it('refuses an object of too many keys and a text of too many parts, and reads what is just below', () => {
    const TOO_LARGE = expect.objectContaining({ code: 'BAD_JSON', details: { reason: 'size' } }) as Error;
    const keys = (count: number): string => `{${Array.from({ length: count }, (_, i) => `"${i}":1`).join(',')}}`;
    expect(() => parseWireJson(keys(MAX_JSON_KEYS + 1))).toThrow(TOO_LARGE);
    expect(Object.keys(parseWireJson(keys(MAX_JSON_KEYS)) as object)).toHaveLength(MAX_JSON_KEYS);
    // Each object counts its own keys, also those behind an inner one.
    expect(() => parseWireJson(`[${keys(60_000)},${keys(60_000)}]`)).not.toThrow();
    expect(() => parseWireJson(`{"in":${keys(60_000)},${keys(60_000).slice(1)}`)).not.toThrow();
    expect(() => parseWireJson(`[${'[],'.repeat(MAX_JSON_PARTS)}[]]`)).toThrow(TOO_LARGE);
    expect(() => parseWireJson(`[${'NaN,'.repeat(MAX_JSON_PARTS)}1]`)).toThrow(TOO_LARGE);
  });

  it('refuses a text of too many different keys and texts, whose reading would take seconds, and reads the same ones as often as it likes', () => {
    const TOO_LARGE = expect.objectContaining({ code: 'BAD_JSON', details: { reason: 'size' } }) as Error;
    const names = (count: number): string[] => Array.from({ length: count }, (_, i) => `"${i.toString(36)}"`);
    const objects = (count: number): string =>
      names(count)
        .map((name) => `{${name}:1}`)
        .join(',');
    expect(() => parseWireJson(`[${names(1.1 * MAX_JSON_TEXTS).join(',')}]`)).toThrow(TOO_LARGE);
    expect(() => parseWireJson(`[${objects(1.1 * MAX_JSON_TEXTS)}]`)).toThrow(TOO_LARGE);
    expect(parseWireJson(`[${names(0.9 * MAX_JSON_TEXTS).join(',')}]`)).toHaveLength(0.9 * MAX_JSON_TEXTS);
    expect(parseWireJson(`[${`${objects(1000)},`.repeat(600)}{}]`)).toHaveLength(600_001);
  });

  it('counts different texts whatever the salt is', () => {
    const texts = (count: number): Buffer =>
      Buffer.from(JSON.stringify(Array.from({ length: count }, (_, i) => `t${i}`)));
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (salt) => {
        expect(() => parseWireBytes(texts(0.98 * MAX_JSON_TEXTS), salt)).not.toThrow();
        expect(() => parseWireBytes(texts(1.1 * MAX_JSON_TEXTS), salt)).toThrow(BtError);
      }),
      { numRuns: 5 },
    );
  });

  it.each([
    '{12345678901234567890: 1}',
    '{-12345678901234567890 : 1}',
    '01234567890123456789',
    '--12345678901234567890',
    '"a"12345678901234567890',
    '[1 12345678901234567890]',
    '12345678901234567890x',
    '{"a": NaN "b": 1}',
    '{"__proto__": }',
    '{"__proto__": 1',
  ])('lets no repair make JSON of what is none: %s', (text) => {
    expect(() => parseWireJson(text)).toThrow(BAD_SYNTAX);
  });

  it('drops a prototype key wherever it stands and however it is written, and nothing else', () => {
    const text = String.raw`[{"a":{"\u005F_pr\u006fto__":{"x":1},"b":NaN}},{"__proto__":[],"__proto":2,"__proto___":3},"__proto__"]`;
    const value = parseWireJson(text);
    expect(JSON.stringify(value)).toBe('[{"a":{"b":null}},{"__proto":2,"__proto___":3},"__proto__"]');
  });

  it('reads what the native parser reads, for any JSON', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        // Long integers come back as text here; that has tests of its own.
        fc.pre(!text.includes('__proto__') && !/(?<![.\d])\d{16,}/.test(text));
        expect(parseWireJson(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('reads integers of any size exactly', () => {
    fc.assert(
      fc.property(fc.bigInt(), (integer) => {
        const read = parseWireJson(`{"n":${integer}}`) as { n: string | number };
        expect(String(read.n)).toBe(String(integer));
        expect(typeof read.n).toBe(Number.isSafeInteger(Number(integer)) ? 'number' : 'string');
      }),
    );
  });
});

describe('stringifyWire', () => {
  it('writes numbers that are not finite bare, at any depth', () => {
    expect(stringifyWire({ a: [Number.NaN, { b: -Infinity }], c: null, d: Infinity })).toBe(
      '{"a":[NaN,{"b":-Infinity}],"c":null,"d":Infinity}',
    );
  });

  it('leaves undefined members out and writes undefined items as null, as JSON.stringify does', () => {
    expect(stringifyWire({ a: undefined, b: [undefined, Number.NaN], c: 'NaN' })).toBe('{"b":[null,NaN],"c":"NaN"}');
    expect(stringifyWire({ a: undefined, b: [undefined] })).toBe('{"b":[null]}');
    expect(stringifyWire(undefined)).toBe('null');
  });

  it('is read back as it was written', () => {
    const cell = fc.oneof(fc.string(), fc.double(), fc.boolean(), fc.constant(null), fc.constant(Number.NaN));
    const table = fc.dictionary(
      fc.string().filter((key) => key !== '__proto__'),
      fc.array(cell),
    );
    fc.assert(
      fc.property(table, (value) => {
        const read = parseWireJson(stringifyWire(value)) as Record<string, unknown[]>;
        for (const [key, cells] of Object.entries(value)) {
          // -0 and long integer-valued doubles change their form, not their value.
          expect(read[key]?.map((c) => String(c))).toEqual(
            cells.map((c) => (typeof c === 'number' ? wireNumber(c) : String(c))),
          );
        }
      }),
    );
  });
});

function wireNumber(value: number): string {
  return String(Object.is(value, -0) ? 0 : value);
}

describe('isJsonObject', () => {
  it.each([
    [{}, true],
    [[], false],
    [null, false],
    ['x', false],
    [1, false],
    [undefined, false],
  ])('%j → %s', (value, expected) => {
    expect(isJsonObject(value)).toBe(expected);
  });
});
