import { DateTime } from 'luxon';
import { BtError } from '../../src/domain/errors.ts';
import { instantOf } from '../../src/domain/time.ts';
import { Mask } from '../objects/array/mask.ts';
import { Matrix } from '../objects/array/matrix.ts';
import { NdArray } from '../objects/array/nd-array.ts';
import { date } from '../objects/datetime/date.ts';
import { TimeOfDay } from '../objects/datetime/time-of-day.ts';
import { timedelta } from '../objects/datetime/timedelta.ts';
import { List } from '../objects/frame/guarded.ts';
import { tableFrom, type TableState } from '../objects/frame/state.ts';
import { findStatus } from '../objects/order-status.ts';
// DateTimes get their Python methods there.
import '../objects/datetime/china-time.ts';
import { KINDS, LOST, TAG } from './tags.ts';

/** The value of a text that `encodeValue` made. BtError BAD_STATE for a text of another make. */
export function decodeValue(text: string): unknown {
  const parsed: unknown = JSON.parse(text);
  // Most variables are plain data, which need no second walk.
  return text.includes(`"${TAG}"`) ? unpack(parsed) : parsed;
}

/** Why the variable is not there; null when it is. */
export function lostReason(text: string): string | null {
  if (!text.startsWith(`{"${TAG}":"${LOST}"`)) return null;
  return String((JSON.parse(text) as Readonly<Record<string, unknown>>)['v']);
}

function unpack(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(unpack);
  const kind = (value as Readonly<Record<string, unknown>>)[TAG];
  if (typeof kind === 'string') return untag(kind, (value as { readonly v: unknown }).v);
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, unpack(member)]));
}

type Maker = (v: unknown) => unknown;

const MAKERS: Readonly<Record<string, Maker>> = {
  number: Number,
  undefined: () => undefined,
  bigint: (v) => BigInt(String(v)),
  dict: (v) => dictOf(v as readonly (readonly [string, unknown])[]),
  Map: (v) =>
    new Map((v as readonly (readonly [unknown, unknown])[]).map(([key, value]) => [unpack(key), unpack(value)])),
  Set: (v) => new Set((v as readonly unknown[]).map(unpack)),
  Date: (v) => new Date(Number(unpack(v))),
  DateTime: (v) => dateTime(v as readonly [number, string]),
  date: (v) => date.fromisoformat(String(v)),
  timedelta: (v) => timedelta({ milliseconds: Number(v) }),
  time: (v) => new TimeOfDay(instantOf('1970-01-01', Number(v))),
  OrderStatus: findStatus,
  ArrayBuffer: (v) => bufferOf(v),
  array: (v) => arrayOf(v),
  matrix: (v) => matrixOf(v as readonly [number, number, unknown]),
  mask: (v) => Mask.ofBits(v as readonly boolean[]),
  list: (v) => List.holding((v as readonly unknown[]).map(unpack)),
  DataFrame: (v) => table('DataFrame', v),
  Series: (v) => table('Series', v),
  Index: (v) => table('Index', v),
};

function untag(kind: string, v: unknown): unknown {
  const array = KINDS.find(({ name }) => name === kind);
  if (array !== undefined) return new array.type(bufferOf(v));
  const make = Object.hasOwn(MAKERS, kind) ? MAKERS[kind] : undefined;
  if (make !== undefined) return make(v);
  throw new BtError(
    'BAD_STATE',
    `a kept variable is of a kind that this version does not know (${kind}): start with the version that wrote it, or with --fresh.`,
    { fault: 'config' },
  );
}

/** Also members that would change an object's nature when they are assigned. */
function dictOf(pairs: readonly (readonly [string, unknown])[]): object {
  const dict = {};
  for (const [key, value] of pairs) {
    Object.defineProperty(dict, key, { value: unpack(value), writable: true, enumerable: true, configurable: true });
  }
  return dict;
}

function dateTime([ms, zone]: readonly [number, string]): DateTime {
  return DateTime.fromMillis(ms, { zone });
}

function arrayOf(v: unknown): NdArray {
  return NdArray.holding(new Float64Array(bufferOf(v)));
}

function matrixOf([height, width, flat]: readonly [number, number, unknown]): Matrix {
  return Matrix.over(unpack(flat) as NdArray, height, width); // written of one
}

function bufferOf(v: unknown): ArrayBuffer {
  // A copy of its own: small buffers share one with others.
  return Uint8Array.from(Buffer.from(String(v), 'base64')).buffer;
}

function table(kind: TableState['table'], v: unknown): unknown {
  return tableFrom({ table: kind, ...(unpack(v) as object) } as TableState); // tableState made it, and the kind says which
}
