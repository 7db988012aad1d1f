import { DateTime } from 'luxon';
import { errorMessage } from '../../src/domain/errors.ts';
import { Mask } from '../objects/array/mask.ts';
import { Matrix } from '../objects/array/matrix.ts';
import { NdArray } from '../objects/array/nd-array.ts';
import { date } from '../objects/datetime/date.ts';
import { TimeOfDay } from '../objects/datetime/time-of-day.ts';
import { timedelta } from '../objects/datetime/timedelta.ts';
import { List } from '../objects/frame/guarded.ts';
import { tableState } from '../objects/frame/state.ts';
import { findStatus, OrderStatus } from '../objects/order-status.ts';
import { KINDS, TAG } from './tags.ts';
import { copyOf, isAllPlain, isPlain, isSame, isWorthKeeping, type TextCache, type Written } from './written.ts';

/** A value as text, or why it cannot be one: `g.plan.hook is a function`. */
export type Encoded = { readonly text: string; readonly why: null } | { readonly text: null; readonly why: string };

/**
 * A value as JSON in which what JSON does not know is tagged: the whole value comes back from `decodeValue`, or nothing of it is
 * kept, for a list without one of its members would be another list. `path` names the value in what is said of it. Objects that are
 * reached twice come back as two; one that contains itself is refused.
 */
export function encodeValue(value: unknown, path: string, cache: TextCache = new WeakMap()): Encoded {
  try {
    return { text: new Writer(cache).text(value), why: null };
  } catch (error) {
    if (error instanceof Refusal) return { text: null, why: `${path}${error.path} ${error.problem}` };
    const problem = error instanceof RangeError ? 'is nested too deeply, or too large' : 'cannot be read';
    return { text: null, why: `${path} ${problem} (${errorMessage(error)})` };
  }
}

/** The place of what cannot be kept, from the inside out. */
class Refusal extends Error {
  readonly problem: string;
  path = '';

  constructor(problem: string) {
    super(problem);
    this.problem = problem;
  }

  under(step: string): this {
    this.path = step + this.path;
    return this;
  }
}

/** A member of an object, a place in a list: as it is written in the strategy. */
function step(key: string | number): string {
  return typeof key === 'string' && /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}

function tagged(kind: string, text: string): string {
  return `{"${TAG}":"${kind}","v":${text}}`;
}

/** An object's members, or pairs of them, in one step: a megabyte of texts that are joined in several would be copied as often. */
function joined(keys: readonly string[], texts: readonly string[], asPairs: boolean): string {
  if (keys.length === 0) return asPairs ? '[]' : '{}';
  const [open, next, colon, close] = asPairs ? ['[[', '],[', ',', ']]'] : ['{', ',', ':', '}'];
  const pieces: string[] = [];
  for (let index = 0; index < keys.length; index += 1) {
    pieces.push(index === 0 ? open : next, JSON.stringify(keys[index]), colon, texts[index] ?? 'null');
  }
  pieces.push(close);
  return pieces.join('');
}

/** Writes values. A list or an object whose members are what they were costs a look at them, and no text. */
class Writer {
  readonly #cache: TextCache;
  /** Objects that the present one lies within. */
  readonly #around = new Set<object>();

  constructor(cache: TextCache) {
    this.#cache = cache;
  }

  text(value: unknown): string {
    switch (typeof value) {
      case 'string':
      case 'boolean':
        return JSON.stringify(value);
      case 'number':
        return isPlain(value) ? String(value) : tagged('number', `"${numberText(value)}"`);
      case 'undefined':
        return tagged('undefined', 'null');
      case 'bigint':
        return tagged('bigint', `"${String(value)}"`);
      case 'function':
        throw new Refusal('is a function');
      case 'symbol':
        throw new Refusal('is a symbol');
      case 'object':
        return value === null ? 'null' : this.#within(value);
    }
  }

  #within(value: object): string {
    if (this.#around.has(value)) throw new Refusal('contains itself');
    this.#around.add(value);
    const text = this.#object(value);
    this.#around.delete(value);
    return text;
  }

  #object(value: object): string {
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype === Array.prototype) return this.#list(value as readonly unknown[], value);
    if (prototype === null || prototype === Object.prototype) return this.#dict(value as Record<string, unknown>);
    if (prototype === Map.prototype) return this.#map(value as ReadonlyMap<unknown, unknown>);
    if (prototype === Set.prototype) return tagged('Set', this.#list([...(value as ReadonlySet<unknown>)], value));
    if (prototype === Date.prototype) return tagged('Date', this.text((value as Date).getTime()));
    if (value instanceof List) return this.#array(value);
    return moment(value) ?? bytes(value) ?? this.#table(value);
  }

  /** The lists of tables and arrays. */
  #array(value: List<unknown>): string {
    if (value instanceof Matrix) return tagged('matrix', `[${value.shape.join(',')},${this.text(value.flatten())}]`);
    return tagged(value instanceof Mask ? 'mask' : 'list', this.#list([...value], value));
  }

  #list(items: readonly unknown[], owner: object): string {
    const known = this.#cache.get(owner);
    if (known?.plain === true && isSame(known.copy, items)) return known.text;
    if (isAllPlain(items)) return this.#keep(owner, { copy: copyOf(items), plain: true, text: JSON.stringify(items) });
    const parts: string[] = [];
    try {
      for (let index = 0; index < items.length; index += 1) parts.push(this.text(items[index]));
    } catch (error) {
      throw error instanceof Refusal ? error.under(step(parts.length)) : error;
    }
    return this.#unlessSame(owner, parts, () => `[${parts.join(',')}]`);
  }

  #dict(members: Readonly<Record<string, unknown>>): string {
    const keys = Object.keys(members);
    const parts: string[] = [];
    try {
      for (const key of keys) parts.push(this.text(members[key]));
    } catch (error) {
      throw error instanceof Refusal ? error.under(step(keys[parts.length] ?? '')) : error;
    }
    // Names that mean something of their own in JSON's objects go as pairs.
    const odd = Object.hasOwn(members, TAG) || Object.hasOwn(members, '__proto__') || 'toJSON' in members;
    const write = (): string => (odd ? tagged('dict', joined(keys, parts, true)) : joined(keys, parts, false));
    return this.#unlessSame(members, [...keys, ...parts], write);
  }

  #map(map: ReadonlyMap<unknown, unknown>): string {
    const pairs = Array.from(map, ([key, value]): string => {
      try {
        return `[${this.text(key)},${this.text(value)}]`;
      } catch (error) {
        throw error instanceof Refusal ? error.under(typeof key === 'string' ? step(key) : '[…]') : error;
      }
    });
    return tagged('Map', `[${pairs.join(',')}]`);
  }

  /** The text of last time when nothing of what it is made of has changed. */
  #unlessSame(owner: object, now: readonly unknown[], write: () => string): string {
    const known = this.#cache.get(owner);
    if (known?.plain === false && isSame(known.copy, now)) return known.text;
    return this.#keep(owner, { copy: now, plain: false, text: write() });
  }

  #keep(owner: object, written: Written): string {
    if (isWorthKeeping(written)) this.#cache.set(owner, written);
    return written.text;
  }

  #table(value: object): string {
    const state = tableState(value);
    if (state === null) throw new Refusal(`is ${articled(className(value))}, which is not kept`);
    const { table, ...parts } = state;
    return tagged(table, this.#dict(parts));
  }
}

function numberText(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

/** Times of every sort, and the order statuses; null for anything else. */
function moment(value: object): string | null {
  if (value instanceof date) return tagged('date', `"${value.isoformat()}"`);
  if (value instanceof timedelta) return tagged('timedelta', String(value.valueOf()));
  if (value instanceof TimeOfDay) return tagged('time', String(value.valueOf()));
  if (DateTime.isDateTime(value)) {
    if (!value.isValid) throw new Refusal('is no valid time');
    return tagged('DateTime', JSON.stringify([value.toMillis(), value.zoneName]));
  }
  const isStatus = (Object.values(OrderStatus) as object[]).includes(value);
  return isStatus ? tagged('OrderStatus', JSON.stringify(findStatus(value)?.name ?? '')) : null;
}

/** Typed arrays and buffers, bit by bit; null for anything else. */
function bytes(value: object): string | null {
  if (value instanceof NdArray)
    return tagged('array', base64(Buffer.from(value.buffer, value.byteOffset, value.byteLength)));
  const kind = KINDS.find(({ type }) => Object.getPrototypeOf(value) === type.prototype);
  if (kind !== undefined && ArrayBuffer.isView(value)) {
    return tagged(kind.name, base64(Buffer.from(value.buffer, value.byteOffset, value.byteLength)));
  }
  if (Buffer.isBuffer(value)) return tagged('Uint8Array', base64(value));
  return value instanceof ArrayBuffer ? tagged('ArrayBuffer', base64(Buffer.from(value))) : null;
}

function base64(value: Buffer): string {
  return `"${value.toString('base64')}"`;
}

function className(value: object): string {
  const { constructor } = value as { readonly constructor?: unknown };
  return typeof constructor === 'function' && constructor.name !== '' ? constructor.name : 'object of a class';
}

function articled(noun: string): string {
  return `${/^[aeiou]/iu.test(noun) ? 'an' : 'a'} ${noun}`;
}
