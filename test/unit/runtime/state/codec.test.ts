import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { DataFrame, date, OrderCost, OrderStatus, Series, timedelta } from '../../../../runtime/index.ts';
import { chinaDateTime } from '../../../../runtime/objects/datetime/china-time.ts';
import { chinaInstant } from '../../../../src/domain/time.ts';
import { decodeValue } from '../../../../runtime/state/decode.ts';
import { encodeValue } from '../../../../runtime/state/encode.ts';
import type { TextCache } from '../../../../runtime/state/written.ts';
import { tableState } from '../../../../runtime/objects/frame/state.ts';
import np from '../../../../runtime/libraries/numpy.ts';

function again(value: unknown): unknown {
  const { text, why } = encodeValue(value, 'g.x');
  if (why !== null) throw new Error(why);
  return decodeValue(text);
}

function why(value: unknown): string | null {
  return encodeValue(value, 'g.x').why;
}

describe('plain data', () => {
  it('comes back as it was, whatever its keys are called', () => {
    const leaf = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.double(),
      fc.integer(),
      fc.boolean(),
      fc.bigInt(),
      fc.constantFrom<unknown>(null, undefined, -0, Number.NaN, Infinity, -Infinity),
    );
    const key = fc.oneof(fc.string(), fc.constantFrom('$', 'v', '__proto__', 'toJSON', 'constructor', '0'));
    const { value: any } = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        leaf,
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(key, tie('value'), { maxKeys: 4 }),
        fc.array(fc.tuple(tie('value'), tie('value')), { maxLength: 3 }).map((pairs) => new Map(pairs)),
        fc.array(tie('value'), { maxLength: 3 }).map((items) => new Set(items)),
      ),
    }));
    fc.assert(
      fc.property(any, (value) => {
        expect(isDeepStrictEqual(again(value), withPlainPrototypes(value))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('goes as it is: no copy is made of what JSON knows', () => {
    expect(encodeValue({ a: [1, 'x', null, { b: true }] }, 'g.x').text).toBe('{"a":[1,"x",null,{"b":true}]}');
  });

  it('an empty place of a list is undefined, a text may end in half a character', () => {
    // eslint-disable-next-line no-sparse-arrays
    expect(again([1, , 3])).toEqual([1, undefined, 3]);
    expect(again('\ud83d')).toBe('\ud83d');
  });
});

describe('times', () => {
  it('DateTime with its zone, Date, date, timedelta, time of day', () => {
    const china = chinaDateTime(chinaInstant('2026-07-06', '09:35'));
    const back = again(china) as DateTime;
    expect([back.toMillis(), back.zoneName, back.strftime('%H:%M')]).toEqual([
      china.toMillis(),
      'Asia/Shanghai',
      '09:35',
    ]);
    expect((again(DateTime.fromMillis(5, { zone: 'utc' })) as DateTime).zoneName).toBe('UTC');
    expect(again(new Date(7))).toEqual(new Date(7));
    expect((again(new Date(Number.NaN)) as Date).getTime()).toBeNaN();
    expect(date(2026, 7, 6).eq(again(date(2026, 7, 6)))).toBe(true);
    expect(timedelta({ hours: -1 }).eq(again(timedelta({ hours: -1 })))).toBe(true);
    expect(String(again(china.time()))).toBe('09:35:00');
    expect(why(DateTime.invalid('test'))).toBe('g.x is no valid time');
  });
});

describe('arrays of numbers and buffers', () => {
  it('bit by bit, each its own kind', () => {
    const nan = new Float64Array([1.5, -0, Number.NaN, Infinity]);
    for (const array of [
      nan,
      new Int8Array([-1, 2]),
      new BigInt64Array([5n]),
      new Uint8ClampedArray([3]),
      new Float32Array(0),
    ]) {
      const back = again(array) as typeof array;
      expect(back.constructor).toBe(array.constructor);
      expect(back).toEqual(array);
    }
    expect(again(new Float64Array([1, 2, 3]).subarray(1))).toEqual(new Float64Array([2, 3]));
    const array = again(np.array([1, NaN])) as ReturnType<typeof np.arange>;
    expect(array.mul(2).tolist()).toEqual([2, NaN]);
    expect((again(np.zeros([2, 3])) as ReturnType<typeof np.eye>).shape).toEqual([2, 3]);
    expect((again(np.array([true, false])) as { any(): boolean }).any()).toBe(true);
    expect((again(np.array(['a', 'b'])) as { tolist(): string[] }).tolist()).toEqual(['a', 'b']);
    expect(again(new Uint8Array([1, 2]).buffer)).toEqual(new Uint8Array([1, 2]).buffer);
    expect(again(Buffer.from([1, 2]))).toEqual(new Uint8Array([1, 2]));
  });
});

describe('tables', () => {
  it('DataFrame, Series and Index with labels, times, texts and gaps', () => {
    const times = ['2026-07-06', '2026-07-07'].map((day) => chinaDateTime(chinaInstant(day, '00:00')));
    const frame = DataFrame(
      { close: [1.5, Number.NaN], code: ['a', null], up: [true, false], n: [1, 2] },
      { index: times },
    );
    const back = again({ frame }) as { readonly frame: typeof frame };
    expect(tableState(back.frame)).toEqual(tableState(frame));
    expect(String(back.frame)).toBe(String(frame));
    const series = Series([1, 2], { index: ['a', 'b'], name: 'x' });
    expect(tableState(again(series))).toEqual(tableState(series));
    expect(tableState(again(frame.index))).toEqual(tableState(frame.index));
  });

  it('a cell that is not kept is named', () => {
    expect(why(DataFrame({ f: [() => 1] }))).toMatch(/^g\.x.* is a function$/u);
  });
});

describe('order statuses', () => {
  it('are the same ones again', () => {
    expect(again([OrderStatus.held])).toEqual([OrderStatus.held]);
    expect((again([OrderStatus.held]) as unknown[])[0]).toBe(OrderStatus.held);
  });
});

describe('what is not kept', () => {
  class Robot {
    readonly arm = 1;
  }
  it.each<[unknown, string]>([
    [() => 1, 'g.x is a function'],
    [{ plan: { hook: () => 1 } }, 'g.x.plan.hook is a function'],
    [[1, { 'my key': Symbol('s') }], 'g.x[1]["my key"] is a symbol'],
    [new Map([['a', new Robot()]]), 'g.x.a is a Robot, which is not kept'],
    [new Map([[{}, new Robot()]]), 'g.x[…] is a Robot, which is not kept'],
    [new Set([new WeakMap()]), 'g.x[0] is a WeakMap, which is not kept'],
    [Promise.resolve(), 'g.x is a Promise, which is not kept'],
    [/x/u, 'g.x is a RegExp, which is not kept'],
    [OrderCost({ close_tax: 0.001 }), 'g.x is a Cost, which is not kept'],
    [new (class List extends Array {})(), 'g.x is a List, which is not kept'],
  ])('%o is refused by its place', (value, text) => {
    expect(why(value)).toBe(text);
  });

  it('a circle is refused by its key; the same object twice is no circle', () => {
    const ring: Record<string, unknown> = { a: {} };
    ring['a'] = { back: ring };
    expect(why(ring)).toBe('g.x.a.back contains itself');
    const twice = { n: 1 };
    expect(again([twice, twice])).toEqual([{ n: 1 }, { n: 1 }]);
  });

  it('what throws when it is read, or is too deep, costs itself only', () => {
    const trap = {
      get a(): never {
        throw new TypeError('no');
      },
    };
    expect(why(trap)).toBe('g.x cannot be read (no)');
    let deep: unknown = 1;
    for (let i = 0; i < 100_000; i += 1) deep = [deep];
    expect(why(deep)).toMatch(/^g\.x is nested too deeply/u);
  });
});

/** fast-check makes some dictionaries without a prototype; what comes back is a plain object. */
function withPlainPrototypes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withPlainPrototypes);
  if (value instanceof Map)
    return new Map(Array.from(value, ([k, v]) => [withPlainPrototypes(k), withPlainPrototypes(v)]));
  if (value instanceof Set) return new Set(Array.from(value, withPlainPrototypes));
  if (typeof value !== 'object' || value === null) return value;
  const plain = {};
  for (const [key, member] of Object.entries(value)) {
    Object.defineProperty(plain, key, {
      value: withPlainPrototypes(member),
      writable: true,
      enumerable: true,
      configurable: true,
    });
  }
  return plain;
}

describe('the texts of last time', () => {
  it('are used for what has not changed, and for nothing else', () => {
    const cache: TextCache = new WeakMap();
    const numbers = Array.from({ length: 40 }, (_, n) => n);
    const members = Object.fromEntries(numbers.map((n) => [`k${n}`, [n]]));
    const value = { numbers, members, set: new Set(numbers), map: new Map(numbers.map((n) => [n, n])) };
    const check = (): void => {
      const { text } = encodeValue(value, 'g.x', cache);
      expect(text).toBe(encodeValue(value, 'g.x').text);
      expect(decodeValue(text ?? '')).toEqual(value);
    };
    const changes: (() => unknown)[] = [
      () => numbers.push(1),
      () => numbers.splice(3, 1),
      () => (numbers[5] = 0),
      () => (numbers[5] = -0),
      () => (numbers[6] = Number.NaN),
      () => members['k7']?.push(8),
      () => delete members['k8'],
      () => Object.assign(members, { '0': [1] }), // goes first
      () => value.set.delete(9),
      () => value.set.add(9), // goes last
      () => value.map.set(3, 4),
    ];
    check();
    for (const change of changes) {
      check();
      change();
      check();
    }
  });
});
