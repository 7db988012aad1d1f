import { DateTime } from 'luxon';
import { errorMessage } from '../../src/domain/errors.ts';
import { date } from '../objects/datetime/date.ts';
import { TimeOfDay } from '../objects/datetime/time-of-day.ts';
import { timedelta } from '../objects/datetime/timedelta.ts';
import { tableState } from '../objects/frame/state.ts';
import { findStatus, OrderStatus } from '../objects/order-status.ts';
import { KINDS, TAG, type Tagged } from './tags.ts';

/** A value as text, or why it cannot be one: `g.plan.hook is a function`. */
export type Encoded = { readonly text: string; readonly why: null } | { readonly text: null; readonly why: string };

/**
 * A value as JSON in which what JSON does not know is tagged: the whole value comes back from `decodeValue`, or nothing of it is
 * kept, for a list without one of its members would be another list. `path` names the value in what is said of it. Objects that are
 * reached twice come back as two; one that contains itself is refused.
 */
export function encodeValue(value: unknown, path: string): Encoded {
  try {
    return { text: JSON.stringify(new Packer().pack(value)), why: null };
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

function tagged(kind: string, value: unknown): Tagged {
  return { [TAG]: kind, v: value };
}

/** Makes values fit for JSON. What fits as it is stays the same object, so that plain data costs a walk and no copy. */
class Packer {
  /** Objects that the present one lies within. */
  readonly #around = new Set<object>();

  pack(value: unknown): unknown {
    switch (typeof value) {
      case 'string':
      case 'boolean':
        return value;
      case 'number':
        return Number.isFinite(value) && !Object.is(value, -0) ? value : tagged('number', numberText(value));
      case 'undefined':
        return tagged('undefined', null);
      case 'bigint':
        return tagged('bigint', String(value));
      case 'function':
        throw new Refusal('is a function');
      case 'symbol':
        throw new Refusal('is a symbol');
      case 'object':
        return value === null ? null : this.#within(value);
    }
  }

  #within(value: object): unknown {
    if (this.#around.has(value)) throw new Refusal('contains itself');
    this.#around.add(value);
    const packed = this.#object(value);
    this.#around.delete(value);
    return packed;
  }

  #object(value: object): unknown {
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype === Array.prototype) return this.#list(value as readonly unknown[]);
    if (prototype === null || prototype === Object.prototype) return this.#dict(value as Record<string, unknown>);
    if (prototype === Map.prototype) return this.#map(value as ReadonlyMap<unknown, unknown>);
    if (prototype === Set.prototype) return tagged('Set', this.#list([...(value as ReadonlySet<unknown>)]));
    if (prototype === Date.prototype) return tagged('Date', this.pack((value as Date).getTime()));
    return moment(value) ?? bytes(value) ?? this.#table(value);
  }

  #list(items: readonly unknown[]): readonly unknown[] {
    let copy: unknown[] | null = null;
    let index = 0;
    try {
      for (; index < items.length; index += 1) {
        const packed = this.pack(items[index]);
        if (copy === null && packed !== items[index]) copy = items.slice(0, index);
        copy?.push(packed);
      }
    } catch (error) {
      throw error instanceof Refusal ? error.under(step(index)) : error;
    }
    return copy ?? items;
  }

  #dict(members: Readonly<Record<string, unknown>>): unknown {
    const keys = Object.keys(members);
    let copy: [string, unknown][] | null = null;
    let done = 0;
    try {
      for (const key of keys) {
        const value = members[key];
        const packed = this.pack(value);
        if (copy === null && packed !== value) copy = keys.slice(0, done).map((each) => [each, members[each]]);
        copy?.push([key, packed]);
        done += 1;
      }
    } catch (error) {
      throw error instanceof Refusal ? error.under(step(keys[done] ?? '')) : error;
    }
    // Names that mean something of their own in JSON's objects go as pairs.
    const odd = Object.hasOwn(members, TAG) || Object.hasOwn(members, '__proto__') || 'toJSON' in members;
    if (odd) return tagged('dict', copy ?? keys.map((key) => [key, members[key]]));
    return copy === null ? members : Object.fromEntries(copy);
  }

  #map(map: ReadonlyMap<unknown, unknown>): Tagged {
    const pairs = Array.from(map, ([key, value]): [unknown, unknown] => {
      try {
        return [this.pack(key), this.pack(value)];
      } catch (error) {
        throw error instanceof Refusal ? error.under(typeof key === 'string' ? step(key) : '[…]') : error;
      }
    });
    return tagged('Map', pairs);
  }

  #table(value: object): Tagged {
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
function moment(value: object): Tagged | null {
  if (value instanceof date) return tagged('date', value.isoformat());
  if (value instanceof timedelta) return tagged('timedelta', value.valueOf());
  if (value instanceof TimeOfDay) return tagged('time', value.valueOf());
  if (DateTime.isDateTime(value)) {
    if (!value.isValid) throw new Refusal('is no valid time');
    return tagged('DateTime', [value.toMillis(), value.zoneName]);
  }
  const isStatus = (Object.values(OrderStatus) as object[]).includes(value);
  return isStatus ? tagged('OrderStatus', findStatus(value)?.name ?? '') : null;
}

/** Typed arrays and buffers, bit by bit; null for anything else. */
function bytes(value: object): Tagged | null {
  const kind = KINDS.find(({ type }) => Object.getPrototypeOf(value) === type.prototype);
  if (kind !== undefined && ArrayBuffer.isView(value)) {
    return tagged(kind.name, Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64'));
  }
  if (Buffer.isBuffer(value)) return tagged('Uint8Array', value.toString('base64'));
  return value instanceof ArrayBuffer ? tagged('ArrayBuffer', Buffer.from(value).toString('base64')) : null;
}

function className(value: object): string {
  const { constructor } = value as { readonly constructor?: unknown };
  return typeof constructor === 'function' && constructor.name !== '' ? constructor.name : 'object of a class';
}

function articled(noun: string): string {
  return `${/^[aeiou]/iu.test(noun) ? 'an' : 'a'} ${noun}`;
}
