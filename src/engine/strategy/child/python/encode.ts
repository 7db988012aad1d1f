import { DateTime } from 'luxon';
import {
  date,
  DictMethods,
  OrderStatus,
  PositionsMethods,
  TimeOfDay,
  timedelta,
} from '../../../../../runtime/foreign.ts';
import { BtError } from '../../../../domain/errors.ts';
import { DAY, HOUR } from '../../../../domain/time.ts';
import { LOOKS, type Kinds } from './class-table.ts';
import { encodeTable, floatsJson, wholesJson } from './encode-table.ts';
import type { Blocks } from './frame.ts';
import { TAG, type Json, type JsonObject } from './json.ts';

/** An object of which some attributes are asked for when Python reads them: to know them costs a call. */
export class Lazily {
  readonly object: object;
  readonly names: ReadonlySet<string>;

  constructor(object: object, names: Iterable<string>) {
    this.object = object;
    this.names = new Set(names);
  }
}

const LAZY: JsonObject = { [TAG]: 'lazy' };

interface NamedLook {
  readonly name: string;
  readonly attributes: readonly (readonly [string, string])[];
}
const BY_PROTOTYPE: ReadonlyMap<unknown, NamedLook> = new Map(
  Object.entries(LOOKS).flatMap(([name, { type, kinds }]): [unknown, NamedLook][] =>
    type === null ? [] : [[type.prototype, { name, attributes: Object.entries(kinds) }]],
  ),
);

/** A value of the runtime as Python is told it. ENGINE_FAULT for what it is never told: a function, an object of no known kind. */
export function encode(value: unknown, blocks: Blocks): Json {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      return numberJson(value);
    case 'undefined':
      return null;
    case 'bigint':
      return { [TAG]: 'big', v: String(value) };
    case 'object':
      return value === null ? null : objectJson(value, blocks);
    case 'function':
    case 'symbol':
      throw cannotCross(typeof value);
  }
}

function numberJson(value: number): Json {
  if (Number.isFinite(value)) return value;
  return { [TAG]: 'num', v: Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf' };
}

function objectJson(value: object, blocks: Blocks): Json {
  const write = (one: unknown): Json => encode(one, blocks);
  if (Array.isArray(value)) return daysJson(value, blocks) ?? value.map(write);
  if (ArrayBuffer.isView(value)) return viewJson(value, blocks);
  if (value instanceof Lazily) return lookJson(value.object, blocks, value.names);
  return (
    lookJson(value, blocks, null) ??
    dictJson(value, write) ??
    timeJson(value) ??
    encodeTable(value, blocks, write) ??
    plainJson(value, write)
  );
}

/** So many days are told one by one. */
const FEW = 8;

/** Many days (the calendar has thousands) cross as their numbers since 1970, 4 bytes each; null for any other list. */
function daysJson(list: readonly unknown[], blocks: Blocks): JsonObject | null {
  if (list.length < FEW) return null;
  const numbers = new Int32Array(list.length);
  for (const [at, one] of list.entries()) {
    if (!(one instanceof date)) return null;
    numbers[at] = Math.floor((one.valueOf() + HOUR * 8) / DAY);
  }
  return { [TAG]: 'days', o: blocks.add(new Uint8Array(numbers.buffer)), n: list.length };
}

function viewJson(view: ArrayBufferView, blocks: Blocks): JsonObject {
  if (view instanceof Float64Array) return floatsJson(view, blocks);
  if (view instanceof Float32Array) return floatsJson(Float64Array.from(view), blocks);
  if (view instanceof Uint8Array) return { [TAG]: 'bytes', o: blocks.add(view), n: view.length };
  if (view instanceof DataView) throw cannotCross('DataView');
  return wholesJson(view as unknown as ArrayLike<number>, blocks); // every other view is a list of whole numbers
}

/** An object of one of our classes. */
function lookJson(value: object, blocks: Blocks, lazy: ReadonlySet<string> | null): JsonObject | null {
  const look = BY_PROTOTYPE.get(Object.getPrototypeOf(value));
  if (look === undefined) return null;
  return attributesJson(look.name, value, look.attributes, blocks, lazy);
}

function attributesJson(
  name: string,
  value: object,
  attributes: readonly (readonly [string, string])[],
  blocks: Blocks,
  lazy: ReadonlySet<string> | null,
): JsonObject {
  const v = attributes.map(([attribute, kind]): Json => {
    if (kind.startsWith('=')) return null;
    if (lazy?.has(attribute) === true) return LAZY;
    return attributeJson(Reflect.get(value, attribute), kind, blocks);
  });
  return { [TAG]: 'obj', c: name, v };
}

function attributeJson(value: unknown, kind: string, blocks: Blocks): Json {
  if (kind === 'positions') return positionsJson(value as Items, blocks); // what has that kind has items()
  const listed = kind.startsWith('list:') ? kind.slice('list:'.length) : null;
  if (listed === null) return encode(value, blocks);
  const kinds: Kinds = LOOKS[listed]?.kinds ?? {};
  const members = value as readonly object[]; // as the table of classes has it
  return members.map((member) => attributesJson(listed, member, Object.entries(kinds), blocks, null));
}

interface Items {
  items(): readonly (readonly [string, unknown])[];
}

function positionsJson(value: Items, blocks: Blocks): JsonObject {
  const v = value.items().map(([code, position]): Json => [code, encode(position, blocks)]);
  return { [TAG]: 'dictlike', c: 'Positions', v };
}

/** In the order of its keys, which an object of JSON would lose. */
function dictJson(value: object, write: (value: unknown) => Json): JsonObject | null {
  if (value instanceof PositionsMethods || value instanceof DictMethods) return pairsJson(value.items(), write);
  return value instanceof Map ? pairsJson([...(value as ReadonlyMap<unknown, unknown>)], write) : null;
}

function pairsJson(pairs: readonly (readonly [unknown, unknown])[], write: (value: unknown) => Json): JsonObject {
  return { [TAG]: 'dict', v: pairs.map(([key, member]) => [write(key), write(member)]) };
}

function timeJson(value: object): JsonObject | null {
  if (DateTime.isDateTime(value) || value instanceof Date) return { [TAG]: 'time', v: value.valueOf() };
  if (value instanceof date) return { [TAG]: 'date', v: value.isoformat() };
  if (value instanceof timedelta) return { [TAG]: 'delta', v: value.valueOf() };
  if (value instanceof TimeOfDay) return { [TAG]: 'tod', v: `${value.toString()}.000` };
  const status = Object.values(OrderStatus).find((one) => one === value);
  return status === undefined ? null : { [TAG]: 'enum', c: 'OrderStatus', v: status.name };
}

function plainJson(value: object, write: (value: unknown) => Json): Json {
  if (value instanceof Set) return { [TAG]: 'set', v: Array.from(value as ReadonlySet<unknown>, write) };
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw cannotCross(value.constructor.name);
  const entries = Object.entries(value);
  // JavaScript moves keys that are numbers to the front: who wrote them cannot have meant an order.
  if (entries.some(([key]) => key === TAG)) return pairsJson(entries, write);
  return Object.fromEntries(entries.map(([key, member]): [string, Json] => [key, write(member)]));
}

function cannotCross(what: string): BtError {
  return new BtError('ENGINE_FAULT', `a value (${what}) has no form in Python: please report this with the line.`, {
    fault: 'bug',
  });
}
